"""Law 13: the program generated from the shipped policies says what the interpreter says, whatever is known."""

import random
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from procureguard import Guard
from procureguard.compile.program import TIERS, Paths, Program, Told
from procureguard.evaluate import OUTCOMES
from procureguard.facts.fact import Fact
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactType, to_value
from procureguard.finding import Finding, Outcome
from procureguard.trace import Trace
from property.checking import DAY, harmless_value, miniature_guard, random_value, registers

VECTORS = 10_000
EVERY_REGISTER = ("inventory", "banned_vendors", "sanctioned_vendors")


@pytest.fixture(scope="module")
def guard() -> Guard:
    return miniature_guard()


def vector(seed: int, program: Program, guard: Guard) -> list[Any]:
    """One value or None for every slot: from all known to nearly none, and at times an example without further risk."""
    chance = random.Random(seed)  # noqa: S311 - cases, no secrets
    known, calm = chance.choice((1.0, 0.95, 0.8, 0.5, 0.15)), chance.choice((0.0, 0.0, 0.0, 0.97))
    given = given_by_examples()
    example = chance.choice(given) if calm else {}
    return [
        to_value(kind, drawn(kind, example, calm, chance)) if chance.random() < known else None
        for kind in (guard.schema[path] for path in program.slots)
    ]


def drawn(kind: FactType, example: Mapping[str, Any], calm: float, chance: random.Random) -> Any:  # noqa: ANN401
    if kind.path in example:
        return example[kind.path]
    return harmless_value(kind) if chance.random() < calm else random_value(kind, chance)


@cache
def given_by_examples() -> tuple[Mapping[str, Any], ...]:
    """What each example states, by path."""
    return tuple(
        {f"{section}.{name}": data for section, facts in example.given.items() for name, data in facts.items()}
        for entry in miniature_guard().library().written.written
        for example in entry.examples
    )


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


Explained = tuple[set[str], set[str], set[str]]


def explained(program: Program, number: int, values: list[Any], definitions: Any) -> Explained:  # noqa: ANN401
    """What the generated functions say a policy applies by, rests on and waits for."""
    applies_by, reads, waits = Paths(), Paths(), Paths()
    told: Told = [None] * len(definitions)
    applies = program.applies[number]
    if applies is not None:
        applies(values, definitions, told, applies_by, waits)
    program.holds[number](values, definitions, told, reads, waits)
    return set(applies_by), set(reads), set(waits)


def explained_by(traced: Finding) -> Explained:
    """The same by the interpreter."""
    return set(traced.applies_by), set(traced.reads), set(traced.waits)


def test_generated_program_agrees_with_the_interpreter_on_every_policy_and_tier(guard: Guard) -> None:
    program, written = guard.program, guard.library().written
    seen: Counter[Outcome] = Counter()
    by_policy: dict[str, set[Outcome]] = {policy.identity: set() for policy in program.policies.policies}
    for seed in range(VECTORS):
        values = vector(seed, program, guard)
        codes, definitions = program.run(values)
        trace = Trace(as_facts(values, program, guard), written)
        for number, entry in enumerate(written.written):
            traced, identity = trace.outcome(entry), entry.policy.identity
            assert traced.outcome is OUTCOMES[codes[number]], (seed, identity)
            assert bool(traced.waits) == (traced.outcome is Outcome.UNKNOWN), (seed, identity)
            if traced.outcome in (Outcome.FAIL, Outcome.UNKNOWN):
                assert explained(program, number, values, definitions) == explained_by(traced), (seed, identity)
            seen[traced.outcome] += 1
            by_policy[identity].add(traced.outcome)
        assert interpreted_tiers(trace) == tuple(definitions[place] for place in program.tiers if place is not None)
    assert seen.total() == VECTORS * len(program.policies.policies)
    assert min(seen.values()) > VECTORS
    unseen = {
        (entry.policy.identity, outcome)
        for entry in written.written
        for outcome in set(Outcome) - by_policy[entry.policy.identity]
        if outcome is not Outcome.NOT_APPLICABLE or entry.when is not None
    }
    assert not unseen


def test_tiers_never_skip_one(guard: Guard) -> None:
    """A tier that holds has all the lower ones hold; one that is out of the question has the higher ones out too."""
    for seed in range(VECTORS // 5):
        _, definitions = guard.program.run(vector(seed, guard.program, guard))
        tiers = [definitions[place] for place in guard.program.tiers if place is not None]
        order = {True: 2, None: 1, False: 0}
        assert [order[tier] for tier in tiers] == sorted((order[tier] for tier in tiers), reverse=True), (seed, tiers)
