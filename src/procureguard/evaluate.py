"""Evaluation: facts and policies to findings and a verdict; no clock, no network, no chance."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from procureguard.compile.program import (
    FAIL,
    NOT_APPLICABLE,
    PASS,
    TIERS,
    UNKNOWN,
    Code,
    Explain,
    Paths,
    Program,
    Told,
)
from procureguard.evidence import CONFIRMED, confirm
from procureguard.facts.gather import Facts
from procureguard.finding import Decision, Finding, Outcome, decide
from procureguard.policy.model import Policy

INSTANT = "instant"
"""The lowest risk tier: what remains when no definition of a tier holds."""

SHOWN = frozenset({Outcome.FAIL, Outcome.UNKNOWN})
"""Outcomes that are shown with what they rest on."""

OUTCOMES: Mapping[Code, Outcome] = {
    PASS: Outcome.PASS,
    FAIL: Outcome.FAIL,
    UNKNOWN: Outcome.UNKNOWN,
    NOT_APPLICABLE: Outcome.NOT_APPLICABLE,
}
"""Outcomes by the codes of compiled programs."""


class Tier(NamedTuple):
    """The risk tier as things stand, and the highest it may still turn out to be."""

    now: str
    at_most: str


class NotChecked(NamedTuple):
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
    judge = _Judge(facts, program)
    tier = judge.tier()
    findings, skipped = [], []
    for number, policy in enumerate(program.policies.policies):
        missing = policy.registers - facts.registers.supplied
        if missing:
            skipped.append(NotChecked(policy.identity, tuple(sorted(missing))))
        elif tier.at_most in CONFIRMED:
            findings.append(confirm(judge.finding(number), policy, facts, partial(evaluate_one, program)))
        else:
            findings.append(judge.finding(number))
    return Evaluation(tuple(findings), decide(findings), tier, tuple(skipped))


def evaluate_one(program: Program, policy: Policy, facts: Facts) -> Finding:
    """The finding of one policy of the program, whatever registers are supplied."""
    return _Judge(facts, program).finding(program.policies.policies.index(policy))


def outcomes(facts: Facts, program: Program) -> tuple[Outcome | None, ...]:
    """The outcomes alone, in the order of policy ids; None for a policy whose registers are not supplied."""
    judge = _Judge(facts, program)
    return tuple(
        None if policy.registers - facts.registers.supplied else judge.outcome(number)
        for number, policy in enumerate(program.policies.policies)
    )


class Standing(NamedTuple):
    """How some policies stand, by number: those that fail, and those not known yet with the facts they wait for."""

    failed: frozenset[int]
    waits: Mapping[int, frozenset[str]]


def standing(facts: Facts, program: Program, numbers: Collection[int], told: Mapping[int, frozenset[str]]) -> Standing:
    """How policies that are in force and whose registers are supplied stand; what is told already is not asked again.

    It is what `evaluate` says of them, for those who look at thousands of cases.
    """
    judge = _Judge(facts, program)
    failed = frozenset(number for number in numbers if judge.codes[number] == FAIL)
    unknown = [number for number in numbers if judge.codes[number] == UNKNOWN]
    return Standing(failed, {number: told[number] if number in told else judge.waits(number) for number in unknown})


def tier_of(facts: Facts, program: Program) -> Tier:
    """The risk tier alone."""
    return _Judge(facts, program).tier()


def decision(facts: Facts, program: Program) -> Decision:
    """The decision alone, as `evaluate` gives it, for those who look at many and show few."""
    judge = _Judge(facts, program)
    if judge.tier().at_most in CONFIRMED:
        return evaluate(facts, program).decision
    supplied = facts.registers.supplied
    return decide(
        Finding(policy.identity, policy.effect, judge.outcome(number))
        for number, policy in enumerate(program.policies.policies)
        if not policy.registers - supplied
    )


class _Judge:
    """One run of a program on the facts of a purchase."""

    def __init__(self, facts: Facts, program: Program) -> None:
        self._facts = facts
        self._program = program
        known = facts.known
        self._values = [None if (fact := known.get(path)) is None else fact.value for path in program.slots]
        self.codes, self._definitions = program.run(self._values)
        self._told: Told = [None] * len(self._definitions)

    def outcome(self, number: int) -> Outcome:
        policy = self._program.policies.policies[number]
        return OUTCOMES[self.codes[number]] if policy.in_force(self._facts.as_of) else Outcome.NOT_APPLICABLE

    def finding(self, number: int) -> Finding:
        """The outcome of a policy; one that is shown comes with the facts it rests on and those it waits for."""
        policy, outcome = self._program.policies.policies[number], self.outcome(number)
        if outcome not in SHOWN:
            return Finding(policy.identity, policy.effect, outcome)
        applies_by, reads, waits = self._told_of(number)
        open_facts = self._stated(waits) if outcome is Outcome.UNKNOWN else frozenset()
        return Finding(policy.identity, policy.effect, outcome, reads, applies_by, open_facts)

    def waits(self, number: int) -> frozenset[str]:
        """The facts that an unknown outcome waits for."""
        return self._stated(self._told_of(number)[2])

    def tier(self) -> Tier:
        names = (INSTANT, *TIERS)
        values = [False if place is None else self._definitions[place] for place in self._program.tiers]
        now = max((place for place, value in enumerate(values, 1) if value), default=0)
        at_most = max((place for place, value in enumerate(values, 1) if value is not False), default=0)
        return Tier(names[now], names[at_most])

    def _told_of(self, number: int) -> tuple[tuple[str, ...], tuple[str, ...], Paths]:
        """What it rests on that a policy applies, what its outcome rests on, and what either waits for."""
        applies, holds = self._program.applies[number], self._program.holds[number]
        applies_by, waits = self._explained(applies) if applies is not None else ((), {})
        reads, further = self._explained(holds)
        return applies_by, reads, waits | further

    def _explained(self, explain: Explain) -> tuple[tuple[str, ...], Paths]:
        reads: Paths = {}
        waits: Paths = {}
        explain(self._values, self._definitions, self._told, reads, waits)
        return tuple(reads), waits

    def _stated(self, paths: Paths) -> frozenset[str]:
        """The facts that people can state, where derived ones are unknown; a list may lack a field and be known."""
        known = self._facts.known
        return frozenset[str]().union(
            *(frozenset({path}) if path in known else self._facts.waits_for(path) for path in paths)
        )
