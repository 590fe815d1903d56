"""Tables as CSV that a spreadsheet opens without running anything in it."""

import csv
import io
from collections.abc import Iterable, Sequence

from procureguard.source.spreadsheet import neutral


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as comma-separated text with a line feed after each; what nobody knows (None) is an empty cell.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([_cell(cell) for cell in row] for row in rows)
    return written.getvalue()


def _cell(cell: object) -> str:
    return "" if cell is None else neutral(str(cell))
