"""The inventory as text, JSON and CSV, and everything about one tool."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from procureguard.capabilities import Taxonomy
from procureguard.facts.schema import to_value, to_words
from procureguard.render.columns import Column, Table
from procureguard.render.counting import counted
from procureguard.render.csv import csv_text
from procureguard.render.figures import (
    NOT_KNOWN,
    day,
    free_seats,
    labelled,
    money,
    seats,
    tool_kinds,
    tool_record,
    tool_words,
    way,
    whom_to_ask,
)
from procureguard.render.json import as_json
from procureguard.render.style import listing, wrapped
from procureguard.stack.integrations import Exchange, exchanges_of
from procureguard.stack.inventory import Tool
from procureguard.stack.jobs import jobs_by_capability, jobs_of
from procureguard.stack.overlaps import annual_cost
from procureguard.stack.renewals import notice_day

NO_TOOLS = "No tools are owned.\n"
_TOLD_APART = frozenset({"id", "name", "capabilities", "systems"})


@dataclass(frozen=True, slots=True)
class InventoryView:
    """What is shown of an inventory.

    Attributes:
        tools: the tools to show, all or a choice of them.
        as_of: the day the list was true, where it says so.
        prices: whether what the tools cost may be seen.
    """

    tools: tuple[Tool, ...]
    as_of: str | None
    currency: str
    taxonomy: Taxonomy
    prices: bool = True

    def by_name(self) -> list[Tool]:
        """The tools as people look for them; the order of the file does not matter."""
        return sorted(self.tools, key=lambda tool: (tool.name.casefold(), tool.identity))


def list_text(view: InventoryView) -> str:
    """Who has what, department by department, in at most 80 columns."""
    return "\n".join(_list(view)) + "\n" if view.tools else NO_TOOLS


def list_json(view: InventoryView) -> str:
    """All facts of all tools by id."""
    tools = [tool_record(tool, prices=view.prices) for tool in sorted(view.tools, key=lambda tool: tool.identity)]
    return as_json({"as_of": view.as_of, **_currency(view), "tools": tools})


def list_csv(view: InventoryView) -> str:
    """One row for each tool with all its facts, by id; the first row names them."""
    head = [*(name for name, _ in tool_kinds(prices=view.prices)), "free_seats", "notice_on"]
    ordered = sorted(view.tools, key=lambda tool: tool.identity)
    words = (tool_words(tool, prices=view.prices) for tool in ordered)
    return csv_text([head, *([row[name] for name in head] for row in words)])


def show_text(tool: Tool, view: InventoryView) -> str:
    """Everything known of one tool, and what nobody has stated; the view holds all tools."""
    return "\n".join(_show(tool, view)) + "\n"


def show_json(tool: Tool, view: InventoryView) -> str:
    """Everything known of one tool, what it exchanges data with, and who else does its jobs."""
    exchanges = [
        {"id": found.identity, "name": _name(found), "owned": found.tool is not None, "named_by": _named_by(found)}
        for found in exchanges_of(tool, view.tools)
    ]
    others = {name: [other.identity for other, _ in found] for name, found in _doing_the_same(tool, view).items()}
    record = tool_record(tool, prices=view.prices)
    return as_json({**_currency(view), "tool": record, "exchanges_with": exchanges, "also_done_by": others})


def _currency(view: InventoryView) -> dict[str, str]:
    return {"currency": view.currency} if view.prices else {}


def _list(view: InventoryView) -> Iterator[str]:
    yield from wrapped(f"{_sum(view.tools, view)}; {f'as of {view.as_of}' if view.as_of else 'the list has no date'}")
    table = Table.fitted(_columns(view), [_row(tool, view) for tool in view.tools])
    by_department: dict[str, list[Tool]] = {}
    for tool in view.by_name():
        by_department.setdefault(tool.get("department") or "", []).append(tool)
    for department in sorted(by_department, key=lambda name: (not name, name.casefold(), name)):
        tools = by_department[department]
        yield ""
        yield from wrapped(f"{department or 'department not known'}: {_sum(tools, view)}", "", "  ")
        yield from table.lines(_row(tool, view) for tool in tools)


def _sum(tools: Iterable[Tool], view: InventoryView) -> str:
    costs = [annual_cost(tool) for tool in tools]
    number = counted(len(costs), "tool", "tools")
    if not view.prices:
        return number
    unknown = sum(cost is None for cost in costs)
    if unknown == len(costs):
        return f"{number}, cost {NOT_KNOWN}"
    total = money(sum(cost for cost in costs if cost is not None), view.currency)
    return f"{number}, {total} a year" + (f" and {unknown} of unknown cost" if unknown else "")


def _columns(view: InventoryView) -> list[Column]:
    cost = [Column("a year", right=True)] if view.prices else []
    named = [Column("tool", wraps=True), Column("owner", wraps=True), Column("seats", right=True)]
    return [*named, *cost, Column("renews on")]


def _row(tool: Tool, view: InventoryView) -> list[str]:
    cost = [money(annual_cost(tool))] if view.prices else []
    return [
        labelled(tool),
        tool.get("owner") or NOT_KNOWN,
        seats(tool),
        *cost,
        tool.get("renews_on") or NOT_KNOWN,
    ]


def _show(tool: Tool, view: InventoryView) -> Iterator[str]:
    yield from wrapped(f"{tool.name} ({tool.identity})")
    yield ""
    yield from wrapped(_seat(tool), "  ", "    ")
    yield from wrapped(_notice(tool), "  ", "    ")
    yield from listing("What it does", _jobs(tool, view))
    yield from listing("Who else does the same", _others(tool, view))
    yield from listing("What it exchanges data with", _exchanges(tool, view))
    yield from listing("Facts", (f"{title}: {words}" for title, words in _stated(tool, view)))
    missing = [kind.title for name, kind in tool_kinds(prices=view.prices) if tool.get(name) is None]
    yield from listing("Nobody has stated", missing)


def _seat(tool: Tool) -> str:
    whom = whom_to_ask(tool)
    free = f"seats: {free_seats(tool)}"
    return f"{free}; ask {whom}" if whom else f"{free}; whom to ask is {NOT_KNOWN}"


def _notice(tool: Tool) -> str:
    notice_on = notice_day(tool)
    return f"notice can be given until: {day(notice_on)}"


def _jobs(tool: Tool, view: InventoryView) -> Iterator[str]:
    for name, job in jobs_of(tool, view.taxonomy).items():
        yield f"{view.taxonomy.title(name)}: {way(job, view.taxonomy)}"


def _others(tool: Tool, view: InventoryView) -> Iterator[str]:
    for name, found in _doing_the_same(tool, view).items():
        yield f"{view.taxonomy.title(name)}: {', '.join(f'{labelled(other)} {words}' for other, words in found)}"


def _doing_the_same(tool: Tool, view: InventoryView) -> Mapping[str, list[tuple[Tool, str]]]:
    """The active tools that do a job this one does, with how they do it, by capability."""
    done = {name for name, job in jobs_of(tool, view.taxonomy).items() if job.done}
    others = (other for other in view.tools if other.active and other.identity != tool.identity)
    found = {
        name: [(job.tool, way(job, view.taxonomy)) for job in jobs if job.done]
        for name, jobs in jobs_by_capability(others, view.taxonomy).items()
        if name in done
    }
    return {name: tools for name, tools in found.items() if tools}


def _exchanges(tool: Tool, view: InventoryView) -> Iterator[str]:
    found = exchanges_of(tool, view.tools)
    for exchange in found:
        by = {"both": "both say so", "this": f"said by {tool.name}", "other": f"said by {_name(exchange)}"}
        yield f"{_name(exchange)} ({by[_named_by(exchange)]}{'' if exchange.tool else '; not in the inventory'})"
    if not found and tool.get("systems") is not None:
        yield "nothing: it is an island"


def _name(exchange: Exchange) -> str:
    return exchange.tool.name if exchange.tool else exchange.identity


def _named_by(exchange: Exchange) -> str:
    return "both" if exchange.named_here and exchange.named_there else "this" if exchange.named_here else "other"


def _stated(tool: Tool, view: InventoryView) -> Iterator[tuple[str, str]]:
    """The facts that are not told elsewhere, each by its title and in words."""
    for name, kind in tool_kinds(prices=view.prices):
        value = to_value(kind, tool.get(name))
        if value is not None and name not in _TOLD_APART:
            unit = f" {view.currency}" if name == "annual_cost" else ""
            yield kind.title, f"{to_words(kind, value)}{unit}"
