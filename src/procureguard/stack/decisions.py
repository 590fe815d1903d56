"""The decision log: what was decided on earlier purchases, when, and on which facts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import check_kind
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
    """All decisions; what is not among them was never decided."""

    decisions: Sequence[PastDecision]
    origin: Origin | None = None

    def to_bytes(self) -> bytes:
        """Everything of it, for a cache."""
        return packed(([tuple(found) for found in self.decisions], self.origin and tuple(self.origin)))

    @classmethod
    def from_bytes(cls, content: bytes) -> "DecisionLog":
        """What `to_bytes` has packed."""
        decisions, origin = unpacked(content)
        return cls(tuple(PastDecision(*found) for found in decisions), origin and Origin(*origin))

    def approval(self, purchase: str, day: date) -> PastDecision | None:
        """The approval of a purchase that counts on a day: what was decided last, unless that was a refusal."""
        last = self._last(day, (found for found in self.decisions if found.purchase == purchase))
        return last if last is not None and last.approved else None

    def approval_of_tool(self, tool: str, day: date) -> PastDecision | None:
        """The last approval of a purchase of an owned tool, up to a day."""
        return self._last(day, (found for found in self.decisions if found.tool == tool and found.approved))

    def days(self) -> Iterator[int]:
        """The days, as ordinals, on which something was decided."""
        return (found.day for found in self.decisions)

    @staticmethod
    def _last(day: date, decisions: Iterator[PastDecision]) -> PastDecision | None:
        until = day.toordinal()
        return max((found for found in decisions if found.day <= until), key=lambda found: found.day, default=None)


NOTHING_DECIDED = DecisionLog(())
"""The log of an organisation that has decided nothing yet."""


def load_decisions(document: Document, value_of: ValueOf, problems: list[Diagnostic]) -> DecisionLog | None:
    """The log a document holds, or None with everything wrong with it added to the problems.

    Of decisions on one purchase on one day, the later in the file counts.
    """
    if not check_kind(document, "decisions", problems):
        return None
    entries = _entries(document)
    decisions = (_decision(entry, place, value_of) for place, entry in enumerate(entries))
    return DecisionLog(tuple(reversed(list(decisions))), Origin.of(document.source))


def decided_blocks(document: Document) -> Iterator[Block]:
    """The facts that the decisions of a valid document rest on."""
    for place, entry in enumerate(_entries(document)):
        yield from _blocks(entry, place)


def _entries(document: Document) -> list[Any]:
    assert isinstance(document.data, dict)
    entries: Any = document.data["decisions"]
    return list(entries)


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
