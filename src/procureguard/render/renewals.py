"""Renewals by notice day as text and JSON."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from procureguard.render.columns import Column, Table
from procureguard.render.counting import counted
from procureguard.render.figures import NOT_KNOWN, decimal, labelled, money, seats, whom_to_ask
from procureguard.render.inventory import InventoryView
from procureguard.render.json import as_json
from procureguard.render.style import wrapped
from procureguard.stack.inventory import Tool
from procureguard.stack.overlaps import annual_cost
from procureguard.stack.renewals import Renewal, Renewals, State, Undated

TITLES: dict[State, str] = {
    "past": "The renewal day is over: find out when each of these renews next",
    "missed": "Notice day missed: these renew as they are, unless the vendor lets you out",
    "check": "Time to look: renew, take fewer seats, renegotiate, move or leave",
    "later": "Later",
}
MISSING = {"renews_on": "the day it renews", "notice_days": "its days of notice"}


def renewals_text(found: Renewals, view: InventoryView, as_of: date, within: int | None) -> str:
    """The renewals by what is to be done about them, in at most 80 columns."""
    return "\n".join(_lines(found, view, as_of, within)) + "\n"


def renewals_json(found: Renewals, view: InventoryView, as_of: date) -> str:
    """The renewals by notice day, then the tools whose notice day is not known."""
    return as_json(
        {
            "as_of": str(as_of),
            **({"currency": view.currency} if view.prices else {}),
            "renewals": [_record(renewal, view) for renewal in found.dated],
            "not_known": [
                {**_tool_record(undated.tool, view), "missing": list(undated.missing)} for undated in found.undated
            ],
        }
    )


def _lines(found: Renewals, view: InventoryView, as_of: date, within: int | None) -> Iterator[str]:
    ahead = "" if within is None else f" with {counted(within, 'day', 'days')} left or fewer"
    yield from wrapped(
        f"As of {as_of}: {counted(len(found.dated), 'notice day', 'notice days')}{ahead}, "
        f"{len(found.undated)} not known"
    )
    table = Table.fitted(_columns(view), [_row(renewal, view) for renewal in found.dated])
    for state, title in TITLES.items():
        renewals = [renewal for renewal in found.dated if renewal.state == state]
        if renewals:
            yield ""
            yield from wrapped(title, "", "  ")
            yield from table.lines(_row(renewal, view) for renewal in renewals)
    yield from _undated(found.undated)


def _columns(view: InventoryView) -> Sequence[Column]:
    cost = [Column("a year", right=True)] if view.prices else []
    named = [Column("notice by"), Column("renews on"), Column("tool", wraps=True), Column("seats", right=True)]
    return [*named, *cost, Column("ask", wraps=True)]


def _row(renewal: Renewal, view: InventoryView) -> list[str]:
    tool = renewal.tool
    cost = [money(annual_cost(tool))] if view.prices else []
    return [
        str(renewal.notice_on),
        str(renewal.renews_on),
        labelled(tool),
        seats(tool),
        *cost,
        tool.get("owner") or whom_to_ask(tool) or NOT_KNOWN,
    ]


def _undated(found: Iterable[Undated]) -> Iterator[str]:
    tools = list(found)
    if tools:
        yield ""
        yield "Not known"
    for undated in tools:
        missing = " and ".join(MISSING[name] for name in undated.missing)
        whom = whom_to_ask(undated.tool)
        yield from wrapped(f"{labelled(undated.tool)}: {missing}{f'; ask {whom}' if whom else ''}", "  - ", "    ")


def _record(renewal: Renewal, view: InventoryView) -> dict[str, object]:
    return {
        **_tool_record(renewal.tool, view),
        "state": renewal.state,
        "check_from": str(renewal.check_from),
        "notice_on": str(renewal.notice_on),
        "renews_on": str(renewal.renews_on),
        "days": renewal.days,
    }


def _tool_record(tool: Tool, view: InventoryView) -> dict[str, object]:
    cost = {"annual_cost": decimal(annual_cost(tool))} if view.prices else {}
    facts = {name: tool.get(name) for name in ("department", "owner", "status", "seats", "seats_used")}
    return {"id": tool.identity, "name": tool.name, **facts, **cost}
