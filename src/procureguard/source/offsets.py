"""Which characters of a file each character of a scalar's text came from."""

import re
from typing import NamedTuple, TypeAlias

Stretch: TypeAlias = tuple[int, int]

_BREAK = r"(?:\r\n|\n|\r)"
_FOLD = rf"[ \t]*{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*"
_COUNTED_BREAK = re.compile(_BREAK)
_PLAIN = re.compile(rf"(?P<fold>{_FOLD})|(?s:.)")
_SINGLE_QUOTED = re.compile(rf"(?P<fold>{_FOLD})|(?P<quote>'')|(?s:.)")
_DOUBLE_QUOTED = re.compile(
    rf"(?P<fold>{_FOLD})|(?P<joined>\\{_FOLD})"
    r"|(?P<pair>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\(?:x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8})|(?P<escape>(?s:.)))|(?s:.)"
)
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_PATTERNS = {"": _PLAIN, "'": _SINGLE_QUOTED, '"': _DOUBLE_QUOTED}


class _Line(NamedTuple):
    start: int
    end: int
    next_start: int


def stretches(raw: str, style: str, value: str) -> list[Stretch] | None:
    """For every character of `value` the offsets in `raw` it was written with, or None if they cannot be told.

    `raw` is the scalar as it stands in the file, quotes and block header included; `style` is `""` (plain),
    `'`, `"` (YAML or JSON), `|` or `>`.
    """
    pieces = _block(raw, style, value) if style in {"|", ">"} else _flow(raw, style)
    # INVARIANT: places are given only if reading the stretch again yields the very text they are asked for.
    return [place for _, place in pieces] if "".join(char for char, _ in pieces) == value else None


def _flow(raw: str, style: str) -> list[tuple[str, Stretch]]:
    inner = (1, len(raw) - 1) if style else (0, len(raw))
    return [
        (char, found.span()) for found in _PATTERNS[style].finditer(raw, *inner) for char in _meaning(found)
    ]  # fmt: skip


def _meaning(found: re.Match[str]) -> str:  # noqa: PLR0911 -- one answer for each way to write a character
    match found.lastgroup:
        case None:
            return found[0]
        case "fold":
            return _folded(found[0])
        case "quote":
            return "'"
        case "joined":
            return "\n" * (len(_COUNTED_BREAK.findall(found[0])) - 1)
        case "pair":
            return found[0].encode().decode("unicode_escape").encode("utf-16", "surrogatepass").decode("utf-16")
        case "escape":
            return _ESCAPES.get(found["escape"], found["escape"])
        case group:
            code = int(found[group], 16)
            return chr(code) if code <= 0x10FFFF else found[0]  # noqa: PLR2004 -- the last code point of Unicode


def _folded(gap: str) -> str:
    """One line break reads as a space, each further one as a line break."""
    return "\n" * (len(_COUNTED_BREAK.findall(gap)) - 1) or " "


def _block(raw: str, style: str, value: str) -> list[tuple[str, Stretch]]:
    lines = _lines(raw)
    indent = _indentation(raw, lines[1:], value)
    if indent is None:
        return []
    header = raw[: lines[0].end].partition("#")[0]
    return _Block(raw, indent, folded=style == ">").read(lines[1:], "-" in header, "+" in header)


def _lines(raw: str) -> list[_Line]:
    lines, start = [], 0
    for found in _COUNTED_BREAK.finditer(raw):
        lines.append(_Line(start, found.start(), found.end()))
        start = found.end()
    return [*lines, _Line(start, len(raw), len(raw))]


def _indentation(raw: str, lines: list[_Line], value: str) -> int | None:
    """Spaces that belong to the block and not to its text: what the first written line has too many."""
    written = next((index for index, char in enumerate(value) if char not in " \n"), None)
    if written is None:
        return None
    kept = written - (value.rfind("\n", 0, written) + 1)
    for line in lines:
        text = raw[line.start : line.end]
        if text.strip(" "):
            return len(text) - len(text.lstrip(" ")) - kept
    return None


class _Block:
    """Reads the lines of a literal or folded scalar (YAML 1.2, 8.1), keeping the place of every character."""

    def __init__(self, raw: str, indent: int, *, folded: bool) -> None:
        self._raw = raw
        self._indent = max(0, indent)
        self._folded = folded
        self._pieces: list[tuple[str, Stretch]] = []

    def read(self, lines: list[_Line], strip: bool, keep: bool) -> list[tuple[str, Stretch]]:  # noqa: FBT001 -- the two chomping indicators as written
        ending: Stretch | None = None
        empty: list[Stretch] = []
        was_indented = False
        for line in lines:
            text = self._raw[line.start : line.end]
            if len(text) <= self._indent and not text.strip(" "):
                if line.next_start > line.end:
                    empty.append((line.end, line.next_start))
                continue
            if text[: self._indent].strip(" "):
                break
            is_indented = text[self._indent] in " \t"
            self._join(ending, empty, as_space=self._folded and not (was_indented or is_indented))
            start = line.start + self._indent
            self._pieces += ((self._raw[at], (at, at + 1)) for at in range(start, line.end))
            ending = (line.end, line.next_start) if line.next_start > line.end else None
            empty, was_indented = [], is_indented
        self._join(None if strip else ending, empty if keep else [], as_space=False)
        return self._pieces

    def _join(self, ending: Stretch | None, empty: list[Stretch], *, as_space: bool) -> None:
        if ending is not None and not as_space:
            self._pieces.append(("\n", ending))
        elif ending is not None and not empty:
            self._pieces.append((" ", ending))
        self._pieces += (("\n", place) for place in empty)
