"""A value written plain, or with where it comes from: `{value, source, as_of, evidence}`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from procureguard.source.document import Data, Document, Member

STATED_KEYS = frozenset({"value", "source", "as_of", "evidence"})


def is_stated(data: Data) -> bool:
    """Whether a value carries its own source."""
    return isinstance(data, dict) and "value" in data and data.keys() <= STATED_KEYS


def plain(data: Data) -> Any:  # noqa: ANN401 - the type is that of the fact, checked against its schema
    """The value itself, whichever way it is written; None where it is not stated."""
    return data["value"] if isinstance(data, dict) and is_stated(data) else data


def plain_part(document: Document, keys: Sequence[str | int]) -> Document:
    """The facts where keys lead as a document of their own: each written plain, without those nobody has stated."""
    facts: Any = document.data
    node = document.root
    for key in keys:
        facts = facts[key]
        node = node.items[key] if isinstance(key, int) else node.members[key].node  # type: ignore[index] # as the data
    assert isinstance(facts, dict)
    assert node.members is not None
    known = {name: plain(data) for name, data in facts.items() if plain(data) is not None}
    members = {name: _plain_member(node.members[name], facts[name]) for name in known}
    return Document(document.source, known, node._replace(members=members))


def _plain_member(member: Member, data: Data) -> Member:
    if not is_stated(data):
        return member
    assert member.node.members is not None
    return member._replace(node=member.node.members["value"].node)


class Block(NamedTuple):
    """Facts of one section that stand together in a document."""

    pointer: str
    section: str
    facts: Mapping[str, Any]

    def value_pointer(self, name: str) -> str:
        """The pointer of a fact's value, whichever way it is written."""
        pointer = f"{self.pointer}/{name}"
        return f"{pointer}/value" if is_stated(self.facts[name]) else pointer


def blocks_of(pointer: str, sections: Data) -> Iterator[Block]:
    """The blocks of a mapping from section names to facts; anything that is no such mapping is passed over."""
    if isinstance(sections, dict):
        for section, facts in sections.items():
            if isinstance(facts, dict):
                yield Block(f"{pointer}/{section}", section, facts)


Places = Mapping[str, tuple[int, int]]
"""Line and column of values by their pointers."""


def places_of(document: Document, blocks: Iterable[Block]) -> dict[str, tuple[int, int]]:
    """Where the values of all facts stand, by pointer; of a fact with its own source, where its value does."""
    position = document.source.positions()
    found = {}
    for block in blocks:
        for name in block.facts:
            pointer = block.value_pointer(name)
            place = position(document.value_span(pointer).start)
            found[pointer] = (place.line, place.column)
    return found
