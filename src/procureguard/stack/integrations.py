"""Which tools exchange data: connected groups, islands, and tools of which nobody has said it.

A connection counts in both directions, whichever side names it. Planned and retired tools connect nothing.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from procureguard.stack.inventory import Tool

IN_USE = frozenset({"trial", "active", "ending"})
"""Stages of life in which a tool exchanges data."""


class Member(NamedTuple):
    """A tool in a group, by the id that connections name, and with how many others it exchanges data.

    Attributes:
        tool: None where a tool names something that is not in the inventory.
    """

    identity: str
    tool: Tool | None
    connections: int

    @property
    def name(self) -> str:
        """The name people use, or what the tool that names it calls it."""
        return self.tool.name if self.tool else self.identity


class Group(NamedTuple):
    """Tools connected with one another, directly or through others; those with most connections first."""

    members: tuple[Member, ...]
    connections: tuple[tuple[str, str], ...]


class Landscape(NamedTuple):
    """All tools by what is known of their connections.

    Attributes:
        groups: the largest first.
        islands: active tools that state that they exchange data with none, and that no other tool names.
        not_stated: active tools that state nothing and that no other tool names.
    """

    groups: tuple[Group, ...]
    islands: tuple[Tool, ...]
    not_stated: tuple[Tool, ...]


class Exchange(NamedTuple):
    """A system a tool exchanges data with, and which of the two says so."""

    identity: str
    tool: Tool | None
    named_here: bool
    named_there: bool


def find_groups(tools: Iterable[Tool]) -> Landscape:
    """Groups, islands and tools not known, whatever the order of the tools."""
    known = {tool.identity: tool for tool in sorted(tools, key=lambda tool: tool.identity)}
    neighbours = _neighbours(known.values())
    components = _components(neighbours)
    groups = sorted(
        (_group(found, neighbours, known) for found in components),
        key=lambda group: (-len(group.members), min(member.identity for member in group.members)),
    )
    alone = [tool for tool in known.values() if tool.active and tool.identity not in neighbours]
    return Landscape(
        tuple(groups),
        tuple(tool for tool in alone if tool.get("systems") is not None),
        tuple(tool for tool in alone if tool.get("systems") is None),
    )


def exchanges_of(tool: Tool, tools: Iterable[Tool]) -> tuple[Exchange, ...]:
    """What a tool exchanges data with, by its own word or by that of a tool in use, in the order of ids."""
    known = {other.identity: other for other in tools}
    here = _named(tool)
    there = {other.identity for other in known.values() if _connects(other) and tool.identity in _named(other)}
    return tuple(
        Exchange(identity, known.get(identity), identity in here, identity in there)
        for identity in sorted(here | there - {tool.identity})
    )


def _connects(tool: Tool) -> bool:
    return tool.get("status") in IN_USE


def _named(tool: Tool) -> frozenset[str]:
    return frozenset(tool.get("systems") or ()) - {tool.identity}


def _neighbours(tools: Iterable[Tool]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for tool in tools:
        for other in _named(tool) if _connects(tool) else ():
            found.setdefault(tool.identity, set()).add(other)
            found.setdefault(other, set()).add(tool.identity)
    return found


def _components(neighbours: Mapping[str, set[str]]) -> list[frozenset[str]]:
    found: list[frozenset[str]] = []
    seen: set[str] = set()
    for start in sorted(neighbours):
        reached, waiting = set[str](), [start] if start not in seen else []
        while waiting:
            identity = waiting.pop()
            if identity not in reached:
                reached.add(identity)
                waiting += neighbours[identity] - reached
        seen |= reached
        found += [frozenset(reached)] if reached else []
    return found


def _group(found: frozenset[str], neighbours: Mapping[str, set[str]], known: Mapping[str, Tool]) -> Group:
    members = (Member(identity, known.get(identity), len(neighbours[identity])) for identity in found)
    connections = {(min(one, other), max(one, other)) for one in found for other in neighbours[one]}
    ordered = sorted(members, key=lambda member: (-member.connections, member.identity))
    return Group(tuple(ordered), tuple(sorted(connections)))
