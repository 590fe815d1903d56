"""The ways that a report shows: where something stands in the way of a yes that no answer could clear."""

from procureguard.changes.space import space_of
from procureguard.changes.trial import Trials
from procureguard.changes.way import NO_WAYS, YES, Limits, Ways, ways_to
from procureguard.compile.program import Program
from procureguard.evaluate import Evaluation
from procureguard.facts.gather import Facts, names_a_product
from procureguard.facts.schema import FactSchema
from procureguard.stack.stack import Stack

MOST_STEPS = 4
"""A longer list of changes is no advice any more; `what-if` looks for those too."""


def suggest_ways(facts: Facts, evaluation: Evaluation, stack: Stack, schema: FactSchema, program: Program) -> Ways:
    """The smallest changes that make a purchase a yes, or at least less of a no."""
    decision = evaluation.decision
    better = [rung for rung in YES if decision.best > rung]
    if not better or not names_a_product(facts):
        return NO_WAYS
    trials = Trials(space_of(facts, stack, schema, program), program)
    return ways_to(better, trials, decision, Limits(MOST_STEPS))
