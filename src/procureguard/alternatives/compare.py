"""Candidates for one need, each evaluated in place of the purchase."""

from collections.abc import Iterator

from procureguard.alternatives.alternative import Alternative
from procureguard.alternatives.catalogue import offer
from procureguard.alternatives.judge import Judge
from procureguard.alternatives.need import NOTHING_KNOWN, coverage_of
from procureguard.alternatives.owned import owned_tool
from procureguard.facts.gather import Facts
from procureguard.stack.manifest import Offer
from procureguard.stack.vendors import Offered


def find_candidates(judge: Judge, word: str) -> list[Alternative]:
    """What a word names, judged: a tool by its id, or the plans of `vendor`, `vendor/product` or `vendor/product/plan`.

    A vendor goes by its id, an alias or a domain; none are found where the word names nothing.
    """
    inventory = judge.stack.inventory
    tool = inventory.find(word) if inventory is not None else None
    return [owned_tool(judge, tool)] if tool is not None else [offer(judge, found) for found in _offers(judge, word)]


def as_proposed(judge: Judge, facts: Facts, name: str) -> Alternative:
    """A purchase as it is proposed, measured by the need of another one."""
    offered = facts.value("product.capabilities")
    return Alternative(
        kind="purchase",
        identity=name,
        name=facts.value("product.name") or facts.value("product.id") or name,
        coverage=NOTHING_KNOWN if offered is None else coverage_of(judge.need, offered, judge.stack.taxonomy),
        facts=facts,
        decision=judge.decision_of(facts),
        program=judge.program,
        cleared=None,
    )


def _offers(judge: Judge, word: str) -> Iterator[Offered]:
    vendor, _, rest = word.partition("/")
    named, _, plan = rest.partition("/")
    manifest = judge.stack.catalogue.resolve(vendor)
    product = manifest.product(named) if manifest is not None else None
    if manifest is None or (named and product is None):
        return
    wanted = manifest.plan(product, plan) if product is not None else None
    for found in manifest.offers():
        if (not named or found.product == product) and (not plan or found == Offer(found.product, wanted)):
            yield Offered(manifest.identity, found)
