"""Changed texts of files: written back, or shown as a difference."""

from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path

from procureguard.cli.output import inert, rewrite_whole, show
from procureguard.guard.files import STANDARD_INPUT
from procureguard.render.style import one_line
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.text import printable

_MARK = b"\xef\xbb\xbf"
_NO_LAST_BREAK = "\\ No newline at end of file\n"


def write_changes(contents: Mapping[str, bytes], texts: Mapping[str, str]) -> list[Diagnostic]:
    """Writes every changed text whole into its file, a byte order mark kept; says which could not be written."""
    problems: list[Diagnostic] = []
    for name, text in sorted(texts.items()):
        old = contents[name]
        try:
            rewrite_whole(Path(name), old, (_MARK if old.startswith(_MARK) else b"") + text.encode())
        except InvalidInput as error:
            problems += error.diagnostics
    return problems


def show_changes(contents: Mapping[str, bytes], texts: Mapping[str, str]) -> None:
    """Shows every changed text as a unified difference, which `patch` understands."""
    for name, text in sorted(texts.items()):
        old = contents[name].removeprefix(_MARK).decode()
        title = "<stdin>" if name == STANDARD_INPUT else one_line(name)
        for line in unified_diff(_lines(old), _lines(text), title, title):
            shown = inert(_harmless(line))
            show(shown if line.endswith("\n") else f"{shown}\n{_NO_LAST_BREAK}")


def _harmless(line: str) -> str:
    """The line with what could steer a terminal as escapes; tabs and its end are what they are, for `patch`."""
    text = line.rstrip("\r\n")
    return "\t".join(map(printable, text.split("\t"))) + line[len(text) :]


def _lines(text: str) -> list[str]:
    """The lines with their line feeds; other line breaks are none to `patch`."""
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [last for last in text.split("\n")[-1:] if last]
