"""Bytes to rows: exports in CSV or JSON, whatever program wrote them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from procureguard.imports.values import Cell
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.text import Source, Span

MAXIMUM_BYTES = 16 << 20
MOST_COLUMNS = 500
MOST_CELLS = 5_000_000
NOTHING = "\ufeff\0 \t\r\n"
"""Characters that say nothing, wherever they stand in a cell."""

_OTHER_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MOSTLY = 0.4


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


def read_table(name: str, content: bytes, known: frozenset[str], problems: list[Diagnostic]) -> Table | None:
    """The table in a file, or None with at least one diagnostic added; never raises. At most 16 MiB are read.

    A name that ends in `.json` is read as JSON, one in `.csv` or `.tsv` as CSV, anything else by how it begins.
    `known` are headings that profiles know, as keys: the line with most of them is the heading of the table.
    """
    text = decoded(content) if len(content) <= MAXIMUM_BYTES else ""
    reason = _refused(content, text)
    if reason is not None:
        problems.append(Diagnostic.error(reason.code, reason.message, Source(name, ""), Span(0, 0), reason.hint))
        return None
    found = _reader(name, text)(name, text, known, problems)
    if found is not None and len(found.columns) > MOST_COLUMNS:
        message = f"the table has {len(found.columns):,} columns; at most {MOST_COLUMNS} are read"
        problems.append(Diagnostic.error("PG241", message, Source(name, ""), Span(0, 0), "export fewer columns"))
        return None
    return found


class _Reason(NamedTuple):
    code: str
    message: str
    hint: str


def _refused(content: bytes, text: str) -> _Reason | None:
    """Why no table can be in a file, or None where one may be."""
    if len(content) > MAXIMUM_BYTES:
        message = f"the file has {len(content):,} bytes; at most {MAXIMUM_BYTES:,} are read"
        return _Reason("PG102", message, "split it into several files")
    if content.startswith(_OTHER_FILES):
        hint = "open it in the program it comes from and save it as CSV"
        return _Reason("PG241", "this is a file of another program, not a table in text", hint)
    if not text.strip(NOTHING):
        return _Reason("PG241", "there is nothing in the file", "export it again, with its headings")
    return None


def _reader(name: str, text: str) -> Callable[[str, str, frozenset[str], list[Diagnostic]], Table | None]:
    lower = name.casefold()
    begins = text.lstrip("\ufeff \t\r\n")[:1]
    if lower.endswith(".json") or (begins in {"{", "["} and not lower.endswith((".csv", ".tsv", ".txt"))):
        from procureguard.imports.table_json import read_json_table  # noqa: PLC0415 - most exports are CSV

        return read_json_table
    from procureguard.imports.table_csv import read_csv_table  # noqa: PLC0415 - the other kind

    return read_csv_table


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252; every sequence of bytes has one."""
    if content.startswith(_UTF16_MARKS):
        return content.decode("utf-16", "replace")
    content = content.removeprefix(_UTF8_MARK)
    for first, encoding in ((0, "utf-16-le"), (1, "utf-16-be")):
        letters, zeros = content[first::2], content[1 - first :: 2]
        if zeros.count(0) > len(zeros) * _MOSTLY and not letters.count(0):
            return content.decode(encoding, "replace")
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


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
