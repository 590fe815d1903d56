from datetime import date
from typing import Any

import pytest

from written import DAY, Data, Json, facts, stack, tool

APPROVED: Data = {
    "purchase": "p",
    "tool": "askwell",
    "decided_on": "2026-03-14",
    "outcome": "approved",
    "facts": {
        "request": {"users": 4},
        "contract": {"amount": 99.5, "renews_on": "2027-01-01"},
        "data": {"categories": {"value": ["employee_login", "public_content"], "source": "it"}},
    },
}
SAME: Data = {
    "request": {"id": "p", "users": 4},
    "contract": {"amount": 99.5, "renews_on": "2027-01-01"},
    "data": {"categories": ["public_content", "employee_login"]},
}


def with_facts(section: str, **changed: Json) -> Data:
    return {**SAME, section: {**SAME[section], **changed}}


def history(data: Data, decisions: list[Data] | None, day: date = DAY) -> tuple[Any, Any, set[str]]:
    found = facts(data, stack(decisions=decisions), day)
    return found.value("history.approved"), found.value("history.changed"), set(found.waits_for("history.changed"))


@pytest.mark.parametrize(
    ("data", "approved", "changed", "waits"),
    [
        (SAME, True, False, set()),
        (with_facts("request", users=5), True, True, set()),
        (with_facts("contract", amount=99.51), True, True, set()),
        (with_facts("data", categories=["public_content"]), True, True, set()),
        (with_facts("request", users=None), True, None, {"request.users"}),
        ({**with_facts("request", users=None), "contract": {"amount": 1}}, True, True, set()),
        (with_facts("request", id="q"), False, False, set()),
        (with_facts("request", id=None), None, None, {"request.id"}),
    ],
)
def test_an_approval_holds_as_long_as_the_facts_it_rests_on(
    data: Data, approved: Json, changed: Json, waits: set[str]
) -> None:
    assert history(data, [APPROVED]) == (approved, changed, waits)


def test_the_last_decision_counts_from_its_day_on() -> None:
    refused = {**APPROVED, "decided_on": "2026-05-01", "outcome": "refused"}
    on = [date(2026, 3, 13), date(2026, 3, 14), date(2026, 4, 30), date(2026, 5, 1)]
    assert [history(SAME, [refused, APPROVED], day)[0] for day in on] == [False, True, True, False]


def test_of_two_decisions_on_one_day_the_later_in_the_log_counts() -> None:
    refused = {**APPROVED, "outcome": "refused"}
    assert history(SAME, [APPROVED, refused])[0] is False
    assert history(SAME, [refused, APPROVED])[0] is True


def test_no_log_is_not_an_empty_one_and_an_empty_one_needs_no_reference() -> None:
    assert history(with_facts("request", id=None), None) == (None, None, set())
    assert history(with_facts("request", id=None), []) == (False, False, set())
    nothing = stack({"registers": {"decisions": "none"}})
    assert facts({}, nothing).value("history.approved") is False


def sold(closed: str | None, decisions: list[Data] | None, request: str | None = "askwell", day: date = DAY) -> Json:
    tie = {"parent": "group", "kind": "owns", **({"closed": closed} if closed else {"announced": "2026-01-01"})}
    around = stack(
        {"registers": {"families": "manifests"}},
        {"tools": [tool("askwell", vendor="askwell")]},
        [{"id": "askwell", "family": [tie]}, {"id": "group"}],
        decisions=decisions,
    )
    data = {"request": {"type": "renewal", "tool": request}, "product": {"vendor": "askwell"}}
    return facts(data, around, day).value("renewal.vendor_sold")


@pytest.mark.parametrize(
    ("closed", "changed"), [("2026-06-01", True), ("2026-03-15", True), ("2026-03-14", False), (None, False)]
)
def test_a_vendor_is_sold_when_others_own_it_than_on_the_day_of_the_approval(
    closed: str | None,
    changed: bool,  # noqa: FBT001 - a case of the test
) -> None:
    assert sold(closed, [APPROVED]) is changed


def test_a_sale_counts_from_its_day_on_and_only_after_an_approval_of_that_tool() -> None:
    assert sold("2026-06-01", [APPROVED], day=date(2026, 5, 31)) is False
    assert sold("2026-06-01", [APPROVED], day=date(2026, 6, 1)) is True
    assert sold("2026-06-01", [{**APPROVED, "tool": "other"}]) is False
    assert sold("2026-06-01", [{**APPROVED, "outcome": "refused"}]) is False
    assert sold("2026-06-01", [APPROVED], request=None) is None
    assert sold("2026-06-01", [], request=None) is False
    assert sold("2026-06-01", None) is None


NAMED = ("number of people with a login", "amount on the offer")


def test_what_has_changed_is_named_once_all_of_it_is_known() -> None:
    changed = {**with_facts("request", users=5), "contract": {"amount": 1, "renews_on": "2027-01-01"}}
    assert facts(changed, stack(decisions=[APPROVED])).value("history.differences") == NAMED
    assert facts(SAME, stack(decisions=[APPROVED])).value("history.differences") == ()
    partly = {**with_facts("request", users=None), "contract": {"amount": 1}}
    assert facts(partly, stack(decisions=[APPROVED])).value("history.differences") is None
