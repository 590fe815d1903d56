"""Evaluation: facts and policies to findings and a verdict; no clock, no network, no chance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from procureguard.compile import TIERS, Program
from procureguard.evidence import CONFIRMED, confirm
from procureguard.facts import Facts
from procureguard.finding import Decision, Finding, Outcome, decide
from procureguard.policy import Policy
from procureguard.trace import Trace

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
    tier, reading = _tier(tiers), Trace(facts, program.policies)
    findings, skipped = [], []
    for policy, code in zip(program.policies.policies, codes, strict=True):
        missing = policy.registers - facts.registers.supplied
        if missing:
            skipped.append(NotChecked(policy.identity, tuple(sorted(missing))))
        else:
            finding = _finding(policy, OUTCOMES[code], facts.as_of, reading)
            findings.append(confirm(finding, policy, facts, program.policies) if tier.at_most in CONFIRMED else finding)
    return Evaluation(tuple(findings), decide(findings), tier, tuple(skipped))


def outcomes(facts: Facts, program: Program) -> tuple[Outcome | None, ...]:
    """The outcomes alone, in the order of policy ids; None for a policy whose registers are not supplied."""
    codes, _ = program.run([facts.value(path) for path in program.slots])
    return tuple(
        None
        if policy.registers - facts.registers.supplied
        else OUTCOMES[code]
        if policy.in_force(facts.as_of)
        else Outcome.NOT_APPLICABLE
        for policy, code in zip(program.policies.policies, codes, strict=True)
    )


def evaluate_one(policy: Policy, facts: Facts, program: Program) -> Finding:
    """The finding of one policy of the program, whatever registers are supplied."""
    codes, _ = program.run([facts.value(path) for path in program.slots])
    outcome = OUTCOMES[codes[program.policies.policies.index(policy)]]
    return _finding(policy, outcome, facts.as_of, Trace(facts, program.policies))


def _finding(policy: Policy, outcome: Outcome, day: date | None, reading: Trace) -> Finding:
    """Only what is shown with its facts is traced; one reading serves all policies, so definitions are read once."""
    if not policy.in_force(day):
        return Finding(policy.identity, policy.effect, Outcome.NOT_APPLICABLE)
    if outcome not in (Outcome.FAIL, Outcome.UNKNOWN):
        return Finding(policy.identity, policy.effect, outcome)
    traced = reading.outcome(policy)
    if traced.outcome is not outcome:
        raise AssertionError(f"evaluators disagree on {policy.identity}: {outcome} and {traced.outcome}")
    return traced


def _tier(tiers: tuple[bool | None, ...]) -> Tier:
    names = ("instant", *TIERS)
    now = max((place for place, value in enumerate(tiers, 1) if value), default=0)
    at_most = max((place for place, value in enumerate(tiers, 1) if value is not False), default=0)
    return Tier(names[now], names[at_most])
