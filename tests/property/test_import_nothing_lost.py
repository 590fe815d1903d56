"""Law 14 for imports: of any bytes, every row ends in a tool or is rejected with a reason, and the tools load.

Neither seats nor costs are lost, and what is rejected stays on disk.
"""

import contextlib
import csv
import io
import json
import random
import tempfile
from collections import Counter
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from procureguard.cli.main import cli
from procureguard.guard.imports import Wishes, check_inventory, import_content
from procureguard.imports.profile import shipped_profiles
from procureguard.imports.tools import Import
from procureguard.imports.values import Formats
from procureguard.imports.writing import appended, inventory_text
from procureguard.render.csv import csv_text
from procureguard.render.imported import import_data, rejected_table, render_import
from procureguard.source.codes import CODES
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.excerpt import excerpt
from procureguard.source.spreadsheet import neutral, restored
from procureguard.stack.stack import Stack
from written import stack, tool, written

EXPORTS = sorted((Path(__file__).parents[2] / "examples" / "imports").glob("*.csv"))
AS_OF = date(2026, 11, 21)
DRAWN = 350
EDITS = 700
WRITTEN = 40

OWNED = """kind: inventory
version: 1
tools: # what we own
  - {id: rolobarn, name: Rolobarn, status: active, capabilities: {crm: full}, seats: 180}
  - id: tidewhistle # newsletters
    status: active
    capabilities: {}
    owner:
# the last word
as_of: 2026-11-01
"""


@cache
def around() -> Stack:
    inventory = {"tools": [tool("rolobarn", name="Rolobarn", seats=180), tool("tidewhistle", vendor="tidewhistle")]}
    vendors: list[dict[str, Any]] = [
        {"id": "tidewhistle", "vendor": {"domains": ["tidewhistle.example"]}, "products": [{"id": "tidewhistle"}]},
        {"id": "askfern", "products": [{"id": "surveys", "capabilities": {"surveys": "full"}}]},
    ]
    return stack({"organisation": {"currency": "USD", "exchange_rates": {"EUR": 1.16}}}, inventory, vendors)


def imported(name: str, content: bytes, formats: Formats = Formats(None, None)) -> Import | None:  # noqa: B008 - frozen
    """What the bytes come to, with everything that holds of any import asserted."""
    problems: list[Diagnostic] = []
    found = import_content(name, content, Wishes(None, formats, AS_OF), around(), problems)
    if found is None:
        assert problems
        assert all(problem.code in CODES and excerpt(problem) for problem in problems)
        return None
    assert problems == []
    assert_nothing_lost(found)
    assert_loads(found)
    return found


def assert_nothing_lost(found: Import) -> None:
    groups = [*(new.group for new in found.new), *(known.found.group for known in found.known)]
    ended = [reading.number for group in groups for reading in group.readings]
    ended += [each.row.number for each in found.rejected]
    assert sorted(ended) == sorted(row.number for row in found.table.rows)
    assert found.rows_in + len(found.rejected) == len(found.table.rows)
    assert all(each.reason and each.hint for each in found.rejected)
    rows = list(csv.reader(io.StringIO(csv_text(rejected_table(found)), newline="")))
    assert [int(row[0]) for row in rows[1:]] == [each.row.number for each in found.rejected]
    for row, each in zip(rows[1:], found.rejected, strict=True):
        assert [restored(cell) for cell in row[3:]] == ["" if cell is None else str(cell) for cell in each.row.cells]


def assert_loads(found: Import) -> None:
    assert check_inventory("new.yaml", inventory_text(found.new, "export.csv", AS_OF), around().taxonomy) == []
    problems: list[Diagnostic] = []
    longer = appended(written(OWNED, "inventory.yaml"), found.new, problems)
    assert problems == []
    assert longer is not None
    assert check_inventory("inventory.yaml", longer, around().taxonomy) == []
    before = OWNED.index("# the last word")
    assert longer.startswith(OWNED[: before - 1])
    assert longer.endswith(OWNED[before - 1 :])
    json.dumps(import_data(found, "export.csv", AS_OF, "USD"))
    render_import(found, "export.csv", AS_OF, "USD").encode()


HEADINGS = [
    heading for profile in shipped_profiles().values() for headings in profile.headings.values() for heading in headings
]
headings = st.sampled_from(HEADINGS) | st.text(max_size=8)
days = st.sampled_from(["2026-11-01", "2026-11-01T10:00:00Z", "31.12.2026", "12/31/2026", "1/2/2026", "02/30/2026"])
numbers = st.from_regex(r"[0-9]{1,3}([.,' ]?[0-9]{3}){0,12}([.,][0-9]{1,40})?", fullmatch=True) | st.sampled_from(
    ["1,234.56", "1.234,56", "1.234", "$1,200", "1200 EUR", "-5", "(9.00)", "12 CHF", "1e9", "٣"]
)
words = st.sampled_from(
    ["", "n/a", "-", "yes", "monthly", "Rolobarn", "ROLOBARN Inc.", "askfern", "www.tidewhistle.example", "=1+1", "'=x"]
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
cells = st.one_of(days, numbers, words, texts, st.just("x" * 501))


@st.composite
def csv_exports(draw: st.DrawFn) -> tuple[str, bytes, int]:
    """The name and bytes of a table, and how many rows it has."""
    width = draw(st.integers(1, 7))
    head = draw(st.lists(headings, min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(cells, min_size=max(0, width - 1), max_size=width + 1), max_size=8))
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=draw(st.sampled_from(",;\t|"))).writerows([head, *rows])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    return "export.csv", text.getvalue().encode(encoding, "replace"), len(rows)


formats = st.builds(Formats, st.sampled_from([None, True, False]), st.sampled_from([None, True, False]))


@settings(max_examples=DRAWN)
@given(csv_exports(), formats)
def test_any_table_in_csv_ends_with_rows_in_or_rejected(export: tuple[str, bytes, int], wished: Formats) -> None:
    name, content, rows = export
    found = imported(name, content, wished)
    assert found is None or len(found.table.rows) + found.table.passed_over <= rows + 1


SUMS = ("seats", "seats_used", "annual_cost")
contracts = st.tuples(
    st.sampled_from(["Quillfinch", "QUILLFINCH Inc.", "Quill", "Rolobarn", "Twin"]),
    st.sampled_from(["", "quillfinch.example", "app.quillfinch.example", "https://other.example/x"]),
    st.sampled_from(["", "Brand", "Events"]),
    st.sampled_from(["", "0", "7", "10", "many"]),
    st.sampled_from(["", "4", "10"]),
    st.sampled_from(["", "0.00", "100.00", "0.10", "99.99"]),
    st.sampled_from(["", "first", "second"]),
)


@settings(max_examples=DRAWN)
@given(st.lists(contracts, max_size=10))
def test_no_seat_and_no_cost_of_a_list_of_tools_is_lost_or_counted_twice(rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("Name", "Website", "Team", "Seats", "Active users", "Annual cost", "Order"), *rows])
    found = imported("export.csv", text.getvalue().encode())
    assert found is not None
    assert {each.row.cells[3] for each in found.rejected} <= {"many"}
    tools = [*found.new, *(known.found for known in found.known)]
    # However a name is written, it is one tool, so that what differs only in that is a repeated row.
    stated = {(row[0].removesuffix(" Inc.").casefold(), *row[1:]) for row in rows if row[3] != "many"}
    stated = {(row[0], row[1].removeprefix("https://").removesuffix("/x"), *row[2:]) for row in stated}
    for place, name in enumerate(SUMS, start=3):
        whole = sum(Fraction(str(tool.merged.facts.get(name, 0))) for tool in tools)
        assert whole == sum(Fraction(row[place] or "0") for row in stated)


def written_rows(folder: Path) -> Counter[tuple[str, ...]]:
    """Every rejected row in a folder, its number and reason left out, cells as they were."""
    found: Counter[tuple[str, ...]] = Counter()
    for path in folder.glob("*.csv"):
        if "rejected" in path.name:
            with path.open(encoding="utf-8", newline="") as file:
                found.update(tuple(map(restored, row[3:])) for row in list(csv.reader(file))[1:])
    return found


@settings(max_examples=WRITTEN, deadline=None)
@given(st.lists(st.tuples(csv_exports(), st.booleans()), min_size=1, max_size=4))
def test_the_rejected_rows_of_every_run_stay_on_disk(runs: list[tuple[tuple[str, bytes, int], bool]]) -> None:
    rejected: Counter[tuple[str, ...]] = Counter()
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        folder = Path(name)
        (folder / "inventory.yaml").write_text(OWNED, encoding="utf-8")
        for (_, content, _), is_named in runs:
            (folder / "export.csv").write_bytes(content)
            wished = ["--rejected", "my-rejected.csv"] if is_named else []
            arguments = ["inventory", "import", "export.csv", "--into", "inventory.yaml", "--format", "json", *wished]
            done = CliRunner().invoke(cli, arguments, standalone_mode=False)
            assert done.exception is None or isinstance(done.exception, click.UsageError)
            for each in json.loads(done.stdout)["rejected"] if done.stdout else ():
                rejected[tuple("" if cell is None else str(cell) for cell in each["cells"])] += 1
        assert (folder / "export.csv").read_bytes() == runs[-1][0][1]
        assert written_rows(folder) == rejected
        assert (
            check_inventory("inventory.yaml", (folder / "inventory.yaml").read_text("utf-8"), around().taxonomy) == []
        )


scalars: st.SearchStrategy[Any] = cells | st.none() | st.booleans() | st.integers(-5, 10**12) | st.floats(-5, 1e6)
objects = st.dictionaries(
    headings, scalars | st.lists(scalars, max_size=2) | st.dictionaries(texts, scalars, max_size=2)
)
documents = st.one_of(
    st.lists(objects | scalars, max_size=6),
    st.builds(lambda key, rows: {key: rows, "count": 3}, texts, st.lists(objects, min_size=1, max_size=6)),
)


@settings(max_examples=DRAWN)
@given(documents, formats)
def test_any_list_in_json_ends_with_rows_in_or_rejected(document: Any, wished: Formats) -> None:  # noqa: ANN401 - JSON
    found = imported("export.json", json.dumps(document).encode(), wished)
    rows = (
        document if isinstance(document, list) else next(each for each in document.values() if isinstance(each, list))
    )
    assert found is None or len(found.table.rows) == len(rows)


@settings(max_examples=DRAWN)
@given(st.binary(max_size=200), st.sampled_from(["export.csv", "export.json", "export"]))
def test_any_bytes_end_with_rows_or_a_diagnostic(content: bytes, name: str) -> None:
    imported(name, content)


def as_json(content: bytes) -> bytes:
    return json.dumps({"apps": list(csv.DictReader(io.StringIO(content.decode())))}, indent=1).encode()


def edited(content: bytes, chance: random.Random) -> bytes:
    """One change as a slip of the hand, a broken transfer or another program makes it."""
    lines = content.split(b"\n")
    at, place = chance.randint(0, len(content)), chance.randrange(len(lines))
    return chance.choice(
        (
            content[:at],
            content[:at] + bytes([chance.randrange(256)]) + content[at:],
            content[:at] + chance.choice((b'"', b"\0", b";", b",", b"\r", b"'", b"\xff\xfe", b"=")) + content[at + 1 :],
            b"\n".join([*lines[:place], *lines[place + 1 :]]),
            b"\n".join([*lines[:place], lines[place], *lines[place:]]),
            b"\n".join([*lines[:place], chance.choice(lines) + lines[place], *lines[place:]]),
            content.decode("utf-8", "replace").encode("utf-16"),
            content.replace(
                chance.choice((b",", b";", b"2026", b"example")), chance.choice((b"", b"\t", b"1.234", b'"'))
            ),
        )
    )


def test_edited_exports_end_with_rows_in_or_rejected() -> None:
    seen: Counter[str] = Counter()
    originals = [(path.name, path.read_bytes()) for path in EXPORTS]
    originals += [("export.json", as_json(content)) for _, content in originals[:1]]
    for seed in range(EDITS):
        chance = random.Random(seed)  # noqa: S311 - cases, no secrets
        name, content = originals[seed % len(originals)]
        for _ in range(chance.choice((1, 1, 2, 4))):
            content = edited(content, chance)
        found = imported(name, content)
        seen["refused" if found is None else "in" if found.rows_in else "rejected"] += 1
    assert min(seen["refused"], seen["in"], seen["rejected"]) >= EDITS // 50, seen
    assert seen["in"] >= EDITS // 3, seen


@given(st.text() | st.text("'=+-@\t\ra"))
def test_a_cell_that_looks_like_a_formula_comes_back_as_it_was(cell: str) -> None:
    written_cell = neutral(cell)
    assert not written_cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert restored(written_cell) == cell
