"""What judges alternatives: the purchase, what it is checked against, and how many are looked at."""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from procureguard.alternatives.need import Need
from procureguard.compile.program import Program
from procureguard.evaluate import Evaluation, evaluate
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema
from procureguard.stack.stack import Stack

MOST_JUDGED = 32
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

    def evaluation_of(self, instead: Facts) -> Evaluation:
        """What policies say of the purchase with something else in its place."""
        return evaluate(instead, self.program)


def most_promising(candidates: Iterable[tuple[int, T]], order: Callable[[T], Any]) -> list[T]:
    """The candidates of the largest share of the need, `MOST_JUDGED` at most; of equal ones those first in order."""
    best = heapq.nsmallest(MOST_JUDGED, candidates, key=lambda found: (-found[0], order(found[1])))
    return [candidate for _, candidate in best]
