"""The lines of a text, with where each begins and ends."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from procureguard.source.text import LINE_BREAK

_BLANKS = " \t"


class Line(NamedTuple):
    """A line: offsets of its first character, of its line break, and of what follows that."""

    start: int
    end: int
    next: int


class Lines(NamedTuple):
    """A text and its lines; one that is empty after the last line break is left out."""

    text: str
    all: Sequence[Line]
    starts: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "Lines":
        """The lines of a text; they end at LF, CR LF or CR."""
        found, start = [], 0
        for each in LINE_BREAK.finditer(text):
            found.append(Line(start, each.start(), each.end()))
            start = each.end()
        if start < len(text):
            found.append(Line(start, len(text), len(text)))
        return cls(text, found, [line.start for line in found])

    def number(self, offset: int) -> int:
        """The index of the line that an offset lies on."""
        return bisect_right(self.starts, offset) - 1

    def content(self, number: int) -> str:
        """A line without blanks around it and without its line break."""
        line = self.all[number]
        return self.text[line.start : line.end].strip(_BLANKS)

    def indent(self, number: int) -> int:
        """How many blanks a line begins with."""
        line = self.all[number]
        text = self.text[line.start : line.end]
        return len(text) - len(text.lstrip(_BLANKS))

    def spaces(self, number: int) -> int:
        """How many spaces a line begins with: tabs in a literal text are part of it."""
        line = self.all[number]
        text = self.text[line.start : line.end]
        return len(text) - len(text.lstrip(" "))

    def is_first(self, offset: int) -> bool:
        """Whether nothing but blanks stands before an offset in its line."""
        return not self.text[self.all[self.number(offset)].start : offset].strip(_BLANKS)

    @property
    def line_break(self) -> str:
        """What ends a line of this text: its first line break, or LF."""
        found = LINE_BREAK.search(self.text)
        return found[0] if found else "\n"
