"""What the documentation shows is run: commands with their output, and Python as it stands."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELISION = "..."
REST = "\ue000"
"""A character of no text, for what is left out of a line."""


class Block(NamedTuple):
    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.stem}:{self.line}"


def blocks(language: str) -> list[Block]:
    return [block for page in PAGES for block in read(page) if block.language == language]


def read(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        yield Block(page, text.count("\n", 0, found.start()) + 1, found[1], found[2])


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a reader has, which commands may change."""
    for name in ("examples", "policies"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def run(command: str, folder: Path) -> str:
    """The output of a shell line with our own command first in the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1", "NO_COLOR": "1"}
    done = subprocess.run(  # noqa: S602 - the documentation of this repository
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """Each line after `$ ` with the output that follows it."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def matches(expected: str, found: str) -> bool:
    """Whether the output is as printed; a line of three dots stands for any lines, `…` at an end for what follows."""
    printed = f"\n{expected.rstrip()}" if expected.strip() else ""
    pattern = re.escape(re.sub("…$", REST, printed, flags=re.MULTILINE))
    pattern = pattern.replace(re.escape(f"\n{ELISION}"), r"(?:\n.*)*?").replace(REST, ".*")
    return re.fullmatch(pattern, f"\n{found.rstrip()}" if found.strip() else "") is not None


@pytest.mark.parametrize("page", sorted({block.page for block in blocks("console")}), ids=lambda page: page.stem)
def test_commands_print_what_the_page_shows(page: Path, checkout: Path, request: pytest.FixtureRequest) -> None:
    """A page is followed from its first line to its last, in one folder."""
    for block in blocks("console"):
        for command, expected in commands(block) if block.page == page else ():
            found = run(command, checkout)
            if request.config.getoption("--update") and not matches(expected, found):
                text = page.read_text(encoding="utf-8")
                shown, printed = f"$ {command}\n{expected.rstrip()}\n", f"$ {command}\n{found.rstrip()}\n"
                page.write_text(text.replace(shown, printed), encoding="utf-8", newline="\n")
            else:
                assert matches(expected, found), f"{block}: {command}\n{found}"


@pytest.mark.parametrize("block", blocks("python"), ids=str)
def test_python_runs_as_the_page_shows(block: Block, checkout: Path) -> None:
    done = subprocess.run(  # noqa: S603 - the documentation of this repository
        [sys.executable, "-c", block.text], cwd=checkout, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said = [line.partition("#> ")[2] for line in block.text.splitlines() if "#> " in line]
    assert said == done.stdout.splitlines()


def test_the_first_page_has_something_to_run() -> None:
    assert {block.page.name for block in blocks("console")} >= {"README.md"}
    assert {block.page.name for block in blocks("python")} >= {"README.md"}
