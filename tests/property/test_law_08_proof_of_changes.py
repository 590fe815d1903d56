"""Law 8 for proofs: what z3 finds is what the search finds is what trying everything finds, and their order too."""

from collections.abc import Callable, Sequence
from math import inf
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from procureguard.changes.search import Found, Wish, cost_of
from procureguard.changes.space import Space
from procureguard.changes.trial import Goal, Trials
from procureguard.changes.variable import OWNERS
from procureguard.changes.way import ALL, Limits, Searched, searches
from procureguard.evaluate import evaluate
from procureguard.facts.schema import ChangedBy
from procureguard.policy.written import WrittenPolicies
from procureguard.solver import wish as wish_module
from procureguard.solver.diagram import Diagrams
from procureguard.solver.prove import prove
from procureguard.solver.wish import Question, choice_of, question
from property.changing import INSTANCES, Case, brute_force, cases, wishes
from property.deciding import policy_document, written_of
from property.test_law_08_changes import found_by_search

pytest.importorskip("z3")

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
drawn = settings(max_examples=INSTANCES, deadline=None, suppress_health_check=SLOW)
SEED = 20_261_122
PATIENT = 600_000


def written(case: Case) -> WrittenPolicies:
    return written_of(policy_document(**policy) for policy in case.policies)


def found_by_solver(
    case: Case, goal: Goal, owners: Sequence[ChangedBy] = OWNERS, most_steps: int | None = None, answers: int = 1
) -> list[tuple[Any, ...]]:
    trials = Trials(case.space, case.program)
    asked = question(trials, written(case), inf)
    proof = asked.proof(Wish(goal, owners, most_steps, answers), PATIENT)
    assert proof.complete
    return [tuple(cost_of(choice_of(found.assignment, asked.variables), trials)) for found in proof.found]


@drawn
@given(
    wish=wishes(),
    owners=st.just(OWNERS) | st.sampled_from([(owner,) for owner in OWNERS]),
    most_steps=st.none() | st.integers(1, 3),
    answers=st.integers(1, 4),
)
def test_the_solver_finds_what_the_search_and_trying_everything_find(
    wish: tuple[Case, Goal], owners: tuple[ChangedBy, ...], most_steps: int | None, answers: int
) -> None:
    case, goal = wish
    found = found_by_solver(case, goal, owners, most_steps, answers)
    assert found == brute_force(case, goal, answers, owners, most_steps)
    assert found == found_by_search(case, goal, owners, most_steps, answers)
