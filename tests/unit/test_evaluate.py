from datetime import date

import pytest

from procureguard.compile.python import compile_policies
from procureguard.evaluate import Evaluation, NotChecked, Tier, evaluate
from procureguard.finding import Outcome
from written import DAY, Data, Json, definitions, facts, loaded, policy, policy_document, stack

TIERS = definitions(
    {"name": "risk.light", "title": "light", "is": "risk.standard || ai.used"},
    {"name": "risk.standard", "title": "standard", "is": "risk.high || web.loads_on_site"},
    {"name": "risk.high", "title": "high", "is": "product.scim"},
)


def evaluated(policies: list[Data], data: Data, as_of: date = DAY, around: Json = None) -> Evaluation:
    found, problems = loaded([TIERS, *(policy_document(entry) for entry in policies)])
    assert problems == []
    return evaluate(facts(data, around, as_of), compile_policies(found))


@pytest.mark.parametrize(
    ("data", "tier"),
    [
        ({"ai": {"used": False}, "web": {"loads_on_site": False}, "product": {"scim": False}}, ("instant", "instant")),
        ({"ai": {"used": True}, "web": {"loads_on_site": False}, "product": {"scim": False}}, ("light", "light")),
        ({"ai": {"used": True}}, ("light", "high")),
        ({"product": {"scim": False}, "web": {"loads_on_site": True}}, ("standard", "standard")),
        ({}, ("instant", "high")),
    ],
)
def test_the_tier_is_what_is_certain_and_what_is_still_possible(data: Data, tier: tuple[str, str]) -> None:
    assert evaluated([policy()], data).tier == Tier(*tier)


def test_a_policy_whose_register_is_missing_is_listed_and_does_not_count() -> None:
    strict = policy("listed", effect="deny", require="!vendor.banned && !overlap.best_replaced")
    found = evaluated([policy(effect="deny"), strict], {"product": {"scim": True, "vendor": "v"}})
    assert [finding.policy for finding in found.findings] == ["tested"]
    assert found.not_checked == (NotChecked("listed", ("banned_vendors", "inventory")),)
    assert found.decision.verdict == "approve"


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        ("2026-12-01", Outcome.NOT_APPLICABLE),
        ("2026-12-02", Outcome.FAIL),
        ("2026-12-31", Outcome.FAIL),
        ("2027-01-01", Outcome.NOT_APPLICABLE),
    ],
)
def test_a_policy_applies_from_its_first_to_its_last_day(day: str, outcome: Outcome) -> None:
    dated = policy(effective_from="2026-12-02", effective_to="2026-12-31")
    found = evaluated([dated], {"product": {"scim": False}}, date.fromisoformat(day))
    assert [finding.outcome for finding in found.findings] == [outcome]


def test_a_finding_names_what_it_rests_on_and_what_it_waits_for_below_definitions_and_computed_facts() -> None:
    tested = policy(when="risk.light", require="cost.annual < 100.0")
    own = stack(organisation={"organisation": {"currency": "USD"}})
    found = evaluated([tested], {"ai": {"used": True}, "contract": {"period": "year"}}, around=own)
    (finding,) = found.findings
    assert finding.outcome is Outcome.UNKNOWN
    assert (finding.reads, finding.waits) == (("cost.annual",), frozenset({"contract.amount"}))
    assert "ai.used" in finding.applies_by
    assert [finding.policy for finding in found.with_outcome(Outcome.UNKNOWN)] == ["tested"]
    assert list(found.with_outcome(Outcome.PASS)) == []
