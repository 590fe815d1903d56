"""What the vendor says a plan costs, and what an order of it comes to."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from procureguard.facts.gather import Facts
from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.manifest import Offer
from procureguard.stack.stack import Stack

SEATS = "contract.seats"
AMOUNT = "contract.amount"
OFTEN = {"month": " a month", "quarter": " a quarter", "year": " a year", "once": " once"}
EACH = {"seat": " per seat", "usage": ", depending on use"}


class ListPrice(NamedTuple):
    """The price of a plan: for one seat, for all of it, or by use."""

    amount: Decimal
    currency: str
    period: str
    per: str

    @property
    def words(self) -> str:
        """The price as people say it."""
        return self._words(self.amount, EACH.get(self.per, ""))

    def due(self, seats: int | None) -> Decimal | None:
        """What an order of so many seats costs each period, None where nobody can know."""
        if self.per == "flat" or self.period == "free":
            return self.amount
        return self.amount * seats if self.per == "seat" and seats is not None else None

    def order(self, seats: int | None) -> str:
        """The price, and what so many seats cost, as people say it."""
        due = self.due(seats)
        one = self.per != "seat" or due == self.amount or due is None
        return self.words if one else f"{self.words}, {self._words(due, '')} for {seats}"

    def facts(self, seats: int | None) -> Mapping[str, Any]:
        """The facts of a contract at this price, empty where nobody can know what it costs."""
        due = self.due(seats)
        if due is None:
            return {}
        contract = {"amount": _number(due), "currency": self.currency, "period": self.period, "pricing": self.per}
        return {f"contract.{name}": value for name, value in contract.items()}

    def doubt(self, amount: Any, seats: int | None) -> Diagnostic | None:  # noqa: ANN401 - a number of YAML
        """What is odd about an amount that is stated: the price of one seat stands for all of them."""
        due = self.due(seats)
        if self.per != "seat" or due is None or due == self.amount or amount != _number(self.amount):
            return None
        message = f"{_number(self.amount)} is the list price of one seat, and the order has {seats}"
        return Diagnostic("PG227", "warning", message, hint=f"all of them cost {self._words(due, '')}")

    def _words(self, amount: Decimal | None, each: str) -> str:
        if self.period == "free":
            return "free"
        return f"{_number(amount or Decimal())} {self.currency}{OFTEN[self.period]}{each}"


def list_price(facts: Facts, stack: Stack) -> ListPrice | None:
    """The price of the plan that is chosen, None where none is or the vendor names no price."""
    manifest = stack.catalogue.resolve(facts.value("product.vendor"))
    product = manifest.product(facts.value("product.id")) if manifest is not None else None
    if manifest is None or product is None:
        return None
    plan = manifest.plan(product, facts.value("product.plan"))
    return None if plan is None else price_of(manifest.price(Offer(product, plan)))


def price_of(stated: Mapping[str, Any] | None) -> ListPrice | None:
    """The price that a manifest states of a plan."""
    if stated is None or any(stated.get(name) is None for name in ListPrice._fields):
        return None
    amount = Decimal(str(stated["amount"]))
    return ListPrice(amount, stated["currency"], stated["period"], stated["per"])


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
