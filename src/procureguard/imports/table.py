"""An export as a table: columns and rows, whatever it was written as."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from procureguard.imports.values import Cell

MAXIMUM_BYTES = 16 << 20
MOST_CELLS = 5_000_000
NOTHING = "\ufeff\0 \t\r\n"
"""Characters that say nothing, wherever they stand in a cell."""


class Row(NamedTuple):
    """One row: its number as a spreadsheet counts (in JSON, its place in the list), its cells, and what is odd.

    A row may have fewer cells than there are columns; one with a problem cannot be read, but is kept whole.
    """

    number: int
    cells: tuple[Cell, ...]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """An export: the headings of its columns, each different, its rows, and how many lines stood before them."""

    form: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    passed_over: int = 0

    def column(self, place: int) -> list[Cell]:
        """The cells of a column, those of odd rows left out."""
        return [row.cells[place] for row in self.rows if row.problem is None and place < len(row.cells)]


def distinct(headings: Sequence[str]) -> tuple[str, ...]:
    """Headings told apart: one without text is named by its place, a repeated one gets a number."""
    names: list[str] = []
    seen: set[str] = set()
    for place, heading in enumerate(headings, start=1):
        plain = heading or f"column {place}"
        name, count = plain, 1
        while name in seen:
            count += 1
            name = f"{plain} ({count})"
        names.append(name)
        seen.add(name)
    return tuple(names)
