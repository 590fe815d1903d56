"""Findings and the verdict they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Literal

from procureguard.policy import Effect

RungWord = Literal["approve", "approve_with_conditions", "needs_review", "deny"]
VerdictWord = Literal["approve", "approve_with_conditions", "needs_info", "needs_review", "deny"]


class Outcome(Enum):
    """What a policy says of a purchase."""

    PASS = "pass"  # noqa: S105 - an outcome, no password
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Rung(IntEnum):
    """How far a purchase gets, the best first; needing information is no rung but the absence of a decision."""

    APPROVE = 0
    APPROVE_WITH_CONDITIONS = 1
    NEEDS_REVIEW = 2
    DENY = 3

    @property
    def word(self) -> RungWord:
        """The rung as files and reports write it."""
        return _WORDS[self]


_WORDS: dict[Rung, RungWord] = {
    Rung.APPROVE: "approve",
    Rung.APPROVE_WITH_CONDITIONS: "approve_with_conditions",
    Rung.NEEDS_REVIEW: "needs_review",
    Rung.DENY: "deny",
}

NEEDS_INFO: Literal["needs_info"] = "needs_info"
VERDICTS: tuple[VerdictWord, ...] = ("approve", "approve_with_conditions", NEEDS_INFO, "needs_review", "deny")
"""What a check may answer, the most welcome first."""

_RUNGS = {
    Effect.ADVISE: Rung.APPROVE,
    Effect.CONDITION: Rung.APPROVE_WITH_CONDITIONS,
    Effect.REVIEW: Rung.NEEDS_REVIEW,
    Effect.DENY: Rung.DENY,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A policy applied to a purchase.

    Attributes:
        reads: the facts that were looked at, in that order.
        waits: the unknown facts, stated ones all, that keep the outcome open.
    """

    policy: str
    effect: Effect
    outcome: Outcome
    reads: tuple[str, ...] = ()
    waits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """The interval of what may still come out, and the verdict.

    Law 4: the verdict is the worst case if that is at most approval with conditions or equals the best; else
    information is needed.
    """

    best: Rung
    worst: Rung

    @property
    def verdict(self) -> VerdictWord:
        """One of the five verdicts."""
        decided = self.worst <= Rung.APPROVE_WITH_CONDITIONS or self.worst == self.best
        return self.worst.word if decided else NEEDS_INFO

    @property
    def settled(self) -> bool:
        """Whether no answer can change what comes out."""
        return self.best == self.worst

    def __or__(self, other: "Decision") -> "Decision":
        """Both decisions together: a fold by `max`, so that order cannot matter."""
        return Decision(max(self.best, other.best), max(self.worst, other.worst))


NOTHING_FOUND = Decision(Rung.APPROVE, Rung.APPROVE)


def decide(outcomes: Iterable[tuple[Effect, Outcome]]) -> Decision:
    """The decision outcomes add up to: failed ones count in the best case, failed and unknown ones in the worst."""
    decision = NOTHING_FOUND
    for effect, outcome in outcomes:
        if outcome is Outcome.FAIL:
            decision |= Decision(_RUNGS[effect], _RUNGS[effect])
        elif outcome is Outcome.UNKNOWN:
            decision |= Decision(Rung.APPROVE, _RUNGS[effect])
    return decision


def rung_of(effect: Effect) -> Rung:
    """How far a purchase gets at most when a policy of this effect does not hold."""
    return _RUNGS[effect]
