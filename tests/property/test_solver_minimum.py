"""What z3 finds: the cheapest combinations, the cheapest first, and whether answers matter; beside trying them all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, islice
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procureguard.finding import Outcome, Rung
from procureguard.solver import disagree as disagreeing_module
from procureguard.solver import minimise as minimising_module
from procureguard.solver.cases import Cases
from procureguard.solver.diagram import NEVER, Assignment, Diagram, Diagrams, Variable
from procureguard.solver.disagree import disagree, separating
from procureguard.solver.encode import Encoding, encode
from procureguard.solver.minimise import Cost, Found, cost_of, minimise, proved_minima
from procureguard.solver.search import Terms
from property.checking import DAY
from property.choosing import TIMES, depending, every_assignment, instance

pytest.importorskip("z3")

MINIMA, JUDGED, COMPARED, SEPARATED = 25, 15, 25, 25
MOST_FOUND = 6
ROUNDS = 5
CAUGHT_WITHIN = 120

SEEDS = st.integers(0, 2**32)
AMOUNTS = (0, 0, 1, 2, 7, 12_000_000_000, -3_500_000_000, 999_999)


class Problem(NamedTuple):
    """What is to be had as cheaply as possible, over policies and facts with few cases."""

    encoded: Encoding
    limits: tuple[Diagram, ...]
    costs: tuple[Cost, ...]


def problem(seed: int) -> Problem:
    random = Random(seed)  # noqa: S311 - cases, no secrets
    made = instance(seed)
    encoded = encode(made.written, made.cases, DAY, made.registers.supplied, made.variables)
    limit = random.choice((encoded.best_at_most, encoded.worst_at_most))
    costs = [
        [_cost(random, encoded.diagrams.variables) for _ in range(random.randint(0, 4))]
        for _ in range(random.randint(0, 3))
    ]
    limits = (*limit(random.choice(list(Rung)[:3])), *_invariants(random, encoded.diagrams))
    return Problem(encoded, limits, tuple(costs))


def _invariants(random: Random, diagrams: Diagrams) -> Iterator[Diagram]:
    """Limits beside the policies: one of a few changes must be made, so that what is now seldom is good enough."""
    for _ in range(random.randint(0, 4)):
        chosen = random.sample(diagrams.variables, min(len(diagrams.variables), random.randint(1, 3)))
        options = ((variable, [random.randrange(variable.options)]) for variable in chosen)
        yield diagrams.any_of(diagrams.among(variable, option) for variable, option in options)


def _cost(random: Random, among: tuple[Variable, ...]) -> Cases:
    if random.random() < 0.5:
        return depending(random, among, AMOUNTS)
    variable = random.choice(among)
    return Cases.by_option(variable, [0, *(random.choice(AMOUNTS) for _ in range(variable.options - 1))])


def by_trying(of: Problem, accepted: Callable[[Assignment], bool] = lambda _: True) -> list[Found]:
    """Everything within the limits, the cheapest first; of equal costs fewer changes, nearer and earlier ones."""
    places = {variable.name: place for place, variable in enumerate(of.encoded.diagrams.variables)}

    def order(found: Found) -> tuple[Any, ...]:
        steps = sorted((places[name], option) for name, option in found.changes.items())
        return found.cost, len(steps), sum(option - 1 for _, option in steps), steps

    fitting = (
        Found(assignment, tuple(cost_of(cost, assignment) for cost in of.costs))
        for assignment in every_assignment(of.encoded.diagrams.variables)
        if all(of.encoded.diagrams.holds(limit, assignment) for limit in of.limits) and accepted(assignment)
    )
    return sorted(fitting, key=order)


def without_more_changes(found: list[Found]) -> Iterator[Found]:
    """Those that are not one before them with more changes."""
    shown: list[Mapping[str, int]] = []
    for one in found:
        if not any(changes.items() <= one.changes.items() for changes in shown):
            shown.append(one.changes)
            yield one


def minimum_differences(seed: int) -> Iterator[str]:
    of = problem(seed)
    found = list(islice(minimise(*of), MOST_FOUND))
    best = list(islice(without_more_changes(by_trying(of)), MOST_FOUND))
    if found != best:
        yield f"{found} and not {best}"


@settings(max_examples=MINIMA * TIMES)
@given(seed=SEEDS)
def test_the_cheapest_come_in_the_order_of_their_costs_and_none_is_missing(seed: int) -> None:
    assert list(minimum_differences(seed)) == []


def test_instances_have_none_one_and_several_solutions_of_more_than_one_change() -> None:
    found = [list(without_more_changes(by_trying(problem(seed)))) for seed in range(60)]
    assert {0, 1, 2} <= {len(one) for one in found}
    assert any(len(one[0].changes) > 1 for one in found if one)
    assert any(len({tie.cost for tie in one}) < len(one) for one in found)


@settings(max_examples=JUDGED * TIMES)
@given(seed=SEEDS, answers=st.integers(1, 3))
def test_the_cheapest_that_a_judge_accepts_are_found_in_as_many_rounds_as_it_turns_down_cheaper_ones(
    seed: int, answers: int
) -> None:
    of, random = problem(seed), Random(seed)  # noqa: S311 - cases, no secrets
    refused = [found for found in by_trying(of) if random.random() < 0.6]

    def judge(assignment: Assignment) -> list[Assignment]:
        return [assignment] if any(assignment == found.assignment for found in refused) else []

    before, accepted = by_trying(of), by_trying(of, lambda assignment: not judge(assignment))
    best = tuple(islice(without_more_changes(accepted), answers))
    last = before.index(best[-1]) if len(best) == answers else len(before)
    covered = [one for one in before[:last] if any(of.changes.items() < one.changes.items() for of in best)]
    turned_down = sum(found in refused and found not in covered for found in before[:last])
    proof = proved_minima(of.encoded, judge, of.limits, of.costs, answers=answers, rounds=ROUNDS)
    if turned_down < ROUNDS:
        assert proof == (best, True, turned_down)
    else:
        assert proof == (best[: len(proof.found)], False, ROUNDS)


@settings(max_examples=JUDGED * TIMES)
@given(seed=SEEDS)
def test_what_a_reason_turns_down_is_not_proposed_again(seed: int) -> None:
    of, random = problem(seed), Random(seed)  # noqa: S311 - cases, no secrets
    among = of.encoded.diagrams.variables
    reasons = [
        {variable.name: random.randrange(variable.options) for variable in random.sample(among, min(2, len(among)))}
        for _ in range(3)
    ]

    def judge(assignment: Assignment) -> list[Assignment]:
        return [reason for reason in reasons if reason.items() <= assignment.items()]

    best = tuple(islice(without_more_changes(by_trying(of, lambda assignment: not judge(assignment))), 1))
    proof = proved_minima(of.encoded, judge, of.limits, of.costs, rounds=len(reasons) + 1)
    assert (proof.found, proof.complete) == (best, True)


def agreement_differences(seed: int) -> Iterator[str]:
    encoded = problem(seed).encoded
    random = Random(seed)  # noqa: S311 - cases, no secrets
    among = encoded.diagrams.variables
    shared = {variable.name for variable in among if random.random() < 0.5}
    fixed = {variable.name: random.randrange(variable.options) for variable in among if random.random() < 0.2}
    verdicts: dict[tuple[int, ...], set[str]] = {}
    for assignment in every_assignment(among):
        if fixed.items() <= assignment.items():
            key = tuple(assignment[name] for name in sorted(shared))
            verdicts.setdefault(key, set()).add(encoded.decision(assignment).verdict)
    differ = any(len(found) > 1 for found in verdicts.values())
    pair = disagree(encoded, shared, fixed)
    if (pair is not None) is not differ:
        yield f"{pair} though {verdicts}"
    if pair is not None:
        yield from _wrong_with(pair, shared, fixed, encoded)


def _wrong_with(
    pair: tuple[Assignment, Assignment], shared: set[str], fixed: Assignment, encoded: Encoding
) -> Iterator[str]:
    if len({encoded.decision(one).verdict for one in pair}) != len(pair):
        yield f"{pair} have one verdict"
    if any(pair[0][name] != pair[1][name] for name in shared):
        yield f"{pair} do not agree on {shared}"
    if any(not fixed.items() <= one.items() for one in pair):
        yield f"{pair} are not as fixed by {fixed}"


@settings(max_examples=COMPARED * TIMES)
@given(seed=SEEDS)
def test_two_completions_that_agree_and_differ_in_verdict_are_found_where_there_are_any(seed: int) -> None:
    assert list(agreement_differences(seed)) == []


def separation_differences(seed: int) -> Iterator[str]:
    encoded = problem(seed).encoded
    random = Random(seed)  # noqa: S311 - cases, no secrets
    among = encoded.diagrams.variables
    fixed = {variable.name: random.randrange(variable.options) for variable in among if random.random() < 0.2}
    askable = [variable.name for variable in among if variable.name not in fixed and random.random() < 0.9]
    random.shuffle(askable)
    verdicts = [
        (assignment, encoded.decision(assignment).verdict)
        for assignment in every_assignment(among)
        if fixed.items() <= assignment.items()
    ]
    subsets = (names for size in range(len(askable) + 1) for names in combinations(askable, size))
    best = next((names for names in subsets if _tell(names, verdicts)), None)
    found = separating(encoded, askable, fixed)
    if found != best:
        yield f"{found} and not {best} of {askable}"


def _tell(names: tuple[str, ...], verdicts: Iterable[tuple[Assignment, str]]) -> bool:
    told: dict[tuple[int, ...], str] = {}
    return all(
        told.setdefault(tuple(assignment[name] for name in names), verdict) == verdict
        for assignment, verdict in verdicts
    )


@settings(max_examples=SEPARATED * TIMES)
@given(seed=SEEDS)
def test_the_fewest_answers_that_tell_the_verdict_are_found(seed: int) -> None:
    assert list(separation_differences(seed)) == []


# --- mistakes on purpose: each of them must show ---

SEARCH = minimising_module._Search  # noqa: SLF001 - what is broken on purpose
RIGHT_INIT = SEARCH.__init__
RIGHT_EXCLUDE = SEARCH.exclude
RIGHT_WEIGHTS = minimising_module.weights
COPIES = disagreeing_module._Copies  # noqa: SLF001
RIGHT_PAIR = COPIES.pair
RIGHT_VERDICTS = disagreeing_module._verdicts  # noqa: SLF001


def _same_alone(search: Any, chosen: Mapping[str, int]) -> None:  # noqa: ANN401
    """Leaves out the same changes alone and not those with more."""
    nothing = {variable.name: 0 for variable in search._diagrams.variables}  # noqa: SLF001
    RIGHT_EXCLUDE(search, {**nothing, **chosen})


def _without_a_limit(search: Any, encoded: Encoding, limits: tuple[Diagram, ...], *rest: Any) -> None:  # noqa: ANN401
    RIGHT_INIT(search, encoded, limits[1:], *rest)


def _mixed(diagrams: Diagrams, among: Sequence[Variable], costs: Sequence[Cost]) -> Any:  # noqa: ANN401
    return RIGHT_WEIGHTS(diagrams, among, [[cases for cost in costs for cases in cost]])


def _backwards(diagrams: Diagrams, among: Sequence[Variable], costs: Sequence[Cost]) -> Any:  # noqa: ANN401
    return RIGHT_WEIGHTS(diagrams, among, costs[::-1])


def _without_savings(diagrams: Diagrams, among: Sequence[Variable], costs: Sequence[Cost]) -> Any:  # noqa: ANN401
    def dear(cases: Cases) -> Cases:
        return Cases(cases.variables, lambda assignment: max(0, cases.value(assignment)))

    return RIGHT_WEIGHTS(diagrams, among, [[dear(cases) for cases in cost] for cost in costs])


def _unknown_is_fine(encoding: Encoding, terms: Terms, z3: Any) -> Any:  # noqa: ANN401
    """Verdicts of what failed alone."""
    known = replace(
        encoding,
        outcomes={
            policy: {**found, Outcome.UNKNOWN: NEVER, Outcome.PASS: NEVER}
            for policy, found in encoding.outcomes.items()
        },
    )
    return RIGHT_VERDICTS(known, terms, z3)


MISTAKES: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "the same with more changes comes again": (SEARCH, "exclude", _same_alone),
    "a limit is lost": (SEARCH, "__init__", _without_a_limit),
    "kinds of cost are added up": (minimising_module, "weights", _mixed),
    "kinds of cost are compared backwards": (minimising_module, "weights", _backwards),
    "savings count for nothing": (minimising_module, "weights", _without_savings),
    "ties are not weighed down": (minimising_module, "prod", lambda _: 1),
    "only what a limit asks for may change": (minimising_module, "_dear", lambda *_: True),
    "a variable may have several options": (Terms, "exclusive", lambda _: ()),
    "nothing is shared": (COPIES, "pair", lambda copies, _: RIGHT_PAIR(copies, ())),
    "the unknown has no say": (disagreeing_module, "_verdicts", _unknown_is_fine),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_search_shows(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, name, instead = MISTAKES[mistake]
    monkeypatch.setattr(broken, name, instead)
    found = (
        shown
        for seed in range(CAUGHT_WITHIN)
        for differences in (minimum_differences, agreement_differences, separation_differences)
        for shown in differences(seed)
    )
    assert next(found, None) is not None
