"""What judges alternatives: the purchase, what it is checked against, and how many are looked at."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from procureguard.alternatives.need import Need
from procureguard.compile.program import Program
from procureguard.evaluate import decision
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema
from procureguard.finding import Decision
from procureguard.stack.stack import Stack

MOST_JUDGED = 24
"""How many of a kind are evaluated, those that cover most: counted, so that the answer is the same on every machine."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Judge:
    """A purchase whose need is known, and everything that something else is evaluated by in its place."""

    need: Need
    facts: Facts
    stack: Stack
    schema: FactSchema
    program: Program

    def decision_of(self, instead: Facts) -> Decision:
        """What policies decide of the purchase with something else in its place."""
        return decision(instead, self.program)


class Promising(NamedTuple, Generic[T]):
    """What is worth judging, and whether that is all there is."""

    found: Iterable[T]
    complete: bool


def most_promising(candidates: Iterable[tuple[int, Any, T]]) -> Promising[T]:
    """The candidates of the largest share of the need, `MOST_JUDGED` at most; of equal ones those first in order.

    A candidate comes with its share and what orders it among those of the same share.
    """
    listed = list(candidates)
    best = heapq.nsmallest(MOST_JUDGED, listed, key=lambda entry: (-entry[0], entry[1]))
    return Promising([candidate for _, _, candidate in best], len(listed) <= MOST_JUDGED)
