"""`when` and `require` as people write them: one expression, or a tree of all, any and none with short lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from procureguard.source.document import Data, Document
from procureguard.source.text import Span

_JOINTS = {"all": " && ", "any": " || ", "none": " || "}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One line of the tree: its text, where it stands in the file and where in the composed text."""

    text: str
    pointer: str
    start: int


@dataclass(frozen=True, slots=True)
class Composed:
    """The one expression a tree stands for, and the lines it was made from."""

    text: str
    leaves: tuple[Leaf, ...]

    def locate(self, document: Document, start: int, end: int) -> Span:
        """Where a stretch of the composed text stands in the file."""
        leaf = next((leaf for leaf in reversed(self.leaves) if leaf.start <= start), self.leaves[0])
        first, last = start - leaf.start, min(end - leaf.start, len(leaf.text))
        return document.locate(leaf.pointer, max(0, first), max(first + 1, last))


def compose(data: Data, pointer: str) -> Composed:
    """One expression from a string, a truth value or a tree that answers to the schema.

    Each line keeps parentheses of its own; they close on a new line because a line may end in a comment.
    """
    parts: list[str | Leaf] = list(_parts(data, pointer))
    offsets = [0]
    for part in parts:
        offsets.append(offsets[-1] + len(part.text if isinstance(part, Leaf) else part))
    placed = [
        Leaf(part.text, part.pointer, start)
        for part, (start, _) in zip(parts, pairwise(offsets), strict=True)
        if isinstance(part, Leaf)
    ]
    return Composed("".join(part.text if isinstance(part, Leaf) else part for part in parts), tuple(placed))


def _parts(data: Data, pointer: str) -> Iterator[str | Leaf]:
    if not isinstance(data, dict):
        yield Leaf(_text(data), pointer, 0)
        return
    for number, (joint, members) in enumerate(data.items()):
        if number:
            yield " && "
        yield "!(" if joint == "none" else "("
        assert isinstance(members, list)
        for place, member in enumerate(members):
            if place:
                yield _JOINTS[joint]
            yield "("
            yield from _parts(member, f"{pointer}/{joint}/{place}")
            yield "\n)"
        yield ")"


def _text(data: Data) -> str:
    return str(data).lower() if isinstance(data, bool) else str(data)
