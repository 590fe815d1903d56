"""How alike two texts look, whatever they mean: without case and accents, by the runs of characters they share."""

import unicodedata
from collections import Counter

_LENGTH = 3


def folded(text: str) -> str:
    """The text without case and accents."""
    return "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark)).casefold()


def runs(text: str) -> Counter[str]:
    """The runs of three characters in a text, a blank before and behind it."""
    padded = f" {text} " if text else ""
    return Counter(padded[start : start + _LENGTH] for start in range(len(padded) - _LENGTH + 1))


def share_of(one: Counter[str], other: Counter[str]) -> float:
    """The share of runs that two texts have in common, from 0 to 1 (Dice)."""
    common = sum(min(times, other[run]) for run, times in one.items() if run in other)
    total = one.total() + other.total()
    return 2 * common / total if total else 0.0
