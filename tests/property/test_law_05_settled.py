"""Law 5: a verdict given although something is open is the verdict of every way to fill the gaps."""

import random
from collections import Counter

import pytest

from procureguard import Guard
from procureguard.evaluate import evaluate
from procureguard.facts.gather import Facts
from procureguard.finding import NEEDS_INFO
from procureguard.settle import settled_verdict
from property.checking import fact, from_stated, miniature_guard
from property.deciding import ATOMS, completions, every_state, policy_document, program_of


@pytest.fixture(scope="module")
def guard() -> Guard:
    return miniature_guard()


def stated(guard: Guard, values: dict[str, bool | None]) -> Facts:
    known = {path: fact(guard.schema[path], value) for path, value in values.items() if value is not None}
    return from_stated(known, guard, guard.stack.organisation.empty_registers)


def test_every_completion_of_a_settled_verdict_gives_it_and_none_is_missed(guard: Guard) -> None:
    """Over four facts with a truth value every completion can be tried, so here the law is exact."""
    chance = random.Random(5)  # noqa: S311 - cases, no secrets
    seen: Counter[bool] = Counter()
    for _ in range(12):
        documents = [
            policy_document(f"p{place}", when, require, effect=chance.choice(("review", "deny")))
            for place, (when, require) in enumerate(chance.sample(ATOMS, 2) for _ in range(2))
        ]
        one, two = chance.sample(ATOMS, 2)
        documents += [
            policy_document("x1", one, two, effect="deny"),
            policy_document("x2", f"!{one}", f"!{two}", effect="deny"),
            policy_document("x3", None, f"{one} == {two}", effect="deny"),
        ]
        program = program_of(documents)
        for values in every_state(ATOMS):
            facts = stated(guard, values)
            evaluation = evaluate(facts, program)
            if evaluation.decision.verdict != NEEDS_INFO:
                continue
            possible = {evaluate(stated(guard, answers), program).decision.verdict for answers in completions(values)}
            found = settled_verdict(facts, evaluation, program, guard.schema)
            assert found == (possible.pop() if len(possible) == 1 else None), values
            seen[found is not None] += 1
    assert min(seen[True], seen[False]) >= 20, seen
