"""Tables in CSV: any delimiter, quoted line breaks, lines before the heading, rows of any length."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from procureguard.imports.table import MAXIMUM_BYTES, NOTHING, Row, Table, distinct
from procureguard.imports.words import tidy, word_key
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.spreadsheet import restored
from procureguard.source.text import Source, Span

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAMPLE = 1 << 16
_LINES_BEFORE = 25
_ENOUGH = 2
_END = "end-of-the-table"

LONGEST_CELL = 1_000_000
"""A row with a cell of more characters than this is rejected, and kept whole."""

# This limit holds for the whole program: changed for each table, it would stop a table that another thread reads at the
# same time. So it is set once, to the longest cell that a file may have, and never made smaller for others.
csv.field_size_limit(max(csv.field_size_limit(), MAXIMUM_BYTES + len(f"\n{_END}")))

Record = list[str]


def read_csv_table(name: str, text: str, known: frozenset[str], problems: list[Diagnostic]) -> Table | None:
    """The table in a text of at most `MAXIMUM_BYTES`, or None with a diagnostic where nothing can be a heading."""
    delimiter = _delimiter(text[:_SAMPLE])
    records, is_open = _records(text, delimiter)
    place = _heading(records, known)
    if place is None:
        hint = "export it again, with its headings in the first line"
        problems.append(
            Diagnostic.error("PG241", "there is no table in the file", Source(name, text), Span(0, 1), hint)
        )
        return None
    columns = distinct([tidy(restored(cell)) for cell in records[place]])
    odd = len(records) - 1 if is_open else None
    before = _before(records[:place], len(_filled(records[place])))
    rows = (_row(number, record, len(columns), is_open=number == odd) for number, record in _after(records, place))
    passed = sum(bool(_filled(record)) for record in records[:place]) - len(before)
    form = f"CSV with {DELIMITERS[delimiter]}"
    return Table(form, columns, (*before, *rows), passed)


def _records(text: str, delimiter: str) -> tuple[list[Record], bool]:
    """All lines of a table, and whether a quotation mark in the last of them is never closed."""
    lines = io.StringIO(f"{text}\n{_END}", newline="")
    records = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    if records[-1] == [_END]:
        return records[:-1], False
    records[-1][-1] = records[-1][-1].removesuffix(f"\n{_END}")
    return records, True


def _delimiter(sample: str) -> str:
    """The mark that cuts most lines into equally many cells."""
    return max(DELIMITERS, key=lambda mark: _cut(sample, mark))


def _cut(sample: str, delimiter: str) -> int:
    records, _ = _records(sample, delimiter)
    widths = Counter(len(record) for record in records if record)
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _heading(records: Sequence[Record], known: frozenset[str]) -> int | None:
    """The line with most known headings, else the first that is filled like most lines; None without any."""
    filled = {place: _filled(record) for place, record in enumerate(records[:_LINES_BEFORE])}
    usual = max(
        Counter(len(record) for record in records if _filled(record)).items(), key=lambda each: each[1], default=(0, 0)
    )
    places = [place for place, cells in filled.items() if cells and len(cells) * 2 >= usual[0]]
    if not places:
        return next((place for place, cells in filled.items() if cells), None)
    best = max(places, key=lambda place: (_hits(records[place], known), -place))
    is_known = _hits(records[best], known) >= min(_ENOUGH, len(filled[best]))
    return best if is_known else places[0]


def _hits(record: Record, known: frozenset[str]) -> int:
    return len({word_key(cell) for cell in record} & known)


def _filled(record: Record) -> Record:
    return [cell for cell in record if cell.strip(NOTHING)]


def _before(records: Sequence[Record], width: int) -> list[Row]:
    """Lines before the heading that are filled as rows are; a title or a date is not."""
    problem = "it stands before the headings"
    numbered = enumerate(records, start=1)
    return [Row(number, tuple(record), problem) for number, record in numbered if len(_filled(record)) * 2 > width > 1]


def _after(records: Sequence[Record], heading: int) -> Iterator[tuple[int, Record]]:
    return ((place, record) for place, record in enumerate(records) if place > heading and (_filled(record)))


def _row(place: int, record: Record, width: int, *, is_open: bool) -> Row:
    cells = tuple(restored(cell) for cell in record)
    if is_open:
        return Row(place + 1, cells, "a quotation mark is opened here and never closed")
    if _filled(list(cells[width:])):
        return Row(place + 1, cells, f"it has {len(cells)} cells under {width} headings")
    longest = max(map(len, cells))
    if longest > LONGEST_CELL:
        return Row(place + 1, cells, f"a cell has {longest:,} characters; at most {LONGEST_CELL:,} are read")
    return Row(place + 1, cells[:width])
