"""Law 8 for changes: the search finds what trying everything finds, and each step it shows is necessary."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from procureguard.changes import search
from procureguard.changes.search import Wish, cheapest, cost_of
from procureguard.changes.space import Space
from procureguard.changes.trial import Goal, Obstacle, Trials
from procureguard.changes.variable import OWNERS, Choice
from procureguard.changes.way import ALL, Limits, ways_to
from procureguard.compile.program import FAIL
from procureguard.evaluate import evaluate
from procureguard.facts.schema import ChangedBy
from procureguard.finding import Rung
from property.changing import (
    INSTANCES,
    Case,
    brute_force,
    case_of,
    cases,
    combinations_of,
    decision_with,
    every_choice,
    file_with,
    reaches,
    wishes,
    with_every_number,
)

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
drawn = settings(max_examples=INSTANCES, deadline=None, suppress_health_check=SLOW)
UNLIMITED = 1 << 30
SEED = 20_261_122


def found_by_search(
    case: Case, goal: Goal, owners: tuple[ChangedBy, ...] = OWNERS, most_steps: int | None = None, answers: int = 1
) -> list[tuple[Any, ...]]:
    trials = Trials(case.space, case.program)
    found = cheapest(Wish(goal, owners, most_steps, answers, UNLIMITED), trials)
    assert found.complete
    return [tuple(cost_of(choice, trials)) for choice in found.choices]


@drawn
@given(
    wish=wishes(),
    owners=st.just(OWNERS) | st.sampled_from([(owner,) for owner in OWNERS]),
    most_steps=st.none() | st.integers(1, 3),
    answers=st.integers(1, 4),
)
def test_the_cheapest_changes_are_those_that_trying_all_finds(
    wish: tuple[Case, Goal], owners: tuple[ChangedBy, ...], most_steps: int | None, answers: int
) -> None:
    case, goal = wish
    assert found_by_search(case, goal, owners, most_steps, answers) == brute_force(
        case, goal, answers, owners, most_steps
    )


@drawn
@given(case=cases())
def test_every_way_shown_is_what_evaluating_it_gives_and_has_no_step_too_many(case: Case) -> None:
    trials = Trials(case.space, case.program)
    now = evaluate(case.facts, case.program).decision
    for way in ways_to(ALL, trials, now, Limits(None, 3)).found:
        choice = way.cost.order
        again = evaluate(case.space.facts_with(choice), case.program)
        assert again == way.evaluation
        assert reaches(way.decision, way.goal)
        assert (again.decision.worst, again.decision.best) < (now.worst, now.best)
        assert [taken.variable for taken in way.steps] == [case.space.variables[step.variable] for step in choice]
        for step, taken in zip(choice, way.steps, strict=True):
            assert taken.without
            assert not reaches(decision_with(case, tuple(other for other in choice if other != step)), way.goal)


@drawn
@given(case=cases(), data=st.data())
def test_a_change_is_what_stating_it_in_the_file_is(case: Case, data: st.DataObject) -> None:
    choice = data.draw(st.sampled_from([*every_choice(case.space)]))
    changed, stated = case.space.facts_with(choice), file_with(case, choice)
    assert {path: changed.value(path) for path in case.program.slots} == {
        path: stated.value(path) for path in case.program.slots
    }


@drawn
@given(wish=wishes())
def test_numbers_between_those_that_are_tried_are_no_better(wish: tuple[Case, Goal]) -> None:
    case, goal = wish
    every = with_every_number(case)
    if combinations_of(every.space) <= UNLIMITED:
        few, all_of_them = found_by_search(case, goal), found_by_search(every, goal)
        assert [cost[:4] for cost in few] == [cost[:4] for cost in all_of_them]


def test_a_search_that_runs_out_says_so_and_never_more_than_it_knows() -> None:
    shown: list[bool] = []

    @settings(drawn, max_examples=50, phases=[Phase.generate])
    @given(wish=wishes(), looks=st.integers(0, 3))
    def look(wish: tuple[Case, Goal], looks: int) -> None:
        case, goal = wish
        trials = Trials(case.space, case.program)
        found = cheapest(Wish(goal, looks=looks), trials)
        shown.append(found.complete)
        if found.complete:
            assert [tuple(cost_of(choice, trials)) for choice in found.choices] == brute_force(case, goal, 1)
        assert all(reaches(decision_with(case, choice), goal) for choice in found.choices)

    look()
    assert False in shown
    assert True in shown


# --- bugs put in on purpose, each of which trying everything must show ---

Broken = Callable[..., Any]


def _too_much_ahead(ways: Any) -> Any:  # noqa: ANN401 - stands in for the function of that name
    return [*ways, *ways]


def _only_the_first_fact(real: Broken) -> Broken:
    def obstacle(self: Trials, choice: Choice, number: int) -> Obstacle:
        found = real(self, choice, number)
        return Obstacle(found.policy, frozenset(sorted(found.facts)[:1]))

    return obstacle


def _unknown_is_well(self: Trials, said: Any, number: int, rung: Any, goal: Goal) -> bool:  # noqa: ANN401 - as above
    del self, rung, goal
    return bool(said.codes[number] == FAIL)


def _nothing_dodged(self: Trials, choice: Choice, goal: Goal) -> list[Obstacle]:
    del self, choice, goal
    return []


def _first_option_only(real: Broken) -> Broken:
    def steps(wish: Wish, trials: Trials) -> Any:  # noqa: ANN401 - as above
        return ((step, touched) for step, touched in real(wish, trials) if step.option == 0)

    return steps


def _own_fact_only(self: Space, variable: Any) -> frozenset[str]:  # noqa: ANN401 - as above
    del self
    return frozenset({variable.fact})


def _free_of_charge(real: Broken) -> Broken:
    return lambda choice, trials: real(choice, trials)._replace(extra=0)


def _everything_allowed(self: Space, choice: Choice) -> bool:
    del self, choice
    return True


BUGS: dict[str, tuple[object, str, Broken]] = {
    "more effort is taken to be ahead than is": (search, "_apart", _too_much_ahead),
    "an obstacle rests on one fact only": (Trials, "_obstacle", _only_the_first_fact(vars(Trials)["_obstacle"])),
    "what is unknown stands in nobody's way": (Trials, "_stands", _unknown_is_well),
    "a dodge counts as a way": (Trials, "_dodged", _nothing_dodged),
    "only the nearest value is tried": (search, "_steps", _first_option_only(vars(search)["_steps"])),
    "a plan carries nothing with it": (Space, "touches", _own_fact_only),
    "money does not count": (search, "cost_of", _free_of_charge(cost_of)),
    "a list may become empty": (Space, "allows", _everything_allowed),
}


def competing() -> list[Case]:
    """Two steps that do the same, of which the one that comes later is less effort, or costs less."""
    short = {"product": {"scim": False}, "contract": {"term_months": 36}}
    plan = {
        "product": {"vendor": "acme", "id": "thing", "plan": "basic"},
        "contract": {"amount": 100, "currency": "USD", "period": "month", "pricing": "flat", "seats": 30},
    }
    policy = {"identity": "policy-0", "when": None, "effect": "deny"}
    return [
        case_of(short, ({**policy, "require": "product.scim || contract.term_months <= 12"},)),
        case_of(plan, ({**policy, "require": "product.sso_on_plan"},)),
    ]


@pytest.mark.parametrize("bug", BUGS)
def test_a_bug_in_the_search_is_seen(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def compare(case: Case, goal: Goal, answers: int) -> None:
        expected = brute_force(case, goal, answers)
        with monkeypatch.context() as patch:
            patch.setattr(*BUGS[bug])
            found = found_by_search(case, goal, answers=answers)
        assert found == expected

    @seed(SEED)
    @settings(drawn, max_examples=1_500, database=None, phases=[Phase.generate])
    @given(wish=wishes(), answers=st.integers(1, 3))
    def look(wish: tuple[Case, Goal], answers: int) -> None:
        compare(*wish, answers)

    def search_for_it() -> None:
        for case in competing():
            compare(case, Goal(Rung.APPROVE, sure=True), 1)
        look()

    with pytest.raises(AssertionError):
        search_for_it()
