"""What is wrong with an expression, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an expression: character offsets (end exclusive), what it is, and how to put it right."""

    start: int
    end: int
    message: str
    hint: str | None = None
