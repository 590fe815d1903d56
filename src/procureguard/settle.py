"""Settled verdicts: every completion agrees although three-valued logic cannot see it (law 5)."""

from collections.abc import Iterator

from procureguard.compile.program import Program
from procureguard.evaluate import Evaluation, evaluate
from procureguard.facts.fact import Fact
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema, FactType
from procureguard.finding import NEEDS_INFO, Outcome, Rung, VerdictWord, rung_of

MOST_EVALUATIONS = 1_024
"""How many completions are tried: counted, never timed, so that the answer is the same on every machine."""


class _TooMany(Exception):  # noqa: N818 - ends a search that may end without an answer
    """The search has used up its evaluations, or met a fact with too many values to try."""


def settled_verdict(facts: Facts, evaluation: Evaluation, program: Program, schema: FactSchema) -> VerdictWord | None:
    """The verdict that every completion of the unknown facts gives, or None where they differ or cannot all be tried.

    Facts are taken one by one and given each value of their type; a fact without a short list of values ends the
    search, so an answer is always right and sometimes missing.
    """
    if evaluation.decision.verdict != NEEDS_INFO:
        return None
    search = _Search(program, schema)
    found: set[VerdictWord] = set()
    try:
        for verdict in search.verdicts(facts, evaluation):
            found.add(verdict)
            if len(found) > 1:
                return None
    except _TooMany:
        return None
    return found.pop()


class _Search:
    def __init__(self, program: Program, schema: FactSchema) -> None:
        self._program = program
        self._schema = schema
        self._evaluations = 0

    def verdicts(self, facts: Facts, evaluation: Evaluation) -> Iterator[VerdictWord]:
        """The verdicts of all completions, depth first; a case that is decided is not split further."""
        verdict = evaluation.decision.verdict
        if verdict != NEEDS_INFO:
            yield verdict
            return
        kind = self._next(evaluation)
        for value in _values(kind):
            self._evaluations += 1
            if self._evaluations > MOST_EVALUATIONS:
                raise _TooMany
            completed = facts.with_fact(Fact(kind.path, value, "requester"))
            yield from self.verdicts(completed, evaluate(completed, self._program))

    def _next(self, evaluation: Evaluation) -> FactType:
        """The unknown fact to split on: the first by name, of those that could make the verdict worse."""
        certain = max(evaluation.decision.best, Rung.APPROVE_WITH_CONDITIONS)
        deciding = [found for found in evaluation.with_outcome(Outcome.UNKNOWN) if rung_of(found.effect) > certain]
        waiting = sorted({path for finding in deciding for path in finding.waits})
        kinds = (self._schema[path] for path in waiting)
        return next((kind for kind in kinds if _values(kind)), None) or _give_up()


def _values(kind: FactType) -> tuple[bool | str, ...]:
    if kind.type == "bool":
        return (False, True)
    return kind.values or () if kind.type == "enum" else ()


def _give_up() -> FactType:
    raise _TooMany
