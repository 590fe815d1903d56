"""What a change of policies does to the answer on a purchase."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from procureguard.compile.program import Program
from procureguard.evaluate import evaluate
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema
from procureguard.finding import Finding, VerdictWord, deciding
from procureguard.settle import settled_verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on a purchase, all findings by the ids of their policies, and the ids of those that decided it."""

    verdict: VerdictWord
    findings: Mapping[str, Finding]
    reasons: frozenset[str]


class Cause(NamedTuple):
    """A policy that comes out otherwise; None where it is not among the policies or was not run."""

    policy: str
    before: Finding | None
    after: Finding | None


def judge(facts: Facts, program: Program, schema: FactSchema) -> Judged:
    """The answer on the facts of a purchase."""
    evaluation = evaluate(facts, program)
    verdict = settled_verdict(facts, evaluation, program, schema) or evaluation.decision.verdict
    reasons = (found.policy for found in deciding(evaluation.findings, evaluation.decision))
    return Judged(verdict, {found.policy: found for found in evaluation.findings}, frozenset(reasons))


def renamed(judged: Judged, names: Mapping[str, str]) -> Judged:
    """The same under the new ids of policies, by their former ones."""
    findings = {names.get(name, name): found for name, found in judged.findings.items()}
    return Judged(judged.verdict, findings, frozenset(names.get(name, name) for name in judged.reasons))


def causes(before: Judged, after: Judged) -> tuple[Cause, ...]:
    """The findings that come out otherwise, those that decide an answer; all of them where none of these does."""
    found = tuple(_otherwise(before, after))
    telling = tuple(cause for cause in found if cause.policy in before.reasons | after.reasons)
    return telling or found


def same_reasons(before: Judged, after: Judged) -> bool:
    """Whether what decided is the same, and came out the same."""
    reasons = before.reasons | after.reasons
    return before.reasons == after.reasons and not any(cause.policy in reasons for cause in _otherwise(before, after))


def _otherwise(before: Judged, after: Judged) -> Iterator[Cause]:
    """By id, those that decide now before those that did."""
    names = sorted(before.findings.keys() | after.findings.keys(), key=lambda name: (name not in after.reasons, name))
    for name in names:
        cause = Cause(name, before.findings.get(name), after.findings.get(name))
        if _weight(cause.before) != _weight(cause.after):
            yield cause


def _weight(finding: Finding | None) -> object:
    return None if finding is None else (finding.effect, finding.outcome, bool(finding.doubts))
