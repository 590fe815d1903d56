"""How alike two texts look, whatever they mean: without case and accents, by the runs of characters they share."""

import unicodedata
from collections import Counter
from functools import lru_cache

_LENGTH = 3
_KEPT = 20_000
"""So many texts are kept with their runs, which is enough for every name that is compared again and again."""


def folded(text: str) -> str:
    """The text without case and accents."""
    return "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark)).casefold()


def shared_runs(one: str, other: str) -> float:
    """The share of runs of three characters that two texts have in common, from 0 to 1 (Dice)."""
    first, second = _runs(one), _runs(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


@lru_cache(_KEPT)
def _runs(text: str) -> Counter[str]:
    padded = f" {text} " if text else ""
    return Counter(padded[start : start + _LENGTH] for start in range(len(padded) - _LENGTH + 1))
