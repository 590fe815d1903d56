"""A shelf: many like things kept packed, each unpacked when it is first looked at.

A check looks at a handful of thousands of tools and plans; unpacking them all would take longer than the check.
"""

import marshal
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class Shelf(Sequence[T], Generic[T]):
    """Things by their number, from 0; what was unpacked once is kept."""

    __slots__ = ("_open", "_opened", "packed")

    def __init__(self, packed: Iterable[bytes], unpack: Callable[[Any], T]) -> None:
        self.packed = tuple(packed)
        self._open = unpack
        self._opened: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self.packed)

    @overload
    def __getitem__(self, number: int) -> T: ...
    @overload
    def __getitem__(self, number: slice) -> list[T]: ...
    def __getitem__(self, number: int | slice) -> T | list[T]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        place = range(len(self.packed))[number]
        found = self._opened.get(place)
        if found is None:
            found = self._opened[place] = self._open(unpacked(self.packed[place]))
        return found


def packed(data: Any) -> bytes:  # noqa: ANN401 - plain data: texts, numbers, truth values, None, lists, mappings, tuples
    """Plain data as bytes."""
    return marshal.dumps(data)


def unpacked(content: bytes) -> Any:  # noqa: ANN401 - as above
    """The plain data of bytes that `packed` made."""
    return marshal.loads(content)  # noqa: S302 - made in this process, or by this user's own cache
