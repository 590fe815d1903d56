"""Tables as CSV that a spreadsheet opens without running anything in it."""

from collections.abc import Iterable, Sequence

from procureguard.source.spreadsheet import neutral

_NEEDS_QUOTES = frozenset(',"\r\n')


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as comma-separated text with a line feed after each; what nobody knows (None) is an empty cell.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    return "".join(f"{','.join(map(_cell, row)) or _EMPTY}\n" for row in rows)


_EMPTY = '""'
"""A row of one empty cell: without the quotes it would be no row."""


def _cell(value: object) -> str:
    # Python's own writer leaves a lone carriage return without quotes, and readers take it for the end of the row.
    cell = "" if value is None else neutral(str(value))
    needs_quotes = not _NEEDS_QUOTES.isdisjoint(cell) or cell != cell.strip()
    return f'"{cell.replace(_QUOTE, 2 * _QUOTE)}"' if needs_quotes else cell


_QUOTE = '"'
