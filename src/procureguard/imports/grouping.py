"""Rows that speak of one product, by its name; and names that may belong to one product, or come from one vendor."""

from collections.abc import Iterable, Sequence
from itertools import combinations, islice
from typing import NamedTuple

from procureguard.imports.rows import Reading
from procureguard.imports.websites import Resolve, Vendor, vendors_of
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


class Related(NamedTuple):
    """A website, and the names of several products on it."""

    website: str
    names: tuple[str, ...]


def grouped(readings: Iterable[Reading], resolve: Resolve) -> tuple[Group, ...]:
    """Rows by product, in the order of their first rows.

    A website is a vendor, not a product: rows belong together where they go by the same name. The same name on the
    websites of two vendors may be two products, and stays two; rows of that name without a website are then a third.
    """
    read = tuple(readings)
    vendors = vendors_of((host for reading in read if (host := reading.text("website"))), resolve)
    known: dict[str, set[Vendor]] = {}
    for reading in read:
        if host := reading.text("website"):
            known.setdefault(_name(reading), set()).add(vendors[host])
    groups: dict[tuple[str, Vendor | None], list[Reading]] = {}
    for reading in read:
        name, host = _name(reading), reading.text("website")
        several = len(known.get(name, ())) > 1
        groups.setdefault((name, vendors[host] if host and several else None), []).append(reading)
    return tuple(Group(tuple(rows)) for rows in groups.values())


def related(groups: Iterable[Group], resolve: Resolve) -> tuple[Related, ...]:
    """Products on the websites of one vendor, each vendor by its shortest host, in the order of their first rows."""
    every = tuple(groups)
    vendors = vendors_of((host for group in every for host in group.hosts), resolve)
    found: dict[Vendor, list[Group]] = {}
    for group in every:
        for vendor in dict.fromkeys(vendors[host] for host in group.hosts):
            found.setdefault(vendor, []).append(group)
    return tuple(
        Related(
            min((host for host in vendors if vendors[host] == vendor), key=lambda host: (len(host), host)),
            tuple(group.names[0] for group in of_vendor),
        )
        for vendor, of_vendor in found.items()
        if len(of_vendor) > 1
    )


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
