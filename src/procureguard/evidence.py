"""Evidence: from the high risk tier on, a pass must rest on facts that are proven and still fresh (law 15)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from procureguard.facts.fact import SOURCES, Fact
from procureguard.facts.gather import Facts
from procureguard.finding import Finding, Outcome
from procureguard.policy.model import Effect, Policy

CONFIRMED = frozenset({"high", "critical"})
"""The risk tiers from which on evidence is asked for."""


def confirm(finding: Finding, policy: Policy, facts: Facts, judge: Callable[[Policy, Facts], Finding]) -> Finding:
    """The finding with its doubts: what a pass waits for when its weak and its stale facts do not count.

    That the policy is judged again with fewer facts keeps the law of monotony: stating more can only remove doubts.
    """
    if finding.outcome is not Outcome.PASS or policy.effect < Effect.CONDITION:
        return finding
    doubtful = {path for path in policy.facts if _doubtful(facts.known.get(path), policy, facts.as_of)}
    if not doubtful:
        return finding
    solid = {path: fact for path, fact in facts.known.items() if path not in doubtful}
    again = judge(policy, replace(facts, known=solid))
    return finding._replace(doubts=again.waits & doubtful) if again.outcome is Outcome.UNKNOWN else finding


def _doubtful(fact: Fact | None, policy: Policy, day: date | None) -> bool:
    if fact is None:
        return False
    return _weak(fact, policy) or _stale(fact, policy, day)


def _weak(fact: Fact, policy: Policy) -> bool:
    if policy.evidence is None or fact.path not in policy.proven:
        return False
    return SOURCES.index(fact.source) < SOURCES.index(policy.evidence)


def _stale(fact: Fact, policy: Policy, day: date | None) -> bool:
    """A fact without a date is as old as the question."""
    days = policy.fresh_for_days.get(fact.path)
    if days is None or day is None or fact.as_of is None:
        return False
    return (day - date.fromisoformat(fact.as_of)).days > days
