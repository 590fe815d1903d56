"""Evaluation: facts and policies to findings and a verdict; no clock, no network, no chance."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from procureguard.cel import Checked, Unknown, support, trace
from procureguard.compile import TIERS, Program
from procureguard.facts import Facts
from procureguard.finding import Decision, Finding, Outcome, decide
from procureguard.policy import Expression, Policy, PolicySet

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
    traced = Trace(facts, program.policies).outcome(policy)
    if traced.outcome is not outcome:
        raise AssertionError(f"evaluators disagree on {policy.identity}: {outcome} and {traced.outcome}")
    return traced


def _tier(tiers: tuple[bool | None, ...]) -> Tier:
    names = ("instant", *TIERS)
    now = max((place for place, value in enumerate(tiers, 1) if value), default=0)
    at_most = max((place for place, value in enumerate(tiers, 1) if value is not False), default=0)
    return Tier(names[now], names[at_most])


@dataclass(frozen=True, slots=True)
class Seen:
    """What an expression came to, and the facts and definitions that rests on."""

    value: Any
    rests_on: tuple[str, ...]


class Trace:
    """One reading of a policy by the interpreter: the second evaluator, and the one that can say what it rests on."""

    def __init__(self, facts: Facts, policies: PolicySet) -> None:
        self._facts = facts
        self._definitions = {definition.name: definition.expression.checked for definition in policies.definitions}
        self._seen: dict[str, Seen] = {}

    def outcome(self, policy: Policy) -> Finding:
        """What the policy says, by law 3, with the facts it rests on and those it waits for."""
        when = self._evaluated(policy.when)
        if when is not None and when.value is False:
            return Finding(policy.identity, policy.effect, Outcome.NOT_APPLICABLE, self._facts_below(when))
        require = self._evaluated(policy.require)
        assert require is not None
        if require.value is True:
            return Finding(policy.identity, policy.effect, Outcome.PASS, self._facts_below(require))
        rests_on = self._facts_below(when, require)
        if require.value is False and (when is None or when.value is True):
            return Finding(policy.identity, policy.effect, Outcome.FAIL, rests_on)
        waits = frozenset[str]().union(*(_waits(seen) for seen in (when, require)))
        return Finding(policy.identity, policy.effect, Outcome.UNKNOWN, rests_on, waits)

    def _evaluated(self, expression: Expression | None) -> Seen | None:
        return None if expression is None else self._see(expression.checked)

    def _see(self, checked: Checked) -> Seen:
        seen = trace(checked, self._lookup)
        return Seen(seen.value, support(checked, seen))

    def _lookup(self, path: str) -> Any:  # noqa: ANN401 - a value of the path's type, or Unknown
        definition = self._definitions.get(path)
        if definition is not None:
            if path not in self._seen:
                self._seen[path] = self._see(definition)
            return self._seen[path].value
        value = self._facts.value(path)
        return Unknown(self._facts.waits_for(path)) if value is None else value

    def _facts_below(self, *evaluated: Seen | None) -> tuple[str, ...]:
        """The facts values rest on, those below definitions included, each once."""
        found: dict[str, None] = {}
        for seen in evaluated:
            for path in seen.rests_on if seen is not None else ():
                below = self._facts_below(self._seen[path]) if path in self._seen else (path,)
                found.update(dict.fromkeys(below))
        return tuple(found)


def _waits(seen: Seen | None) -> frozenset[str]:
    return seen.value.paths if seen is not None and isinstance(seen.value, Unknown) else frozenset()
