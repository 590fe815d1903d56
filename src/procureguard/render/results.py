"""Findings and diagnostics as other programs list them: one result for each, by rule, level and place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from procureguard.source.text import Position

Level = Literal["error", "warning", "note"]
Outcome = Literal["fail", "unknown"]

LEVELS: tuple[Level, ...] = ("error", "warning", "note")
"""The weightiest first: what ends the verdict or the validation, what has to be seen to, what is worth knowing."""


class Region(NamedTuple):
    """A stretch of a file as people count it; the end is the first place behind it."""

    start: Position
    end: Position


_ENDS = (".", "!", "?")
FIRST_LINE = Region(Position(1, 1), Position(1, 1))
"""Where to point if nothing in a file is meant more than the rest."""


class Spot(NamedTuple):
    """A stretch of a file that is named as the user wrote it, or by where it lies among the shipped policies."""

    file: str
    region: Region
    shipped: bool = False

    @property
    def path(self) -> str:
        """The file as programs compare names: without a leading `./`."""
        return self.file.removeprefix("./")

    @property
    def place(self) -> str:
        """Where it begins, as `file:line:column`."""
        return f"{self.file}:{self.region.start.line}:{self.region.start.column}"


class Related(NamedTuple):
    """Another place that has to do with a result, and what it says."""

    text: str
    spot: Spot


class Replacement(NamedTuple):
    """A stretch of the file of a result, and what to write there instead."""

    region: Region
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A policy, or a kind of diagnostic."""

    identity: str
    title: str
    description: str
    help: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One thing to look at.

    Attributes:
        outcome: `unknown` where facts are missing; a deny or a review that is not known yet is an error all the same.
        message: what is so, in one line.
        hint: the way forward, or None.
        decides: whether it is among what decided the answer.
        pointer: what of the file it is about, whatever line that stands in.
        fix: the replacements that mend the file, all of them together.
    """

    rule: Rule
    level: Level
    outcome: Outcome
    message: str
    spot: Spot
    hint: str | None = None
    decides: bool = False
    pointer: str = ""
    related: tuple[Related, ...] = ()
    fix: tuple[Replacement, ...] = ()

    @property
    def sentence(self) -> str:
        """What is so and the way forward, in one line."""
        if not self.hint:
            return self.message
        return f"{self.message} {self.hint}" if self.message.endswith(_ENDS) else f"{self.message} ({self.hint})"

    @property
    def is_open(self) -> bool:
        """Whether it is a condition, or advice, of which nobody knows yet whether it is met."""
        return self.outcome == "unknown" and self.level != "error"


@dataclass(frozen=True, slots=True)
class FileResults:
    """What there is to say of one file.

    Attributes:
        summary: the answer in a sentence.
        results: the weightiest first; of conditions, those that are open first.
        passed: ids of the policies that hold.
        not_applicable: ids of the policies that do not apply.
        not_run: ids of the policies that were not run, each with the reason.
    """

    file: str
    summary: str
    results: tuple[Result, ...]
    passed: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    not_run: tuple[tuple[str, str], ...] = ()

    @property
    def told(self) -> tuple[Result, ...]:
        """The results without advice that may not even concern the purchase."""
        return tuple(result for result in self.results if not (result.is_open and result.level == "note"))


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """The weightiest first: what decided, what is known before what is not, open conditions before others; by place."""
    return tuple(sorted(results, key=_weight))


def _weight(result: Result) -> tuple[int, bool, bool, bool, str, Position, str]:
    start, level = result.spot.region.start, LEVELS.index(result.level)
    guessed = result.level == "error" and result.outcome == "unknown"
    return level, not result.decides, guessed, not result.is_open, result.spot.file, start, result.rule.identity
