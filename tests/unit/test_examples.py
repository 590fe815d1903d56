from typing import Any

import pytest

from procureguard.compile.python import compile_policies
from procureguard.examples import check_examples
from procureguard.source.diagnostic import Diagnostic
from written import Data, loaded, policy, policy_document, schema_of, stack, told

GIVEN_COST = [
    {"name": "cheap", "given": {"cost": {"annual": 6000}}, "expect": "pass"},
    {"name": "dear", "given": {"contract": {"amount": 600, "currency": "USD", "period": "month"}}, "expect": "fail"},
    {"name": "unknown", "given": {"contract": {"period": "year"}}, "expect": "unknown", "asks": ["contract.amount"]},
]


def checked(data: Data) -> tuple[list[tuple[str, str]], list[Any]]:
    found, problems = loaded([policy_document(data)])
    assert problems == []
    around = stack()
    results = list[Diagnostic]()
    outcomes = check_examples(compile_policies(found), found, schema_of(around), around, results)
    return [(result.example.name, result.outcome) for result in outcomes], [problem[:3] for problem in told(results)]


def test_computed_facts_may_be_given_and_are_computed_where_they_are_not() -> None:
    data = policy(require="cost.annual <= 6000.0", examples=GIVEN_COST)
    assert checked(data) == ([("cheap", "pass"), ("dear", "fail"), ("unknown", "unknown")], [])


def test_thresholds_of_the_preset_and_all_registers_are_known_in_examples() -> None:
    examples = [
        {"name": "a", "given": {"product": {"vendor": "v"}, "cost": {"annual": 5000}}, "expect": "unknown"},
        {"name": "b", "given": {"vendor": {"banned": False}, "cost": {"annual": 4999}}, "expect": "pass"},
        {"name": "c", "given": {"vendor": {"banned": True}}, "expect": "fail"},
    ]
    data = policy(require="!vendor.banned && cost.annual < organisation.it_limit", examples=examples)
    outcomes, problems = checked(data)
    assert outcomes[1:] == [("b", "pass"), ("c", "fail")]
    assert [problem[0] for problem in problems] == ["PG306"]


@pytest.mark.parametrize(
    ("example", "problem"),
    [
        (
            {"name": "wrong", "given": {"product": {"scim": False}}, "expect": "pass"},
            ("PG306", "the example `wrong` comes out as fail, not pass", None),
        ),
        (
            {"name": "wrong", "given": {}, "expect": "fail"},
            ("PG306", "the example `wrong` comes out as unknown, not fail", "it waits for product.scim"),
        ),
        (
            {"name": "wrong", "given": {}, "expect": "unknown", "asks": ["product.scim", "ai.used"]},
            ("PG306", "the example `wrong` asks for product.scim", "list exactly these under `asks`"),
        ),
        (
            {"name": "wrong", "given": {}, "expect": "unknown"},
            ("PG306", "the example `wrong` asks for product.scim", "list exactly these under `asks`"),
        ),
        (
            {"name": "wrong", "given": {"product": {"scim": "yes"}}, "expect": "pass"},
            ("PG310", "`yes` is no value of `product.scim`", "it is of type bool"),
        ),
        (
            {"name": "wrong", "given": {"vendor": {"attestations": [{"issued_on": "soon"}]}}, "expect": "pass"},
            ("PG310", '`[{"issued_on": "soon"}]` is no value of `vendor.attestations`', "it is of type list(record)"),
        ),
        (
            {"name": "wrong", "given": {"ext": {"floor": 3}}, "expect": "pass"},
            ("PG310", "there is no fact `ext.floor`", "the facts are listed in the reference"),
        ),
    ],
)
def test_an_example_that_comes_out_otherwise_is_a_problem_of_its_file(
    example: Data, problem: tuple[str, str, str | None]
) -> None:
    _, problems = checked(policy(examples=[*policy()["examples"], example]))
    assert problems == [problem]


def test_the_day_of_an_example_decides_whether_its_policy_is_in_force() -> None:
    examples = [
        {"name": "early", "given": {"product": {"scim": False}}, "as_of": "2026-12-01", "expect": "not_applicable"},
        {"name": "late", "given": {"product": {"scim": False}}, "as_of": "2026-12-02", "expect": "fail"},
    ]
    data = policy(effective_from="2026-12-02", examples=[*policy()["examples"], *examples])
    assert checked(data)[1] == []


def test_without_a_day_today_is_unknown() -> None:
    examples = [
        {"name": "a", "given": {}, "as_of": "2026-01-01", "expect": "pass"},
        {"name": "b", "given": {}, "as_of": "2026-12-01", "expect": "fail"},
        {"name": "c", "given": {}, "expect": "unknown", "asks": ["today"]},
    ]
    assert checked(policy(require='today < date("2026-06-01")', examples=examples))[1] == []
