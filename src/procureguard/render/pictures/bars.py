"""What is paid twice as bars, the longest first."""

from collections.abc import Sequence
from typing import NamedTuple

from procureguard.render.overlaps import OverlapsView
from procureguard.render.pictures.fitting import clipped, in_pieces
from procureguard.stack.overlaps import Overlap

WIDTH = 720
LABEL_WIDTH = 230
LABEL_COLUMNS = 34
BAR_WIDTH = 260
ROW_HEIGHT = 22
ROWS_EACH = 10


class Bar(NamedTuple):
    """One job: the top of its bar, its title as it fits, the length of the bar and the figure beside it."""

    y: int
    title: str
    length: int
    figure: str
    tools: int


class Chart(NamedTuple):
    """One picture of bars, small enough for a page; all have one scale."""

    identity: str
    height: int
    bars: tuple[Bar, ...]


def bars(view: OverlapsView) -> tuple[Chart, ...]:
    """Bars for all jobs that cost something twice, or may do so because a cost is not known."""
    shown = [overlap for overlap in view.overlaps.overlaps if overlap.paid_twice or overlap.unknown_costs]
    longest = max((overlap.paid_twice for overlap in shown), default=0) or 1
    pieces = enumerate(in_pieces(shown, ROWS_EACH), start=1)
    return tuple(_chart(f"bars-{place}", piece, longest, view) for place, piece in pieces)


def _chart(identity: str, overlaps: Sequence[Overlap], longest: int, view: OverlapsView) -> Chart:
    drawn = (
        Bar(
            ROW_HEIGHT * place,
            clipped(view.title(overlap), LABEL_COLUMNS),
            overlap.paid_twice * BAR_WIDTH // longest,
            view.paid_twice(overlap),
            len(overlap.parts),
        )
        for place, overlap in enumerate(overlaps)
    )
    return Chart(identity, ROW_HEIGHT * len(overlaps), tuple(drawn))
