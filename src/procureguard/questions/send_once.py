"""Send once: questions enough to settle the verdict whatever the answers, none of them to spare (law 9)."""

from collections.abc import Iterator
from typing import NamedTuple

from procureguard.evaluate import evaluate
from procureguard.facts.gather import Facts
from procureguard.facts.schema import Value
from procureguard.finding import Rung
from procureguard.questions.cases import Case, Cases, TooMany
from procureguard.settle import settled_verdict

MOST_CASES = 6_000
"""Cases that are looked at in all; `MOST_CASES_EACH` for one question: counted, never timed."""

MOST_CASES_EACH = 400


class SendOnce(NamedTuple):
    """The facts to ask for, and whether none of them is to spare; enough they always are."""

    asks: tuple[str, ...]
    proved: bool


def send_once(facts: Facts, cases: Cases, most: int = MOST_CASES, most_each: int = MOST_CASES_EACH) -> SendOnce:
    """All that open policies may come to wait for, without what can be left out, the hardest to answer left out first.

    What is asked for in the end settles the verdict whatever the answers. A question is only left out when every answer
    to the others was tried.
    """
    first = cases.first(facts)
    asked = {path for number in _deciding(first, cases) for path in cases.open_facts(first, number)}
    proved = True
    for path in sorted(asked, key=cases.rank, reverse=True):
        cases.left = allowed = max(0, min(most_each, most))
        enough = _Search(cases, frozenset(asked - {path})).is_enough(first)
        most -= allowed - max(cases.left, 0)
        if enough:
            asked.remove(path)
        proved = proved and enough is not None
    return SendOnce(tuple(sorted(asked, key=cases.rank)), proved)


def _deciding(case: Case, cases: Cases) -> Iterator[int]:
    """The open policies that can make the verdict worse: an unknown condition is an open one."""
    certain = max((cases.rung(number) for number in case.standing.failed), default=Rung.APPROVE)
    certain = max(certain, Rung.APPROVE_WITH_CONDITIONS)
    return (number for number in case.standing.waits if cases.rung(number) > certain)


class _Search:
    """Whether the answers to some questions settle the verdict, whatever they are."""

    def __init__(self, cases: Cases, asked: frozenset[str]) -> None:
        self._cases = cases
        self._asked = asked
        self._whole = True
        self._decided: dict[tuple[object, ...], bool] = {}
        self._completed = 0

    def is_enough(self, first: Case) -> bool | None:
        """Whether they are enough; None where that cannot be found out."""
        try:
            enough = self.settles(first)
        except TooMany:
            return None
        return enough if self._whole or not enough else None

    def settles(self, case: Case) -> bool:
        """Whether every way to answer what is asked and not answered yet leads to a verdict."""
        case = self._cases.among(case, frozenset(_deciding(case, self._cases)))
        if not case.standing.waits:
            return True
        sight = self._cases.sight(case)
        if sight in self._decided:
            return self._decided[sight]
        before = self._completed
        enough = self.splits(case)
        if before == self._completed:
            self._decided[sight] = enough
        return enough

    def splits(self, case: Case) -> bool:
        """The same, by every answer to one more question; when all are answered, by whether it is settled all the same.

        What no open policy waits for is answered too before that: an open condition that it closes may undo law 5.
        """
        waiting = {path for paths in case.standing.waits.values() for path in paths}
        left = self._asked - case.facts.known.keys()
        if not left:
            return self.is_settled(case)
        path = max(sorted(waiting & left or left, key=self._cases.rank), key=lambda path: self.weight(path, case))
        return all(self.settles(self._cases.answered(case, path, value)) for value in self.values(path, case))

    def is_settled(self, case: Case) -> bool:
        """Whether law 5 gives a verdict; what that rests on is more than policies that are still open."""
        self._completed += 1
        evaluation = evaluate(case.facts, self._cases.program)
        return settled_verdict(case.facts, evaluation, self._cases.program, self._cases.schema) is not None

    def weight(self, path: str, case: Case) -> int:
        """How many open policies wait for a fact."""
        return sum(path in paths for paths in case.standing.waits.values())

    def values(self, path: str, case: Case) -> tuple[Value, ...]:
        answers = self._cases.choices(case, path)
        self._whole = self._whole and answers.whole
        return answers.values
