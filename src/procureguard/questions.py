"""Questions: the facts nobody has stated that could still change the verdict, in words for those who can answer."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from procureguard.evaluate import Evaluation
from procureguard.facts.fact import ANSWERERS
from procureguard.facts.schema import FactSchema
from procureguard.finding import NEEDS_INFO, Finding, Outcome, Rung, rung_of
from procureguard.policy.model import PolicySet
from procureguard.policy.text import fill_for


class Question(NamedTuple):
    """One unknown fact: who can state it, how to ask, and the policies it would settle."""

    fact: str
    answered_by: str
    ask: str
    policies: tuple[str, ...]


def questions(
    evaluation: Evaluation, policies: PolicySet, schema: FactSchema, words: Callable[[str], str]
) -> tuple[Question, ...]:
    """What to ask while the verdict is open: the unknown facts of findings that could make it worse."""
    if evaluation.decision.verdict != NEEDS_INFO:
        return ()
    waiting: dict[str, list[Finding]] = {}
    for finding in _deciding(evaluation):
        for path in sorted(finding.waits):
            waiting.setdefault(path, []).append(finding)
    asked = [question_of(path, findings, policies, schema, words) for path, findings in waiting.items()]
    return tuple(sorted(asked, key=lambda question: (ANSWERERS.index(question.answered_by), question.fact)))


def _deciding(evaluation: Evaluation) -> Iterator[Finding]:
    """An unknown condition is an open condition, and what cannot get worse needs no answer."""
    certain = max(evaluation.decision.best, Rung.APPROVE_WITH_CONDITIONS)
    return (finding for finding in evaluation.with_outcome(Outcome.UNKNOWN) if rung_of(finding.effect) > certain)


def question_of(
    path: str, findings: Sequence[Finding], policies: PolicySet, schema: FactSchema, words: Callable[[str], str]
) -> Question:
    """How to ask for an unknown fact that these findings wait for, in a policy's own words where it has some."""
    kind = schema[path]
    ask = kind.question or f"What is the {kind.title}?"
    asking = [policies.get(finding.policy) for finding in findings if finding.waits == {path}]
    worded = [(policy, policy.ask) for policy in asking if policy and policy.ask and policy.required == (path,)]
    if kind.stated_by == "vendor" and worded:
        ask = fill_for(*worded[0], words)
    return Question(path, kind.stated_by, ask, tuple(finding.policy for finding in findings))
