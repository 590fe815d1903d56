"""Bytes to rows: exports in CSV or JSON, whatever program wrote them."""

from collections.abc import Callable
from typing import NamedTuple

from procureguard.imports.table import MAXIMUM_BYTES, NOTHING, Table
from procureguard.imports.table_csv import read_csv_table
from procureguard.imports.table_json import read_json_table
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.text import Source, Span

MOST_COLUMNS = 500

_OTHER_FILES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MOSTLY = 0.4


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
        return read_json_table
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
