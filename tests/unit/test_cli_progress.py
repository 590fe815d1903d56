"""Progress on a real terminal: one line while it lasts, and no trace of it afterwards."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from written import folder

pty = pytest.importorskip("pty", reason="only systems with such terminals have it")

COUNT = 3
PURCHASE = {"kind": "purchase", "version": 1, "request": {"users": 4}}
UNREADABLE = "kind: purchase\nkind: purchase\n"
PROGRAM = """
import sys
from procureguard.cli import progress
from procureguard.cli.main import main
progress.PATIENCE_SECONDS, progress._PAUSE_SECONDS = float(sys.argv[1]), 0.0
main(sys.argv[2:])
"""


def seen(top: Path, command: str, patience: float = 0.0, **environment: str) -> str:
    """All that a terminal for standard error is sent."""
    above, below = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in {"CI", "TERM"}}
    more = {"NO_COLOR": "1", "PROCUREGUARD_CACHE": str(top / "cache"), **environment}
    words = [sys.executable, "-c", PROGRAM, str(patience), command, "purchases"]
    try:
        with subprocess.Popen(words, cwd=top, env=kept | more, stdout=subprocess.DEVNULL, stderr=below):  # noqa: S603
            os.close(below)
            return "".join(_read(above))
    finally:
        os.close(above)


def _read(descriptor: int) -> list[str]:
    """What is written until nobody can write any more, which Linux calls an error and others an end."""
    parts = list[str]()
    while True:
        try:
            part = os.read(descriptor, 1 << 16)
        except OSError:
            return parts
        if not part:
            return parts
        parts.append(part.decode())


def left(sent: str) -> str:
    """What stands on the terminal in the end, as far as these few signs are concerned."""
    lines, column = [""], 0
    for found in re.finditer(r"\x1b\[K|\r|\n|[^\x1b\r\n]+", sent):
        match found[0]:
            case "\r":
                column = 0
            case "\n":
                lines.append("")
                column = 0
            case "\x1b[K":
                lines[-1] = lines[-1][:column]
            case text:
                lines[-1] = lines[-1][:column] + text + lines[-1][column + len(text) :]
                column += len(text)
    return "\n".join(lines)


@pytest.fixture(name="top")
def _top(tmp_path: Path) -> Path:
    return folder(tmp_path, {f"purchases/{number}.yaml": PURCHASE for number in range(COUNT)})


@pytest.mark.parametrize("command", ["validate", "check"])
def test_a_long_run_says_how_far_it_has_come_and_leaves_nothing_behind(top: Path, command: str) -> None:
    sent = seen(top, command)
    assert re.findall(r"(\d) of 3 files\r", sent) == ["0", "1", "2"]
    assert left(sent) == ""


def test_what_is_said_meanwhile_is_not_written_over_the_line(top: Path) -> None:
    folder(top, {"purchases/1.yaml": UNREADABLE})
    sent = seen(top, "check")
    assert "2 of 3 files" in sent
    assert "files" not in left(sent)
    assert left(sent).startswith("purchases/1.yaml:2:1: ")


@pytest.mark.parametrize(
    ("patience", "environment"),
    [(60.0, {}), (0.0, {"CI": "true"}), (0.0, {"TERM": "dumb"})],
    ids=["short", "CI", "dumb"],
)
def test_nobody_is_told_who_does_not_wait(top: Path, patience: float, environment: dict[str, str]) -> None:
    assert seen(top, "validate", patience, **environment) == ""


def test_no_terminal_no_progress(top: Path) -> None:
    words = [sys.executable, "-c", PROGRAM, "0", "validate", "purchases"]
    done = subprocess.run(words, cwd=top, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    assert (done.stdout, done.stderr) == ("3 files, nothing wrong\n", "")
