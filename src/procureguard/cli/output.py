"""Writing: data to standard output, diagnostics to standard error, files whole or not at all."""

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from procureguard.cli.progress import make_room
from procureguard.guard.writing import put
from procureguard.source.diagnostic import Diagnostic, InvalidInput, in_order

_COMMAND = re.compile(r"(?m)(^[^\S\n]*:(?=:)|#(?=#\[))")
SEVERITY_COLOURS = {"error": "red", "warning": "yellow"}


def wants_colour() -> bool:
    """Whether standard output is a terminal that nobody has asked to keep plain."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def show(text: str) -> None:
    """Writes data; bytes that the terminal cannot show are replaced, never an error.

    Raises:
        InvalidInput: standard output takes no more, for instance because the disk is full.
    """
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        # What was not written would be tried again when the program ends, and fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise _unwritable(Path("standard output"), f"nothing can be written: {_reason(error)}", "make room") from None


def inert(text: str) -> str:
    """The text without commands to a pipeline that obeys what it finds in a log, as GitHub Actions does.

    A joiner, which is not seen, keeps the characters of a command apart; nothing changes anywhere else.
    """
    return _COMMAND.sub("\\1\u2060", text) if os.environ.get("GITHUB_ACTIONS") == "true" else text


def show_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """Writes diagnostics in the order of their places, coloured on a terminal."""
    coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    from procureguard.source.excerpt import excerpt  # noqa: PLC0415 - only problems are excerpted

    make_room()
    for diagnostic in in_order(diagnostics):
        headline, *rest = excerpt(diagnostic).split("\n")
        first = click.style(headline, fg=SEVERITY_COLOURS[diagnostic.severity]) if coloured else headline
        click.echo(inert("\n".join([first, *rest])), err=True)


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a file in one step: whoever looks sees the old content or the new, never half of it.

    Raises:
        InvalidInput: the file cannot be written.
    """
    try:
        put(path, content.encode(errors="backslashreplace") if isinstance(content, str) else content)
    except OSError as error:
        raise _cannot_write(path, error) from None


def rewrite_whole(path: Path, old: bytes, new: bytes) -> None:
    """Changes the content of a file in one step; its permissions stay, and a link still leads to it.

    Raises:
        InvalidInput: the file cannot be written, or is not what it was when it was read.
    """
    try:
        if (now := path.read_bytes()) == new:
            return
        if now != old:
            raise _unwritable(path, "the file has changed while it was looked at", "run the command again")
        put(path, new)
    except OSError as error:
        raise _cannot_write(path, error) from None


def append(path: Path, text: str) -> None:
    """Adds to a file that others add to as well.

    Raises:
        InvalidInput: the file cannot be written.
    """
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise _cannot_write(path, error) from None


def make_folder(path: Path) -> None:
    """Makes a folder, and those above it, where there is none.

    Raises:
        InvalidInput: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, f"the folder cannot be made: {_reason(error)}", "name another folder") from None


def remove_file(path: Path) -> None:
    """Removes a file.

    Raises:
        InvalidInput: it cannot be removed.
    """
    try:
        path.unlink()
    except OSError as error:
        raise _unwritable(path, f"the file cannot be removed: {_reason(error)}", "look at its permissions") from None


def _cannot_write(path: Path, error: OSError) -> InvalidInput:
    missing = "name a folder that exists" if isinstance(error, FileNotFoundError) else None
    hint = missing or "look at its permissions and those of its folder"
    return _unwritable(path, f"the file cannot be written: {_reason(error)}", hint)


def _unwritable(path: Path, message: str, hint: str) -> InvalidInput:
    return InvalidInput([Diagnostic("PG100", "error", message, name=str(path), hint=hint)])


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
