"""What is wrong with a file, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from procureguard.source.edit import Edit
from procureguard.source.text import Position, Source, Span

Severity = Literal["error", "warning"]

_LONGEST_WORD = 80
_SIMILAR = 0.68
_SHORTEST_PREFIX = 3
_SLIP = 0.8
_LEAD = 0.1
_SHORTEST_SLIP = 4
"""Of a shorter word, one letter makes another word: `UKR` is not `UK`."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something wrong with a file; `code` is a key of `CODES`, `name` the file as the user wrote it.

    `source` and `span` are absent when the file could not be read at all. `fix` mends the file where it is plain what
    was meant, and is empty else.
    """

    code: str
    severity: Severity
    message: str
    source: Source | None = None
    name: str = ""
    span: Span | None = None
    hint: str | None = None
    fix: tuple[Edit, ...] = ()

    @classmethod
    def error(cls, code: str, message: str, source: Source, span: Span, hint: str | None = None) -> "Diagnostic":
        """An error at a stretch of a text that was read."""
        return cls(code, "error", message, source, source.name, span, hint)

    @classmethod
    def warning(cls, code: str, message: str, source: Source, span: Span, hint: str | None = None) -> "Diagnostic":
        """A warning at a stretch of a text that was read."""
        return cls(code, "warning", message, source, source.name, span, hint)

    def mended_by(self, fix: tuple[Edit, ...]) -> "Diagnostic":
        """The same with the edits that mend the file, if there are any."""
        return replace(self, fix=fix) if fix else self

    @property
    def position(self) -> Position | None:
        """Where the span begins, or None without one."""
        return None if self.source is None or self.span is None else self.source.position(self.span.start)

    @property
    def headline(self) -> str:
        """One line: `file:line:column: PG104 error: message`, without line and column if there are none."""
        place = "" if self.position is None else f":{self.position.line}:{self.position.column}"
        return f"{self.name}{place}: {self.code} {self.severity}: {self.message}"


class InvalidInput(Exception):  # noqa: N818 -- the thing raised is the input's fault, named in the words of the design
    """A file cannot be used; carries everything that was found wrong."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(diagnostic.headline for diagnostic in self.diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By the names of their files, then by their places."""
    return sorted(diagnostics, key=_order)


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    position = diagnostic.position
    line, column = (position.line, position.column) if position else (0, 0)
    return diagnostic.name, line, column, diagnostic.code


class Guess(NamedTuple):
    """The word that a misspelt one most likely stands for; plain where nothing but a slip of the pen explains it."""

    word: str
    is_plain: bool

    @property
    def hint(self) -> str:
        """The guess offered to the author."""
        return f"did you mean `{self.word}`?"


def guess(word: str, candidates: Iterable[str]) -> Guess | None:
    """The candidate a misspelt word most likely stands for, or None if none resembles it."""
    if not 0 < len(word) <= _LONGEST_WORD:
        return None
    from difflib import get_close_matches  # noqa: PLC0415 -- only a wrong file pays for loading it

    folded: dict[str, list[str]] = {}
    for candidate in sorted(candidates):
        folded.setdefault(_folded(candidate), []).append(candidate)
    typed = _folded(word)
    if found := get_close_matches(typed, folded, n=2, cutoff=_SIMILAR):
        names = folded[found[0]]
        return Guess(names[0], len(names) == 1 and _is_slip(typed, *found))
    begun = [name for name in folded if len(typed) >= _SHORTEST_PREFIX and name.startswith(typed)]
    return Guess(folded[begun[0]][0], is_plain=False) if len(begun) == 1 else None


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate a misspelt word most likely stands for, or None if none resembles it."""
    found = guess(word, candidates)
    return None if found is None else found.word


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """The hint that offers the closest candidate, or None if none resembles the word."""
    found = guess(word, candidates)
    return None if found is None else found.hint


def _is_slip(typed: str, best: str, second: str | None = None) -> bool:
    """Whether a word is another one but for letters mistyped, and no second one comes near it.

    Slips seldom hit the first letter, and meanings that are turned round (`unsupported`) always do; digits count.
    """
    if typed == best:
        return True
    if len(best) < _SHORTEST_SLIP or typed[0] != best[0] or _digits(typed) != _digits(best):
        return False
    from difflib import SequenceMatcher  # noqa: PLC0415 -- only a wrong file pays for loading it

    near, far = (SequenceMatcher(None, other, typed).ratio() if other else 0.0 for other in (best, second))
    return near >= _SLIP and near - far >= _LEAD


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


def _folded(word: str) -> str:
    return word.strip().lower().replace("-", "_").replace(" ", "_")
