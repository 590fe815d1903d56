"""Foreign and damaged files through the commands that look at files: a verdict with a position, never an exception.

The public test suites are read where PROCUREGUARD_DATA names a folder with them.
"""

import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from procureguard.cli.main import cli
from procureguard.guard.validate import validate_documents
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.read import read_document
from suites import JSON_CASES, YAML_CASES, cases, raw

ROOT = Path(__file__).parents[2]
SEED = 20261121
MUTATED = 150
SHIPPED = [
    *sorted((ROOT / "examples").rglob("*.yaml")),
    *sorted((ROOT / "policies").rglob("*.yaml"))[::6],
]
DAMAGE = [
    "'",
    '"',
    "[",
    "]",
    "{",
    "}",
    ":",
    ": ",
    "- ",
    "#",
    "|",
    ">",
    "\t",
    "\r",
    "  ",
    "\n",
    "&a",
    "*a",
    "? ",
    "\0",
    "é",
]


def contents() -> dict[str, bytes]:
    found = {path.name: path.read_bytes() for path in JSON_CASES}
    return found | {f"{name}-{place}.yaml": raw(case["yaml"]).encode() for place, (name, case) in enumerate(cases())}


def damaged() -> dict[str, bytes]:
    chance = random.Random(SEED)  # noqa: S311 - not for secrets
    return {f"{place}.yaml": _damaged(chance) for place in range(MUTATED)}


def _damaged(chance: random.Random) -> bytes:
    text = chance.choice(SHIPPED).read_text(encoding="utf-8")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) or 1)
        way = chance.randrange(4)
        if way == 0:
            text = text[:at] + chance.choice(DAMAGE) + text[at:]
        elif way == 1:
            text = text[:at] + text[at + chance.randint(1, 8) :]
        elif way == 2:
            other = chance.randrange(len(text) or 1)
            text = text[:at] + text[other : other + chance.randint(1, 60)] + text[at:]
        else:
            text = text[: max(1, at)]
    return text.encode()


def write(folder: Path, files: dict[str, bytes]) -> list[str]:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [str(folder / name) for name in files]


def run(*arguments: str) -> int:
    done = CliRunner().invoke(cli, list(arguments), standalone_mode=False)
    if done.exception:
        raise done.exception
    return int(done.return_value)


def survive(folder: Path, files: dict[str, bytes]) -> None:
    """Every file, alone and with the others, is accepted or refused at a place, whichever command looks at it."""
    for name, content in files.items():
        problems: list[Diagnostic] = []
        document = read_document(name, content, problems)
        validate_documents([document] if document is not None else [], problems)
        # What needs the other policies of its set may be wrong without a place in this file; nothing else may.
        assert all(problem.position is not None for problem in problems), (name, problems)
        assert document is None or document.data == read_document(name, content, []).data  # type: ignore[union-attr]
    names = write(folder, files)
    assert run("validate", *names) in {0, 1}
    assert run("validate", "--diff", *names) in {0, 1}
    assert {name: (folder / name).read_bytes() for name in files} == files
    assert run("fmt", *names) in {0, 1}
    assert run("fmt", "--check", *readable(folder, files)) == 0
    for name, content in files.items():
        before, after = (read_document(name, each, []) for each in (content, (folder / name).read_bytes()))
        assert (before and before.data) == (after and after.data), name
    assert run("validate", "--fix", *names) in {0, 1}
    assert not list(folder.glob(".*"))


def readable(folder: Path, files: dict[str, bytes]) -> list[str]:
    return [str(folder / name) for name, content in files.items() if read_document(name, content, []) is not None]


@pytest.mark.skipif(not (JSON_CASES and YAML_CASES), reason="PROCUREGUARD_DATA names no folder with the suites")
def test_public_suites_are_accepted_or_refused_at_a_place(tmp_path: Path) -> None:
    survive(tmp_path, contents())


def test_damaged_files_are_accepted_or_refused_at_a_place(tmp_path: Path) -> None:
    survive(tmp_path, damaged())
