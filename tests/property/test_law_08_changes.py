"""Law 8 for changes: the search finds what trying everything finds, and each step it shows is necessary."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procureguard.changes.search import Wish, cheapest, cost_of
from procureguard.changes.trial import Goal, Trials
from procureguard.changes.variable import OWNERS
from property.changing import INSTANCES, Case, brute_force, wishes

drawn = settings(
    max_examples=INSTANCES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@drawn
@given(wish=wishes(), answers=st.integers(1, 4))
def test_the_cheapest_changes_are_those_that_trying_all_finds(wish: tuple[Case, Goal], answers: int) -> None:
    case, goal = wish
    trials = Trials(case.space, case.program)
    found = cheapest(Wish(goal, OWNERS, None, answers, 1 << 30), trials)
    assert found.complete
    assert [tuple(cost_of(choice, trials)) for choice in found.choices] == brute_force(case, goal, answers)
