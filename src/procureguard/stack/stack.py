"""Everything a purchase is checked against besides the policies."""

from dataclasses import dataclass
from typing import TypeVar

from procureguard.capabilities import Taxonomy
from procureguard.stack.card_payments import NOTHING_PAID, CardPayments
from procureguard.stack.decisions import NOTHING_DECIDED, DecisionLog
from procureguard.stack.inventory import NO_TOOLS, Inventory
from procureguard.stack.organisation import Organisation
from procureguard.stack.requests import Requests
from procureguard.stack.vendors import Catalogue

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stack:
    """Vendors, organisation and registers; a register that is not supplied is None."""

    catalogue: Catalogue
    inventory: Inventory | None
    organisation: Organisation
    taxonomy: Taxonomy
    requests: Requests | None = None
    decisions: DecisionLog | None = None
    card_payments: CardPayments | None = None

    def name_of(self, unit: str, identity: str) -> str | None:
        """The name people know, by what an id is the id of: vendor, product or tool; None where there is none."""
        if unit == "vendor id":
            manifest = self.catalogue.resolve(identity)
            return manifest.name if manifest else None
        if unit == "tool id" and self.inventory is not None:
            tool = self.inventory.find(identity)
            return tool.name if tool else None
        return None

    def owned(self) -> Inventory | None:
        """The tools owned, or None where neither an inventory nor the statement that there is none was supplied."""
        return self._or_empty(self.inventory, "inventory", NO_TOOLS)

    def open_requests(self) -> Requests | None:
        """The open requests, or None where neither they nor the statement that there are none was supplied."""
        return self._or_empty(self.requests, "requests", ())

    def decided(self) -> DecisionLog | None:
        """The decision log, or None where neither it nor the statement that nothing was decided was supplied."""
        return self._or_empty(self.decisions, "decisions", NOTHING_DECIDED)

    def paid_by_card(self) -> CardPayments | None:
        """The card payments, or None where neither they nor the statement that there are none was supplied."""
        return self._or_empty(self.card_payments, "card_payments", NOTHING_PAID)

    def _or_empty(self, register: T | None, name: str, empty: T) -> T | None:
        return empty if register is None and name in self.organisation.empty_registers else register
