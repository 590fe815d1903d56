"""The decision log: what was decided on earlier purchases, when, and on which facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from procureguard.source.document import Document
from procureguard.source.origin import Origin
from procureguard.source.stated import Block, blocks_of, plain
from procureguard.stack.shelf import packed, unpacked

ValueOf = Callable[[str, Any], Any]
"""The value that evaluators compare, from the path of a fact and what a document states of it."""


class PastDecision(NamedTuple):
    """One decision: the reference of the purchase, the day as an ordinal, and the facts it rests on by path."""

    purchase: str
    tool: str | None
    day: int
    approved: bool
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DecisionLog:
    """All decisions, by purchase and by tool, each in the order of their days; what is not here was never decided."""

    by_purchase: Mapping[str, tuple[PastDecision, ...]]
    by_tool: Mapping[str, tuple[PastDecision, ...]]
    origin: Origin | None = None

    @classmethod
    def of(cls, decisions: Iterable[PastDecision], origin: Origin | None = None) -> "DecisionLog":
        """The log of some decisions; of those of one day, the later one counts."""
        by_purchase: dict[str, list[PastDecision]] = {}
        by_tool: dict[str, list[PastDecision]] = {}
        for found in sorted(decisions, key=lambda found: found.day):
            by_purchase.setdefault(found.purchase, []).append(found)
            if found.tool is not None:
                by_tool.setdefault(found.tool, []).append(found)
        return cls(_frozen(by_purchase), _frozen(by_tool), origin)

    def to_bytes(self) -> bytes:
        """Everything of it, for a cache."""
        decisions = [tuple(found) for found in self]
        return packed((decisions, self.origin and tuple(self.origin)))

    @classmethod
    def from_bytes(cls, content: bytes) -> "DecisionLog":
        """What `to_bytes` has packed."""
        decisions, origin = unpacked(content)
        return cls.of((PastDecision(*found) for found in decisions), origin and Origin(*origin))

    def __iter__(self) -> Iterator[PastDecision]:
        return (found for decisions in self.by_purchase.values() for found in decisions)

    def __bool__(self) -> bool:
        return bool(self.by_purchase)

    def approval(self, purchase: str, day: date) -> PastDecision | None:
        """The approval of a purchase that counts on a day: what was decided last, unless that was a refusal."""
        last = _last(self.by_purchase.get(purchase, ()), day)
        return last if last is not None and last.approved else None

    def approval_of_tool(self, tool: str, day: date) -> PastDecision | None:
        """The last approval of a purchase of an owned tool, up to a day."""
        return _last([found for found in self.by_tool.get(tool, ()) if found.approved], day)

    def about(self, purchase: str | None, tool: str | None) -> Iterator[PastDecision]:
        """The decisions on a purchase, and those on a tool."""
        yield from self.by_purchase.get(purchase or "", ())
        yield from self.by_tool.get(tool or "", ())


def load_decisions(document: Document, value_of: ValueOf) -> DecisionLog:
    """The log that a document holds whose facts have been checked."""
    entries = enumerate(decision_entries(document))
    return DecisionLog.of((_decision(entry, place, value_of) for place, entry in entries), Origin.of(document.source))


def decision_entries(document: Document) -> list[Any]:
    """The decisions of a document that answers to its schema, as they are written."""
    assert isinstance(document.data, dict)
    entries: Any = document.data["decisions"]
    return list(entries)


def decided_blocks(document: Document) -> Iterator[Block]:
    """The facts that the decisions of such a document rest on."""
    for place, entry in enumerate(decision_entries(document)):
        yield from _blocks(entry, place)


def _blocks(entry: Mapping[str, Any], place: int) -> Iterator[Block]:
    return blocks_of(f"/decisions/{place}/facts", entry.get("facts"))


def _decision(entry: Mapping[str, Any], place: int, value_of: ValueOf) -> PastDecision:
    facts = {
        f"{block.section}.{name}": value_of(f"{block.section}.{name}", plain(data))
        for block in _blocks(entry, place)
        for name, data in block.facts.items()
        if plain(data) is not None
    }
    day = date.fromisoformat(entry["decided_on"]).toordinal()
    return PastDecision(entry["purchase"], entry.get("tool"), day, entry["outcome"] == "approved", facts)


def _last(decisions: Iterable[PastDecision], day: date) -> PastDecision | None:
    """Of decisions in the order of their days, the last one up to a day."""
    until = day.toordinal()
    return next((found for found in reversed([*decisions]) if found.day <= until), None)


def _frozen(found: Mapping[str, list[PastDecision]]) -> dict[str, tuple[PastDecision, ...]]:
    return {name: tuple(decisions) for name, decisions in found.items()}


NOTHING_DECIDED = DecisionLog.of(())
"""The log of an organisation that has decided nothing yet."""
