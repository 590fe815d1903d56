"""Contract of the questions about a purchase, version 1: what `procureguard questions` answers, ready to be sent."""

from dataclasses import dataclass
from typing import Any, Literal

from procureguard.finding import RungWord, VerdictWord
from procureguard.report.contract import ReportedAsking, ReportedSubject, as_data


@dataclass(frozen=True, slots=True)
class ReportedAsk:
    """A question with all that it takes to answer it.

    `decides` are the titles of the policies that wait for the answer, or may come to; `answers` the words that may be
    answered where the list is short, as files write them, and empty otherwise.
    """

    fact: str
    title: str
    answered_by: str
    ask: str
    type: str
    unit: str | None
    answers: tuple[str, ...]
    policies: tuple[str, ...]
    decides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """What to ask about one purchase, and whom.

    `kind` tells it from reports; `people` are the addresses of those who can answer, by who they are, as far as they
    are known.
    """

    version: Literal[1]
    kind: Literal["question-sheet"]
    program: str
    as_of: str
    purchase: ReportedSubject
    verdict: VerdictWord
    best: RungWord
    worst: RungWord
    settled: bool
    asking: ReportedAsking
    questions: tuple[ReportedAsk, ...]
    people: dict[str, tuple[str, ...]]

    def to_dict(self) -> dict[str, Any]:
        """The sheet as plain data, ready for JSON."""
        return as_data(self)

    def of(self, answered_by: str) -> tuple[ReportedAsk, ...]:
        """The questions for some of those who can answer."""
        return tuple(question for question in self.questions if question.answered_by == answered_by)

    @property
    def answerers(self) -> tuple[str, ...]:
        """Those who are asked something, in the order in which they are asked."""
        return tuple(dict.fromkeys(question.answered_by for question in self.questions))
