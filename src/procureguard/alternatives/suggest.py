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
from procureguard.facts.gather import Facts, names_a_product
from procureguard.facts.schema import FactSchema
from procureguard.finding import Rung
from procureguard.stack.stack import Stack

SHOWN = 3
"""How many owned tools, and how many products of the catalogue, are shown."""


class Suggestions(NamedTuple):
    """What was found, and where it was looked for.

    Attributes:
        need: whether it is known what is needed; nothing can be looked for before.
        inventory: whether the tools owned are known; `offers` is the number of offers in the catalogue.
        complete: whether everything that covers enough of the need was judged, and not only what covers most.
    """

    alternatives: tuple[Alternative, ...]
    need: bool
    inventory: bool
    offers: int
    complete: bool = True


def suggest(facts: Facts, evaluation: Evaluation, stack: Stack, schema: FactSchema, program: Program) -> Suggestions:
    """What else could meet the need, the best first, tools owned before others."""
    need = Need.of(facts)
    inventory, plans_known = stack.owned() is not None, stack.catalogue.index.offers
    if need is None:
        return Suggestions((), need=False, inventory=inventory, offers=plans_known)
    judge = Judge(need, facts, stack, schema, program)
    tools, plans = owned_tools(judge), offers(judge)
    owned = ranked(tools.found, need)[:SHOWN]
    welcome = (found for found in plans.found if _welcome(found, evaluation, facts))
    others = list(_one_a_product(ranked(welcome, need)))[:SHOWN]
    complete = tools.complete and plans.complete
    return Suggestions((*owned, *others), need=True, inventory=inventory, offers=plans_known, complete=complete)


def _welcome(found: Alternative, evaluation: Evaluation, facts: Facts) -> bool:
    """Whether it may be had without a review and is better than what is proposed, where anything is (law 8)."""
    if found.decision.best > Rung.APPROVE_WITH_CONDITIONS:
        return False
    return not names_a_product(facts) or better(found, evaluation.decision, facts.value("cost.annual"))


def _one_a_product(found: Iterable[Alternative]) -> Iterator[Alternative]:
    """The first plan of each product."""
    seen: set[tuple[str, str]] = set()
    for alternative in found:
        product = (alternative.facts.value("product.vendor"), alternative.facts.value("product.id"))
        if product not in seen:
            seen.add(product)
            yield alternative
