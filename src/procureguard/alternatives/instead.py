"""The same need met by something else: what was said of the need stays, what was said of the product goes."""

from collections.abc import Mapping
from typing import Any

from procureguard.facts.fact import Fact
from procureguard.facts.gather import Facts, complete, offer_facts, tool_facts
from procureguard.facts.schema import FactSchema, to_value
from procureguard.facts.statements import EXTENDS_A_TOOL, manifest_places, tool_places
from procureguard.stack.inventory import Inventory, Tool
from procureguard.stack.manifest import Offer, VendorManifest
from procureguard.stack.stack import Stack

OF_THE_PRODUCT = frozenset({"vendor", "product", "contract", "ai"})
"""Sections that speak of the product proposed; another product has its own."""

OF_THE_NEED = frozenset({"requester", "organisation"})
"""Those who state what is needed; what vendor and IT say is true of one product only."""

OF_THE_BUYER = frozenset({"purchase", "organisation", "preset"})
"""Documents in which the buyer speaks; what stands in a manifest or the inventory is said of one product or tool."""

OF_THE_ORDER = ("contract.seats", "contract.term_months", "contract.payment")
"""What the buyer decides about any order: the same is ordered of something else."""

DONE_FOR_THE_PRODUCT = frozenset({"data.impact_assessment"})
"""What the buyer has done for the product proposed; for another one it would have to be done again."""


def with_tool(facts: Facts, tool: Tool, stack: Stack, schema: FactSchema) -> Facts:
    """The same need met by an owned tool; that others are owned as well speaks against none of them."""
    known = {**_kept(facts, schema), **tool_facts(tool, stack, schema), **_of_the_tool(tool, facts, stack)}
    inventory = stack.inventory
    assert inventory is not None
    alone = Inventory.of([tool], inventory.origin, inventory.as_of)
    return complete(known, facts.registers._replace(inventory=alone), facts.as_of)


def with_offer(facts: Facts, manifest: VendorManifest, offer: Offer, schema: FactSchema) -> Facts:
    """The same need met by a product of the catalogue on one of its plans, ordered on the same terms."""
    kept = _kept(facts, schema) | {path: facts.known[path] for path in OF_THE_ORDER if _by_the_buyer(facts, path)}
    kept.pop("request.tool", None)
    said = offer_facts(manifest, offer, schema) | _of_the_offer(manifest, offer)
    known = {**kept, **said, **price_of(manifest, offer, facts, schema), **_of_the_request(facts)}
    return complete(known, facts.registers, facts.as_of)


def _kept(facts: Facts, schema: FactSchema) -> dict[str, Fact]:
    return {
        path: fact
        for path, fact in facts.known.items()
        if _by_the_buyer(facts, path) and _of_the_need(path, schema) and path not in DONE_FOR_THE_PRODUCT
    }


def _by_the_buyer(facts: Facts, path: str) -> bool:
    fact = facts.known.get(path)
    return fact is not None and fact.place is not None and fact.place.role in OF_THE_BUYER


def _of_the_need(path: str, schema: FactSchema) -> bool:
    section = path.split(".", maxsplit=1)[0]
    return section not in OF_THE_PRODUCT and schema[path].stated_by in OF_THE_NEED


def _of_the_tool(tool: Tool, facts: Facts, stack: Stack) -> Mapping[str, Fact]:
    inventory = stack.owned()
    assert inventory is not None
    place = tool_places(tool)(f"{tool.pointer}/id")
    values = {"request.type": "expansion", "request.tool": tool.identity, **_of_the_seats(tool, facts)}
    return {
        path: Fact(path, value, "it", inventory.as_of, None, place)
        for path, value in values.items()
        if value is not None
    }


def _of_the_seats(tool: Tool, facts: Facts) -> Mapping[str, Any]:
    """Free seats cost nothing more; otherwise the price of further ones is for the vendor to say."""
    users, free = facts.value("request.users"), tool.free_seats
    if users is None or free is None or users > free:
        return {"contract.seats": users}
    return {"contract.seats": users, "contract.amount": 0, "contract.period": "free", "contract.term_months": 1}


def _of_the_offer(manifest: VendorManifest, offer: Offer) -> dict[str, Fact]:
    chosen = {
        "product.vendor": manifest.identity,
        "product.id": manifest.product_id(offer.product),
        "product.plan": manifest.plan_id(offer),
    }
    return _said_by_the_manifest(chosen, manifest, "/id")


def _of_the_request(facts: Facts) -> Mapping[str, Fact]:
    """A new tool in place of one that is renewed replaces it; in place of more seats it is simply new."""
    kind, tool = facts.known.get("request.type"), facts.value("request.tool")
    if kind is None or kind.value not in EXTENDS_A_TOOL:
        return {}
    if kind.value != "renewal" or tool is None:
        return {"request.type": kind._replace(value="new")}
    replaced = tuple(dict.fromkeys((*(facts.value("request.replaces") or ()), tool)))
    return {
        "request.type": kind._replace(value="replacement"),
        "request.replaces": kind._replace(path="request.replaces", value=replaced),
    }


def price_of(manifest: VendorManifest, offer: Offer, facts: Facts, schema: FactSchema) -> Mapping[str, Fact]:
    """The facts of what an offer costs for as many people; a price by use cannot be known beforehand."""
    seats = _seats(facts)
    ordered = {} if seats is None else {"contract.seats": seats}
    price, pointer = manifest.price(offer), manifest.price_pointer(offer)
    if price is None:
        return ordered
    amount = to_value(schema["contract.amount"], price["amount"])
    amounts = {"flat": amount, "seat": None if seats is None else amount * seats.value, "usage": None}
    values = {
        "contract.amount": amounts[price["per"]],
        "contract.currency": price["currency"],
        "contract.period": price["period"],
        "contract.pricing": price["per"],
    }
    return {**_said_by_the_manifest(values, manifest, pointer), **ordered}


def _seats(facts: Facts) -> Fact | None:
    """As many seats as are ordered, or as people will log in."""
    if _by_the_buyer(facts, "contract.seats"):
        return facts.known["contract.seats"]
    users = facts.known.get("request.users")
    return None if users is None else users._replace(path="contract.seats")


def _said_by_the_manifest(values: Mapping[str, Any], manifest: VendorManifest, pointer: str) -> dict[str, Fact]:
    place = manifest_places(manifest)(pointer)
    source, as_of = manifest.header
    return {path: Fact(path, value, source, as_of, None, place) for path, value in values.items() if value is not None}
