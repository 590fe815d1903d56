"""A manifest checked alone: what fails, what is asked, and what is left to the purchase."""

from pathlib import Path

import pytest

from procureguard import Guard, InvalidInput, VendorReport
from procureguard.report.vendor_contract import ReportedPlan
from written import DAY, Data, Json, guarded, kind, policy


def on(effect: str, fact: str, **more: Json) -> Data:
    section, name = fact.split(".")
    examples = [
        {"name": "a", "given": {section: {name: True}}, "expect": "pass"},
        {"name": "b", "given": {section: {name: False}}, "expect": "fail"},
        {"name": "c", "given": {}, "expect": "unknown", "asks": [fact]},
    ]
    return policy(f"{effect}-{name.replace('_', '-')}", effect=effect, require=fact, examples=examples, **more)


FACTS = {
    "advise": "product.connector",
    "condition": "product.scim",
    "review": "data.vendor_reuses",
    "deny": "product.end_announced",
}
ALL = [*(on(effect, fact, role="it") for effect, fact in FACTS.items()), on("review", "web.loads_on_site")]
BANNED = policy(
    "banned",
    effect="deny",
    require="!vendor.banned",
    examples=[
        {"name": "a", "given": {"vendor": {"banned": False}}, "expect": "pass"},
        {"name": "b", "given": {"vendor": {"banned": True}}, "expect": "fail"},
        {"name": "c", "given": {}, "expect": "unknown", "asks": ["organisation.banned_vendors", "product.vendor"]},
    ],
)
GOOD = {"product": {"connector": True, "scim": True, "end_announced": True}, "data": {"vendor_reuses": True}}


def vendor(*plans: Json, **more: Json) -> Data:
    plans_told = [{"id": f"plan-{number}", "facts": facts} for number, facts in enumerate(plans)]
    return {"kind": "vendor", "version": 1, "id": "v", "products": [{"id": "p", "plans": plans_told}], **more}


def but(**changes: bool | None) -> Data:
    facts: dict[str, Data] = {section: dict(told) for section, told in GOOD.items()}
    for effect, value in changes.items():
        section, name = FACTS[effect].split(".")
        facts[section][name] = value
    return facts


def report(path: Path, data: Data, policies: list[Data] = ALL, **around: Json) -> VendorReport:
    return guarded(path, policies, **around).check_vendor(data, DAY)


def only(path: Path, facts: Data) -> ReportedPlan:
    (plan,) = report(path, vendor(facts)).plans
    return plan


@pytest.mark.parametrize(
    ("changes", "best", "headline"),
    [
        ({}, "approve", "Nothing speaks against it."),
        ({"advise": False}, "approve", "Nothing speaks against it."),
        (
            {"condition": None, "review": None},
            "approve",
            "Nothing speaks against it; two answers are still wanted from the vendor.",
        ),
        (
            {"condition": False, "deny": None},
            "approve_with_conditions",
            (
                "Nothing speaks against it; one condition comes with it, whatever it is used for; "
                "one answer is still wanted from the vendor."
            ),
        ),
        ({"condition": False, "review": False}, "needs_review", "IT has to agree, whatever it is used for."),
        (
            {"review": False, "deny": False, "condition": None},
            "deny",
            "Not as offered, whatever it is used for; one thing has to change.",
        ),
    ],
)
def test_a_plan_is_told_by_what_is_certain(
    tmp_path: Path, changes: dict[str, bool | None], best: str, headline: str
) -> None:
    plan = only(tmp_path, but(**changes))
    assert (plan.best, plan.headline) == (best, headline)
    assert [found.effect for found in plan.fails] == sorted(
        (effect for effect, value in changes.items() if value is False), key=list(FACTS).index, reverse=True
    )
    assert {ask.fact for ask in plan.asks} == {FACTS[effect] for effect, value in changes.items() if value is None}
    assert plan.of_the_purchase == 1


def test_the_vendor_is_asked_the_weightiest_first_then_what_most_policies_wait_for(tmp_path: Path) -> None:
    more = policy(
        "two-facts",
        effect="review",
        require="data.vendor_reuses && product.mfa == 'enforced'",
        examples=[
            {"name": "a", "given": {"data": {"vendor_reuses": True}, "product": {"mfa": "enforced"}}, "expect": "pass"},
            {"name": "b", "given": {"data": {"vendor_reuses": False}}, "expect": "fail"},
            {"name": "c", "given": {}, "expect": "unknown", "asks": ["data.vendor_reuses", "product.mfa"]},
        ],
    )
    (plan,) = report(tmp_path, vendor({}), [*ALL, more]).plans
    assert [(ask.fact, ask.effect) for ask in plan.asks] == [
        ("product.end_announced", "deny"),
        ("data.vendor_reuses", "review"),
        ("product.mfa", "review"),
        ("product.scim", "condition"),
        ("product.connector", "advise"),
    ]
    assert plan.asks[1].policies == ("review-vendor-reuses", "two-facts")


def test_a_question_comes_in_the_words_of_the_policy_that_asks_it(tmp_path: Path) -> None:
    asking = on("review", "data.vendor_reuses", ask="Do you keep our addresses to yourself?")
    assert [ask.ask for ask in report(tmp_path, vendor({}), [asking]).plans[0].asks] == [asking["ask"]]


def test_each_plan_has_its_own_facts_and_a_finding_names_where_they_stand(tmp_path: Path) -> None:
    found = report(tmp_path, vendor(but(deny=False), but(), {}))
    assert [(plan.product, plan.plan, plan.best) for plan in found.plans] == [
        ("p", "plan-0", "deny"),
        ("p", "plan-1", "approve"),
        ("p", "plan-2", "approve"),
    ]
    assert [len(plan.asks) for plan in found.plans] == [0, 0, 4]
    (fact,) = found.plans[0].fails[0].facts
    assert fact.place is not None
    assert (fact.place.role, fact.place.document) == ("vendor", "v")
    assert fact.place.pointer == "/products/0/plans/0/facts/product/end_announced"


def test_a_manifest_without_products_is_about_the_vendor_alone(tmp_path: Path) -> None:
    policies = [on("deny", "vendor.subprocessor_list"), on("review", "vendor.privacy_framework")]
    data = {"kind": "vendor", "version": 1, "id": "v", "vendor": {"name": "Vend", "subprocessor_list": False}}
    (plan,) = report(tmp_path, data, policies).plans
    assert (plan.product, plan.name, plan.plan, plan.best) == (None, "Vend", None, "deny")
    assert [ask.fact for ask in plan.asks] == ["vendor.privacy_framework"]


def test_statements_that_differ_are_shown_and_the_strongest_counts(tmp_path: Path) -> None:
    seen = [{"source": "measured", "as_of": "2026-10-01", "facts": {"product": {"end_announced": False}}}]
    data = vendor(but())
    data["products"][0]["plans"][0]["observations"] = seen
    (plan,) = report(tmp_path, data).plans
    assert plan.best == "deny"
    (dispute,) = plan.disputed
    assert (dispute.counts.value, [other.value for other in dispute.others]) == (False, [True])


def test_policies_without_their_register_are_named_not_passed_over(tmp_path: Path) -> None:
    found = report(tmp_path, vendor({}), [BANNED])
    assert [(gap.policy, gap.registers) for gap in found.not_checked] == [("banned", ("banned_vendors",))]


def test_the_manifest_counts_in_place_of_the_one_that_was_loaded(tmp_path: Path) -> None:
    guard = guarded(tmp_path, ALL, vendors=[{key: value for key, value in vendor(but()).items() if key != "kind"}])
    assert guard.check_vendor(vendor(but(deny=False)), DAY).plans[0].best == "deny"
    loaded = tmp_path / "vendors" / "v.yaml"
    assert guard.check_vendor(loaded, DAY).plans[0].best == "approve"


def test_lists_and_families_see_the_manifest_that_is_checked(tmp_path: Path) -> None:
    tie = {"parent": "crook", "kind": "owns", "announced": "2024-01-01", "closed": "2024-02-01"}
    around = {"organisation": {"organisation": {"banned_vendors": ["crook"]}}}
    guard = guarded(tmp_path, [BANNED], vendors=[{"id": "v", "products": [{"id": "p"}]}], **around)
    assert guard.check_vendor(vendor({}), DAY).plans[0].best == "approve"
    assert guard.check_vendor(vendor({}, family=[tie]), DAY).plans[0].best == "deny"


def test_what_is_no_manifest_is_refused_with_its_place(tmp_path: Path) -> None:
    guard: Guard = guarded(tmp_path, ALL)
    file = tmp_path / "a.yaml"
    file.write_text(kind("purchase", {}).source.text, encoding="utf-8")
    for wrong, code in ((file, "PG225"), ({**vendor(), "wibble": 1}, "PG202"), ({"x": {1, 2}}, "PG105")):
        with pytest.raises(InvalidInput) as error:
            guard.check_vendor(wrong, DAY)
        assert [problem.code for problem in error.value.diagnostics][:1] == [code]
