"""The overlaps as one page for browsers and printers: pictures inside it, nothing fetched, nothing run."""

from typing import NamedTuple

from procureguard.render.counting import counted
from procureguard.render.figures import labelled, money
from procureguard.render.overlaps import HOW_COUNTED, OverlapsView
from procureguard.render.page import page
from procureguard.render.pictures import bars, groups, matrix
from procureguard.stack.integrations import Group


class DrawnGroup(NamedTuple):
    """A connected group with its picture: a ring, or boxes where those are easier to read."""

    title: str
    group: Group
    ring: groups.Ring | None
    boxes: tuple[groups.Boxes, ...]


def overlaps_page(view: OverlapsView) -> str:
    """The whole page; every text in it is escaped, whoever wrote it."""
    landscape, overlaps = view.landscape, view.overlaps
    return page(
        "overlaps.html.j2",
        view=view,
        how_counted=HOW_COUNTED,
        figures=_figures(view),
        charts=bars.bars(view),
        bars=bars,
        shelves=matrix.matrix(overlaps.overlaps, view.inventory.taxonomy),
        matrix=matrix,
        groups=[_drawn(place, group) for place, group in enumerate(landscape.groups, start=1)],
        picture=groups,
        islands=groups.tool_boxes("islands", landscape.islands),
        not_stated=groups.tool_boxes("not-stated", landscape.not_stated),
        labelled=labelled,
        money=money,
    )


def _figures(view: OverlapsView) -> list[tuple[str, str]]:
    """The numbers at the head of the page with what they count."""
    active = sum(tool.active for tool in view.inventory.tools)
    unknown = len(view.overlaps.of_unknown_cost)
    paid = money(view.overlaps.paid_twice, view.inventory.currency)
    return [
        (f"{active:,}", "tools in use"),
        (f"{len(view.overlaps.overlaps):,}", "jobs done by several tools"),
        (f"≥ {paid}" if unknown else paid, "paid twice a year"),
        (f"{len(view.landscape.islands):,}", "islands"),
    ]


def _drawn(place: int, group: Group) -> DrawnGroup:
    title = f"Group {place}: {counted(len(group.members), 'system', 'systems')}"
    ring = groups.ring(f"group-{place}", group)
    boxes = () if ring else groups.member_boxes(f"group-{place}", group.members)
    return DrawnGroup(title, group, ring, boxes)
