"""Vendor families: which vendor belongs to which, as of a day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Tie(NamedTuple):
    """That a vendor belongs to another one; days are ordinals, and a tie without `closed` is only announced."""

    parent: str
    kind: str
    closed: int | None
    ended: int | None

    def holds(self, day: date) -> bool:
        """Whether it is closed on that day and has not ended."""
        ordinal = day.toordinal()
        return self.closed is not None and self.closed <= ordinal and (self.ended is None or ordinal <= self.ended)


@dataclass(frozen=True, slots=True)
class Families:
    """All ties, by the vendor that belongs to another; whether they are all there are, the organisation says."""

    ties: Mapping[str, tuple[Tie, ...]]

    def line(self, vendor: str, day: date) -> tuple[str, ...]:
        """The vendor, the one it belongs to on that day, and so on up to the top."""
        found = [vendor]
        while (parent := self._parent(found[-1], day)) is not None and parent not in found:
            found.append(parent)
        return tuple(found)

    def top(self, vendor: str, day: date) -> str:
        """The vendor that a vendor belongs to in the end, or itself."""
        return self.line(vendor, day)[-1]

    def members(self, top: str, day: date) -> frozenset[str]:
        """All vendors of one family."""
        return frozenset({top, *(vendor for vendor in self.ties if self.top(vendor, day) == top)})

    def days(self) -> Iterator[int]:
        """The days, as ordinals, on which a family may be another one than the day before."""
        for ties in self.ties.values():
            for tie in ties:
                yield from (day for day in (tie.closed, tie.ended and tie.ended + 1) if day is not None)

    def circle(self, vendor: str) -> tuple[str, ...] | None:
        """The vendors through which a vendor would belong to itself on some day, or None."""
        for day in sorted({date.fromordinal(ordinal) for ordinal in self.days()}):
            line = self.line(vendor, day)
            if self._parent(line[-1], day) == vendor:
                return line
        return None

    def _parent(self, vendor: str, day: date) -> str | None:
        """Of several ties that hold, the one that was closed last counts."""
        holding = [tie for tie in self.ties.get(vendor, ()) if tie.holds(day)]
        return max(holding, key=lambda tie: (tie.closed or 0, tie.parent)).parent if holding else None
