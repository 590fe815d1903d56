from datetime import date, timedelta
from pathlib import Path

import pytest

from procureguard.policy.model import Pack, PolicySet
from procureguard.remarks import remarks
from written import DAY, Data, facts, guarded, kind, loaded, policy, policy_document, stack, tool

VENDOR: Data = {
    "id": "formwise",
    "products": [
        {
            "id": "forms",
            "capabilities": {"forms": "full"},
            "facts": {"product": {"name": "Formwise"}},
            "plans": [
                {"id": "team", "price": {"amount": 24, "currency": "USD", "period": "month", "per": "seat"}},
                {"id": "flat", "price": {"amount": 900, "currency": "USD", "period": "year", "per": "flat"}},
                {"id": "meter", "price": {"amount": 1, "currency": "USD", "period": "month", "per": "usage"}},
            ],
        }
    ],
}
NO_POLICIES = PolicySet((), {}, {}, "")
LACKING = "By all that is known, Formwise does not do what is a must here: customer relationship management."
TWO_SILENT = "Nobody has said what 2 of our tools do, so they were not compared."
MANY_SEATS = "115,200 USD a year for 400 seats; the purchase says 288 USD"
LISTS: Data = {"organisation": {"banned_vendors": ["shady.example"], "sanctioned_vendors": ["Frozen Assets Ltd"]}}


def told(data: Data, **around: list[Data]) -> list[str]:
    surroundings = stack(LISTS, {"tools": around.get("tools", [])}, [VENDOR])
    return list(remarks(facts(data, surroundings), surroundings, NO_POLICIES))


@pytest.mark.parametrize(
    ("vendor", "expected"),
    [
        (
            {"domains": ["fine.example", "app.shady.example"]},
            ["app.shady.example is on our do-not-buy list."],
        ),
        ({"legal_names": ["frozen assets ltd"]}, ["frozen assets ltd is on our sanctions list."]),
        ({"name": "Frozen Assets Ltd"}, ["Frozen Assets Ltd is on our sanctions list."]),
        ({"domains": ["fine.example"]}, []),
    ],
)
def test_a_listed_name_of_a_vendor_that_is_not_listed_itself_is_remarked_on(vendor: Data, expected: list[str]) -> None:
    found = told({"product": {"vendor": "zebra"}, "vendor": vendor})
    assert found == [f"{remark} Is it this vendor?" for remark in expected]


def test_a_vendor_that_is_listed_needs_no_remark() -> None:
    assert told({"product": {"vendor": "shady.example"}, "vendor": {"domains": ["shady.example"]}}) == []


@pytest.mark.parametrize(
    ("must", "expected"),
    [
        (["forms"], []),
        (
            ["forms", "crm"],
            ["By all that is known, Formwise does not do what is a must here: customer relationship management."],
        ),
        ([], []),
    ],
)
def test_a_must_have_that_the_product_does_not_have_is_remarked_on(must: list[str], expected: list[str]) -> None:
    request = {"capabilities": ["forms"], "must": must}
    assert told({"request": request, "product": {"vendor": "formwise", "id": "forms"}}) == expected


@pytest.mark.parametrize(
    ("plan", "contract", "expected"),
    [
        (
            "team",
            {"amount": 24, "period": "month", "seats": 400},
            "115,200 USD a year for 400 seats; the purchase says 288 USD",
        ),
        ("team", {"amount": 9_600, "period": "month", "seats": 400}, None),
        ("team", {"amount": 24, "period": "month"}, None),
        ("flat", {"amount": 900, "period": "year"}, None),
        ("flat", {"amount": 75, "period": "month"}, None),
        ("flat", {"amount": 90, "period": "year"}, "900 USD a year; the purchase says 90 USD"),
        ("meter", {"amount": 90, "period": "year"}, None),
        ("flat", {"amount": 90, "period": "year", "currency": "EUR"}, None),
        ("flat", {"amount": 90, "period": "free"}, None),
    ],
)
def test_a_price_unlike_the_price_list_is_remarked_on(plan: str, contract: Data, expected: str | None) -> None:
    product = {"vendor": "formwise", "id": "forms", "plan": plan}
    found = told({"product": product, "contract": {"currency": "USD", **contract}})
    assert [expected in remark for remark in found if expected] == ([True] if expected else [])
    assert bool(found) is bool(expected)


@pytest.mark.parametrize(
    ("tools", "expected"),
    [
        ([tool("a", capabilities={"crm": "full"})], []),
        ([tool("a")], ["Nobody has said what one of the tools we own does, so it was not compared."]),
        (
            [tool("a"), tool("b"), tool("c", status="retired")],
            [TWO_SILENT],
        ),
    ],
)
def test_tools_that_say_nothing_of_what_they_do_are_counted(tools: list[Data], expected: list[str]) -> None:
    assert told({"request": {"capabilities": ["forms"]}}, tools=tools) == expected


def test_remarks_stand_in_the_report(tmp_path: Path) -> None:
    guard = guarded(tmp_path, [policy()], organisation=LISTS)
    data = {"product": {"vendor": "zebra", "scim": True}, "vendor": {"domains": ["shady.example"]}}
    report = guard.answer(kind("purchase", data), DAY).report
    assert report.remarks == ("shady.example is on our do-not-buy list. Is it this vendor?",)
    assert report.verdict == "approve"


def of_pack(agreed_by: tuple[str, ...], review_by: date | None) -> list[str]:
    pack = Pack("house", "Our rules", "cost", "2026.11", agreed_by, None, review_by, None)
    found, problems = loaded([policy_document(policy())])
    assert problems == []
    (only,) = found.policies.policies
    other = pack._replace(identity="unused", title="Rules nobody uses")
    policies = PolicySet((only._replace(pack="house"),), {"house": pack, "unused": other}, {}, "")
    first, *rest = remarks(facts({}), stack(), policies)
    assert first == "Not in use here, these rules of ours: Rules nobody uses."
    return rest


def test_rules_that_one_side_has_not_agreed_to_or_that_are_due_are_told() -> None:
    both, tomorrow, yesterday = ("marketing", "it"), DAY + timedelta(days=1), DAY - timedelta(days=1)
    assert of_pack(both, tomorrow) == of_pack(both, DAY) == of_pack(both, None) == []
    assert of_pack(("marketing",), None) == ["Without IT so far, these rules of ours: Our rules."]
    assert of_pack(both, yesterday) == [f"Due to be looked at again by {yesterday}, these rules of ours: Our rules."]


METRIC = {
    "id": "reach",
    "kind": "usage",
    "title": "Reach",
    "formula": "people / week",
    "unit": "people",
    "source": "chartmarten",
    "owner": "ana",
}


@pytest.mark.parametrize(
    ("agreed", "named", "expected"),
    [
        ([METRIC], ["usage"], []),
        ([METRIC], ["usage", "customer", "financial"], ["customer, financial"]),
        ([], ["usage"], ["usage"]),
        (None, ["usage"], []),
        ([METRIC], None, []),
    ],
)
def test_measures_that_nobody_has_defined_are_named(
    agreed: list[Data] | None, named: list[str] | None, expected: list[str]
) -> None:
    around = stack({"organisation": {"metrics": agreed}})
    said = remarks(facts({"request": {"metrics": named}}, around), around, NO_POLICIES)
    assert list(said) == [f"Nobody has written down yet how this is measured: {kinds}." for kinds in expected]


@pytest.mark.parametrize(("last_day", "told_of"), [("2028-06-30", False), ("2026-11-21", False), ("2026-11-20", True)])
def test_a_plan_that_does_not_cover_the_day_is_told(last_day: str, told_of: bool) -> None:  # noqa: FBT001 - a case
    plan = {"first_day": "2024-07-01", "last_day": last_day, "agreed_by": ["marketing", "it"], "lines": [{"id": "a"}]}
    around = stack({"plan": plan})
    said = list(remarks(facts({"request": {"plan_item": "a"}}, around), around, NO_POLICIES))
    expected = f"Our investment plan runs from 2024-07-01 to {last_day}, and this day is not in it."
    assert said == ([expected] if told_of else [])
