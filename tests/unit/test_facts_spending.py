from datetime import date

import pytest

from written import DAY, Data, Json, facts, stack

FAMILIES: list[Data] = [
    {
        "id": "icondrop",
        "vendor": {"domains": ["icondrop.example"]},
        "family": [{"parent": "group", "kind": "owns", "closed": "2026-06-01"}],
    },
    {"id": "group"},
    {"id": "other"},
]
ORGANISATION: Data = {
    "organisation": {"currency": "USD", "exchange_rates": {"EUR": 1.16}},
    "registers": {"families": "manifests"},
}


def paid(vendor: str, amount: float, paid_on: str = "2026-10-01", currency: str = "USD") -> Data:
    return {"vendor": vendor, "paid_on": paid_on, "amount": amount, "currency": currency}


def year(payments: list[Data] | None, day: date = DAY, **product: Json) -> tuple[Json, set[str]]:
    data = {
        "product": {"vendor": "icondrop", **product},
        "contract": {"amount": 10, "currency": "USD", "period": "month"},
    }
    found = facts(data, stack(ORGANISATION, vendors=FAMILIES, payments=payments), day)
    value = found.value("cost.family_year")
    return (None if value is None else value / 10_000), set(found.waits_for("cost.family_year"))


@pytest.mark.parametrize(
    ("payment", "sum_"),
    [
        (paid("icondrop", 15.25), 135.25),
        (paid("www.icondrop.example", 15), 135),
        (paid("group", 15), 135),
        (paid("other", 15), 120),
        (paid("unheard-of", 15), 120),
        (paid("icondrop", 100, currency="EUR"), 236),
        (paid("icondrop", 15, "2025-11-22"), 135),
        (paid("icondrop", 15, "2025-11-21"), 120),
        (paid("icondrop", 15, "2026-11-21"), 135),
        (paid("icondrop", 15, "2026-11-22"), 120),
    ],
)
def test_what_was_paid_to_the_family_in_twelve_months_is_added_to_the_yearly_cost(payment: Data, sum_: float) -> None:
    assert year([payment]) == (sum_, set())


def test_payments_add_up_and_belong_to_a_family_from_the_day_it_is_one() -> None:
    both = [paid("icondrop", 15, "2026-05-01"), paid("group", 20, "2026-05-02")]
    assert year(both, date(2026, 6, 1)) == (155, set())
    assert year(both, date(2026, 5, 31)) == (135, set())


def test_what_cannot_be_added_up_is_unknown() -> None:
    assert year([paid("icondrop", 15, currency="JPY")]) == (None, {"organisation.exchange_rates"})
    assert year([paid("other", 15, currency="JPY")]) == (120, set())
    assert year([paid("icondrop", 15)], vendor=None) == (None, {"product.vendor"})
    assert year([], vendor=None) == (120, set())
    assert year(None) == (None, set())
