"""Everything a purchase is checked against besides the policies."""

from dataclasses import dataclass

from procureguard.capabilities import Taxonomy
from procureguard.stack.inventory import Inventory
from procureguard.stack.organisation import Organisation
from procureguard.stack.vendors import Catalogue


@dataclass(frozen=True, slots=True)
class Stack:
    """Vendors, inventory and organisation; an inventory that is not supplied is None, an empty one is a statement."""

    catalogue: Catalogue
    inventory: Inventory | None
    organisation: Organisation
    taxonomy: Taxonomy

    def names(self) -> dict[str, dict[str, str]]:
        """Names people know, by what the ids are ids of: vendor, product and tool."""
        tools = self.inventory.tools if self.inventory else ()
        return {
            "vendor id": {identity: manifest.name for identity, manifest in self.catalogue.vendors.items()},
            "product id": {tool.get("product"): tool.name for tool in tools if tool.get("product")},
            "tool id": {tool.identity: tool.name for tool in tools},
        }

    def owned(self) -> Inventory | None:
        """The tools owned, or None where neither an inventory nor the statement that there is none was supplied."""
        if self.inventory is None and "inventory" in self.organisation.empty_registers:
            return Inventory(None, ())
        return self.inventory
