"""Tools already owned that cover the need, some of them once something is switched on."""

from collections.abc import Iterator

from procureguard.alternatives.alternative import Alternative
from procureguard.alternatives.instead import with_tool
from procureguard.alternatives.judge import Judge, Promising, most_promising
from procureguard.alternatives.need import NOTEWORTHY, Need, coverage_of, share_of
from procureguard.stack.inventory import Tool


def owned_tools(judge: Judge) -> Promising[Alternative]:
    """The active tools that cover enough of the need, each judged in place of the purchase."""
    need, taxonomy = judge.need, judge.stack.taxonomy
    covering = ((share_of(need, tool.capabilities, taxonomy), tool) for tool in _candidates(judge))
    worth_a_look = ((share, _order(tool, need), tool) for share, tool in covering if share >= NOTEWORTHY)
    picked = most_promising(worth_a_look)
    return Promising((owned_tool(judge, tool) for tool in picked.found), picked.complete)


def owned_tool(judge: Judge, tool: Tool) -> Alternative:
    """One tool judged in place of the purchase."""
    need, taxonomy = judge.need, judge.stack.taxonomy
    coverage = coverage_of(need, tool.capabilities, taxonomy)
    instead = with_tool(judge.facts, tool, judge.stack, judge.schema)
    return Alternative(
        kind="activate" if coverage.latent else "owned",
        identity=tool.identity,
        name=tool.name,
        coverage=coverage,
        facts=instead,
        decision=judge.decision_of(instead),
        program=judge.program,
        text=" ".join((tool.name, *(taxonomy.title(name) for name in sorted(tool.capabilities)))),
        tool=tool,
        cleared=_cleared(tool, need.categories),
    )


def _candidates(judge: Judge) -> Iterator[Tool]:
    """Active tools that do any of it, but for the one that is renewed or given up."""
    inventory = judge.stack.inventory
    if inventory is None:
        return
    left_out = {judge.facts.value("request.tool"), *(judge.facts.value("request.replaces") or ())}
    for tool in inventory.doing(judge.stack.taxonomy.doers(judge.need.wanted)):
        if tool.active and tool.identity not in left_out:
            yield tool


def _cleared(tool: Tool, categories: frozenset[str] | None) -> bool | None:
    if categories is None:
        return True if tool.get("cleared_for") is None else None
    return tool.cleared(categories)


def _order(tool: Tool, need: Need) -> tuple[bool, int, str]:
    return _cleared(tool, need.categories) is False, -(tool.free_seats or 0), tool.identity
