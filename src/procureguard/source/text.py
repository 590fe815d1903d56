"""Text with positions: what a file says, and where it says it."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

LINE_BREAK = re.compile(r"\r\n|\n|\r")
"""What ends a line: LF, CR LF or CR."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text as people count it: line and column from 1, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: character offsets from 0, the end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A text and the name its user gave it (`-` is standard input). A line ends at LF, CR LF or CR."""

    name: str
    text: str

    def position(self, offset: int) -> Position:
        """Line and column of a character offset; offsets outside the text count as its nearest end."""
        offset = max(0, min(offset, len(self.text)))
        if self.text[offset - 1 : offset + 1] == "\r\n":
            offset -= 1
        lone = self.text.count("\r", 0, offset) - self.text.count("\r\n", 0, offset)
        line = self.text.count("\n", 0, offset) + lone + 1
        return Position(line, offset - self._line_start(offset) + 1)

    def positions(self) -> Callable[[int], Position]:
        """What gives the position of an offset, for those who ask for many: the lines are counted once."""
        starts = [0, *(found.end() for found in LINE_BREAK.finditer(self.text))]

        def position(offset: int) -> Position:
            line = bisect_right(starts, offset)
            return Position(line, offset - starts[line - 1] + 1)

        return position

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its line break; empty if there is no such line."""
        lines = LINE_BREAK.split(self.text)
        return lines[number - 1] if 1 <= number <= len(lines) else ""

    def line_span(self, offset: int) -> Span:
        """The stretch of the line an offset lies on, without its line break."""
        start = self._line_start(max(0, min(offset, len(self.text))))
        found = LINE_BREAK.search(self.text, start)
        return Span(start, found.start() if found else len(self.text))

    def _line_start(self, offset: int) -> int:
        if self.text[offset - 1 : offset + 1] == "\r\n":
            offset -= 1
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1


def printable(text: str) -> str:
    """The text with control characters, invisible direction marks and stray surrogates written as escapes."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def shown(text: str, limit: int = 60) -> str:
    """The user's own words in backticks, on one line, cut to about `limit` characters."""
    words = text if len(text) <= limit else text[: limit - 1] + "…"
    return f"`{printable(words)}`"
