"""Alternatives: owned tools that cover the need, each judged by evaluating the purchase with that tool instead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from procureguard.compile.program import Program
from procureguard.evaluate import Evaluation, evaluate
from procureguard.facts.fact import Fact, Place
from procureguard.facts.gather import Facts, complete, registers_for, tool_facts
from procureguard.facts.schema import FactSchema
from procureguard.stack.inventory import Inventory, Tool
from procureguard.stack.stack import Stack

NOTEWORTHY = 4_000
"""The share of the need, in ten-thousandths, from which an owned tool is worth a look."""

SHOWN = 3
OF_THE_PRODUCT = frozenset({"vendor", "product", "contract", "ai"})
"""Sections that speak of the product proposed; another product has its own."""

OF_THE_NEED = frozenset({"requester", "organisation"})
"""Those who state what is needed; what vendor and IT say is true of one product only."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """An owned tool in place of the purchase, with the evaluation that shows what would come of it.

    Attributes:
        coverage: the weighted share of the need it covers, 0 to 10,000.
        covers: what it does of what was asked for; `lacks` is the rest.
        free_seats: seats nobody uses, None where that is not stated.
        cleared: whether it may hold the kinds of data in question.
        evaluation: the purchase evaluated with this tool.
    """

    tool: Tool
    coverage: int
    covers: tuple[str, ...]
    lacks: tuple[str, ...]
    free_seats: int | None
    cleared: bool
    facts: Facts
    evaluation: Evaluation

    @property
    def annual_cost(self) -> int | None:
        """What it would cost more a year, in ten-thousandths, None where that is not known."""
        cost: int | None = self.facts.value("cost.annual")
        return cost


def owned_tools(facts: Facts, stack: Stack, schema: FactSchema, program: Program) -> tuple[Alternative, ...]:
    """The owned tools that cover enough of the need, best first; none while the need or the inventory is not stated."""
    inventory = stack.owned()
    wanted, must = facts.value("request.capabilities"), facts.value("request.must") or ()
    if inventory is None or inventory.document is None or not wanted:
        return ()
    found = []
    for tool in _candidates(inventory, facts):
        coverage = stack.taxonomy.coverage(tool.capabilities, wanted, must)
        if coverage >= NOTEWORTHY:
            found.append(_alternative(tool, coverage, facts, stack, schema, program))
    return tuple(sorted(found, key=lambda alternative: _rank(alternative, facts))[:SHOWN])


def _candidates(inventory: Inventory, facts: Facts) -> Iterator[Tool]:
    own = facts.value("request.tool")
    return (tool for tool in inventory.tools if tool.active and tool.identity != own)


def _rank(alternative: Alternative, facts: Facts) -> tuple[Any, ...]:
    decision = alternative.evaluation.decision
    department = alternative.tool.get("department")
    return (
        not alternative.cleared,
        decision.worst,
        decision.best,
        -alternative.coverage,
        -(alternative.free_seats or 0),
        department is None or department != facts.value("request.department"),
        alternative.tool.identity,
    )


def _alternative(
    tool: Tool, coverage: int, facts: Facts, stack: Stack, schema: FactSchema, program: Program
) -> Alternative:
    instead = with_tool(facts, tool, stack, schema)
    wanted = sorted({*facts.value("request.capabilities"), *(facts.value("request.must") or ())})
    levels = {name: stack.taxonomy.level(tool.capabilities, name) for name in wanted}
    return Alternative(
        tool,
        coverage,
        tuple(name for name in wanted if levels[name]),
        tuple(name for name in wanted if not levels[name]),
        tool.free_seats,
        tool.cleared(frozenset(facts.value("data.categories") or ())),
        instead,
        evaluate(instead, program),
    )


def with_tool(facts: Facts, tool: Tool, stack: Stack, schema: FactSchema) -> Facts:
    """The same need met by an owned tool: what was said of the need stays, what was said of the product goes."""
    kept = {path: fact for path, fact in facts.known.items() if _of_the_need(path, schema)}
    known = {**kept, **tool_facts(tool, stack, schema), **_of_the_request(tool, facts, stack)}
    return complete(known, registers_for(stack, known), facts.as_of)


def _of_the_need(path: str, schema: FactSchema) -> bool:
    section = path.split(".", maxsplit=1)[0]
    return section not in OF_THE_PRODUCT and schema[path].stated_by in OF_THE_NEED


def _of_the_request(tool: Tool, facts: Facts, stack: Stack) -> Mapping[str, Fact]:
    inventory = stack.owned()
    assert inventory is not None
    assert inventory.document is not None
    place = Place.of(inventory.document, "inventory", "inventory", tool.pointer)
    values = {
        "request.type": "expansion",
        "request.tool": tool.identity,
        **_of_the_seats(tool, facts),
    }
    return {
        path: Fact(path, value, "it", inventory.as_of, None, place)
        for path, value in values.items()
        if value is not None
    }


def _of_the_seats(tool: Tool, facts: Facts) -> Mapping[str, Any]:
    """Free seats cost nothing more; otherwise the price of further ones is for the vendor to say."""
    users, free = facts.value("request.users"), tool.free_seats
    if users is None or free is None or users > free:
        return {"contract.seats": users}
    return {"contract.seats": users, "contract.amount": 0, "contract.period": "free", "contract.term_months": 1}
