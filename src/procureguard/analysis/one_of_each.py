"""Registers with one entry each: what their facts are computed from shows only where there is something to look up."""

from datetime import date

from procureguard.capabilities import Taxonomy
from procureguard.cel.types import DECIMAL_SCALE
from procureguard.facts.computation import Registers
from procureguard.policy.choices import SOMETHING
from procureguard.stack.card_payments import CardPayment, CardPayments
from procureguard.stack.decisions import DecisionLog, PastDecision
from procureguard.stack.inventory import Inventory, Tool
from procureguard.stack.vendors import Catalogue

PAID = DECIMAL_SCALE
"""What was paid by card: one unit of the house currency, which needs no rate."""

TOOL = Tool(  # what an inventory need not say stays unknown
    SOMETHING,
    "",
    {
        "id": SOMETHING,
        "vendor": SOMETHING,
        "product": SOMETHING,
        "status": "active",
        "capabilities": {SOMETHING: "full"},
    },
    {},
)


def one_of_each(taxonomy: Taxonomy, supplied: frozenset[str], currency: str, as_of: date) -> Registers:
    """One tool, one approval, and one payment that counts on a day, all called something; no other vendor is known."""
    paid = CardPayment(as_of.toordinal(), PAID, currency)
    return Registers(
        Inventory.of((TOOL,)),
        Catalogue.of(),
        taxonomy,
        supplied,
        decisions=DecisionLog.of((PastDecision(SOMETHING, SOMETHING, 1, approved=True, facts={}),)),
        card_payments=CardPayments({SOMETHING: (paid,)}),
    )
