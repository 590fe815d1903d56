"""What is wrong with a file, said so that its author can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from procureguard.source.edit import Edit
from procureguard.source.text import Position, Source, Span

Severity = Literal["error", "warning"]

_LONGEST_WORD = 80
_SIMILAR = 0.68
_SHORTEST_PREFIX = 3


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


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate a misspelt word most likely stands for, or None if none resembles it."""
    if not 0 < len(word) <= _LONGEST_WORD:
        return None
    from difflib import get_close_matches  # noqa: PLC0415 -- only a wrong file pays for loading it

    folded = {_folded(candidate): candidate for candidate in sorted(candidates, reverse=True)}
    typed = _folded(word)
    if found := get_close_matches(typed, folded, n=1, cutoff=_SIMILAR):
        return folded[found[0]]
    begun = [name for name in folded if len(typed) >= _SHORTEST_PREFIX and name.startswith(typed)]
    return folded[begun[0]] if len(begun) == 1 else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """The hint that offers the closest candidate, or None if none resembles the word."""
    found = closest(word, candidates)
    return None if found is None else f"did you mean `{found}`?"


def _folded(word: str) -> str:
    return word.strip().lower().replace("-", "_").replace(" ", "_")
