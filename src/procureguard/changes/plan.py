"""Another plan of the product: what is true on it and what it costs, in place of what was said of the one proposed."""

from collections.abc import Iterator

from procureguard.alternatives.instead import price_of
from procureguard.facts.fact import COMPUTED, Fact
from procureguard.facts.gather import Facts, complete, offer_facts
from procureguard.facts.schema import PLAN, FactSchema
from procureguard.stack.manifest import Offer, VendorManifest
from procureguard.stack.stack import Stack

OF_THE_PRICE = frozenset({"contract.amount", "contract.currency", "contract.period", "contract.pricing"})
"""What an offer costs on one plan says nothing of another."""

OF_EVERY_PLAN = frozenset(
    {
        "product.vendor",
        "product.id",
        "product.name",
        "product.delivery",
        "product.on_market_since",
        "product.end_announced",
    }
)
"""Facts of the product that no plan changes."""


def plans_of(facts: Facts, stack: Stack) -> tuple[VendorManifest, tuple[Offer, ...]] | None:
    """The manifest of the product proposed and its offers on other plans, or None where there is nothing to choose."""
    manifest = stack.catalogue.resolve(facts.value("product.vendor"))
    product = manifest.product(facts.value("product.id")) if manifest is not None else None
    if manifest is None or product is None:
        return None
    proposed = manifest.plan(product, facts.value(PLAN))
    others = tuple(
        offer
        for offer in manifest.offers()
        if offer.product == product and offer.plan is not None and offer.plan != proposed
    )
    return (manifest, others) if others else None


def on_plan(facts: Facts, manifest: VendorManifest, offer: Offer, schema: FactSchema) -> Facts:
    """The same purchase on another plan; what was said of a plan only, and is not known of this one, is unknown."""
    said = offer_facts(manifest, offer, schema)
    kept = dict(_kept(facts, manifest, offer))
    stronger = {path: fact for path, fact in said.items() if path not in kept or fact.strength >= kept[path].strength}
    plan = Fact(PLAN, manifest.plan_id(offer), "requester")
    known = {**kept, **stronger, PLAN: plan}
    priced = price_of(manifest, offer, complete(known, facts.registers, facts.as_of), schema)
    return complete({**known, **priced}, facts.registers, facts.as_of)


def _kept(facts: Facts, manifest: VendorManifest, offer: Offer) -> Iterator[tuple[str, Fact]]:
    """What was said, but for what depends on the plan and what the manifest says."""
    differing = manifest.said_of_plans(offer.product)
    for path, fact in facts.known.items():
        of_the_manifest = fact.place is not None and fact.place.role == "vendor"
        of_the_plan = path in OF_THE_PRICE or path in differing or _of_the_product(path)
        if fact.source != COMPUTED and not of_the_manifest and not of_the_plan:
            yield path, fact


def _of_the_product(path: str) -> bool:
    return path.startswith("product.") and path not in OF_EVERY_PLAN
