from datetime import date
from typing import Any

import pytest

from procureguard.analysis.coverage import Case, Coverage, Tally, cases_of, coverage, seen_in
from procureguard.finding import Outcome
from procureguard.policy.written import WrittenPolicies
from written import Data, definitions, facts, loaded, policy, policy_document

RISKY = definitions({"name": "risky", "title": "it is risky", "is": "ai.used || web.loads_on_site"})
WHOLE = policy(
    when={"all": ["risky", "request.users > params.few"]}, params={"few": {"type": "int", "value": 5, "about": "a few"}}
)
SEVEN: Data = {"request": {"users": 7}, "ai": {"used": True}, "product": {"scim": True}}


def policies(*given: Data) -> WrittenPolicies:
    found, problems = loaded([RISKY, *(policy_document(data) for data in given or (WHOLE,))])
    assert problems == []
    return found


def tried(written: WrittenPolicies, *purchases: Data, as_of: date = date(2026, 11, 21)) -> Coverage:
    cases = [case for data in purchases for case in cases_of(written, facts(data, as_of=as_of))]
    return coverage(written, seen_in(cases))


def never(found: Coverage) -> list[tuple[str, bool]]:
    return [(branch.condition, branch.value) for branch in found.policies[0].branches.never]


def test_a_policy_is_covered_when_it_was_seen_to_pass_to_fail_and_not_to_apply() -> None:
    written = policies()
    passing, failing = SEVEN, {**SEVEN, "product": {"scim": False}}
    assert tried(written, passing, failing).policies[0].missing == (Outcome.NOT_APPLICABLE,)
    assert tried(written, passing, failing).of_policies == (0, 1)
    three = {**SEVEN, "request": {"users": 3}}
    found = tried(written, passing, failing, three)
    assert (found.policies[0].missing, found.of_policies) == ((), (1, 1))
    assert found.policies[0].outcomes == (Outcome.PASS, Outcome.FAIL, Outcome.NOT_APPLICABLE)


def test_without_a_when_there_is_nothing_that_does_not_apply_and_unknown_shows_nothing() -> None:
    written = policies(policy())
    found = tried(written, {"product": {"scim": True}}, {"product": {"scim": None}})
    assert found.policies[0].outcomes == (Outcome.PASS, Outcome.UNKNOWN)
    assert found.policies[0].missing == (Outcome.FAIL,)


def test_a_branch_not_looked_at_and_one_not_known_were_not_taken() -> None:
    assert never(
        tried(policies(), {"ai": {"used": False}, "web": {"loads_on_site": False}, "request": {"users": 7}})
    ) == [
        ("risky", True),
        ("request.users > params.few", True),
        ("request.users > params.few", False),
        ("product.scim", True),
        ("product.scim", False),
    ]
    assert ("request.users > params.few", True) in never(tried(policies(), {"ai": {"used": True}}))


def test_definitions_count_through_all_policies_and_only_where_they_are_read() -> None:
    written = policies(WHOLE, policy("second", require="product.scim || risky"))
    found = tried(written, {"product": {"scim": True}, "request": {"users": 3}, "ai": {"used": False}})
    (definition,) = found.definitions
    assert [(branch.condition, branch.value) for branch in definition.branches.never] == [
        ("ai.used", True),
        ("web.loads_on_site", True),
        ("web.loads_on_site", False),
    ]
    found = tried(written, {"product": {"scim": True}, "request": {"users": 3}, "ai": {"used": True}})
    assert found.of_definitions == (1, 4)
    alone = policies(policy("second", require="product.scim || risky"))
    assert tried(alone, {"product": {"scim": True}, "ai": {"used": True}}).of_definitions == (0, 4)


def test_places_are_those_of_the_file() -> None:
    written = policies()
    source = written.written[0].document.source
    for branch in tried(written).policies[0].branches.never:
        offset = branch.place.column - 1
        assert source.text[offset : offset + len(branch.condition)] == branch.condition


def test_a_policy_that_is_not_in_force_or_lacks_a_register_sees_nothing() -> None:
    written = policies(policy(effective_from="2026-12-02"), policy("second", require="!vendor.banned"))
    nothing = tried(written, SEVEN)
    assert (nothing.of_branches, nothing.stated) == ((0, 4), ())
    assert tried(written, SEVEN, as_of=date(2026, 12, 2)).of_branches == (1, 4)


def test_facts_are_stated_and_decide() -> None:
    written = policies(policy(require="product.scim || product.sso_on_plan || request.users > 5"))
    found = tried(written, {"product": {"scim": True, "sso_on_plan": False}})
    assert found.facts == ("product.scim", "product.sso_on_plan", "request.users")
    assert (found.stated, found.decided) == (("product.scim", "product.sso_on_plan"), ("product.scim",))
    assert tried(written, {"product": {"scim": False}}).decided == ()


def test_only_chosen_files_are_shown() -> None:
    written = policies(WHOLE, policy("second"))
    seen = seen_in(Case(written, found, facts(SEVEN)) for found in written.written)
    found = coverage(written, seen, {"policies/second.yaml"})
    assert [shown.policy.identity for shown in found.policies] == ["second"]
    assert (found.definitions, found.facts) == ((), ("product.scim",))


@pytest.mark.parametrize(
    ("tally", "percent", "below"),
    [
        (Tally(0, 0), 100.0, None),
        (Tally(1, 3), 33.3, 33.4),
        (Tally(2, 3), 66.6, 66.7),
        (Tally(1999, 2000), 99.9, 99.96),
        (Tally(2000, 2000), 100.0, None),
    ],
)
def test_a_share_is_never_rounded_up(tally: Tally, percent: float, below: Any) -> None:  # noqa: ANN401 - a number or none
    assert tally.percent == percent
    assert not tally.is_below(percent)
    assert below is None or tally.is_below(below)
