"""What fits: labels in the room they have, and long lists on pages."""

import textwrap
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

from procureguard.render.style import one_line

Item = TypeVar("Item")
_WIDE = frozenset({"W", "F"})


def clipped(text: str, most: int) -> str:
    """The text in at most so many columns, wide characters counted twice; what is left out becomes an ellipsis."""
    safe = one_line(text)
    if columns(safe) <= most:
        return safe
    kept = ""
    for character in safe:
        if columns(kept + character) > most - 1:
            break
        kept += character
    return f"{kept}…"


def columns(text: str) -> int:
    """How much room a text takes, in columns."""
    return sum(2 if unicodedata.east_asian_width(character) in _WIDE else 1 for character in text)


def broken(text: str, width: int, lines: int) -> tuple[str, ...]:
    """The text on at most so many lines, the last clipped."""
    parts = textwrap.wrap(one_line(text), width)
    return tuple(parts) if len(parts) <= lines else (*parts[: lines - 1], clipped(" ".join(parts[lines - 1 :]), width))


def in_pieces(items: Sequence[Item], each: int) -> list[Sequence[Item]]:
    """The items in their order, so many in each piece, the last with what is left."""
    return [items[start : start + each] for start in range(0, len(items), each)]
