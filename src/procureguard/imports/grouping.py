"""Rows that speak of one product, by the host of its website, else by its name."""

from collections.abc import Iterable, Sequence
from itertools import combinations, islice
from typing import NamedTuple

from procureguard.imports.rows import Reading
from procureguard.stack.names import likeness, name_key

LIKE = 0.7
"""Names from this likeness on are shown to a person as perhaps one tool."""

MOST_PAIRS = 100_000
"""So many pairs of names are compared at most."""

_BEGINNING = 3


class Group(NamedTuple):
    """All rows of one product, in their order."""

    readings: tuple[Reading, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What its rows call it, each spelling once."""
        return tuple(dict.fromkeys(str(reading.text("name")) for reading in self.readings))

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts of its websites, each once."""
        found = (reading.text("website") for reading in self.readings)
        return tuple(dict.fromkeys(host for host in found if host))


class Pair(NamedTuple):
    """Two names that may belong to one tool, and how alike they are."""

    one: str
    other: str
    likeness: float


def grouped(readings: Iterable[Reading]) -> tuple[Group, ...]:
    """Rows by product, in the order of their first rows.

    Rows with one host belong together. Rows without a host belong to those that go by the same name, if these have one
    host only; the same name on two hosts may be two products, and stays two.
    """
    read = tuple(readings)
    hosts_of: dict[str, set[str]] = {}
    for reading in read:
        if host := reading.text("website"):
            hosts_of.setdefault(_name(reading), set()).add(host)
    groups: dict[tuple[str, str], list[Reading]] = {}
    for reading in read:
        known = hosts_of.get(_name(reading), set())
        host = reading.text("website") or (next(iter(known)) if len(known) == 1 else None)
        groups.setdefault(("host", host) if host else ("name", _name(reading)), []).append(reading)
    return tuple(Group(tuple(rows)) for rows in groups.values())


def alike(names: Sequence[str], known: Sequence[str]) -> tuple[Pair, ...]:
    """Pairs of new names, or of a new and a known one, that may belong to one tool; the likest first.

    Compared are names of which a word begins alike.
    """
    shelves: dict[str, list[int]] = {}
    every = [*names, *known]
    for place, name in enumerate(every):
        for beginning in {word[:_BEGINNING] for word in name_key(name).split()}:
            shelves.setdefault(beginning, []).append(place)
    near = (pair for places in shelves.values() for pair in combinations(places, 2) if pair[0] < len(names))
    pairs = {pair: likeness(every[pair[0]], every[pair[1]]) for pair in islice(near, MOST_PAIRS)}
    found = [Pair(every[one], every[other], like) for (one, other), like in pairs.items() if like >= LIKE]
    return tuple(sorted(found, key=lambda pair: (-pair.likeness, pair.one, pair.other)))


def _name(reading: Reading) -> str:
    name = str(reading.text("name"))
    return name_key(name) or name
