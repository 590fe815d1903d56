"""Findings and the verdict they add up to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import reduce
from operator import or_
from typing import Literal, NamedTuple

from procureguard.policy.model import Effect

RungWord = Literal["approve", "approve_with_conditions", "needs_review", "deny"]
VerdictWord = Literal["approve", "approve_with_conditions", "needs_info", "needs_review", "deny"]


OutcomeWord = Literal["pass", "fail", "unknown", "not_applicable"]


class Outcome(Enum):
    """What a policy says of a purchase."""

    PASS = "pass"  # noqa: S105 - an outcome, no password
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"

    @property
    def word(self) -> OutcomeWord:
        """The outcome as files and reports write it."""
        word: OutcomeWord = self.value
        return word


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


class Finding(NamedTuple):
    """A policy applied to a purchase.

    Attributes:
        reads: the facts that what must hold rests on, in the order of the text.
        applies_by: the facts that show that the policy applies.
        waits: the unknown facts, stated ones all, that keep the outcome open.
        doubts: the facts a pass rests on that a stronger or newer source must confirm.
    """

    policy: str
    effect: Effect
    outcome: Outcome
    reads: tuple[str, ...] = ()
    applies_by: tuple[str, ...] = ()
    waits: frozenset[str] = frozenset()
    doubts: frozenset[str] = frozenset()

    @property
    def decision(self) -> "Decision":
        """What this finding alone leads to: law 4, and law 15 for a pass that must be confirmed."""
        rung = _RUNGS[self.effect]
        if self.outcome is Outcome.FAIL:
            return Decision(rung, rung)
        if self.outcome is Outcome.UNKNOWN:
            return Decision(Rung.APPROVE, rung)
        return Decision(Rung.APPROVE, Rung.APPROVE_WITH_CONDITIONS) if self.doubts else NOTHING_FOUND


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


def decide(findings: Iterable[Finding]) -> Decision:
    """The decision findings add up to: failed ones count in the best case, failed and unknown ones in the worst."""
    return reduce(or_, (finding.decision for finding in findings), NOTHING_FOUND)


def deciding(findings: Iterable[Finding], decision: Decision) -> Iterator[Finding]:
    """The findings without which the verdict of the decision they add up to would be another one, or open to less."""
    certain = max(decision.best, Rung.APPROVE_WITH_CONDITIONS)
    for finding in findings:
        own = finding.decision
        if decision.verdict == NEEDS_INFO:
            counts = own.worst > certain
        elif decision.settled:
            counts = own.best == decision.worst
        else:
            counts = own.worst == decision.worst
        if counts and own.worst > Rung.APPROVE:
            yield finding


def rung_of(effect: Effect) -> Rung:
    """How far a purchase gets at most when a policy of this effect does not hold."""
    return _RUNGS[effect]
