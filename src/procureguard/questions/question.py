"""A question: a fact nobody has stated, in words for the one who can answer it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from procureguard.facts.schema import FactSchema
from procureguard.finding import Finding
from procureguard.policy.model import PolicySet
from procureguard.policy.text import fill_for


class Question(NamedTuple):
    """One unknown fact: who can state it, how to ask, and the policies it would settle."""

    fact: str
    answered_by: str
    ask: str
    policies: tuple[str, ...]


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
