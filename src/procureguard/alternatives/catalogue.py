"""Products of the catalogue that do the job and come out better than the purchase, or as well for less money."""

from collections.abc import Iterator

from procureguard.alternatives.alternative import Alternative
from procureguard.alternatives.instead import with_offer
from procureguard.alternatives.judge import Judge, Promising, most_promising
from procureguard.alternatives.need import ENOUGH, coverage_of, share_of
from procureguard.finding import Decision
from procureguard.stack.manifest import VendorManifest
from procureguard.stack.vendors import Offered

MOST_PLANS = 4
"""How many plans of a product are judged, the first ones of its manifest."""


def offers(judge: Judge) -> Promising[Alternative]:
    """The offers of other products that do the job with every must-have, each judged in place of the purchase.

    Products are picked by what they cover, then by how much is known of them; of each the first plans are judged.
    """
    need, taxonomy = judge.need, judge.stack.taxonomy
    products: dict[tuple[str, int], list[Offered]] = {}
    for offered in _candidates(judge):
        products.setdefault((offered.vendor, offered.offer.product), []).append(offered)
    doing = []
    for (vendor, product), plans in products.items():
        manifest = _manifest(judge, vendor)
        capabilities = manifest.capabilities(product)
        share = share_of(need, capabilities, taxonomy)
        if share >= ENOUGH and all(taxonomy.level(capabilities, name) for name in need.must):
            doing.append((share, (-manifest.known(product), vendor, product), plans))
    picked = most_promising(doing)
    return Promising((offer(judge, found) for plans in picked.found for found in plans[:MOST_PLANS]), picked.complete)


def offer(judge: Judge, offered: Offered) -> Alternative:
    """One offer judged in place of the purchase."""
    manifest = _manifest(judge, offered.vendor)
    instead = with_offer(judge.facts, manifest, offered.offer, judge.schema)
    words = (manifest.identity, manifest.product_id(offered.offer.product), manifest.plan_id(offered.offer))
    name = instead.value("product.name") or manifest.name
    return Alternative(
        kind="catalogue",
        identity="/".join(word for word in words if word is not None),
        name=name,
        coverage=coverage_of(judge.need, manifest.capabilities(offered.offer.product), judge.stack.taxonomy),
        facts=instead,
        decision=judge.decision_of(instead),
        program=judge.program,
        text=f"{name} {manifest.description(offered.offer.product)}",
        cleared=None,
    )


def better(alternative: Alternative, decision: Decision, cost: int | None) -> bool:
    """Whether an alternative is better than a purchase of that decision and cost, or as good for less money."""
    own, other = (alternative.decision.worst, alternative.decision.best), (decision.worst, decision.best)
    if own != other:
        return own < other
    return cost is not None and alternative.annual_cost is not None and alternative.annual_cost < cost


def _candidates(judge: Judge) -> Iterator[Offered]:
    """Offers that do any of it, but for what is proposed, of which another plan is a change, and for what is owned."""
    left_out = {_proposed(judge), *_owned(judge)}
    for offered in judge.stack.catalogue.doing(judge.stack.taxonomy.doers(judge.need.wanted)):
        if (offered.vendor, _manifest(judge, offered.vendor).product_id(offered.offer.product)) not in left_out:
            yield offered


def _proposed(judge: Judge) -> tuple[str, str] | None:
    """Vendor and product of the purchase by the ids of their manifest, None where no manifest has them."""
    return _product(judge, judge.facts.value("product.vendor"), judge.facts.value("product.id"))


def _owned(judge: Judge) -> Iterator[tuple[str, str] | None]:
    inventory = judge.stack.inventory
    tools = inventory.doing(judge.stack.taxonomy.doers(judge.need.wanted)) if inventory is not None else ()
    return (_product(judge, tool.get("vendor"), tool.get("product")) for tool in tools if tool.active)


def _product(judge: Judge, vendor: str | None, word: str | None) -> tuple[str, str] | None:
    manifest = judge.stack.catalogue.resolve(vendor)
    product = manifest.product(word) if manifest is not None else None
    return None if manifest is None or product is None else (manifest.identity, manifest.product_id(product))


def _manifest(judge: Judge, vendor: str) -> VendorManifest:
    manifest = judge.stack.catalogue.get(vendor)
    assert manifest is not None
    return manifest
