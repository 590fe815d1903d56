"""Jobs done by several tools, what is paid twice, and the islands, as text and JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from procureguard.render.columns import Column, Table
from procureguard.render.counting import counted
from procureguard.render.figures import NOT_KNOWN, decimal, labelled, money, way
from procureguard.render.inventory import InventoryView
from procureguard.render.json import as_json
from procureguard.render.style import wrapped
from procureguard.stack.integrations import Group, Landscape, Member
from procureguard.stack.inventory import Tool
from procureguard.stack.overlaps import Overlap, Overlaps, Part, annual_cost

HOW_COUNTED = (
    "A tool's yearly cost is split evenly over the jobs it does. "
    "Of each job, everything but the dearest part is paid twice."
)
COLUMNS = (
    Column("tool", wraps=True),
    Column("does it", wraps=True),
    Column("department", wraps=True),
    Column("free", right=True),
    Column("its part", right=True),
)


@dataclass(frozen=True, slots=True)
class OverlapsView:
    """Everything the picture of overlaps shows; the inventory holds all tools, those not in use too."""

    inventory: InventoryView
    overlaps: Overlaps
    landscape: Landscape

    def title(self, overlap: Overlap) -> str:
        """What the job is called."""
        return self.inventory.taxonomy.title(overlap.capability)

    def paid_twice(self, overlap: Overlap) -> str:
        """What is paid twice for one job: exact, at least so much, or not known."""
        return _at_least(overlap.paid_twice, overlap.unknown_costs, self.inventory.currency)

    def total(self) -> str:
        """What is paid twice in all."""
        return _at_least(self.overlaps.paid_twice, len(self.overlaps.of_unknown_cost), self.inventory.currency)

    def unknown_costs(self) -> str | None:
        """The sentence on costs nobody has stated, None where there is none."""
        count = len(self.overlaps.of_unknown_cost)
        if not count:
            return None
        return f"The cost of {counted(count, 'tool', 'tools')} is not known; it is not counted as zero, but left out."


def overlaps_text(view: OverlapsView) -> str:
    """The jobs done more than once, most costly first, then groups and islands, in at most 80 columns."""
    return "\n".join(_lines(view)) + "\n"


def overlaps_json(view: OverlapsView) -> str:
    """The same as plain data, money in the organisation's currency a year."""
    overlaps, landscape = view.overlaps, view.landscape
    return as_json(
        {
            "as_of": view.inventory.as_of,
            "currency": view.inventory.currency,
            "paid_twice": decimal(overlaps.paid_twice),
            "cost_not_known": [tool.identity for tool in overlaps.of_unknown_cost],
            "overlaps": [_record(overlap, view) for overlap in overlaps.overlaps],
            "groups": [_group_record(group) for group in landscape.groups],
            "islands": [tool.identity for tool in landscape.islands],
            "connections_not_known": [tool.identity for tool in landscape.not_stated],
        }
    )


def _at_least(amount: int, unknown: int, currency: str) -> str:
    if not unknown:
        return f"{money(amount, currency)} a year"
    return f"at least {money(amount, currency)} a year" if amount else NOT_KNOWN


def _lines(view: OverlapsView) -> Iterator[str]:
    count = len(view.overlaps.overlaps)
    if count:
        jobs = counted(count, "job is", "jobs are")
        yield from wrapped(f"{jobs} done by several tools. Paid twice: {view.total()}.")
        yield from wrapped(HOW_COUNTED)
        yield from wrapped(view.unknown_costs() or "")
    else:
        yield "No job is done by several tools."
    table = Table.fitted(COLUMNS, [_row(part, view) for overlap in view.overlaps.overlaps for part in overlap.parts])
    for overlap in view.overlaps.overlaps:
        yield ""
        title = f"{view.title(overlap)}: {len(overlap.parts)} tools, paid twice: {view.paid_twice(overlap)}"
        yield from wrapped(title, "", "  ")
        yield from table.lines(_row(part, view) for part in overlap.parts)
    yield from _connections(view.landscape)


def _row(part: Part, view: OverlapsView) -> list[str]:
    tool = part.tool
    free = NOT_KNOWN if tool.free_seats is None else f"{tool.free_seats:,}"
    department = tool.get("department") or NOT_KNOWN
    return [labelled(tool), way(part.job, view.inventory.taxonomy), department, free, money(part.cost)]


def _connections(landscape: Landscape) -> Iterator[str]:
    for place, group in enumerate(landscape.groups, start=1):
        yield ""
        yield from wrapped(f"Group {place}: {counted(len(group.members), 'system', 'systems')} exchange data")
        yield from wrapped(", ".join(_member(member) for member in group.members), "  ", "  ")
    yield from _apart("Islands, which exchange data with nothing", landscape.islands)
    yield from _apart("Nobody has stated what these exchange data with", landscape.not_stated)


def _apart(title: str, tools: Sequence[Tool]) -> Iterator[str]:
    if tools:
        yield ""
        yield from wrapped(f"{title}: {len(tools)}")
        yield from wrapped(", ".join(labelled(tool) for tool in tools), "  ", "  ")


def _member(member: Member) -> str:
    return labelled(member.tool) if member.tool else f"{member.identity} (not in the inventory)"


def _record(overlap: Overlap, view: OverlapsView) -> dict[str, object]:
    capability = view.inventory.taxonomy.capabilities.get(overlap.capability)
    return {
        "capability": overlap.capability,
        "title": view.title(overlap),
        "area": capability.area if capability else None,
        "paid_twice": decimal(overlap.paid_twice),
        "cost_not_known": overlap.unknown_costs,
        "tools": [_part_record(part) for part in overlap.parts],
    }


def _part_record(part: Part) -> dict[str, object]:
    tool = part.tool
    return {
        "id": tool.identity,
        "name": tool.name,
        "way": part.job.way,
        "through": part.job.suite,
        "level": part.job.level / 10_000,
        "department": tool.get("department"),
        "annual_cost": decimal(annual_cost(tool)),
        "cost_part": decimal(part.cost),
        "free_seats": tool.free_seats,
    }


def _group_record(group: Group) -> dict[str, object]:
    return {
        "tools": [member.identity for member in group.members if member.tool],
        "not_in_inventory": [member.identity for member in group.members if not member.tool],
        "connections": [list(connection) for connection in group.connections],
    }
