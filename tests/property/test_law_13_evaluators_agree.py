"""Law 13: the program generated from the shipped policies says what the interpreter says, whatever is known."""

import random
from collections import Counter
from typing import Any

import pytest

from procureguard import Guard
from procureguard.compile import TIERS, Program
from procureguard.evaluate import OUTCOMES
from procureguard.facts import Fact, Facts, to_value
from procureguard.finding import Outcome
from procureguard.trace import Trace
from property.checking import DAY, harmless_value, miniature_guard, random_value, registers

VECTORS = 10_000
EVERY_REGISTER = ("inventory", "banned_vendors", "sanctioned_vendors")


@pytest.fixture(scope="module")
def guard() -> Guard:
    return miniature_guard()


def vector(seed: int, program: Program, guard: Guard) -> list[Any]:
    """One value or None for every slot: from all known to nearly none, and at times a purchase without any risk."""
    chance = random.Random(seed)  # noqa: S311 - cases, no secrets
    known, calm = chance.choice((1.0, 0.95, 0.8, 0.5, 0.15)), chance.choice((0.0, 0.0, 0.0, 0.97))
    return [
        to_value(kind, harmless_value(kind) if chance.random() < calm else random_value(kind, chance))
        if chance.random() < known
        else None
        for kind in (guard.schema[path] for path in program.slots)
    ]


def as_facts(values: list[Any], program: Program, guard: Guard) -> Facts:
    """The slots as facts, computed ones given as they are."""
    known = {
        path: Fact(path, value, "requester")
        for path, value in zip(program.slots, values, strict=True)
        if value is not None
    }
    return Facts(known, {}, {}, registers(guard, EVERY_REGISTER), DAY)


def interpreted_tiers(trace: Trace) -> tuple[bool | None, ...]:
    values = (trace._lookup(f"risk.{tier}") for tier in TIERS)  # noqa: SLF001 - tiers are no findings
    return tuple(value if isinstance(value, bool) else None for value in values)


def test_generated_program_agrees_with_the_interpreter_on_every_policy_and_tier(guard: Guard) -> None:
    program = guard.program
    seen: Counter[Outcome] = Counter()
    by_policy: dict[str, set[Outcome]] = {policy.identity: set() for policy in program.policies.policies}
    for seed in range(VECTORS):
        values = vector(seed, program, guard)
        codes, tiers = program.run(values)
        trace = Trace(as_facts(values, program, guard), program.policies)
        for policy, code in zip(program.policies.policies, codes, strict=True):
            traced = trace.outcome(policy)
            assert traced.outcome is OUTCOMES[code], (seed, policy.identity)
            assert bool(traced.waits) == (traced.outcome is Outcome.UNKNOWN), (seed, policy.identity)
            seen[traced.outcome] += 1
            by_policy[policy.identity].add(traced.outcome)
        assert interpreted_tiers(trace) == tiers, seed
    assert seen.total() == VECTORS * len(program.policies.policies)
    assert min(seen.values()) > VECTORS
    unseen = {
        (policy.identity, outcome)
        for policy in program.policies.policies
        for outcome in set(Outcome) - by_policy[policy.identity]
        if outcome is not Outcome.NOT_APPLICABLE or policy.when is not None
    }
    assert not unseen


def test_tiers_never_skip_one(guard: Guard) -> None:
    """A tier that holds has all the lower ones hold; one that is out of the question has the higher ones out too."""
    for seed in range(VECTORS // 5):
        _, tiers = guard.program.run(vector(seed, guard.program, guard))
        order = {True: 2, None: 1, False: 0}
        assert [order[tier] for tier in tiers] == sorted((order[tier] for tier in tiers), reverse=True), (seed, tiers)
