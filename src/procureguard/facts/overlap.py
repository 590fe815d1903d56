"""What the inventory already covers of the need."""

from collections.abc import Iterator
from typing import NamedTuple

from procureguard.facts.computation import Computation
from procureguard.facts.schema import Value
from procureguard.facts.statements import EXTENDS_A_TOOL
from procureguard.stack.inventory import Tool


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
    """Whether a tool of the very same product is owned and not retired."""
    vendor, product = facts.read("product.vendor", "product.id")
    return any(
        tool.get("vendor") == vendor and tool.get("product") == product and tool.get("status") != "retired"
        for tool in _others(facts)
    )


def exclusive_taken(facts: Computation) -> Value:
    """Exclusive capabilities asked for that an active tool does fully and that is not given up."""
    wanted, exclusive = facts.read("request.capabilities", "organisation.exclusive_capabilities")
    holders = {
        capability: [tool for tool in _active(facts) if tool.capabilities.get(capability) == "full"]
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
    tools = [tool for tool in _active(facts) if tool.identity not in replaced]
    doing = (sum(tool.capabilities.get(capability) in ("full", "partial") for tool in tools) for capability in must)
    return max(doing, default=0)


def _best(facts: Computation) -> Covering | None:
    wanted, must, categories = facts.read("request.capabilities", "request.must", "data.categories")
    taxonomy = facts.registers.taxonomy
    covering = (
        Covering(taxonomy.coverage(tool.capabilities, wanted, must), tool)
        for tool in _active(facts)
        if tool.cleared(frozenset(categories))
    )
    ranked = sorted(covering, key=lambda entry: (-entry.coverage, -(entry.tool.free_seats or 0), entry.tool.identity))
    return ranked[0] if ranked and ranked[0].coverage else None


def _active(facts: Computation) -> Iterator[Tool]:
    return (tool for tool in _others(facts) if tool.active)


def _others(facts: Computation) -> Iterator[Tool]:
    """All tools but the one that is renewed or extended."""
    kind = facts.read_one("request.type")
    own = facts.read_one("request.tool") if kind in EXTENDS_A_TOOL else None
    return (tool for tool in facts.inventory.tools if tool.identity != own)
