"""Encodings: what cannot be analysed is named with its reason, and what need not be looked at is not."""

import pytest

from procureguard.finding import Decision, Outcome, Rung
from procureguard.solver.cases import MOST_CASES, Cases, tabulated
from procureguard.solver.diagram import ALWAYS, NEVER, Diagrams, TooLarge, Variable
from procureguard.solver.encode import Encoding, encode
from property.checking import DAY
from property.choosing import written_policies
from property.deciding import policy_document

SWITCHES = tuple(Variable(f"switch{number:02}", 2) for number in range(13))
SEATS = Variable("seats", 3)
WIDE = Cases(SWITCHES, lambda assignment: sum(assignment.values()))


def encoded(cases: dict[str, Cases], *policies: tuple[str | None, str, str]) -> Encoding:
    documents = [
        policy_document(f"policy-{number}", when, require, effect)
        for number, (when, require, effect) in enumerate(policies)
    ]
    return encode(written_policies(documents), cases, DAY, frozenset())


def test_a_fact_with_too_many_combinations_leaves_its_policies_out_and_no_other() -> None:
    cases = {"contract.seats": WIDE, "ai.used": Cases.fixed(value=True)}
    found = encoded(cases, (None, "contract.seats < 5", "deny"), (None, "ai.used", "deny"))
    assert found.outcomes.keys() == {"policy-1"}
    problem = f"it has 8192 combinations of choices to tell apart, and {MOST_CASES} is the limit"
    assert found.not_analysed == {"policy-0": f"`contract.seats`: {problem}"}


def test_a_definition_that_cannot_be_analysed_is_named_on_the_way() -> None:
    found = encoded({"request.users": WIDE}, (None, "busy", "deny"), (None, "!busy || ai.used", "deny"))
    assert found.outcomes == {}
    assert all(reason.startswith("`busy`: `request.users`: it has") for reason in found.not_analysed.values())


def test_too_many_values_together_are_not_analysed() -> None:
    numbers = {
        path: Cases((variable,), lambda assignment, name=variable.name: assignment[name])  # type: ignore[misc]
        for path, variable in (("contract.seats", Variable("a", 65)), ("request.users", Variable("b", 65)))
    }
    found = encoded(numbers, (None, "contract.seats * 100 <= request.users * 120", "deny"))
    assert found.not_analysed == {"policy-0": f"it has more than {MOST_CASES} values to tell apart"}


def test_a_policy_that_applies_nowhere_is_not_looked_into() -> None:
    cases = {"contract.seats": WIDE, "ai.used": Cases.fixed(value=False)}
    found = encoded(cases, ("ai.used", "contract.seats < 5", "deny"))
    assert found.outcomes["policy-0"][Outcome.NOT_APPLICABLE] == ALWAYS
    assert found.not_analysed == {}


def test_a_fact_without_cases_is_unknown_everywhere_and_a_missing_register_leaves_a_policy_out() -> None:
    found = encoded({}, (None, "ai.used", "review"), (None, "overlap.best_coverage < 0.5", "deny"))
    assert {policy: outcomes[Outcome.UNKNOWN] for policy, outcomes in found.outcomes.items()} == {"policy-0": ALWAYS}
    assert found.decision({}) == Decision(Rung.APPROVE, Rung.NEEDS_REVIEW)
    assert found.not_analysed == {}


def test_limits_speak_of_what_counts() -> None:
    cases = {"contract.seats": Cases.by_option(SEATS, [4, 6, None])}
    found = encoded(cases, (None, "contract.seats < 5", "review"), (None, "contract.seats < 5", "advise"))
    decisions = [found.decision({"seats": option}) for option in range(SEATS.options)]
    assert decisions == [
        Decision(Rung.APPROVE, Rung.APPROVE),
        Decision(Rung.NEEDS_REVIEW, Rung.NEEDS_REVIEW),
        Decision(Rung.APPROVE, Rung.NEEDS_REVIEW),
    ]
    assert len(found.best_at_most(Rung.APPROVE)) == 1
    assert found.best_at_most(Rung.NEEDS_REVIEW) == ()
    assert found.outcome("policy-1", {"seats": 1}) is Outcome.FAIL


def test_tables_ask_once_for_each_combination_that_a_fact_needs() -> None:
    asked: list[dict[str, int]] = []

    def values_with(assignment: dict[str, int]) -> dict[str, int]:
        asked.append(assignment)
        return {"one": sum(assignment.values()), "two": -sum(assignment.values()), "three": 7}

    cases = tabulated(
        {"one": (SEATS, SWITCHES[0]), "two": (SEATS,), "three": ()}, lambda found: values_with({**found}).get
    )
    every = [{SEATS.name: seats, SWITCHES[0].name: switch} for seats in range(3) for switch in range(2)]
    assert [cases["one"].value(assignment) for assignment in every] == [0, 1, 1, 2, 2, 3]
    assert [cases["two"].value(assignment) for assignment in every] == [0, 0, -1, -1, -2, -2]
    assert {cases["three"].value(assignment) for assignment in every} == {7}
    assert len(asked) == len(every)


def test_equal_sets_are_one_diagram_and_an_allowance_is_kept() -> None:
    diagrams = Diagrams([*SWITCHES, SEATS])
    few = diagrams.among(SEATS, [0, 1])
    assert diagrams.either(few, diagrams.among(SEATS, [2])) == ALWAYS
    assert diagrams.both(few, diagrams.among(SEATS, [2])) == NEVER
    assert diagrams.opposite(few) == diagrams.among(SEATS, [2])
    diagrams.allow(3)
    with pytest.raises(TooLarge):
        diagrams.all_of(diagrams.among(switch, [1]) for switch in SWITCHES)
