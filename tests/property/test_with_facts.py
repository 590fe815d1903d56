"""Stating more facts of a purchase comes to what stating them from the beginning comes to."""

import random
from pathlib import Path

import pytest

from procureguard.facts.fact import COMPUTED, Fact
from procureguard.facts.gather import Facts, complete
from procureguard.facts.schema import FactSchema, to_value
from procureguard.stack.decisions import DecisionLog, PastDecision
from property.checking import DAY, PURCHASES, document, guard_for, miniature_guard, random_value, read

ROUNDS = 60


def drawn(schema: FactSchema, chance: random.Random, paths: list[str]) -> list[Fact]:
    kinds = [schema[path] for path in paths]
    return [Fact(kind.path, to_value(kind, random_value(kind, chance)), "vendor") for kind in kinds]


def whole(facts: Facts, more: list[Fact]) -> Facts:
    """Everything derived from the beginning; what is given of a derived fact stays as given."""
    stated = {path: fact for path, fact in facts.known.items() if fact.source != COMPUTED}
    found = complete({**stated, **{fact.path: fact for fact in more}}, facts.registers, facts.as_of)
    return Facts(found.known, found.waits, facts.disputed, found.registers, found.as_of)


@pytest.mark.parametrize("purchase", PURCHASES, ids=lambda path: path.stem)
def test_what_rests_on_stated_facts_is_derived_again_and_nothing_else_differs(purchase: Path) -> None:
    guard = guard_for(purchase)
    chance = random.Random(str(purchase))  # noqa: S311 - cases, no secrets
    facts = guard.facts(document(read(purchase)), DAY)
    open_or_not = [kind.path for kind in guard.schema if kind.stated_by != "derived" and not kind.is_map]
    for _ in range(ROUNDS):
        more = drawn(guard.schema, chance, chance.sample(open_or_not, chance.choice((1, 1, 2, 5))))
        expected = whole(facts, more)
        facts = facts.with_facts(more)
        assert facts == expected


def test_a_derived_fact_that_is_given_stays_as_given() -> None:
    guard = miniature_guard()
    given = Fact("cost.annual", 70_000, "vendor")
    facts = guard.facts(document(read(PURCHASES[0])), DAY).with_facts([given])
    assert facts.value("cost.annual") == 70_000
    again = facts.with_facts([Fact("contract.amount", 10_000, "vendor"), Fact("contract.seats", 7, "vendor")])
    assert again.known["cost.annual"] == given
    assert again.value("cost.per_seat") == 10_000


def test_what_compares_with_an_approval_sees_every_fact_that_is_stated() -> None:
    guard = miniature_guard()
    approval = PastDecision("P-1", None, DAY.toordinal() - 9, approved=True, facts={"ai.used": False, "data.people": 5})
    around = guard.facts(document(read(PURCHASES[0])), DAY)
    log = DecisionLog.of((approval,))
    supplied = around.registers.supplied | {"decisions"}
    facts = complete(
        {"request.id": Fact("request.id", "P-1", "requester")},
        around.registers._replace(decisions=log, supplied=supplied),
        DAY,
    )
    assert facts.waits_for("history.changed") == {"ai.used", "data.people"}
    for path, value in {"ai.used": False, "data.people": 6}.items():
        more = [Fact(path, value, "requester")]
        facts, expected = facts.with_facts(more), whole(facts, more)
        assert facts == expected
    assert facts.value("history.changed") is True
