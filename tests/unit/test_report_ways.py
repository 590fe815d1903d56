"""Ways in words: what each step is for, and what comes out, as far as that is known."""

from pathlib import Path
from typing import Any

import pytest

from procureguard import Guard
from procureguard.report.way_contract import ReportedWay
from procureguard.report.ways import joined
from written import DAY, Data, guarded, rule

PRODUCT: Data = {"name": "Formwise"}
SIGNED = rule("agreement", "contract.dpa", "signed", "none", effect="deny")


def ways(guard: Guard, stated: Data, **asked: Any) -> tuple[ReportedWay, ...]:  # noqa: ANN401 - any option
    data = {"kind": "purchase", "version": 1, "product": PRODUCT, **stated}
    return guard.what_if(data, DAY, **asked).ways


def only(guard: Guard, stated: Data) -> ReportedWay:
    (way,) = ways(guard, stated)
    return way


def test_a_step_is_told_with_what_it_is_for_and_who_takes_it(tmp_path: Path) -> None:
    way = only(guarded(tmp_path, [SIGNED]), {"contract": {"dpa": "none"}})
    assert way.sentence == "Have the vendor sign a data processing agreement: then yes."
    (step,) = way.steps
    assert (step.fact, step.action, step.now, step.value, step.by) == (
        "contract.dpa",
        "set",
        "none",
        "signed",
        "vendor",
    )
    assert step.because == "Without it, the answer stays no: agreement does not hold."
    assert (step.without, way.by, way.proven, way.waits_for) == (("agreement",), ("vendor",), True, ())


@pytest.mark.parametrize(
    ("effect", "role", "lead"),
    [
        ("deny", "it", "the answer stays no"),
        ("review", "it", "IT must agree first"),
        ("review", "leaders", "the heads of marketing and IT must agree first"),
        ("condition", "it", "something stays to be done"),
    ],
)
def test_what_stands_in_the_way_without_a_step_is_told_by_its_weight(
    tmp_path: Path, effect: str, role: str, lead: str
) -> None:
    guard = guarded(tmp_path, [{**SIGNED, "effect": effect, "role": role}])
    (step,) = only(guard, {"contract": {"dpa": "none"}}).steps
    assert step.because == f"Without it, {lead}: agreement does not hold."


def test_what_a_step_is_for_is_said_of_the_purchase_with_all_the_others_taken(tmp_path: Path) -> None:
    message = "With the agreement {contract.dpa}, accounts are still made by hand."
    accounts = rule("accounts", "product.scim", good=True, bad=False, effect="deny", message=message)
    guard = guarded(tmp_path, [SIGNED, accounts])
    way = only(guard, {"product": {**PRODUCT, "scim": False}, "contract": {"dpa": "none"}})
    assert [step.because for step in way.steps] == [
        "Without it, the answer stays no: With the agreement signed, accounts are still made by hand.",
        "Without it, the answer stays no: agreement does not hold.",
    ]


OPEN = rule("accounts", "product.scim", good=True, bad=False)
OUTCOMES = [
    ([], "yes"),
    ([rule("export", "product.event_export", good=True, bad=False, effect="advise")], "yes"),
    ([rule("exit", "product.data_export", good=True, bad=False)], "yes, with one condition"),
    ([OPEN], "yes, with one condition to confirm"),
    (
        [rule("exit", "product.data_export", good=True, bad=False), OPEN],
        "yes, with one condition and one more to confirm",
    ),
    ([{**OPEN, "effect": "review"}], "yes, once one good answer is in"),
    (
        [{**OPEN, "effect": "deny"}, rule("exit", "product.data_export", good=True, bad=False, effect="review")],
        "no refusal any more, though others still have to agree, once one good answer is in",
    ),
    ([rule("exit", "product.data_export", good=True, bad=False, effect="review", role="legal")], "legal must agree"),
]
"""What else there is besides a refusal that a signature clears, and what comes out then."""


@pytest.mark.parametrize(("others", "outcome"), OUTCOMES, ids=[outcome for _, outcome in OUTCOMES])
def test_what_comes_out_is_said_as_far_as_it_is_known(tmp_path: Path, others: list[Data], outcome: str) -> None:
    found = ways(
        guarded(tmp_path, [SIGNED, *others]),
        {"contract": {"dpa": "none"}, "product": {**PRODUCT, "data_export": False}},
        locked=["product.scim"],
    )
    assert f"Have the vendor sign a data processing agreement: then {outcome}." in [way.sentence for way in found]


def test_money_is_the_difference_a_year_and_unknown_where_it_is(tmp_path: Path) -> None:
    seats = rule("seats", "contract.seats", 4, 20, require="contract.seats <= 5", effect="deny")
    guard = guarded(tmp_path, [seats], organisation={"organisation": {"currency": "USD"}})
    price = {"amount": 100, "currency": "USD", "period": "month", "pricing": "seat"}
    asked = {"request": {"users": 3}, "contract": {"seats": 10, **price}}
    way = ways(guard, asked)[0]
    assert way.sentence == "Order 5 seats instead of 10: then yes."
    assert (way.extra_cost, way.annual_cost, way.currency) == (-600.0, 600.0, "USD")
    unpriced = ways(guard, {**asked, "contract": {"seats": 10}})[0]
    assert (unpriced.extra_cost, unpriced.annual_cost) == (None, None)


def test_a_fact_of_the_organisations_own_is_no_step(tmp_path: Path) -> None:
    own = {"type": "object", "properties": {"site": {"enum": ["here", "abroad"]}}}
    site = rule("site", "ext.site", "here", "abroad", effect="deny")
    assert ways(guarded(tmp_path, [site], organisation={"ext": own}), {"ext": {"site": "abroad"}}) == ()


def test_steps_are_joined_as_a_sentence_lists_them() -> None:
    assert joined(["Leave this out"]) == "Leave this out"
    assert joined(["Leave this out", "Have IT connect it", "Pay"]) == "Leave this out, have IT connect it and pay"
