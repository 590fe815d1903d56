"""One alternative, and which of several comes first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from procureguard.alternatives.need import Coverage, Need
from procureguard.alternatives.similarity import similarities
from procureguard.compile.program import Program
from procureguard.evaluate import Evaluation, evaluate
from procureguard.facts.gather import Facts
from procureguard.finding import Decision
from procureguard.stack.inventory import Tool

Kind = Literal["owned", "activate", "catalogue", "purchase"]


@dataclass(frozen=True)
class Alternative:
    """Something else that meets the need, with the evaluation that shows what would come of it.

    Attributes:
        kind: an owned tool, one of which something must be switched on, an offer of the catalogue, or a purchase as it
            is proposed.
        identity: the tool's id, vendor, product and plan joined by `/`, or the purchase's own.
        text: what it is, in the words by which its likeness to the purpose is judged.
        tool: the owned tool; None for an offer of the catalogue.
        cleared: whether it may hold the kinds of data in question; None where they are not stated.
        facts: the purchase with this instead of what was proposed; `decision` is what evaluating it gives.
        program: the policies it is evaluated by.
    """

    kind: Kind
    identity: str
    name: str
    coverage: Coverage
    facts: Facts
    decision: Decision
    program: Program
    text: str = ""
    tool: Tool | None = field(default=None)
    cleared: bool | None = True

    @cached_property
    def evaluation(self) -> Evaluation:
        """What policies say of it, with reasons; only what is shown is asked for them."""
        return evaluate(self.facts, self.program)

    @property
    def free_seats(self) -> int | None:
        """Seats nobody uses, None where that is not stated or there are none to speak of."""
        return self.tool.free_seats if self.tool is not None else None

    @property
    def department(self) -> str | None:
        """Whose tool it is."""
        department: str | None = self.tool.get("department") if self.tool is not None else None
        return department

    @property
    def annual_cost(self) -> int | None:
        """What it would cost more a year, in ten-thousandths, None where that is not known."""
        cost: int | None = self.facts.value("cost.annual")
        return cost


def ranked(alternatives: Iterable[Alternative], need: Need) -> list[Alternative]:
    """The best first: by what may come of it, coverage, free seats, department and cost; likeness breaks ties."""
    found = sorted(alternatives, key=lambda each: (_rank(each, need), each.identity))
    ranks = [_rank(each, need) for each in found]
    if not need.purpose or len(set(ranks)) == len(ranks):
        return found
    alike = dict(
        zip((each.identity for each in found), similarities(need.purpose, [each.text for each in found]), strict=True)
    )
    return sorted(found, key=lambda each: (_rank(each, need), -alike[each.identity], each.identity))


def _rank(alternative: Alternative, need: Need) -> tuple[Any, ...]:
    decision, cost = alternative.decision, alternative.annual_cost
    return (
        alternative.tool is not None and not alternative.tool.active,
        alternative.cleared is False,
        decision.worst,
        decision.best,
        -(alternative.coverage.need or 0),
        -(alternative.free_seats or 0),
        need.department is None or alternative.department != need.department,
        cost is None,
        cost or 0,
    )
