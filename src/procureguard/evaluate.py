"""Evaluation: facts and policies to findings and a verdict; no clock, no network, no chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from procureguard.cel import Checked, Unknown, interpret
from procureguard.compile import TIERS, Program

from procureguard.facts import Facts
from procureguard.finding import Decision, Finding, Outcome, decide
from procureguard.policy import Definition, Policy

OUTCOMES = (Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE)
"""Outcomes by the codes of compiled programs."""


@dataclass(frozen=True, slots=True)
class Tier:
    """The risk tier as things stand, and the highest it may still turn out to be."""

    now: str
    at_most: str


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A policy that was not run, and the registers it would need."""

    policy: str
    registers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything policies say of a purchase; findings in the order of policy ids."""

    findings: tuple[Finding, ...]
    decision: Decision
    tier: Tier
    not_checked: tuple[NotChecked, ...]

    def with_outcome(self, *outcomes: Outcome) -> Iterator[Finding]:
        """The findings of these outcomes."""
        return (finding for finding in self.findings if finding.outcome in outcomes)


def evaluate(facts: Facts, program: Program) -> Evaluation:
    """The findings of all policies whose registers are supplied, the decision, and the risk tier."""
    codes, tiers = program.run([facts.value(path) for path in program.slots])
    findings, skipped = [], []
    for policy, code in zip(program.policies.policies, codes, strict=True):
        missing = policy.registers - facts.registers
        if missing:
            skipped.append(NotChecked(policy.identity, tuple(sorted(missing))))
        else:
            findings.append(_finding(policy, OUTCOMES[code], facts, program))
    decision = decide((finding.effect, finding.outcome) for finding in findings)
    return Evaluation(tuple(findings), decision, _tier(tiers), tuple(skipped))


def evaluate_one(policy: Policy, facts: Facts, program: Program) -> Finding:
    """The finding of one policy of the program, whatever registers are supplied."""
    codes, _ = program.run([facts.value(path) for path in program.slots])
    return _finding(policy, OUTCOMES[codes[program.policies.policies.index(policy)]], facts, program)


def _finding(policy: Policy, outcome: Outcome, facts: Facts, program: Program) -> Finding:
    """Only what is shown with its facts is traced."""
    if not policy.in_force(facts.as_of):
        return Finding(policy.identity, policy.effect, Outcome.NOT_APPLICABLE)
    if outcome not in (Outcome.FAIL, Outcome.UNKNOWN):
        return Finding(policy.identity, policy.effect, outcome)
    trace = Trace(facts, {definition.name: definition for definition in program.policies.definitions})
    traced = trace.outcome(policy)
    if traced is not outcome:
        raise AssertionError(f"evaluators disagree on {policy.identity}: {outcome} and {traced}")
    waits = trace.waits if outcome is Outcome.UNKNOWN else frozenset()
    return Finding(policy.identity, policy.effect, outcome, tuple(trace.reads), waits)


def _tier(tiers: tuple[bool | None, ...]) -> Tier:
    names = ("instant", *TIERS)
    now = max((place for place, value in enumerate(tiers, 1) if value), default=0)
    at_most = max((place for place, value in enumerate(tiers, 1) if value is not False), default=0)
    return Tier(names[now], names[at_most])


class Trace:
    """One reading of policies by the interpreter: the second evaluator, and the one that can say what it looked at."""

    def __init__(self, facts: Facts, definitions: Mapping[str, Definition]) -> None:
        self._facts = facts
        self._definitions = definitions
        self._values: dict[str, Any] = {}
        self.reads: dict[str, None] = {}
        self.waits: frozenset[str] = frozenset()

    def outcome(self, policy: Policy) -> Outcome:
        """What the policy says, by law 3; the facts it waits for are kept."""
        applies = True if policy.when is None else self.value(policy.when.checked)
        if applies is False:
            return Outcome.NOT_APPLICABLE
        holds = self.value(policy.require.checked)
        if holds is True:
            return Outcome.PASS
        if holds is False and applies is True:
            return Outcome.FAIL
        self.waits = _waits(applies) | _waits(holds)
        return Outcome.UNKNOWN

    def value(self, checked: Checked) -> Any:  # noqa: ANN401 - a value of the checked type, or Unknown
        """The value of an expression, or Unknown with the facts it waits for."""
        return interpret(checked, self._lookup)

    def _lookup(self, path: str) -> Any:  # noqa: ANN401 - as above
        definition = self._definitions.get(path)
        if definition is not None:
            if path not in self._values:
                self._values[path] = self.value(definition.expression.checked)
            return self._values[path]
        self.reads[path] = None
        value = self._facts.value(path)
        return Unknown(self._facts.waits_for(path)) if value is None else value


def _waits(value: Any) -> frozenset[str]:  # noqa: ANN401 - a truth value or Unknown
    return value.paths if isinstance(value, Unknown) else frozenset()
