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
        titles = [column.title for column in columns]
        natural = [max(map(len, cells)) for cells in zip(*(map(one_line, row) for row in (titles, *rows)), strict=True)]
        whole = sum(width for column, width in zip(columns, natural, strict=True) if not column.wraps)
        room = WIDTH - len(INDENT) - (len(columns) - 1) - whole
        most = _widest([width for column, width in zip(columns, natural, strict=True) if column.wraps], room)
        return cls(
            columns,
            [min(width, most) if column.wraps else width for column, width in zip(columns, natural, strict=True)],
        )

    def lines(self, rows: Iterable[Sequence[str]]) -> Iterator[str]:
        """The titles and the rows; what could steer a terminal is written as an escape, whoever wrote it."""
        for row in ([column.title for column in self.columns], *rows):
            cells = [_wrapped(cell, width) for cell, width in zip(row, self.widths, strict=True)]
            for parts in zip_longest(*cells, fillvalue=""):
                yield (INDENT + " ".join(map(_aligned, self.columns, self.widths, parts))).rstrip()


def _widest(natural: Sequence[int], room: int) -> int:
    """The greatest width that no column may exceed so that all fit."""
    fitting = (width for width in range(max(natural, default=0), NARROWEST, -1) if _total(natural, width) <= room)
    return next(fitting, NARROWEST)


def _total(natural: Iterable[int], most: int) -> int:
    return sum(min(width, most) for width in natural)


def _wrapped(cell: str, width: int) -> list[str]:
    """Mail addresses break before their `@` rather than anywhere."""
    text = one_line(cell)
    if len(text) > width:
        text = _BEFORE_AT.sub(" ", text) if any(len(word) > width for word in text.split()) else text
    return textwrap.wrap(text, width, break_on_hyphens=False)


def _aligned(column: Column, width: int, part: str) -> str:
    return part.rjust(width) if column.right else part.ljust(width)
