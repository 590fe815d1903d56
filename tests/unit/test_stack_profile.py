from datetime import date
from typing import Any

import pytest

from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.organisation import load_organisation
from procureguard.stack.profile import InvestmentPlan
from written import Data, facts, kind, stack, told

PLAN: Data = {
    "first_day": "2026-07-01",
    "last_day": "2027-12-31",
    "agreed_by": ["marketing", "it"],
    "lines": [{"id": "2027-loyalty"}, {"id": "2027-shop", "title": "New shop"}],
}


def problems_of(data: Data) -> list[tuple[str, str, bool]]:
    problems = list[Diagnostic]()
    load_organisation(kind("organisation", data), problems)
    return [(code, message, place is not None) for code, message, _, place in told(problems)]


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2026-07-01", "2027-12-31", 18),
        ("2026-07-01", "2027-12-30", 17),
        ("2026-07-15", "2028-01-14", 18),
        ("2026-07-15", "2028-01-13", 17),
        ("2026-08-31", "2028-02-28", 17),
        ("2026-08-31", "2028-02-29", 18),
        ("2026-07-01", "2026-06-30", 0),
        ("2026-07-01", "2020-06-30", -72),
    ],
)
def test_a_plan_reaches_so_many_whole_months(first: str, last: str, months: int) -> None:
    plan = InvestmentPlan.of({**PLAN, "first_day": first, "last_day": last})
    assert plan is not None
    assert plan.months == months


def test_seventeen_months_are_refused_and_eighteen_are_a_plan() -> None:
    assert problems_of({"plan": PLAN}) == []
    message = "the plan reaches 17 months ahead"
    assert problems_of({"plan": {**PLAN, "last_day": "2027-12-30"}}) == [("PG236", message, True)]


def plan_items(organisation: Data) -> Any:  # noqa: ANN401 - a value or None
    return facts({}, stack(organisation)).value("organisation.plan_items")


def test_the_lines_of_a_plan_count_once_both_have_agreed() -> None:
    assert plan_items({"plan": PLAN}) == ("2027-loyalty", "2027-shop")
    draft = {**PLAN, "agreed_by": ["marketing"]}
    assert plan_items({"plan": draft}) is None
    message = "the plan is not agreed by IT, so its lines do not count yet"
    assert problems_of({"plan": draft}) == [("PG236", message, True)]


def test_lines_are_stated_in_one_place() -> None:
    assert plan_items({"organisation": {"plan_items": ["a"]}}) == ("a",)
    both = {"plan": PLAN, "organisation": {"plan_items": ["a"]}}
    assert problems_of(both) == [("PG236", "the plan states its lines already", True)]


@pytest.mark.parametrize(
    ("rates", "found"),
    [
        ({"EUR": 1.16}, True),
        ({"value": {"EUR": 1.16}, "source": "it"}, True),
        ({"value": {"EUR": 1.16}, "as_of": str(date(2026, 10, 1))}, False),
        ({}, False),
        (None, False),
    ],
)
def test_exchange_rates_are_of_a_day(rates: Data | None, found: bool) -> None:  # noqa: FBT001 - a case of the test
    told_of = problems_of({"organisation": {"exchange_rates": rates}})
    assert told_of == ([("PG237", "these exchange rates have no day", True)] if found else [])


def test_a_metric_is_defined_whole() -> None:
    names = ("id", "title", "formula", "unit", "source", "owner")
    whole = {**dict.fromkeys(names, "x"), "kind": "usage"}
    assert problems_of({"organisation": {"metrics": [whole]}}) == []
    part = {"id": "y", "kind": "usage", "title": "x", "unit": "x", "source": "x"}
    message = "this metric is not defined without `formula`, `owner`"
    assert problems_of({"organisation": {"metrics": [whole, part]}}) == [("PG238", message, True)]
    assert problems_of({"organisation": {"metrics": {"value": [part]}}}) == [("PG238", message, True)]


def test_a_plan_that_ends_before_it_begins_and_a_line_that_stands_twice_are_refused() -> None:
    reversed_plan = {**PLAN, "first_day": "2028-01-01"}
    assert problems_of({"plan": reversed_plan}) == [("PG236", "the plan ends before it begins", True)]
    twice = {**PLAN, "lines": [{"id": "a"}, {"id": "b"}, {"id": "a"}]}
    assert problems_of({"plan": twice}) == [("PG223", "the line of the plan `a` stands twice", True)]


@pytest.mark.parametrize(
    ("rates", "message"),
    [
        ({"EUR": 0}, "`0` is no exchange rate of `EUR`"),
        ({"USD": 2}, "`2` is no exchange rate of `USD`"),
        ({"USD": 1, "EUR": 1.16}, None),
    ],
)
def test_an_exchange_rate_is_above_zero_and_one_for_the_house_currency(rates: Data, message: str | None) -> None:
    stated = {"currency": "USD", "exchange_rates": {"value": rates, "as_of": "2026-10-01"}}
    assert problems_of({"organisation": stated}) == ([("PG237", message, True)] if message else [])
