"""The page of requirements: each has its row in order, and what a row names is there."""

import re
from collections import Counter
from pathlib import Path

import pytest

from procureguard.facts.derived import DERIVED, shipped_schema
from procureguard.source.codes import CODES

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "explanation" / "requirements.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| R(\d+) \| (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)
ROWS = [found.groups() for found in ROW.finditer(TEXT)]
POLICY = re.compile(r"\[([\w-]+)\]\(\.\./\.\./policies/([\w-]+)/([\w-]+)\.yaml\)")
FILE = re.compile(r"`((?:tests|docs|examples)/[\w/.-]*)`")
FACTS = {kind.path for kind in shipped_schema()} | {row.path for row in DERIVED}
SECTIONS = "|".join(sorted({path.partition(".")[0] for path in FACTS if "." in path}))


def test_every_requirement_has_one_row_in_order() -> None:
    assert [int(number) for number, *_ in ROWS] == list(range(1, 62))


def test_the_states_are_counted_as_they_stand() -> None:
    states = Counter(state for _, _, state, _ in ROWS)
    assert set(states) == {"met", "partly", "not yet"}
    assert f"Of 61, {states['met']} are met, {states['partly']} partly, {states['not yet']} not yet." in TEXT


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"R{row[0]}")
def test_what_is_met_in_part_says_what_is_missing_and_nothing_else_does(row: tuple[str, str, str, str]) -> None:
    assert (" — " in row[3]) == (row[2] == "partly")


def test_every_policy_it_names_is_there_and_is_linked_by_its_name() -> None:
    linked = [link for *_, how in ROWS for link in POLICY.findall(how)]
    assert len(linked) > len(ROWS)
    for name, pack, file in linked:
        assert name == file
        assert (ROOT / "policies" / pack / f"{file}.yaml").is_file()


def test_every_file_fact_and_code_it_names_is_there() -> None:
    assert [name for name in FILE.findall(TEXT) if not (ROOT / name).exists()] == []
    assert [path for path in re.findall(rf"`((?:{SECTIONS})\.\w+)`", TEXT) if path not in FACTS] == []
    assert [code for code in re.findall(r"PG\d+", TEXT) if code not in CODES] == []
