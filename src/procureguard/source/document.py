"""A file that was read: its data, and for every key and value the place it came from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from procureguard.source.text import Source, Span

if TYPE_CHECKING:
    from procureguard.source.offsets import Stretch

Data: TypeAlias = "dict[str, Data] | list[Data] | str | int | float | bool | None"


class Node(NamedTuple):
    """Where a value stands: offsets, the quoting of a scalar (`""` is plain), and its children's places."""

    start: int
    end: int
    style: str = ""
    members: "dict[str, Member] | None" = None
    items: "list[Node] | None" = None


class Member(NamedTuple):
    """Where an entry of a mapping stands: offsets of its key, and the place of its value."""

    start: int
    end: int
    node: Node


class _Found(NamedTuple):
    node: Node
    key: Span | None
    complete: bool
    value: Data


@dataclass(frozen=True, slots=True)
class Document:
    """The data of one YAML or JSON file with its places; pointers are those of RFC 6901, `""` is the whole."""

    source: Source
    data: Data
    root: Node = field(repr=False, compare=False)

    def has(self, pointer: str) -> bool:
        """Whether the file says anything at a pointer."""
        return self._find(pointer).complete

    def value(self, pointer: str) -> Data:
        """The value at the pointer, or None if there is none."""
        return self._find(pointer).value

    def value_span(self, pointer: str) -> Span:
        """The stretch of the value; of its key if nothing is written there; of the nearest parent if it is absent."""
        found = self._find(pointer)
        node = found.node
        if node.start == node.end and found.key is not None:
            return found.key
        return Span(node.start, node.start + len(self.source.text[node.start : node.end].rstrip(" \t\r\n")))

    def key_span(self, pointer: str) -> Span:
        """The stretch of the mapping key the value belongs to; the value's own if it has none."""
        found = self._find(pointer)
        return found.key if found.complete and found.key is not None else self.value_span(pointer)

    def locate(self, pointer: str, start: int, end: int) -> Span:
        """The stretch of the file behind the characters `start` to `end` of the text at `pointer`.

        Exact for plain, quoted, literal and folded scalars and for JSON strings. The whole value's stretch if
        the value is no text. Never raises: offsets outside the text count as its nearest end.
        """
        found = self._find(pointer)
        if not found.complete or not isinstance(found.value, str):
            return self.value_span(pointer)
        node = found.node
        from procureguard.source.offsets import stretches  # noqa: PLC0415 - only a problem inside a scalar needs it

        places = stretches(self.source.text[node.start : node.end], node.style, found.value)
        if not places:
            return self.value_span(pointer)
        return _shifted(places, start, end, node.start)

    def _find(self, pointer: str) -> _Found:
        node, key, value = self.root, None, self.data
        for part in split_pointer(pointer):
            if node.members is not None and part in node.members and isinstance(value, dict):
                start, end, node = node.members[part]
                key, value = Span(start, end), value[part]
            elif node.items is not None and isinstance(value, list) and _is_index(part, len(value)):
                node, key, value = node.items[int(part)], None, value[int(part)]
            else:
                return _Found(node, key, complete=False, value=None)
        return _Found(node, key, complete=True, value=value)


def to_pointer(parts: Iterable[str | int]) -> str:
    """The RFC 6901 pointer of a path of keys and list indices."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)


def split_pointer(pointer: str) -> list[str]:
    """The keys and indices of an RFC 6901 pointer, as text."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def _is_index(part: str, length: int) -> bool:
    return part.isascii() and part.isdigit() and len(part) <= len(str(length)) and int(part) < length


def _shifted(places: "list[Stretch]", start: int, end: int, base: int) -> Span:
    first = max(0, min(start, len(places)))
    last = max(first, min(end, len(places)))
    begin = places[first][0] if first < len(places) else places[-1][1]
    return Span(base + begin, base + (places[last - 1][1] if last > first else begin))
