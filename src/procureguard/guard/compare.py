"""Comparing candidates for one need."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from procureguard.alternatives.alternative import Alternative, ranked
from procureguard.alternatives.compare import as_proposed, find_candidates
from procureguard.alternatives.judge import Judge
from procureguard.facts.gather import Facts
from procureguard.report.alternatives import reported_alternative
from procureguard.report.contract import ReportedAlternative
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.text import shown
from procureguard.stack.names import propose
from procureguard.stack.stack import Stack


class Proposed(NamedTuple):
    """A purchase as it is proposed: its identity, and its facts."""

    name: str
    facts: Facts


Candidate = str | Proposed
"""A word for a tool or an offer, or a purchase that proposes one."""


def compare_candidates(judge: Judge, candidates: Sequence[Candidate]) -> tuple[ReportedAlternative, ...]:
    """The candidates compared for a need, in the order in which alternatives are ranked.

    Raises:
        InvalidInput: a word names nothing known.
    """
    judged = [(candidate, _judged(judge, candidate)) for candidate in candidates]
    unknown = [candidate for candidate, found in judged if isinstance(candidate, str) and not found]
    if unknown:
        raise InvalidInput(_nothing(word, judge.stack) for word in unknown)
    unique = {found.identity: found for _, alternatives in judged for found in alternatives}
    title = judge.stack.taxonomy.title
    return tuple(reported_alternative(found, title) for found in ranked(unique.values(), judge.need))


def purchase_of_a_need(capabilities: Iterable[str], must: Iterable[str]) -> Mapping[str, Any]:
    """A purchase that says nothing but what is needed."""
    request = {"type": "new", "capabilities": list(capabilities), "must": list(must)}
    return {"kind": "purchase", "version": 1, "request": request}


def _judged(judge: Judge, candidate: Candidate) -> list[Alternative]:
    if isinstance(candidate, Proposed):
        return [as_proposed(judge, candidate.facts, candidate.name)]
    return find_candidates(judge, candidate)


def _nothing(word: str, stack: Stack) -> Diagnostic:
    tools = [(tool.identity, tool.name) for tool in stack.inventory.tools] if stack.inventory else []
    proposals = propose(word.partition("/")[0], [*tools, *stack.catalogue.index.names])
    likely = ", ".join(f"`{found.identity}`" for found in proposals)
    hint = f"did you mean {likely}?" if likely else "name a tool by its id, a plan as `vendor/product/plan`, or a file"
    return Diagnostic("PG233", "error", f"no tool, plan or file is called {shown(word)}", name="compare", hint=hint)
