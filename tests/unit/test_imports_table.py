import codecs
import csv
from concurrent.futures import ThreadPoolExecutor

import pytest

from procureguard.imports.read_table import MOST_COLUMNS, decoded, read_table
from procureguard.imports.table import MAXIMUM_BYTES, Table
from procureguard.imports.table_csv import LONGEST_CELL
from procureguard.source.diagnostic import Diagnostic
from written import told

KNOWN = frozenset({"name", "seats", "owner"})


def table(content: str | bytes, name: str = "export.csv") -> Table:
    problems: list[Diagnostic] = []
    found = read_table(name, content.encode() if isinstance(content, str) else content, KNOWN, problems)
    assert found is not None, problems
    return found


def cells(content: str | bytes, name: str = "export.csv") -> list[tuple[object, ...]]:
    return [row.cells for row in table(content, name).rows]


def refused(content: bytes, name: str = "export.csv") -> list[tuple[str, str]]:
    problems: list[Diagnostic] = []
    assert read_table(name, content, KNOWN, problems) is None
    return [(code, message) for code, message, _, _ in told(problems)]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_delimiter_is_found(mark: str) -> None:
    text = mark.join(["Name", "Cost"]) + "\n" + f'"A{mark}B"{mark}"1.234,56"\nC{mark}"2,5"\n'
    assert cells(text) == [(f"A{mark}B", "1.234,56"), ("C", "2,5")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_usual_encoding_is_read(encoding: str) -> None:
    assert cells("Name,Owner\nKöniginnen,Zoë\n".encode(encoding)) == [("Königinnen", "Zoë")]


def test_every_byte_is_some_text() -> None:
    everything = bytes(range(256))
    assert len(decoded(everything)) == 256
    assert decoded(codecs.BOM_UTF16_LE + b"\x00") == "\ufffd"


def test_rows_are_numbered_as_in_a_spreadsheet_and_lines_before_the_headings_are_passed_over() -> None:
    found = table('All our tools\n\nName,Seats,Owner\n"A\nB",1,x\n\nC,2\nD,3,y,\nE,4,z,5\n')
    assert (found.columns, found.passed_over) == (("Name", "Seats", "Owner"), 1)
    assert [(row.number, row.cells, row.problem) for row in found.rows] == [
        (4, ("A\nB", "1", "x"), None),
        (6, ("C", "2"), None),
        (7, ("D", "3", "y"), None),
        (8, ("E", "4", "z", "5"), "it has 4 cells under 3 headings"),
    ]


def test_a_full_row_before_the_headings_is_not_lost() -> None:
    found = table("A,1,x\nName,Seats,Owner\nB,2,y\n")
    assert [(row.number, row.problem) for row in found.rows] == [(1, "it stands before the headings"), (3, None)]


def test_headings_that_are_empty_or_repeated_are_told_apart() -> None:
    assert table("Name,,Name,Name (2),\n1,2,3,4,5\n").columns == (
        "Name",
        "column 2",
        "Name (2)",
        "Name (2) (2)",
        "column 5",
    )


def test_a_quotation_mark_never_closed_rejects_its_row_whole() -> None:
    found = table('Name,Seats\nA,1\n"B,2\nC,3\n')
    assert [(row.number, row.cells, bool(row.problem)) for row in found.rows] == [
        (2, ("A", "1"), False),
        (3, ("B,2\nC,3\n",), True),
    ]


def test_a_cell_is_read_up_to_a_limit_and_kept_whole_beyond_it() -> None:
    longest = "x" * LONGEST_CELL
    found = table(f"Name,Owner\n{longest},y\n{longest}x,y\n")
    assert [(row.cells, row.problem) for row in found.rows] == [
        ((longest, "y"), None),
        ((f"{longest}x", "y"), "a cell has 1,000,001 characters; at most 1,000,000 are read"),
    ]
    whole = "x" * (MAXIMUM_BYTES - len('Name\n"'))
    assert [row.cells for row in table(f'Name\n"{whole}').rows] == [(whole,)]


def test_long_and_short_tables_are_read_beside_one_another_in_threads() -> None:
    limit, long = csv.field_size_limit(), "x" * 200_000
    texts = [f"Name,Owner\n{long},y\n", "Name,Owner\nA,y\n"] * 60
    with ThreadPoolExecutor(max_workers=4) as threads:
        found = list(threads.map(cells, texts))
    assert found == [[(long, "y")], [("A", "y")]] * 60
    assert csv.field_size_limit() == limit


def test_what_our_own_rejected_rows_carry_is_taken_off_again() -> None:
    assert cells("Name,Owner\n'=A,'-1\n'B,''@x\n") == [("=A", "-1"), ("'B", "'@x")]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ('[{"name": "A", "it": {"seats": 1, "by": ["x", "y"]}}, 7]', "a.json"),
        ('{"count": 2, "apps": [{"name": "A", "it": {"seats": 1, "by": ["x", "y"]}}, 7]}', "a.json"),
        (' [{"name": "A", "it": {"seats": 1, "by": ["x", "y"]}}, 7]', "-"),
    ],
)
def test_a_list_of_objects_in_json_is_a_table_with_dotted_columns(content: str, name: str) -> None:
    found = table(content, name)
    assert found.columns == ("name", "it.seats", "it.by")
    assert [(row.number, row.cells, row.problem) for row in found.rows] == [
        (1, ("A", 1, "x, y"), None),
        (2, ("7",), "it is not an object with columns"),
    ]


def test_dotted_names_that_meet_are_both_kept() -> None:
    assert table('[{"a.b": 1, "a": {"b": 2, "c": {}, "d": [{"e": 1}]}}]', "a.json").column(1) == [2]


@pytest.mark.parametrize(
    ("content", "name", "told_to_the_user"),
    [
        (b"", "a.csv", ("PG241", "there is nothing in the file")),
        (b"PK\x03\x04rest", "a.csv", ("PG241", "this is a file of another program, not a table in text")),
        (b'{"a": [{}], "b": [{}]}', "a.json", ("PG241", "there are 2 lists of objects in the file")),
        (b'{"a": 1}', "a.json", ("PG241", "there is no list of objects in the file")),
        (b'[{"a": 1,}]', "a.json", ("PG105", "nothing follows this comma")),
        (b"a," * MOST_COLUMNS + b"a", "a.csv", ("PG241", "the table has 501 columns; at most 500 are read")),
        (b"x" * (MAXIMUM_BYTES + 1), "a.csv", ("PG102", "the file has 16,777,217 bytes; at most 16,777,216 are read")),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(
    content: bytes, name: str, told_to_the_user: tuple[str, str]
) -> None:
    assert refused(content, name) == [told_to_the_user]
