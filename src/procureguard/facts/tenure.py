"""What a renewal looks back on."""

from collections.abc import Iterator, Mapping
from datetime import date

from procureguard.facts.computation import Computation, Missing, Registers
from procureguard.facts.fact import Fact
from procureguard.facts.schema import DECIMAL_SCALE, Value
from procureguard.stack.inventory import Tool


def today(facts: Computation) -> Value:
    """The day of the check."""
    return facts.day.toordinal()


def seats_used(facts: Computation) -> Value:
    """People who used the owned tool in the last 90 days."""
    return _stated(_tool(facts), "seats_used")


def share_used(facts: Computation) -> Value:
    """Seats used as a share of the seats on offer, rounded down to four places."""
    used, seats = facts.read("usage.seats", "contract.seats")
    if seats == 0:
        raise Missing(frozenset({"contract.seats"}))
    return used * DECIMAL_SCALE // seats


def days_to_notice(facts: Computation) -> Value:
    """Days left to give notice, negative once the day is missed."""
    renews_on, notice, day = facts.read("contract.renews_on", "contract.notice_days", "today")
    return renews_on - notice - day


def overdue_conditions(facts: Computation) -> Value:
    """Promises of the last approval that are past their day and not met."""
    conditions = _stated(_tool(facts), "conditions")
    day = facts.read_one("today")
    return sum(_overdue(condition, day) for condition in conditions)


def overdue_days(registers: Registers, known: Mapping[str, Fact]) -> Iterator[int]:
    """The days, as ordinals, on which a promise of the last approval is past its day."""
    tool = known.get("request.tool")
    found = registers.inventory.find(tool.value) if tool is not None and registers.inventory is not None else None
    conditions = (found.get("conditions") if found is not None else None) or ()
    return (date.fromisoformat(found["due_on"]).toordinal() + 1 for found in conditions if "due_on" in found)


def _overdue(condition: dict[str, str], day: int) -> bool:
    due_on = condition.get("due_on")
    late = due_on is not None and date.fromisoformat(due_on).toordinal() < day
    return condition.get("state") == "overdue" or (condition.get("state") != "met" and late)


def _tool(facts: Computation) -> Tool:
    tool = facts.inventory.find(facts.read_one("request.tool"))
    if tool is None:
        raise Missing(frozenset({"request.tool"}))
    return tool


def _stated(tool: Tool, name: str) -> Value:
    value = tool.get(name)
    if value is None:
        raise Missing(frozenset({f"tool.{name}"}))
    return value
