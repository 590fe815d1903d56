"""The page of the laws: each has its entry, with an example, and the tests it names are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "explanation" / "semantics.md").read_text(encoding="utf-8")
ENTRY = re.compile(r"^## Law (\d+): .+?$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
ENTRIES = {int(found[1]): found[2] for found in ENTRY.finditer(TEXT)}
TEST = re.compile(r"`(tests/[a-z_/0-9]+\.py)`")
NUMBERED = sorted((ROOT / "tests" / "property").glob("test_law_*.py"))


def test_every_law_has_its_entry_in_order() -> None:
    assert [int(found[1]) for found in ENTRY.finditer(TEXT)] == list(range(1, 16))


@pytest.mark.parametrize("number", range(1, 16))
def test_a_law_has_an_example_and_a_test_or_says_that_it_is_not_built(number: int) -> None:
    entry = ENTRIES[number]
    assert "*Example.*" in entry
    assert TEST.search(entry) or "Not built yet" in entry


def test_every_test_it_names_exists() -> None:
    named = TEST.findall(TEXT)
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("path", NUMBERED, ids=lambda path: path.stem)
def test_a_test_named_by_a_law_is_named_in_its_entry(path: Path) -> None:
    number = int(path.stem.split("_")[2])
    assert f"`{path.relative_to(ROOT).as_posix()}`" in ENTRIES[number]
