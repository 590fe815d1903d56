"""The other values a known fact could have: those its type allows, and of numbers those that matter to policies."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.changes.options import ACCESS_DAYS, CERTIFICATE_DAYS, MOST_ITEMS, Surroundings, variables_of
from procureguard.changes.variable import OWNERS, Variable
from procureguard.facts.derived import shipped_schema
from procureguard.facts.schema import to_data
from procureguard.policy.model import Mentioned
from written import DAY, Data, facts

SCHEMA = shipped_schema()
TODAY = DAY.toordinal()
SCALE = 10_000


def variables(data: Data, probe: Any = None, **mentioned: Mentioned) -> list[Variable]:  # noqa: ANN401 - a function
    named = {path.replace("__", "."): told for path, told in mentioned.items()}
    around = Surroundings(facts(data), named, TODAY, probe or (lambda *_: None))
    return [*variables_of(SCHEMA, around)]


def options(data: Data, fact: str, probe: Any = None, **mentioned: Mentioned) -> tuple[Any, ...]:  # noqa: ANN401
    found = [each for each in variables(data, probe, **mentioned) if each.fact == fact]
    return tuple(option for each in found for option in each.options)


def test_what_nobody_has_stated_is_a_question_and_no_change() -> None:
    assert variables({"contract": {"dpa": None, "seats": None}, "data": {"categories": None}}) == []


def test_what_is_never_changed_is_left_alone() -> None:
    data = {"request": {"type": "new", "department": "events", "users": 9}, "data": {"people": 5}}
    assert variables({**data, "contract": {"amount": 5, "payment": "card"}}) == []


def test_open_texts_have_no_other_value_that_a_program_could_name() -> None:
    assert variables({"request": {"owner": "a@x.example", "it_owner": "b@x.example", "plan_item": "none"}}) == []


@pytest.mark.parametrize(
    ("data", "fact", "expected"),
    [
        ({"contract": {"dpa": "none"}}, "contract.dpa", ("offered", "signed")),
        ({"contract": {"dpa": "offered"}}, "contract.dpa", ("signed",)),
        ({"product": {"scim": False}}, "product.scim", (True,)),
        ({"product": {"scim": True}}, "product.scim", ()),
        ({"ai": {"trains_on_our_data": "always"}}, "ai.trains_on_our_data", ()),
        ({"ai": {"trains_on_our_data": "opt_out_possible"}}, "ai.trains_on_our_data", ("opted_out",)),
        ({"data": {"categories": ["health", "behaviour"]}}, "data.categories", ("health", "behaviour")),
        ({"product": {"delivery": ["web_app", "desktop_app"]}}, "product.delivery", ("desktop_app",)),
        ({"request": {"external_access_ends": "2027-09-01"}}, "request.external_access_ends", (TODAY + ACCESS_DAYS,)),
        ({"vendor": {"penetration_tested_on": "2024-01-05"}}, "vendor.penetration_tested_on", (TODAY,)),
        ({"vendor": {"penetration_tested_on": "2027-01-05"}}, "vendor.penetration_tested_on", ()),
    ],
)
def test_the_type_of_a_fact_says_what_it_could_become(data: Data, fact: str, expected: tuple[Any, ...]) -> None:
    assert options(data, fact) == expected


def test_countries_become_fewer_and_never_others() -> None:
    stored = {"data": {"stored_in": ["DE", "IE", "US"]}}
    assert options(stored, "data.stored_in") == (
        ("DE", "IE"), ("DE", "US"), ("IE", "US"), ("DE",), ("IE",), ("US",),
    )  # fmt: skip
    assert options({"data": {"stored_in": ["US"]}}, "data.stored_in") == ()


def test_of_many_countries_those_go_together_that_policies_say_the_same_of() -> None:
    many = {"data": {"stored_in": ["DE", "US", "FR", "IE", "CN", "IT"]}}
    assert len(many["data"]["stored_in"]) > MOST_ITEMS
    assert options(many, "data.stored_in", lambda _, value: value[0] in {"US", "CN"}) == (
        ("DE", "FR", "IE", "IT"),
        ("US", "CN"),
    )


def test_a_proof_that_somebody_gets_is_one_a_policy_accepts_and_fresh() -> None:
    told = Mentioned(texts=frozenset({"iso27001", "soc2_type2"}))
    found = options({"vendor": {"attestations": []}}, "vendor.attestations", vendor__attestations=told)
    plain = [to_data(SCHEMA["vendor.attestations"], (proof,))[0] for proof in found]
    assert {proof["kind"] for proof in plain} == told.texts
    assert {proof["issued_on"] for proof in plain} == {DAY.isoformat()}
    expires = {record[name] for record in found for name, (key, _) in enumerate(fields()) if key == "expires_on"}
    assert expires == {TODAY + CERTIFICATE_DAYS}


def fields() -> tuple[tuple[str, str], ...]:
    return SCHEMA["vendor.attestations"].fields


@given(now=st.integers(2, 400), floor=st.integers(0, 400), limits=st.sets(st.integers(0, 500), max_size=3))
def test_of_fewer_seats_every_number_is_like_the_nearest_tried(now: int, floor: int, limits: set[int]) -> None:
    """Whatever policies compare seats with: no number in reach says something that none of those tried says."""

    def said(_: str, number: int) -> tuple[bool, ...]:
        return tuple(number <= limit for limit in sorted(limits))

    found = options(
        {"request": {"users": floor}, "contract": {"seats": now}},
        "contract.seats",
        said,
        contract__seats=Mentioned(numbers=frozenset(limits)),
    )
    reach = range(floor, now)
    assert all(number in reach for number in found)
    assert {said("", number) for number in reach} == {said("", number) for number in found}
    assert list(found) == sorted(found, key=lambda number: abs(number - now))
    if reach:
        assert reach[0] in found


@given(turn=st.integers(1, 119), now=st.integers(120, 5000))
def test_a_limit_that_stands_in_no_policy_is_found_by_halving(turn: int, now: int) -> None:
    found = options({"contract": {"deletion_days": now}}, "contract.deletion_days", lambda _, number: number <= turn)
    assert {turn, turn + 1} <= {*found}
    assert len(found) <= 4


def test_seats_are_not_known_to_be_too_many_while_nobody_says_who_needs_one() -> None:
    assert options({"contract": {"seats": 40}}, "contract.seats") == ()


def test_a_share_moves_within_its_range_to_a_limit_and_one_percent_around_it() -> None:
    told = Mentioned(numbers=frozenset({5 * SCALE}))
    found = options({"contract": {"price_cap_percent": 12.5}}, "contract.price_cap_percent",
                    contract__price_cap_percent=told)  # fmt: skip
    assert found == (7 * SCALE, 6 * SCALE, 5 * SCALE, 4 * SCALE, 0)


def test_every_variable_says_whose_it_is_and_how_much_effort() -> None:
    data = {"contract": {"dpa": "none", "term_months": 36}, "integration": {"scheduled": False}}
    found = variables(data)
    assert {each.owner for each in found} == {*OWNERS}
    assert [each for each in found if each.effort not in range(1, 6) or not each.options] == []
