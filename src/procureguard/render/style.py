"""How text is set: at most 80 columns, with emphasis where the output understands it."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from procureguard.source.text import printable

WIDTH = 80
_BLANKS = str.maketrans("\t\n\r", "   ")

_CODES = {"green": "32", "yellow": "33", "red": "31"}


@dataclass(frozen=True, slots=True)
class Style:
    """Emphasis by ANSI codes, or none."""

    colour: bool

    def strong(self, text: str, colour: str | None = None) -> str:
        """The text, printable already, in bold, and in a colour where one is named."""
        if not self.colour:
            return text
        codes = f"1;{_CODES[colour]}" if colour else "1"
        return f"\x1b[{codes}m{text}\x1b[0m"

    def section(self, title: str, lines: Iterable[str]) -> Iterator[str]:
        """Lines under a title, after an empty line; nothing where there are none."""
        content = list(lines)
        if content:
            yield ""
            yield self.strong(title)
            yield from content


def one_line(text: str) -> str:
    """The text without breaks; what could steer a terminal is written as an escape, whoever wrote it."""
    return printable(text.translate(_BLANKS))


def wrapped(text: str, first: str = "", other: str = "") -> Iterator[str]:
    """Lines of at most 80 columns; what could steer a terminal is written as an escape, whoever wrote it."""
    return iter(
        textwrap.wrap(one_line(text), WIDTH, initial_indent=first, subsequent_indent=other, break_on_hyphens=False)
    )


def item(text: str) -> Iterator[str]:
    """A point of a list."""
    return wrapped(text, "  - ", "    ")


def listing(title: str, points: Iterable[str]) -> Iterator[str]:
    """Points under a title without emphasis, after an empty line; nothing where there are none."""
    return Style(colour=False).section(title, (line for point in points for line in item(point)))
