import io
import os
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from procureguard.cli.output import inert, show_diagnostics, wants_colour, write_whole
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.text import Source, Span


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(name="plain")
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(
    ("stream", "environment", "coloured"),
    [
        (Terminal, {}, True),
        (Terminal, {"NO_COLOR": "1"}, False),
        (Terminal, {"NO_COLOR": ""}, True),
        (Terminal, {"TERM": "dumb"}, False),
        (io.StringIO, {}, False),
    ],
)
def test_colour_is_for_terminals_whose_user_has_not_asked_for_none(
    monkeypatch: pytest.MonkeyPatch,
    stream: type[io.StringIO],
    environment: dict[str, str],
    coloured: bool,  # noqa: FBT001
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", stream())
    assert wants_colour() is coloured


SOURCE = Source("b.yaml", "one: 1\ntwo: 2\n")
SHUFFLED = [
    Diagnostic.error("PG203", "second", SOURCE, Span(7, 10)),
    Diagnostic.warning("PG222", "first", SOURCE, Span(0, 3)),
    Diagnostic("PG100", "error", "no place", name="a.yaml"),
    Diagnostic.error("PG202", "same place, smaller code", SOURCE, Span(7, 10)),
]


@pytest.mark.usefixtures("plain")
def test_diagnostics_are_written_to_standard_error_in_the_order_of_their_places(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_diagnostics(SHUFFLED)
    written = capsys.readouterr()
    assert written.out == ""
    assert "\x1b" not in written.err
    headlines = [line for line in written.err.splitlines() if ": PG" in line]
    assert headlines == [
        "a.yaml: PG100 error: no place",
        "b.yaml:1:1: PG222 warning: first",
        "b.yaml:2:1: PG202 error: same place, smaller code",
        "b.yaml:2:1: PG203 error: second",
    ]


@pytest.mark.usefixtures("plain")
def test_diagnostics_are_coloured_on_a_terminal_and_only_by_us(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    show_diagnostics([Diagnostic("PG100", "error", "no \x1b[2J place", name="a.yaml")])
    assert terminal.getvalue() == "\x1b[31ma.yaml: PG100 error: no \\u001b[2J place\x1b[0m\n"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.json"
    target.write_text("old", encoding="utf-8")
    with monkeypatch.context() as full:
        full.setattr(Path, "replace", Mock(side_effect=OSError(28, "No space left on device")))
        with pytest.raises(InvalidInput, match="no space left on device"):
            write_whole(target, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]
    assert target.read_text("utf-8") == "old"
    write_whole(target, "näw \ud800\n")
    assert target.read_bytes() == "näw \\ud800\n".encode()


def test_a_link_is_followed_permissions_stay_and_a_pipe_is_written_to(tmp_path: Path) -> None:
    target, link, pipe = tmp_path / "out.json", tmp_path / "link.json", tmp_path / "pipe"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    write_whole(link, "new")
    assert link.is_symlink()
    assert (target.read_text("utf-8"), target.stat().st_mode & 0o777) == ("new", 0o600)
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_whole(pipe, "through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["none/out.json", "folder"])
def test_a_place_that_cannot_be_written_is_named_and_nothing_is_left_behind(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InvalidInput, match="PG100 error: the file cannot be written"):
        write_whole(tmp_path / name, "text")
    assert [path.name for path in tmp_path.rglob("*")] == ["folder"]


LOGGED = "Yes.\n  ::error::owned\n::add-mask::x\nsee ::this:: and ##[error]that\n"


def test_in_a_log_that_is_obeyed_text_gives_no_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    lines = [line.lstrip() for line in inert(LOGGED).splitlines()]
    assert not any(line.startswith("::") or "##[" in line for line in lines)
    assert inert(LOGGED).replace("\u2060", "") == LOGGED
    assert "see ::this::" in inert(LOGGED)


@pytest.mark.parametrize("value", ["", "false"])
def test_anywhere_else_text_stays_as_it_is(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", value)
    assert inert(LOGGED) == LOGGED
