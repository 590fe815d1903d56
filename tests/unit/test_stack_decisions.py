import pytest

from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.card_payments import CardPayments, load_card_payments
from procureguard.stack.decisions import DecisionLog, load_decisions
from written import Data, kind, told, value_of

DECISION: Data = {
    "purchase": "p",
    "tool": "t",
    "decided_on": "2026-03-14",
    "outcome": "approved",
    "facts": {"contract": {"amount": 12.5}, "data": {"regions": ["EU"], "people": None}},
}
PAYMENT: Data = {"vendor": "v", "paid_on": "2026-10-02", "amount": 12.3456, "currency": "USD"}


def test_a_log_is_the_same_from_the_cache() -> None:
    log = load_decisions(kind("decisions", {"decisions": [DECISION]}), value_of, [])
    assert log is not None
    assert DecisionLog.from_bytes(log.to_bytes()) == log
    assert dict(log.decisions[0].facts) == {"contract.amount": 125_000, "data.regions": ("EU",)}


def test_payments_are_the_same_from_the_cache() -> None:
    payments = load_card_payments(kind("card-payments", {"payments": [PAYMENT, PAYMENT]}), [])
    assert payments is not None
    assert CardPayments.from_bytes(payments.to_bytes()) == payments
    assert [payment.amount for payment in payments.by_vendor["v"]] == [123_456, 123_456]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"decided_on": "2026-02-30"}, "`2026-02-30` is not a calendar day"),
        ({"outcome": "aproved"}, "`aproved` is not a value of `outcome`"),
        ({"facts": {"request": {"users": "x"}}}, "`facts.request.users` must be a whole number, got text `x`"),
    ],
)
def test_a_broken_log_is_refused_with_the_place(changed: Data, message: str) -> None:
    problems = list[Diagnostic]()
    document = kind("decisions", {"decisions": [{**DECISION, **changed}]})
    assert load_decisions(document, value_of, problems) is None
    assert [(problem[1], problem[3] is not None) for problem in told(problems)] == [(message, True)]
