"""Money, computed exactly in ten-thousandths of the organisation's currency."""

from decimal import Decimal

from procureguard.facts.computation import Computation, Missing
from procureguard.facts.schema import Value

PERIODS_A_YEAR = {"month": 12, "quarter": 4, "year": 1, "once": 1}
MONTHS_A_YEAR = 12


def annual(facts: Computation) -> Value:
    """The price of a year, converted; what is free costs nothing in any currency."""
    period = facts.read_one("contract.period")
    if period == "free":
        return 0
    amount = facts.read_one("contract.amount")
    if not amount:
        return 0
    _, currency = facts.read("organisation.currency", "contract.currency")
    return converted(facts, amount * PERIODS_A_YEAR[period], currency)


def total(facts: Computation) -> Value:
    """The price of the whole commitment; a price paid once is paid once."""
    yearly, period = facts.read("cost.annual", "contract.period")
    if period in ("once", "free"):
        return yearly
    return _rounded(yearly * facts.read_one("contract.term_months"), MONTHS_A_YEAR)


def per_seat(facts: Computation) -> Value:
    """The price of one seat for a year."""
    yearly, seats = facts.read("cost.annual", "contract.seats")
    if seats == 0:
        raise Missing(frozenset({"contract.seats"}))
    return _rounded(yearly, seats)


def converted(facts: Computation, amount: int, currency: str) -> int:
    """An amount in the house currency.

    Raises:
        Missing: the organisation has not stated its currency or the rate.
    """
    if facts.read_one("organisation.currency") == currency:
        return amount
    rates = facts.read_one("organisation.exchange_rates")
    if currency not in rates:
        raise Missing(frozenset({"organisation.exchange_rates"}))
    numerator, denominator = Decimal(repr(rates[currency])).as_integer_ratio()
    return _rounded(amount * numerator, denominator)


def _rounded(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
