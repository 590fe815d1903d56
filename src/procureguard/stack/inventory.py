"""The inventory: the tools an organisation owns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import check_kind
from procureguard.source.stated import Block, plain


@dataclass(frozen=True, slots=True)
class Tool:
    """One owned tool; what nobody has stated is None, and an unstated clearance is not a refusal."""

    identity: str
    pointer: str
    facts: Mapping[str, Any]

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


@dataclass(frozen=True, slots=True)
class Inventory:
    """All tools owned; what is not in it is not owned."""

    document: Document | None
    tools: tuple[Tool, ...]

    @property
    def as_of(self) -> str | None:
        """The day the list was true, where it says so."""
        data = self.document.data if self.document else None
        return data.get("as_of") if isinstance(data, dict) else None  # type: ignore[return-value] # text by the schema

    def blocks(self) -> Iterator[Block]:
        """The facts of every tool."""
        return (Block(tool.pointer, "tool", tool.facts) for tool in self.tools)

    def find(self, identity: str | None) -> Tool | None:
        """The tool of that id."""
        return next((tool for tool in self.tools if tool.identity == identity), None)


def load_inventory(document: Document, problems: list[Diagnostic]) -> Inventory | None:
    """The inventory a document lists, or None with everything wrong with it added to the problems."""
    if not check_kind(document, "inventory", problems):
        return None
    assert isinstance(document.data, dict)
    entries: Any = document.data.get("tools")
    tools = tuple(Tool(str(plain(entry["id"])), f"/tools/{place}", entry) for place, entry in enumerate(entries))
    first: dict[str, Tool] = {}
    for tool in tools:
        if first.setdefault(tool.identity, tool) is not tool:
            line = document.source.position(document.value_span(f"{first[tool.identity].pointer}/id").start).line
            message = f"the tool `{tool.identity}` stands twice in the inventory, first in line {line}"
            span = document.value_span(f"{tool.pointer}/id")
            problems.append(
                Diagnostic.error("PG223", message, document.source, span, "give each tool an id of its own")
            )
    return Inventory(document, tools)
