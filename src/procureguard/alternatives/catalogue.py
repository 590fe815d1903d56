"""Products of the catalogue that do the job and come out better than the purchase, or as well for less money."""

from collections.abc import Iterator

from procureguard.alternatives.alternative import Alternative
from procureguard.alternatives.instead import with_offer
from procureguard.alternatives.judge import Judge, most_promising
from procureguard.alternatives.need import ENOUGH, coverage_of, share_of
from procureguard.finding import Decision, Rung
from procureguard.stack.manifest import VendorManifest
from procureguard.stack.vendors import Offered


def offers(judge: Judge) -> Iterator[Alternative]:
    """The offers of other products that do the job with every must-have, each judged in place of the purchase."""
    need, taxonomy = judge.need, judge.stack.taxonomy
    promising = []
    for offered in _candidates(judge):
        capabilities = _manifest(judge, offered).capabilities(offered.offer.product)
        share = share_of(need, capabilities, taxonomy)
        if share >= ENOUGH and all(taxonomy.level(capabilities, name) for name in need.must):
            promising.append((share, offered))
    return (offer(judge, offered) for offered in most_promising(promising, lambda offered: offered))


def offer(judge: Judge, offered: Offered) -> Alternative:
    """One offer judged in place of the purchase."""
    manifest = _manifest(judge, offered)
    instead = with_offer(judge.facts, manifest, offered.offer, judge.schema)
    words = (manifest.identity, manifest.product_id(offered.offer.product), manifest.plan_id(offered.offer))
    name = instead.value("product.name") or manifest.name
    return Alternative(
        kind="catalogue",
        identity="/".join(word for word in words if word is not None),
        name=name,
        coverage=coverage_of(judge.need, manifest.capabilities(offered.offer.product), judge.stack.taxonomy),
        facts=instead,
        evaluation=judge.evaluation_of(instead),
        text=f"{name} {manifest.description(offered.offer.product)}",
    )


def better(alternative: Alternative, decision: Decision, cost: int | None) -> bool:
    """Whether an alternative may be had without a review, and is better than a purchase of that decision and cost.

    As good for less money is better too.
    """
    own, other = (alternative.decision.worst, alternative.decision.best), (decision.worst, decision.best)
    if alternative.decision.best > Rung.APPROVE_WITH_CONDITIONS:
        return False
    if own != other:
        return own < other
    return cost is not None and alternative.annual_cost is not None and alternative.annual_cost < cost


def _candidates(judge: Judge) -> Iterator[Offered]:
    """Offers that do any of it, but for the product that is proposed: another plan of it is a change, not a product."""
    proposed = _proposed(judge)
    for offered in judge.stack.catalogue.doing(judge.stack.taxonomy.doers(judge.need.wanted)):
        manifest = _manifest(judge, offered)
        if (manifest.identity, manifest.product_id(offered.offer.product)) != proposed:
            yield offered


def _proposed(judge: Judge) -> tuple[str, str] | None:
    """Vendor and product of the purchase by the ids of their manifest, None where no manifest has them."""
    manifest = judge.stack.catalogue.resolve(judge.facts.value("product.vendor"))
    product = manifest.product(judge.facts.value("product.id")) if manifest is not None else None
    return None if manifest is None or product is None else (manifest.identity, manifest.product_id(product))


def _manifest(judge: Judge, offered: Offered) -> VendorManifest:
    manifest = judge.stack.catalogue.get(offered.vendor)
    assert manifest is not None
    return manifest
