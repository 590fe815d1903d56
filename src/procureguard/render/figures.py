"""Figures and facts of tools in the words of text, JSON and CSV."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from procureguard.capabilities import Taxonomy
from procureguard.facts.schema import DECIMAL_SCALE, FactType, stated_facts, to_data, to_value, to_words
from procureguard.stack.inventory import Tool
from procureguard.stack.jobs import Job
from procureguard.stack.renewals import notice_day

NOT_KNOWN = "not known"
COST = "annual_cost"
WAY_WORDS = {"full": "full", "partial": "in part", "latent": "not switched on"}


def money(amount: int | None, currency: str = "") -> str:
    """An amount in ten-thousandths as a person reads it, in whole units: `12,400 USD`."""
    if amount is None:
        return NOT_KNOWN
    whole = (amount + DECIMAL_SCALE // 2) // DECIMAL_SCALE
    return f"{whole:,} {currency}".rstrip()


def decimal(amount: int | None) -> float | None:
    """An amount in ten-thousandths as JSON has it, exact to four places."""
    if amount is None:
        return None
    whole, rest = divmod(amount, DECIMAL_SCALE)
    return amount / DECIMAL_SCALE if rest else whole


def seats(tool: Tool) -> str:
    """Seats used of those owned: `19/25`."""
    used, owned = tool.get("seats_used"), tool.get("seats")
    if used is None and owned is None:
        return NOT_KNOWN
    return f"{_or_unknown(used)}/{_or_unknown(owned)}"


def free_seats(tool: Tool) -> str:
    """How many more people could use it: `6 of 25 free`."""
    owned = tool.get("seats")
    return NOT_KNOWN if tool.free_seats is None else f"{tool.free_seats:,} of {owned:,} free"


def labelled(tool: Tool) -> str:
    """A tool's name, with its id where that is another word and its stage where it is not simply in use."""
    identity = "" if tool.name.casefold() == tool.identity.casefold() else f" ({tool.identity})"
    stage = "" if tool.active else f" [{tool.get('status')}]"
    return f"{tool.name}{identity}{stage}"


def way(job: Job, taxonomy: Taxonomy) -> str:
    """How a tool comes to a job: `full`, `in part`, `through marketing automation`, `not switched on`."""
    if job.way in WAY_WORDS and job.suite is None:
        return WAY_WORDS[job.way]
    through = f"through {taxonomy.title(job.suite or '').lower()}"
    return through if job.done else f"{through}, not switched on"


def whom_to_ask(tool: Tool) -> str | None:
    """Who can say more or give a seat: the owner, else IT's, with the department; None where nobody is stated."""
    person, department = tool.get("owner") or tool.get("it_owner"), tool.get("department")
    return f"{person} in {department}" if person and department else person or department


def tool_kinds(*, prices: bool = True) -> Sequence[tuple[str, FactType]]:
    """All facts a tool can have, in their order, with their types; without what gives prices away if so wished."""
    found = ((path.removeprefix("tool."), kind) for path, kind in stated_facts().types.items())
    return [(name, kind) for name, kind in found if kind.path.startswith("tool.") and (prices or name != COST)]


def tool_record(tool: Tool, *, prices: bool = True) -> dict[str, Any]:
    """A tool as JSON has it: every fact by its name, null where nobody stated it, then free seats and notice day."""
    facts = {name: to_data(kind, to_value(kind, tool.get(name))) for name, kind in tool_kinds(prices=prices)}
    notice_on = notice_day(tool)
    return {**facts, "free_seats": tool.free_seats, "notice_on": None if notice_on is None else str(notice_on)}


def tool_words(tool: Tool, *, prices: bool = True) -> dict[str, str]:
    """A tool as one row of a table: every fact in words, lists joined, empty where nobody stated it."""
    facts = {name: _cell(kind, tool.get(name)) for name, kind in tool_kinds(prices=prices)}
    free, notice_on = tool.free_seats, notice_day(tool)
    return {
        **facts,
        "free_seats": "" if free is None else str(free),
        "notice_on": "" if notice_on is None else str(notice_on),
    }


def day(found: date | None) -> str:
    """A day in ISO 8601."""
    return NOT_KNOWN if found is None else found.isoformat()


def _cell(kind: FactType, data: Any) -> str:  # noqa: ANN401 - any value of a fact
    if data is None:
        return ""
    if kind.is_map:
        return "; ".join(f"{name}: {data[name]}" for name in sorted(data))
    value = to_value(kind, data)
    if kind.is_list:
        return "; ".join(to_words(kind, (item,)) for item in value) or "none"
    return str(to_data(kind, value))


def _or_unknown(value: int | None) -> str:
    return "?" if value is None else f"{value:,}"
