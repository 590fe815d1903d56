"""Law 8 for proofs: what z3 finds is what the search finds is what trying everything finds, and their order too."""

from collections.abc import Callable, Iterator, Sequence
from math import inf
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from procureguard.changes.search import Wish, cost_of
from procureguard.changes.space import Space, space_of
from procureguard.changes.trial import Goal, Trials
from procureguard.changes.variable import OWNERS
from procureguard.changes.way import ALL, Limits, searches
from procureguard.evaluate import evaluate
from procureguard.facts.schema import ChangedBy
from procureguard.finding import Rung
from procureguard.policy.written import WrittenPolicies
from procureguard.solver import wish as wish_module
from procureguard.solver.diagram import Assignment, Diagram, Diagrams, Variable
from procureguard.solver.prove import prove
from procureguard.solver.wish import Question, choice_of, question
from property.changing import INSTANCES, Case, brute_force, case_of, cases, wishes
from property.checking import DAY, PURCHASES, document, guard_for, read
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


@drawn
@given(case=cases(), looks=st.integers(0, 12) | st.none())
def test_what_is_proved_is_all_there_is_and_what_was_missed_is_told(case: Case, looks: int | None) -> None:
    trials = Trials(case.space, case.program)
    now = evaluate(case.facts, case.program).decision
    limits = Limits(answers=2) if looks is None else Limits(answers=2, looks=looks)
    searched = tuple(searches(ALL, trials, now, limits))
    proved = prove(searched, trials, written(case), PATIENT)
    assert proved.reason is None
    for before, after in zip(searched, proved.searched, strict=True):
        wish, found = after
        best = brute_force(case, wish.goal, wish.answers, tuple(wish.owners), wish.most_steps)
        assert (wish, found.complete) == (before.wish, True)
        assert [tuple(cost_of(choice, trials)) for choice in found.choices] == best
        missed = {*found.choices} - {*before.found.choices}
        costs = [cost_of(choice, trials) for choice in before.found.choices]
        smaller = {choice for choice in missed if not costs or cost_of(choice, trials) < costs[-1]}
        assert smaller <= proved.smaller
        assert before.found.complete <= (not smaller)
    assert proved.smaller <= {choice for each in proved.searched for choice in each.found.choices}


@pytest.mark.parametrize("path", PURCHASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_ways_shown_under_all_shipped_policies_are_the_smallest(path: Path) -> None:
    guard = guard_for(path)
    facts = guard.facts(document(read(path)), DAY)
    trials = Trials(space_of(facts, guard.stack, guard.schema, guard.program), guard.program)
    searched = tuple(searches(ALL, trials, evaluate(facts, guard.program).decision, Limits(answers=2)))
    proved = prove(searched, trials, guard.library().written, PATIENT)
    assert proved[:3] == (searched, frozenset(), None)


# --- mistakes on purpose where space and solver are joined, each of which trying everything must show ---

Broken = Callable[..., Any]
RIGHT_PUT_BACK = Diagrams.put_back


def _own_fact_only(self: Space, paths: Iterator[str]) -> tuple[int, ...]:
    sources = {source for path in paths for source in self.sources(path)}
    return tuple(place for place, variable in enumerate(self.variables) if variable.fact in sources)


def _all_put_back(self: Diagrams, diagram: Diagram, variables: Sequence[Variable]) -> Diagram:
    """Marks of one policy taken for marks of all variables."""
    return RIGHT_PUT_BACK(self, diagram, self.variables if variables else ())


def _anything_goes(self: Question, assignment: Assignment, goal: Goal) -> list[Assignment]:
    del self, assignment, goal
    return []


def _marks_dropped(self: Diagrams, diagram: Diagram, variables: Sequence[Variable]) -> Diagram:
    del self, variables
    return diagram


MISTAKES: dict[str, list[tuple[object, str, Broken]]] = {
    "a fact that a plan or a number of seats touches is forgotten": [(Space, "moving", _own_fact_only)],
    "marks are dropped": [(Diagrams, "put_back", _marks_dropped), (Question, "refusals", _anything_goes)],
    "a mark is taken for all marks": [(Diagrams, "put_back", _all_put_back)],
    "nobody judges": [(Question, "refusals", _anything_goes)],
    "owners do not matter": [(Diagrams, "among", lambda *_: 1)],
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_joining_is_seen(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    @seed(SEED)
    @settings(drawn, max_examples=400, database=None, phases=[Phase.generate])
    @given(wish=wishes(), owners=st.just(OWNERS) | st.just(("buyer",)), answers=st.integers(1, 3))
    def look(wish: tuple[Case, Goal], owners: tuple[ChangedBy, ...], answers: int) -> None:
        case, goal = wish
        expected = brute_force(case, goal, answers, owners)
        with monkeypatch.context() as patch:
            for owner, name, broken in MISTAKES[mistake]:
                patch.setattr(owner, name, broken)
            found = found_by_solver(case, goal, owners, answers=answers)
        assert found == expected

    with pytest.raises((AssertionError, IndexError)):
        look()


def test_a_mistake_about_money_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two plans are as much effort; the nearer one is the dearer one for so many seats."""
    product = {"vendor": "acme", "id": "thing", "plan": "basic"}
    contract = {"amount": 100, "currency": "USD", "period": "month", "seats": 30}
    policy = {"identity": "sign-on", "when": None, "require": "product.sso_on_plan", "effect": "deny"}
    case = case_of({"product": product, "contract": contract}, (policy,))
    goal = Goal(Rung.APPROVE, sure=True)
    assert found_by_solver(case, goal, answers=2) == brute_force(case, goal, 2)
    monkeypatch.setattr(wish_module, "_extra", lambda *_: 0)
    assert found_by_solver(case, goal, answers=2) != brute_force(case, goal, 2)
