"""Patterns of `matches`: the part of RE2 that means the same in every target, translated to Python's notation.

Grammar (EBNF):

    pattern    = branch { "|" branch } ;
    branch     = { piece } ;
    piece      = atom [ ( "*" | "+" | "?" | "{" n [ "," [ m ] ] "}" ) [ "?" ] ] ;
    atom       = "(" [ "?:" ] pattern ")" | class | "." | "^" | "$" | escape | character ;
    class      = "[" [ "^" ] { character [ "-" character ] | escape } "]" ;
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Final, NoReturn

MAXIMUM_COUNT: Final = 1000
"""Largest number in a repetition `{n,m}`: RE2's own limit."""

MAXIMUM_PATTERN: Final = 1000
"""How many characters a pattern may have."""

MAXIMUM_DEPTH: Final = 20
"""How deep a pattern may nest."""

_SETS: Final = {"d": "0-9", "w": "0-9A-Za-z_", "s": "\\t\\n\\f\\r "}
_CONTROLS: Final = {"t": "\\t", "n": "\\n", "r": "\\r", "f": "\\f", "v": "\\x0b", "a": "\\x07"}
_CONTROL_CHARACTERS: Final = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\f": "\f", "\\x0b": "\v", "\\x07": "\a"}
_EDGES: Final = {"b": "\\b", "B": "\\B", "A": "\\A", "z": "\\Z"}
_REPETITION: Final = re.compile(r"[*+?]|\{(?P<least>[0-9]{1,4})(?P<comma>,(?P<most>[0-9]{1,4})?)?\}")
_SAFE: Final = "letters, digits, `.`, `[abc]`, `(a|b)`, `(?:a|b)`, `* + ? {2,5}`, `^ $`, `\\d \\w \\s \\b` can be used"


class PatternError(ValueError):
    """A pattern that is not accepted: the offset in the pattern, what is wrong and a hint."""

    def __init__(self, offset: int, message: str, hint: str = _SAFE) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.hint = hint


def translate(pattern: str) -> str:
    """A pattern in Python's notation, to be compiled with re.ASCII; PatternError when it is not accepted."""
    if len(pattern) > MAXIMUM_PATTERN:
        raise PatternError(0, f"the pattern has more than {MAXIMUM_PATTERN} characters", "use several shorter ones")
    reader = _Reader(pattern)
    translated, _ = reader.branches(0)
    if reader.at < len(pattern):
        reader.fail("unexpected `)`")
    return translated


@cache
def searcher(pattern: str) -> Callable[[str], object]:
    """Function that gives None where a pattern is not found in a text, and something else where it is."""
    return re.compile(translate(pattern), re.ASCII).search


class _Reader:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def fail(self, message: str, hint: str = _SAFE) -> NoReturn:
        raise PatternError(self.at, message, hint)

    def sees(self, text: str) -> bool:
        return self.pattern.startswith(text, self.at)

    def branches(self, depth: int) -> tuple[str, bool]:
        """Translated alternatives, and whether they repeat anything without bound."""
        if depth > MAXIMUM_DEPTH:
            self.fail("the pattern nests too deep")
        pieces: list[str] = []
        unbounded = False
        while self.at < len(self.pattern) and not self.sees(")"):
            if self.sees("|"):
                self.at += 1
                pieces.append("|")
                continue
            text, repeats = self.piece(depth)
            pieces.append(text)
            unbounded |= repeats
        return "".join(pieces), unbounded

    def piece(self, depth: int) -> tuple[str, bool]:
        start = self.at
        text, unbounded, repeatable = self.atom(depth)
        repetition = _REPETITION.match(self.pattern, self.at)
        if repetition is None:
            if self.sees("{"):
                self.fail("`{` must begin a repetition such as `{2,5}`", "write `\\{` for the character")
            return text, unbounded
        if not repeatable:
            self.fail("nothing to repeat here")
        self.at = repetition.end()
        endless = repetition.group() in {"*", "+"} or (repetition["comma"] is not None and repetition["most"] is None)
        self.check_counts(repetition)
        if endless and unbounded:
            self.at = start
            self.fail(
                "repetitions without bound are nested",
                "such patterns can take for ever; bound one of them, as in `{1,20}`",
            )
        lazy = self.sees("?")
        self.at += lazy
        if self.sees("*") or self.sees("+") or self.sees("?") or _REPETITION.match(self.pattern, self.at):
            self.fail("a repetition of a repetition")
        return f"{text}{repetition.group()}{'?' if lazy else ''}", unbounded or endless

    def check_counts(self, repetition: re.Match[str]) -> None:
        counts = [int(text) for text in (repetition["least"], repetition["most"]) if text]
        if any(count > MAXIMUM_COUNT for count in counts) or counts != sorted(counts):
            self.fail(f"the counts of a repetition go up, to at most {MAXIMUM_COUNT}")

    def atom(self, depth: int) -> tuple[str, bool, bool]:
        """Translated atom, whether it repeats without bound, and whether it may be repeated."""
        character = self.pattern[self.at]
        if character == "(":
            text, unbounded = self.group(depth)
            return text, unbounded, True
        if character == "[":
            return self.character_class(), False, True
        if character == "\\":
            return self.escape()
        if character in "*+?{":
            self.fail("nothing to repeat here", f"write `\\{character}` for the character")
        self.at += 1
        if character in "^$":
            return ("^" if character == "^" else "\\Z"), False, False
        return ("." if character == "." else re.escape(character)), False, True

    def group(self, depth: int) -> tuple[str, bool]:
        if self.sees("(?") and not self.sees("(?:"):
            self.fail("groups that look around, name or set flags are not accepted")
        self.at += 3 if self.sees("(?:") else 1
        inner, unbounded = self.branches(depth + 1)
        if not self.sees(")"):
            self.fail("a bracket `(` is not closed")
        self.at += 1
        return f"(?:{inner})", unbounded

    def escape(self) -> tuple[str, bool, bool]:
        letter = self.pattern[self.at + 1 : self.at + 2]
        if letter in _EDGES:
            self.at += 2
            return _EDGES[letter], False, False
        text = self.escaped_set() or f"{self.escaped_character()}"
        return text, False, True

    def escaped_set(self) -> str | None:
        letter = self.pattern[self.at + 1 : self.at + 2]
        if letter.lower() not in _SETS or not letter:
            return None
        self.at += 2
        return f"[{'^' if letter.isupper() else ''}{_SETS[letter.lower()]}]"

    def escaped_character(self) -> str:
        letter = self.pattern[self.at + 1 : self.at + 2]
        if letter in _CONTROLS:
            self.at += 2
            return _CONTROLS[letter]
        if not letter or not letter.isascii() or letter.isalnum() or not letter.isprintable() or letter == " ":
            message = (
                "references back to a group are not accepted" if letter.isdigit() else f"`\\{letter}` is not accepted"
            )
            self.fail(message)
        self.at += 2
        return re.escape(letter)

    def character_class(self) -> str:
        start = self.at
        self.at += 1
        negated = self.sees("^")
        self.at += negated
        parts: list[str] = []
        while not self.sees("]") or not parts:
            if self.at >= len(self.pattern):
                self.at = start
                self.fail("a bracket `[` is not closed")
            parts.append(self.class_part())
        self.at += 1
        return f"[{'^' if negated else ''}{''.join(parts)}]"

    def class_part(self) -> str:
        if self.sees("[") or self.sees("]"):
            self.fail("brackets inside `[...]` must be escaped", "write `\\[` or `\\]`")
        if self.sees("\\"):
            letter = self.pattern[self.at + 1 : self.at + 2]
            if letter.isupper():
                self.fail(f"`\\{letter}` is not accepted inside `[...]`", "write it outside, or negate the whole class")
            found = _SETS.get(letter)
            if found:
                self.at += 2
                return found
        first = self.class_character()
        if self.sees("-") and not self.sees("-]"):
            self.at += 1
            last = self.class_character()
            if ord(_plain(first)) > ord(_plain(last)):
                self.fail("a range in `[...]` goes down")
            return f"{first}-{last}"
        return first

    def class_character(self) -> str:
        if self.at >= len(self.pattern):
            self.fail("a bracket `[` is not closed")
        if self.sees("\\"):
            return self.escaped_character()
        character = self.pattern[self.at]
        if character in "[]" or (character == "-" and self.sees("--")):
            self.fail(f"`{character}` must be escaped inside `[...]`", f"write `\\{character}`")
        self.at += 1
        return re.escape(character) if character.isascii() and not character.isalnum() else character


def _plain(escaped: str) -> str:
    """The character an escaped one stands for."""
    return _CONTROL_CHARACTERS.get(escaped, escaped[-1])
