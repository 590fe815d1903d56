"""What is known besides the purchase: vendors and their plans, tools owned, the organisation."""

from procureguard.stack.inventory import Inventory, Tool, load_inventory
from procureguard.stack.organisation import Organisation, Override, load_organisation
from procureguard.stack.stack import Stack
from procureguard.stack.vendors import Catalogue, VendorManifest, collect_vendors, load_vendor

__all__ = [
    "Catalogue",
    "Inventory",
    "Organisation",
    "Override",
    "Stack",
    "Tool",
    "VendorManifest",
    "collect_vendors",
    "load_inventory",
    "load_organisation",
    "load_vendor",
]
