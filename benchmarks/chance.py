"""Shares, and chance that is the same on every machine: all of it comes from `Random.random`, which never changes."""

from collections.abc import Mapping, Sequence
from random import Random
from statistics import NormalDist
from typing import NamedTuple, TypeVar

T = TypeVar("T")

NORMAL = NormalDist()
NINE_IN_TEN = NORMAL.inv_cdf(0.9)


class Spread(NamedTuple):
    """A lognormal distribution of whole numbers by two of its quantiles, cut off at both ends."""

    median: float
    p90: float
    minimum: int = 0
    maximum: int = 1_000_000_000

    def at(self, share: float) -> int:
        """The value below which that share of all values lies."""
        deviations = NORMAL.inv_cdf(share) / NINE_IN_TEN
        found: float = self.median * (self.p90 / self.median) ** deviations
        return min(self.maximum, max(self.minimum, round(found)))


class Chance:
    """A stream of draws; equal seeds give equal streams."""

    def __init__(self, *seed: int | str) -> None:
        self._seed = seed
        self._random = Random("/".join(map(str, seed)))

    def apart(self, *names: int | str) -> "Chance":
        """A stream of its own, whatever else is drawn: something new to draw leaves everything else as it is."""
        return Chance(*self._seed, *names)

    def likely(self, share: float) -> bool:
        """Whether something of that share happens."""
        return self._random.random() < share

    def one(self, shares: Mapping[T, float]) -> T:
        """One of several by their shares."""
        left = self._random.random()
        for value, share in shares.items():
            left -= share
            if left < 0:
                return value
        return max(shares, key=lambda value: shares[value])

    def any_of(self, values: Sequence[T]) -> T:
        """One of several that are all as likely."""
        return values[int(self._random.random() * len(values))]

    def some(self, values: Sequence[T], count: int) -> list[T]:
        """So many different ones, or all where there are fewer."""
        left = list(values)
        return [left.pop(int(self._random.random() * len(left))) for _ in range(min(count, len(left)))]

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._random.random() * (most - least + 1))

    def of(self, spread: Spread) -> int:
        """A value of a spread."""
        return spread.at(self._random.random() or 0.5)


def among_others(shares: Mapping[T, float], name: T, part: float, within: float) -> dict[T, float]:
    """The shares outside a part of all, in which the share of one name is known; the other names keep proportion."""
    return with_share(shares, name, rest_of(shares[name], part, within))


def with_share(shares: Mapping[T, float], name: T, share: float) -> dict[T, float]:
    """The shares where that of one name is another one; the other names keep proportion."""
    scale = (1 - share) / (1 - shares[name])
    return {other: share if other == name else old * scale for other, old in shares.items()}


def rest_of(overall: float, part: float, within: float) -> float:
    """The share outside a part of all, where the share of all and that within the part are known."""
    return (overall - part * within) / (1 - part)
