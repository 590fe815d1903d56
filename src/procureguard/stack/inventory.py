"""The inventory: the tools an organisation owns."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import check_kind
from procureguard.source.origin import Origin
from procureguard.source.stated import Block, Places, places_of, plain
from procureguard.stack.shelf import Shelf, packed, unpacked


@dataclass(frozen=True, slots=True)
class Tool:
    """One owned tool; what nobody has stated is None, and an unstated clearance is not a refusal."""

    identity: str
    pointer: str
    facts: Mapping[str, Any]
    places: Places

    def get(self, name: str) -> Any:  # noqa: ANN401 - the type is that of the fact, checked against the schema
        """One fact of the tool, however it is written, or None where it is not stated."""
        return plain(self.facts.get(name))

    @property
    def name(self) -> str:
        """The name people use, or the id."""
        return str(self.get("name") or self.identity)

    @property
    def capabilities(self) -> Mapping[str, str]:
        """What it does, and how fully: full, partial or latent."""
        return self.get("capabilities") or {}

    @property
    def active(self) -> bool:
        """Whether people may rely on it: neither planned, on trial, ending nor retired."""
        return bool(self.get("status") == "active")

    @property
    def free_seats(self) -> int | None:
        """Seats owned less seats used, not below 0, or None where either is not stated."""
        seats, used = self.get("seats"), self.get("seats_used")
        return None if seats is None or used is None else max(0, seats - used)

    def cleared(self, categories: frozenset[str]) -> bool:
        """Whether it may hold these kinds of data; public content always, and anything where no limit is stated."""
        limit = self.get("cleared_for")
        return limit is None or categories - {"public_content"} <= frozenset(limit)


class _Index(NamedTuple):
    """The numbers of tools by what is asked for; `silent` is how many active ones say nothing of what they do."""

    identities: Mapping[str, int]
    doing: Mapping[str, tuple[int, ...]]
    vendors: Mapping[str, tuple[int, ...]]
    silent: int


@dataclass(frozen=True, slots=True, eq=False)
class Inventory:
    """All tools owned; what is not in it is not owned. `as_of` is the day the list was true, where it says so."""

    origin: Origin | None
    as_of: str | None
    tools: Shelf[Tool]
    index: _Index

    @classmethod
    def of(cls, tools: Iterable[Tool], origin: Origin | None = None, as_of: str | None = None) -> "Inventory":
        """The inventory of some tools; without an origin it is a statement of the organisation."""
        listed = list(tools)
        index = _Index(
            {tool.identity: number for number, tool in enumerate(listed)},
            _numbers((number, name) for number, tool in enumerate(listed) for name in tool.capabilities),
            _numbers((number, tool.get("vendor")) for number, tool in enumerate(listed) if tool.get("vendor")),
            sum(tool.active and not tool.capabilities for tool in listed),
        )
        entries = (packed((tool.identity, tool.pointer, tool.facts, tool.places)) for tool in listed)
        return cls(origin, as_of, Shelf(entries, _opened), index)

    def to_bytes(self) -> bytes:
        """Everything of it, for a cache."""
        return packed((self.origin and tuple(self.origin), self.as_of, self.tools.packed, tuple(self.index)))

    @classmethod
    def from_bytes(cls, content: bytes) -> "Inventory":
        """What `to_bytes` has packed."""
        origin, as_of, entries, index = unpacked(content)
        return cls(origin and Origin(*origin), as_of, Shelf(entries, _opened), _Index(*index))

    def blocks(self) -> Iterator[Block]:
        """The facts of every tool."""
        return (Block(tool.pointer, "tool", tool.facts) for tool in self.tools)

    def find(self, identity: str | None) -> Tool | None:
        """The tool of that id."""
        number = self.index.identities.get(identity or "")
        return None if number is None else self.tools[number]

    @property
    def identities(self) -> Collection[str]:
        """The ids of all tools."""
        return self.index.identities.keys()

    def doing(self, capabilities: Iterable[str]) -> Iterator[Tool]:
        """The tools that state at least one of these capabilities, at whatever level."""
        numbers = {number for name in capabilities for number in self.index.doing.get(name, ())}
        return (self.tools[number] for number in sorted(numbers))

    @property
    def vendor_words(self) -> Collection[str]:
        """What the tools call their vendors."""
        return self.index.vendors.keys()

    def of_vendors(self, words: Iterable[str]) -> Iterator[Tool]:
        """The tools that call their vendor by one of these words."""
        numbers = {number for word in words for number in self.index.vendors.get(word, ())}
        return (self.tools[number] for number in sorted(numbers))


def load_inventory(document: Document, problems: list[Diagnostic]) -> Inventory | None:
    """The inventory a document lists, or None with everything wrong with it added to the problems."""
    if not check_kind(document, "inventory", problems):
        return None
    data: Any = document.data
    tools = tuple(_tools(document, data["tools"]))
    first: dict[str, Tool] = {}
    problems += [
        _twice(document, tool, first[tool.identity])
        for tool in tools
        if first.setdefault(tool.identity, tool) is not tool
    ]
    return Inventory.of(tools, Origin.of(document.source), data.get("as_of"))


def _tools(document: Document, entries: list[Mapping[str, Any]]) -> Iterator[Tool]:
    blocks = [Block(f"/tools/{place}", "tool", entry) for place, entry in enumerate(entries)]
    places = places_of(document, blocks)
    for block in blocks:
        own = {pointer: places[pointer] for pointer in (block.value_pointer(name) for name in block.facts)}
        yield Tool(str(plain(block.facts["id"])), block.pointer, block.facts, own)


def _twice(document: Document, tool: Tool, first: Tool) -> Diagnostic:
    line = document.source.position(document.value_span(f"{first.pointer}/id").start).line
    message = f"the tool `{tool.identity}` stands twice in the inventory, first in line {line}"
    span = document.value_span(f"{tool.pointer}/id")
    return Diagnostic.error("PG223", message, document.source, span, "give each tool an id of its own")


def _numbers(pairs: Iterable[tuple[int, str]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, word in pairs:
        found.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


def _opened(entry: tuple[str, str, Mapping[str, Any], Places]) -> Tool:
    return Tool(*entry)


NO_TOOLS = Inventory.of(())
"""The inventory of an organisation that owns nothing."""
