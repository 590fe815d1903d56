"""Asking: which questions to ask while the verdict is open, in the three modes of law 9."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from procureguard.compile.program import Program
from procureguard.evaluate import Evaluation, evaluate
from procureguard.facts.fact import ANSWERERS
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema
from procureguard.finding import NEEDS_INFO, Decision, Finding, Outcome, Rung, rung_of
from procureguard.questions.best_case import best_case
from procureguard.questions.cases import Cases
from procureguard.questions.question import Question, question_of

Mode = Literal["best_case", "send_once", "next"]
MODES: tuple[Mode, ...] = get_args(Mode)
"""The fewest answers that can reach the best verdict; enough whatever the answers; the one that decides most."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What to ask, in the order in which to ask it.

    Attributes:
        proved: whether fewer could not do it, as the mode means it; `next` promises nothing.
        hoped: what is left to come out if these are answered well; None where no answers are known that reach more.
        others: for what else is open that the verdict waits for now.
    """

    mode: Mode
    asked: tuple[Question, ...]
    proved: bool
    hoped: Decision | None
    others: tuple[Question, ...]

    def in_mode(self, mode: Mode) -> "Questions":
        """The same, chosen in another mode."""
        return replace(self, mode=mode)


NO_QUESTIONS = Questions("best_case", (), proved=True, hoped=None, others=())
"""What is asked when nothing is open."""


def questions(
    facts: Facts,
    evaluation: Evaluation,
    program: Program,
    schema: FactSchema,
    words: Callable[[str], str],
    mode: Mode = "best_case",
) -> Questions:
    """What to ask while the verdict is open; nothing once it is decided."""
    if evaluation.decision.verdict != NEEDS_INFO:
        return NO_QUESTIONS.in_mode(mode)
    return _Asking(facts, evaluation, program, Cases(program, schema), words).questions(mode)


@dataclass(frozen=True, slots=True)
class _Asking:
    facts: Facts
    evaluation: Evaluation
    program: Program
    cases: Cases
    words: Callable[[str], str]

    def questions(self, mode: Mode) -> Questions:
        deciding = tuple(self.deciding())
        waiting = {path for finding in deciding for path in finding.waits}
        asks, proved, hoped = self.chosen(mode, deciding)
        chosen = asks or waiting
        asked, others = (
            tuple(self.question(path, deciding) for path in self.ordered(paths))
            for paths in (chosen, waiting.difference(chosen))
        )
        return Questions(mode, asked, proved, hoped, others)

    def chosen(self, mode: Mode, deciding: Sequence[Finding]) -> tuple[tuple[str, ...], bool, Decision | None]:
        """The facts to ask for, none where none are known to do it; whether fewer cannot; and what may come of it."""
        if mode == "send_once":
            from procureguard.questions.send_once import send_once  # noqa: PLC0415 - no check needs it

            return *send_once(self.facts, self.cases), None
        if mode == "next":
            from procureguard.questions.next_question import next_question  # noqa: PLC0415 - no check needs it

            first = next_question(deciding, self.program.policies, self.cases)
            return (() if first is None else (first,)), True, None
        found = best_case(self.facts, self.evaluation.decision, self.cases)
        if found.reached is None:
            return (), False, None
        return found.asks, found.proved, self.hoped(found.answers)

    def deciding(self) -> Iterator[Finding]:
        """An unknown condition is an open condition, and what cannot get worse needs no answer."""
        certain = max(self.evaluation.decision.best, Rung.APPROVE_WITH_CONDITIONS)
        unknown = self.evaluation.with_outcome(Outcome.UNKNOWN)
        return (finding for finding in unknown if rung_of(finding.effect) > certain)

    def hoped(self, answers: Iterable[tuple[str, object]]) -> Decision:
        """What is left once the questions are answered so, as `evaluate` says."""
        stated = self.facts.with_facts(self.cases.answer(path, value) for path, value in answers)
        return evaluate(stated, self.program).decision

    def question(self, path: str, deciding: Iterable[Finding]) -> Question:
        """A question with the policies that wait for its answer, or may come to."""
        open_ones = {finding.policy: finding for finding in deciding}
        waiting = [finding for finding in open_ones.values() if path in finding.waits]
        policies = self.program.policies
        if not waiting:
            numbers = self.cases.touched(path)
            waiting = [
                open_ones[policy.identity]
                for number, policy in enumerate(policies.policies)
                if number in numbers and policy.identity in open_ones
            ]
        return question_of(path, waiting, policies, self.cases.schema, self.words)

    def ordered(self, paths: Iterable[str]) -> Iterator[str]:
        """Those who are asked first come first; then the order of the form, what opens others before these."""
        places = {path: place for place, path in enumerate(self.program.policies.asked)}
        kinds = self.cases.schema
        left = sorted(
            paths,
            key=lambda path: (
                ANSWERERS.index(kinds[path].stated_by),
                places.get(path, len(places)),
                self.cases.rank(path),
            ),
        )
        while left:
            ready = (path for path in left if self.opened_by(path).isdisjoint(self.beside(path, left)))
            following = next(ready, left[0])
            left.remove(following)
            yield following

    def opened_by(self, path: str) -> frozenset[str]:
        return self.program.policies.asked.get(path, frozenset())

    def beside(self, path: str, others: Iterable[str]) -> set[str]:
        """The other questions for the same people."""
        kinds = self.cases.schema
        return {other for other in others if other != path and kinds[other].stated_by == kinds[path].stated_by}
