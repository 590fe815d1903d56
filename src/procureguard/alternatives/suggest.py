"""The alternatives that are shown: tools owned, tools to switch on, and products of the catalogue."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from procureguard.alternatives.alternative import Alternative, ranked
from procureguard.alternatives.catalogue import better, offers
from procureguard.alternatives.judge import Judge
from procureguard.alternatives.need import Need
from procureguard.alternatives.owned import owned_tools
from procureguard.compile.program import Program
from procureguard.evaluate import Evaluation
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema
from procureguard.stack.stack import Stack

SHOWN = 3
"""How many owned tools, and how many products of the catalogue, are shown."""


class Suggestions(NamedTuple):
    """What was found, and where it was looked for.

    Attributes:
        need: whether it is known what is needed; nothing can be looked for before.
        inventory: whether the tools owned are known; `offers` is the number of offers in the catalogue.
    """

    alternatives: tuple[Alternative, ...]
    need: bool
    inventory: bool
    offers: int


def suggest(facts: Facts, evaluation: Evaluation, stack: Stack, schema: FactSchema, program: Program) -> Suggestions:
    """What else could meet the need, the best first, tools owned before others."""
    need = Need.of(facts)
    catalogue = stack.catalogue
    if need is None:
        return Suggestions((), False, stack.owned() is not None, catalogue.index.offers)  # noqa: FBT003 - a field
    judge = Judge(need, facts, stack, schema, program)
    owned = ranked(owned_tools(judge), need)[:SHOWN]
    cost = facts.value("cost.annual")
    from_catalogue = (found for found in offers(judge) if better(found, evaluation.decision, cost))
    others = list(_one_a_product(ranked(from_catalogue, need)))[:SHOWN]
    return Suggestions((*owned, *others), True, stack.owned() is not None, catalogue.index.offers)  # noqa: FBT003 - a field


def _one_a_product(found: Iterable[Alternative]) -> Iterator[Alternative]:
    """The first plan of each product."""
    seen: set[tuple[str, str]] = set()
    for alternative in found:
        product = (alternative.facts.value("product.vendor"), alternative.facts.value("product.id"))
        if product not in seen:
            seen.add(product)
            yield alternative
