"""Writing: data to standard output, diagnostics to standard error, files whole or not at all."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from procureguard.cli.progress import make_room
from procureguard.source.diagnostic import Diagnostic, InvalidInput

SEVERITY_COLOURS = {"error": "red", "warning": "yellow"}


def wants_colour() -> bool:
    """Whether standard output is a terminal that nobody has asked to keep plain."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def show(text: str) -> None:
    """Writes data; bytes that the terminal cannot show are replaced, never an error."""
    click.echo(text, nl=False)


def show_diagnostics(diagnostics: Iterable[Diagnostic]) -> None:
    """Writes diagnostics in the order of their places, coloured on a terminal."""
    coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    from procureguard.source.excerpt import excerpt  # noqa: PLC0415 - only problems are excerpted

    make_room()
    for diagnostic in sorted(diagnostics, key=_order):
        headline, *rest = excerpt(diagnostic).split("\n")
        first = click.style(headline, fg=SEVERITY_COLOURS[diagnostic.severity]) if coloured else headline
        click.echo("\n".join([first, *rest]), err=True)


def write_whole(path: Path, text: str) -> None:
    """Writes a file in one step: whoever looks sees the old content or the new, never half of it.

    Raises:
        InvalidInput: the file cannot be written.
    """
    import tempfile  # noqa: PLC0415 - few runs write files

    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".") as scratch:
            whole = Path(scratch) / path.name
            whole.write_text(text, encoding="utf-8", newline="\n")
            whole.replace(path)
    except OSError as error:
        raise _unwritable(path, f"the file cannot be written: {_reason(error)}", "name a folder that exists") from None


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


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    position = diagnostic.position
    line, column = (position.line, position.column) if position else (0, 0)
    return diagnostic.name, line, column, diagnostic.code
