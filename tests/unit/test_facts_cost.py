from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from written import Data, Json, facts, stack

RATES = {"EUR": 1.16, "JPY": 0.006689, "VND": 0.00004}
HOUSE = stack(organisation={"organisation": {"currency": "USD", "exchange_rates": RATES}})
A_YEAR = {"month": 12, "quarter": 4, "year": 1, "once": 1, "free": 0}


def cost(contract: Data, around: Json = HOUSE) -> tuple[Any, Any, Any]:
    found = facts({"contract": contract}, around)
    return found.value("cost.annual"), found.value("cost.total"), found.value("cost.per_seat")


def scaled(amount: Decimal) -> int:
    return int((amount * 10_000).to_integral_value(ROUND_HALF_UP))


@given(
    ten_thousandths=st.integers(0, 10**12),
    period=st.sampled_from(sorted(A_YEAR)),
    currency=st.sampled_from(["USD", *RATES]),
    seats=st.integers(1, 10_000),
    months=st.integers(0, 120),
)
def test_every_price_is_exact_to_the_ten_thousandth(
    ten_thousandths: int, period: str, currency: str, seats: int, months: int
) -> None:
    amount = Decimal(ten_thousandths) / 10_000
    rate = Decimal(1) if currency == "USD" else Decimal(str(RATES[currency]))
    contract = {
        "amount": float(amount),
        "currency": currency,
        "period": period,
        "seats": seats,
        "term_months": months,
    }
    annual = scaled(amount * A_YEAR[period] * rate)
    total = annual if period in {"once", "free"} else int((Decimal(annual) * months / 12).quantize(0, ROUND_HALF_UP))
    per_seat = int((Decimal(annual) / seats).quantize(0, ROUND_HALF_UP))
    assert cost(contract) == (annual, total, per_seat)


@pytest.mark.parametrize(
    ("contract", "expected"),
    [
        (
            {"amount": 10, "currency": "USD", "period": "month", "seats": 3, "term_months": 6},
            (1_200_000, 600_000, 400_000),
        ),
        ({"amount": 100, "currency": "USD", "period": "quarter"}, (4_000_000, None, None)),
        ({"amount": 0.005, "currency": "EUR", "period": "year"}, (58, None, None)),
        ({"amount": 0, "period": "month", "term_months": 12}, (0, 0, None)),
        ({"period": "free"}, (0, 0, None)),
        ({"amount": 5, "currency": "USD", "period": "once", "term_months": 36}, (50_000, 50_000, None)),
        ({"amount": 5, "currency": "USD", "period": "year", "seats": 0}, (50_000, None, None)),
    ],
)
def test_prices_by_the_month_the_quarter_once_and_for_free(contract: Data, expected: tuple[Any, ...]) -> None:
    assert cost(contract) == expected


@pytest.mark.parametrize(
    ("contract", "waits"),
    [
        ({}, {"contract.period"}),
        ({"period": "year"}, {"contract.amount"}),
        ({"period": "year", "amount": 5}, {"contract.currency"}),
        ({"period": "year", "amount": 5, "currency": "GBP"}, {"organisation.exchange_rates"}),
    ],
)
def test_an_unknown_price_says_what_it_waits_for_and_so_does_everything_computed_from_it(
    contract: Data, waits: set[str]
) -> None:
    found = facts({"contract": contract}, HOUSE)
    assert found.waits_for("cost.annual") == waits
    assert found.waits_for("cost.per_seat") == waits | {"contract.seats"}
    assert found.waits_for("cost.total") == waits | (set() if "period" in contract else {"contract.period"})


def test_a_computed_price_names_what_it_was_computed_from() -> None:
    found = facts({"contract": {"amount": 1, "currency": "EUR", "period": "month"}}, HOUSE).known["cost.annual"]
    assert (found.source, found.place, found.inputs) == (
        "computed",
        None,
        (
            "contract.period",
            "contract.amount",
            "organisation.currency",
            "contract.currency",
            "organisation.exchange_rates",
        ),
    )
