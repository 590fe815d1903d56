"""The question "what if" in the library: settings, locked facts, a limit, and the same answers as a check."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from procureguard import Guard, InvalidInput, WhatIfReport
from written import DAY, Data, guarded, rule, told

ROOT = Path(__file__).parents[2]
ASKED: Data = {
    "kind": "purchase",
    "version": 1,
    "product": {"name": "Formwise", "scim": False},
    "contract": {"dpa": "none", "amount": 100, "currency": "USD", "period": "month"},
}


@pytest.fixture(name="guard")
def _guard(tmp_path: Path) -> Guard:
    policies = [
        rule("agreement", "contract.dpa", "signed", "none", effect="deny"),
        rule("accounts", "product.scim", good=True, bad=False, effect="review"),
        rule("login", "product.mfa", "enforced", "none"),
    ]
    return guarded(tmp_path, policies, organisation={"organisation": {"currency": "USD"}})


def asked(guard: Guard, settings: Data | None = None, **options: Any) -> WhatIfReport:  # noqa: ANN401 - any option
    return guard.what_if(ASKED, DAY, settings, **options)


def facts_of(report: WhatIfReport) -> list[list[str]]:
    return [[step.fact for step in way.steps] for way in report.ways]


def test_before_and_after_are_what_checks_give(guard: Guard) -> None:
    settings = {"contract.dpa": "signed", "contract.amount": 50}
    report = asked(guard, settings)
    before, after = guard.check(ASKED, DAY), guard.check(ASKED, DAY, settings)
    for answer, check in ((report.before, before), (report.after, after)):
        assert (answer.verdict, answer.headline) == (check.verdict, check.headline)
        assert (answer.best, answer.worst) == (check.best, check.worst)
        assert answer.annual_cost == check.purchase.annual_cost
    assert (report.before.annual_cost, report.after.annual_cost) == (1200.0, 600.0)
    assert [(flip.policy, flip.before, flip.after) for flip in report.turned] == [("agreement", "fail", "pass")]
    assert [(setting.fact, setting.value) for setting in report.settings] == [*settings.items()]


def test_ways_start_from_the_settings_and_the_better_answer_comes_first(guard: Guard) -> None:
    assert facts_of(asked(guard)) == [["product.scim", "contract.dpa"], ["contract.dpa"]]
    assert facts_of(asked(guard, {"contract.dpa": "signed"})) == [["product.scim"]]
    assert asked(guard, {"contract.dpa": "signed", "product.scim": True, "product.mfa": "enforced"}).ways == ()


def test_the_ways_of_a_report_are_among_those_of_what_if(guard: Guard) -> None:
    found = [way.sentence for way in asked(guard).ways]
    shown = [way.sentence for way in guard.check(ASKED, DAY).ways]
    assert shown
    assert [sentence for sentence in shown if sentence not in found] == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"locked": ["product.scim"]}, [["contract.dpa"]]),
        ({"most_changes": 1}, [["contract.dpa"]]),
        ({"locked": ["contract.dpa"]}, []),
    ],
)
def test_what_is_locked_stays_and_no_way_is_longer_than_wanted(
    guard: Guard, options: Data, expected: list[list[str]]
) -> None:
    report = asked(guard, **options)
    assert facts_of(report) == expected
    assert (list(report.locked), report.most_changes) == (options.get("locked", []), options.get("most_changes"))


def test_every_fact_that_cannot_be_locked_is_named_at_once(guard: Guard) -> None:
    with pytest.raises(InvalidInput) as raised:
        asked(guard, locked=["contract.dpaa", "contract.dpa", "zzz"])
    assert told(raised.value.diagnostics) == [
        ("PG227", "there is no fact `contract.dpaa`", "did you mean `contract.dpa`?", (1, 1)),
        ("PG227", "there is no fact `zzz`", None, (1, 1)),
    ]


def test_a_need_without_a_product_has_no_ways_yet(guard: Guard) -> None:
    report = asked(guard, {"product.name": None})
    assert (report.purchase.product, report.ways, report.complete) == (False, (), True)
    assert report.after.verdict == "deny"


def test_the_answer_is_plain_data_by_its_published_schema(guard: Guard) -> None:
    schema = json.loads((ROOT / "schemas" / "what-if-report.v1.schema.json").read_text("utf-8"))
    validator = jsonschema_rs.validator_for(schema)
    for report in (asked(guard), asked(guard, {"product.scim": None}, locked=["contract.dpa"], most_changes=3)):
        data = json.loads(json.dumps(report.to_dict()))
        assert [error.message for error in validator.iter_errors(data)] == []
        assert report.to_dict() == data


def test_the_purchase_given_stays_as_it_is_and_the_answer_too(guard: Guard) -> None:
    before = json.dumps(ASKED)
    assert asked(guard, {"contract.dpa": "signed"}) == asked(guard, {"contract.dpa": "signed"})
    assert json.dumps(ASKED) == before
