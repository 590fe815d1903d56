"""Tables on a terminal of 80 columns: cells are wrapped in their columns, figures and days stay whole."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from procureguard.render.style import WIDTH, one_line

INDENT = "  "
NARROWEST = 8
_BEFORE_AT = re.compile(r"(?<=\S)(?=@)")


class Column(NamedTuple):
    """A column: whether its cells are wrapped where there is no room, and whether they stand at the right."""

    title: str
    wraps: bool = False
    right: bool = False


class Table(NamedTuple):
    """Columns with as much room as they have got."""

    columns: Sequence[Column]
    widths: Sequence[int]

    @classmethod
    def fitted(cls, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> "Table":
        """The columns wide enough for all these rows; those that may wrap share what the others leave."""
        cells = list(
            zip([column.title for column in columns], *([one_line(cell) for cell in row] for row in rows), strict=True)
        )
        natural = [max(map(len, found)) for found in cells]
        whole = sum(width for column, width in zip(columns, natural, strict=True) if not column.wraps)
        room = WIDTH - len(INDENT) - (len(columns) - 1) - whole
        wrapping = [found for column, found in zip(columns, cells, strict=True) if column.wraps]
        shared = iter(_shared(wrapping, room))
        widths = (next(shared) if column.wraps else width for column, width in zip(columns, natural, strict=True))
        return cls(tuple(columns), tuple(widths))

    def lines(self, rows: Iterable[Sequence[str]]) -> Iterator[str]:
        """The titles and the rows; what could steer a terminal is written as an escape, whoever wrote it."""
        for row in ([column.title for column in self.columns], *rows):
            cells = [_wrapped(cell, width) for cell, width in zip(row, self.widths, strict=True)]
            for parts in zip_longest(*cells, fillvalue=""):
                yield (INDENT + " ".join(map(_aligned, self.columns, self.widths, parts))).rstrip()


def _shared(wrapping: Sequence[Sequence[str]], room: int) -> list[int]:
    """The widths of columns that may wrap: words stay whole where all of them fit, the rest is shared evenly."""
    natural = [max(map(len, found)) for found in wrapping]
    words = [max((len(word) for cell in found for word in cell.split()), default=0) for found in wrapping]
    least = words if sum(words) <= room else [0] * len(words)
    for most in range(min(room, max(natural, default=0)), NARROWEST, -1):
        widths = [max(word, min(width, most)) for word, width in zip(least, natural, strict=True)]
        if sum(widths) <= room:
            return widths
    return [max(word, min(width, NARROWEST)) for word, width in zip(least, natural, strict=True)]


def _wrapped(cell: str, width: int) -> list[str]:
    """Mail addresses break before their `@` rather than anywhere."""
    text = one_line(cell)
    if len(text) > width:
        text = _BEFORE_AT.sub(" ", text) if any(len(word) > width for word in text.split()) else text
    return textwrap.wrap(text, width, break_on_hyphens=False)


def _aligned(column: Column, width: int, part: str) -> str:
    return part.rjust(width) if column.right else part.ljust(width)
