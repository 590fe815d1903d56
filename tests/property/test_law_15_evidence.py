"""Law 15: from the high tier on, a weak or an old word leaves an open condition; it changes no outcome."""

import random

import pytest

from procureguard import Guard
from procureguard.evaluate import evaluate
from procureguard.facts.derived import DERIVED
from procureguard.facts.fact import SOURCES, Fact
from procureguard.finding import Outcome, Rung
from property.checking import COMPUTED, DAY, fact, from_stated, interval, miniature_guard, outcomes, random_value

REGISTERS = frozenset({"inventory", "banned_vendors", "sanctioned_vendors"})
CASES = 150


@pytest.fixture(scope="module")
def guard() -> Guard:
    return miniature_guard()


def drawn(guard: Guard, chance: random.Random) -> dict[str, Fact]:
    """Facts from all sources and of all ages."""
    paths = {path for policy in guard.policies.policies for path in policy.facts} | {
        path for row in DERIVED for path in row.inputs
    }
    return {
        path: fact(guard.schema[path], random_value(guard.schema[path], chance))._replace(
            source=chance.choice(SOURCES),
            as_of=chance.choice((None, "2019-01-01", "2026-11-01")),
        )
        for path in sorted(paths - COMPUTED)
        if chance.random() < 0.9
    }


def test_doubts_add_open_conditions_and_nothing_else(guard: Guard) -> None:
    confirmed = 0
    for seed in range(CASES):
        facts = from_stated(drawn(guard, random.Random(seed)), guard, REGISTERS)  # noqa: S311 - cases, no secrets
        evaluation = evaluate(facts, guard.program)
        plain = interval(outcomes(facts, guard), guard)
        doubtful = [finding for finding in evaluation.findings if finding.doubts]
        assert evaluation.decision.best == plain.best
        least = Rung.APPROVE_WITH_CONDITIONS if doubtful else Rung.APPROVE
        assert evaluation.decision.worst == max(plain.worst, least)
        assert all(finding.outcome is Outcome.PASS for finding in doubtful)
        assert not doubtful or evaluation.tier.at_most in {"high", "critical"}
        assert all(finding.doubts & facts.known.keys() for finding in doubtful)
        confirmed += bool(doubtful)
    assert confirmed >= 20


def test_the_best_source_of_today_leaves_no_doubt(guard: Guard) -> None:
    doubted = 0
    for seed in range(CASES // 2):
        known = drawn(guard, random.Random(seed))  # noqa: S311 - cases, no secrets
        before = evaluate(from_stated(known, guard, REGISTERS), guard.program)
        best = {path: found._replace(source="measured", as_of=str(DAY)) for path, found in known.items()}
        after = evaluate(from_stated(best, guard, REGISTERS), guard.program)
        assert not any(finding.doubts for finding in after.findings)
        assert [finding.outcome for finding in before.findings] == [finding.outcome for finding in after.findings]
        doubted += any(finding.doubts for finding in before.findings)
    assert doubted >= 10
