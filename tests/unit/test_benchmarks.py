from collections import Counter
from datetime import date

import pytest

from benchmarks.by_hand import failing
from benchmarks.entry import explain, outcomes
from benchmarks.requests import Request, requests
from benchmarks.workload import DAY, IDENTITIES, guard


@pytest.fixture(scope="module")
def purchases() -> list[Request]:
    return requests(200)


def failed(purchase: Request, day: date) -> list[str]:
    found = outcomes(purchase, day)
    assert found.keys() == set(IDENTITIES)
    assert "unknown" not in found.values()
    return sorted(policy for policy, outcome in found.items() if outcome == "fail")


def test_the_rules_by_hand_are_the_shipped_policies(purchases: list[Request]) -> None:
    fired: Counter[str] = Counter()
    for purchase in purchases:
        assert sorted(failing(purchase, DAY)) == failed(purchase, DAY)
        fired.update(failing(purchase, DAY))
    assert fired.keys() == set(IDENTITIES)


@pytest.mark.parametrize("day", [date(2024, 2, 1), date(2025, 6, 27), date(2026, 8, 2), date(2026, 12, 2)])
def test_the_rules_by_hand_change_with_the_day_as_the_policies_do(purchases: list[Request], day: date) -> None:
    for purchase in purchases[:40]:
        assert sorted(failing(purchase, day)) == failed(purchase, day)


def test_the_explanation_agrees_with_the_outcomes(purchases: list[Request]) -> None:
    for purchase in purchases[:40]:
        asked = {identity: word for identity, word in outcomes(purchase).items() if word in {"fail", "unknown"}}
        assert {finding.policy: finding.outcome.word for finding in explain(purchase)} == asked


def test_the_purchases_are_valid_and_the_same_every_time(purchases: list[Request]) -> None:
    assert requests(200) == purchases
    for purchase in purchases[:20]:
        assert guard().check(purchase, DAY).findings
