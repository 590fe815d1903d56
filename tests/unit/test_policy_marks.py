"""The marks of the shipped policies: what slips under a limit is left alone, and what honestly helps is not."""

import pytest

from procureguard import Guard
from procureguard.facts.derived import shipped_schema
from procureguard.policy.model import Policy

NUMBERS = {"int", "decimal", "date"}
HONEST = {
    "contract.seats": "empty seats are left out; it cannot fall below the people with a login",
    "request.trial_days": "a shorter trial is what the policy asks for",
    "request.external_access_ends": "a day on which logins close is what the policy asks for",
}
"""Numbers and days in our own hands that no policy has to mark, each with the reason."""


@pytest.fixture(scope="module", name="policies")
def _policies() -> tuple[Policy, ...]:
    return Guard.load().program.policies.policies


def found(policies: tuple[Policy, ...], identity: str) -> Policy:
    return next(policy for policy in policies if policy.identity == identity)


def test_every_number_in_our_own_hands_is_marked_or_honest_wherever_it_is_read(policies: tuple[Policy, ...]) -> None:
    ours = {
        kind.path
        for kind in shipped_schema()
        if kind.way is not None and kind.way.changed_by != "vendor" and kind.type in NUMBERS
    }
    open_to = {
        (path, policy.identity)
        for policy in policies
        for path in policy.facts & ours - policy.never_suggest
        if path not in HONEST
    }
    assert open_to == {("contract.term_months", "short-first-term")}


@pytest.mark.parametrize(
    ("identity", "path", "left_alone"),
    [
        ("one-click-unsubscribe", "messaging.daily_volume", True),
        ("sender-authentication", "messaging.daily_volume", True),
        ("exit-plan", "messaging.daily_volume", True),
        ("renewal-price-cap", "contract.term_months", True),
        ("seat-count", "contract.term_months", True),
        ("seat-count", "contract.seats", False),
        ("short-first-term", "contract.term_months", False),
        ("trial-end", "request.trial_days", False),
        ("dpa-offered", "data.vendor_role", True),
        ("vendor-reuse", "data.vendor_role", False),
        ("no-health-tracking", "data.categories", False),
        ("tool-limit", "request.replaces", False),
    ],
)
def test_what_only_ducks_a_limit_is_left_alone(
    policies: tuple[Policy, ...], identity: str, path: str, *, left_alone: bool
) -> None:
    policy = found(policies, identity)
    assert path in policy.facts
    assert (path in policy.never_suggest) is left_alone
