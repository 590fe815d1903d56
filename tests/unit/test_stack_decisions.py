from procureguard.stack.card_payments import CardPayments, load_card_payments
from procureguard.stack.decisions import DecisionLog, load_decisions
from written import Data, catalogue, kind, value_of

DECISION: Data = {
    "purchase": "p",
    "tool": "t",
    "decided_on": "2026-03-14",
    "outcome": "approved",
    "facts": {"contract": {"amount": 12.5}, "data": {"regions": ["EU"], "people": None}},
}
PAYMENT: Data = {"vendor": "v", "paid_on": "2026-10-02", "amount": 12.3456, "currency": "USD"}


def test_a_log_is_the_same_from_the_cache() -> None:
    refused = {**DECISION, "outcome": "refused"}
    log = load_decisions(kind("decisions", {"decisions": [DECISION, refused, {**DECISION, "purchase": "q"}]}), value_of)
    assert DecisionLog.from_bytes(log.to_bytes()) == log
    assert dict(log.by_purchase["p"][0].facts) == {"contract.amount": 125_000, "data.regions": ("EU",)}
    assert [found.approved for found in log.by_purchase["p"]] == [True, False]


def test_payments_are_the_same_from_the_cache() -> None:
    payments = load_card_payments(kind("card-payments", {"payments": [PAYMENT, PAYMENT]}))
    assert CardPayments.from_bytes(payments.to_bytes()) == payments
    assert [payment.amount for payment in payments.by_vendor["v"]] == [123_456, 123_456]


def test_payments_to_one_vendor_by_several_words_come_together() -> None:
    known = catalogue({"id": "formwise", "aliases": ["Formy"], "vendor": {"domains": ["formwise.example"]}})
    words = ("formwise", "FORMWISE", "formy", "https://www.formwise.example/pay", "Else", "else")
    entries = [{**PAYMENT, "vendor": word} for word in words]
    payments = load_card_payments(kind("card-payments", {"payments": entries})).known_to(known)
    assert {vendor: len(paid) for vendor, paid in payments.by_vendor.items()} == {"formwise": 4, "else": 2}
