"""What the inventory, and the requests of others, already cover of the need."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from procureguard.capabilities import Taxonomy
from procureguard.facts.computation import Computation, Missing
from procureguard.facts.schema import Value
from procureguard.facts.statements import EXTENDS_A_TOOL
from procureguard.stack.inventory import Inventory, Tool
from procureguard.stack.vendors import Catalogue

DONE = frozenset({"full", "partial"})
"""Levels at which a tool does a job; a latent one is not switched on."""


class Covering(NamedTuple):
    """An owned tool and its share of the need, 0 to 10,000."""

    coverage: int
    tool: Tool


def best_coverage(facts: Computation) -> Value:
    """How much of the need the best active tool cleared for the data covers."""
    best = _best(facts)
    return best.coverage if best else 0


def best_tool(facts: Computation) -> Value:
    """That tool's id, empty where no tool covers anything."""
    best = _best(facts)
    return best.tool.identity if best else ""


def best_replaced(facts: Computation) -> Value:
    """Whether that tool is given up for the purchase."""
    tool = facts.read_one("overlap.best_tool")
    return bool(tool) and tool in facts.read_one("request.replaces")


def same_product(facts: Computation) -> Value:
    """Whether a tool of the very same product is owned and not retired; open while a tool of the vendor names none."""
    word, product = facts.read("product.vendor", "product.id")
    vendor = facts.registers.catalogue.identify(word) or word
    wanted = _product_id(facts, vendor, product)
    products = {_product(facts, vendor, tool) for tool in _of_vendors(facts, {vendor})}
    if wanted not in products and None in products:
        raise Missing(frozenset({"tool.product"}))
    return wanted in products


def same_family(facts: Computation) -> Value:
    """Whether another product of the vendor's family is owned and not retired; only closed purchases make a family."""
    top, word, product = facts.read("vendor.family", "product.vendor", "product.id")
    catalogue = facts.registers.catalogue
    vendor = catalogue.identify(word) or word
    members, wanted = catalogue.families.members(top, facts.day), _product_id(facts, vendor, product)
    return any(
        _vendor(facts, tool) != vendor or _product(facts, vendor, tool) not in {wanted, None}
        for tool in _of_vendors(facts, members | {vendor})
    )


def exclusive_taken(facts: Computation) -> Value:
    """Exclusive capabilities asked for that an active tool does fully and that is not given up."""
    wanted, exclusive = facts.read("request.capabilities", "organisation.exclusive_capabilities")
    holders = {
        capability: [tool for tool in _active(facts, {capability}) if tool.capabilities[capability] == "full"]
        for capability in sorted({*wanted} & {*exclusive})
    }
    if not any(holders.values()):
        return ()
    replaced = facts.read_one("request.replaces")
    return tuple(
        capability for capability, tools in holders.items() if any(tool.identity not in replaced for tool in tools)
    )


def most_tools(facts: Computation) -> Value:
    """The number of active tools for that must-have of which most are owned, tools given up left out."""
    must, replaced = facts.read("request.must", "request.replaces")
    if not must:
        return 0
    left_out = {_own(facts), *replaced}
    doing = (_doing(facts.inventory, capability) for capability in must)
    return max(len(tools) - len(tools & left_out) for tools in doing)


def open_requests(facts: Computation) -> Value:
    """How many open requests of other departments share a must-have with this one."""
    department, must = facts.read("request.department", "request.must")
    return sum(
        request.department != department and not set(must).isdisjoint(request.must) for request in facts.requests
    )


def _best(facts: Computation) -> Covering | None:
    wanted, must, categories = facts.read("request.capabilities", "request.must", "data.categories")
    own = _own(facts)
    need = (frozenset(wanted), frozenset(must), frozenset(categories))
    covering = _covering(facts.inventory, facts.registers.taxonomy, *need)
    return next((found for found in covering if found.tool.identity != own), None)


# The same need is asked for again with every alternative and every completion that is tried.
@lru_cache(maxsize=64)
def _covering(
    inventory: Inventory, taxonomy: Taxonomy, wanted: frozenset[str], must: frozenset[str], categories: frozenset[str]
) -> tuple[Covering, ...]:
    """The active tools cleared for the data that cover any of a need, best first."""
    covering = (
        Covering(taxonomy.coverage(tool.capabilities, wanted, must), tool)
        for tool in inventory.doing(taxonomy.doers(wanted | must))
        if tool.active and tool.cleared(categories)
    )
    found = (entry for entry in covering if entry.coverage)
    order = sorted(found, key=lambda entry: (-entry.coverage, -(entry.tool.free_seats or 0), entry.tool.identity))
    return tuple(order)


# So are the same must-haves.
@lru_cache(maxsize=64)
def _doing(inventory: Inventory, capability: str) -> frozenset[str]:
    """The ids of the active tools that do a job, not those in which it is not switched on."""
    tools = inventory.doing({capability})
    return frozenset(tool.identity for tool in tools if tool.active and tool.capabilities[capability] in DONE)


def _active(facts: Computation, capabilities: Iterable[str]) -> Iterator[Tool]:
    own = _own(facts)
    return (tool for tool in facts.inventory.doing(capabilities) if tool.active and tool.identity != own)


def _of_vendors(facts: Computation, vendors: Iterable[str]) -> Iterator[Tool]:
    """Tools of these vendors that are not retired, whichever of its words the inventory calls a vendor by."""
    own = _own(facts)
    words = _words(facts.inventory, facts.registers.catalogue)
    tools = facts.inventory.of_vendors(word for vendor in vendors for word in words.get(vendor, ()))
    return (tool for tool in tools if tool.identity != own and tool.get("status") != "retired")


@lru_cache(maxsize=64)
def _words(inventory: Inventory, catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """What the inventory calls each vendor, by the vendor's id; a vendor without a manifest goes by the word itself."""
    words: dict[str, tuple[str, ...]] = {}
    for word in inventory.vendor_words:
        vendor = catalogue.identify(word) or word
        words[vendor] = (*words.get(vendor, ()), word)
    return words


def _vendor(facts: Computation, tool: Tool) -> str | None:
    word: str | None = tool.get("vendor")
    return facts.registers.catalogue.identify(word) or word


def _product(facts: Computation, vendor: str, tool: Tool) -> str | None:
    """The product behind a tool of a vendor; of one that does not say, the only one there is, or None."""
    word: str | None = tool.get("product")
    manifest = facts.registers.catalogue.get(vendor)
    if word is None and manifest is not None and len(manifest.product_ids()) == 1:
        return manifest.product_id(0)
    return _product_id(facts, vendor, word)


def _product_id(facts: Computation, vendor: str, word: str | None) -> str | None:
    """The id of the product that a word stands for in the manifest of a vendor, or the word itself."""
    manifest = facts.registers.catalogue.get(vendor)
    place = manifest.product(word) if manifest else None
    return word if manifest is None or place is None else manifest.product_id(place)


def _own(facts: Computation) -> str | None:
    """The tool that is renewed or extended, which is no overlap with itself."""
    kind = facts.read_one("request.type")
    own: str | None = facts.read_one("request.tool") if kind in EXTENDS_A_TOOL else None
    return own
