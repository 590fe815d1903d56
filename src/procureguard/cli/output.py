"""Writing: data to standard output, diagnostics to standard error, files whole or not at all."""

import os
import re
import sys
from collections.abc import Iterable
from errno import EACCES
from pathlib import Path
from stat import S_IMODE

import click

from procureguard.cli.progress import make_room
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
        _replace(path, content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise _unwritable(path, f"the file cannot be written: {_reason(error)}", "name a folder that exists") from None


def rewrite_whole(path: Path, old: bytes, new: bytes) -> None:
    """Changes the content of a file in one step; its permissions stay, and a link still leads to it.

    Raises:
        InvalidInput: the file cannot be written, or is not what it was when it was read.
    """
    try:
        target = path.resolve(strict=True)
        if (now := target.read_bytes()) == new:
            return
        if now != old:
            raise _unwritable(path, "the file has changed while it was looked at", "run the command again")
        if not os.access(target, os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
        _replace(target, new, target.stat().st_mode)
    except OSError as error:
        message = f"the file cannot be written: {_reason(error)}"
        raise _unwritable(path, message, "look at its permissions and those of its folder") from None


def _replace(path: Path, content: bytes, mode: int | None = None) -> None:
    """Puts a file with the content in the place of another; what a killed run leaves beside it is hidden."""
    import tempfile  # noqa: PLC0415 - few runs write files

    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".") as scratch:
        whole = Path(scratch) / path.name
        whole.write_bytes(content)
        if mode is not None:
            whole.chmod(S_IMODE(mode))
        whole.replace(path)


def append(path: Path, text: str) -> None:
    """Adds to a file that others add to as well.

    Raises:
        InvalidInput: the file cannot be written.
    """
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise _unwritable(path, f"the file cannot be written: {_reason(error)}", "look at its permissions") from None


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


def _unwritable(path: Path, message: str, hint: str) -> InvalidInput:
    return InvalidInput([Diagnostic("PG100", "error", message, name=str(path), hint=hint)])


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
