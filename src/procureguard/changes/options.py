"""Options: the other values a known fact could have, by what its type says of the ways to change it."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from procureguard.changes.variable import Variable
from procureguard.facts.gather import Facts
from procureguard.facts.schema import DECIMAL_SCALE, PLAN, FactSchema, FactType, Value, Way
from procureguard.policy.model import Mentioned

ACCESS_DAYS = 90
"""How long people from outside may get in where a last day is set anew."""

CERTIFICATE_DAYS = 365
"""How long a certificate is valid that somebody gets now."""

MOST_ITEMS = 5
"""Of a list of so many items every shorter one is tried."""

UNLIMITED = 1 << 62
"""Above every number that a fact may have."""

SELF_NAMED = frozenset({"request.replaces", PLAN})
"""Facts whose options stand in other documents: the tools owned, the plans on offer."""


Probe = Callable[[str, Value], Hashable]
"""What policies say of the purchase with another value for a fact, as something to compare."""


NOTHING = Mentioned()


class Surroundings(NamedTuple):
    """What options are looked up in, besides the type of a fact."""

    facts: Facts
    mentioned: Mapping[str, Mentioned]
    today: int
    probe: Probe


def variables_of(schema: FactSchema, around: Surroundings) -> Iterator[Variable]:
    """Everything that is known of a purchase and could be changed, in the order in which facts are declared.

    A fact nobody has stated is a question and no change; `changeable_by: never` is left alone.
    """
    for kind in schema:
        fact = around.facts.known.get(kind.path)
        if kind.way is not None and fact is not None and kind.path not in SELF_NAMED:
            yield from _variables(kind, kind.way, fact.value, around)


def _variables(kind: FactType, way: Way, value: Value, around: Surroundings) -> Iterator[Variable]:
    if kind.is_list and way.direction == "set":
        options = tuple(dict.fromkeys(_parts(kind.path, value, around)))
        if options:
            yield Variable(kind.path, "set", way.changed_by, way.effort, options)
    elif not kind.is_list:
        options = tuple(dict.fromkeys(_scalars(kind, way, value, around)))
        if options:
            yield Variable(kind.path, "set", way.changed_by, way.effort, options)
    elif way.direction == "add":
        yield from _gained(kind, way, value, around)
    else:
        for item in dict.fromkeys(value):
            if not way.only or item in way.only:
                yield Variable(kind.path, "remove", way.changed_by, way.effort, (item,))


def _scalars(kind: FactType, way: Way, value: Value, around: Surroundings) -> Iterator[Value]:
    match way.direction, kind.type:
        case "set", "date":
            yield from (day for day in (around.today + ACCESS_DAYS,) if day != value)
        case "set", _:
            yield from (other for other in way.to if other != value and (not way.since or value in way.since))
        case "later", "date":
            yield from (day for day in (around.today,) if day > value)
        case (("up" | "down"), ("int" | "decimal")):
            yield from _numbers(kind, way, value, around)


def _numbers(kind: FactType, way: Way, value: int, around: Surroundings) -> Iterator[int]:
    """The numbers at which policies change their mind, the nearest first; the furthest one is always among them."""
    scale = DECIMAL_SCALE if kind.type == "decimal" else 1
    lowest, highest = _range(kind, way, scale, around.facts)
    limits = around.mentioned.get(kind.path, NOTHING).numbers
    if way.direction == "down":
        inside = range(max(lowest, 0), min(value - 1, highest) + 1)
    else:
        inside = range(max(value + 1, lowest), min(highest, max(limits, default=value) + scale) + 1)
    if not inside:
        return
    said = {limit + by for limit in limits for by in (-scale, 0, scale) if limit + by in inside}
    turning = _turning(lambda number: around.probe(kind.path, number), inside)
    yield from sorted({*said, *turning, inside[0], inside[-1]}, key=lambda number: abs(number - value))


def _turning(probe: Callable[[int], Hashable], inside: range) -> Iterator[int]:
    """Neighbouring numbers of which policies say different things, found by halving."""
    said = {end: probe(end) for end in (inside[0], inside[-1])}
    waiting = [(inside[0], inside[-1])]
    while waiting:
        low, high = waiting.pop()
        if said[low] == said[high]:
            continue
        if high - low == 1:
            yield from (low, high)
            continue
        middle = (low + high) // 2
        said[middle] = probe(middle)
        waiting += [(low, middle), (middle, high)]


def _range(kind: FactType, way: Way, scale: int, facts: Facts) -> tuple[int, int]:
    """The lowest and the highest number there is a way to; the lowest is above the highest where nobody knows it."""
    lowest, highest = (kind.minimum or 0) * scale, UNLIMITED if kind.maximum is None else kind.maximum * scale
    if way.between is not None:
        lowest, highest = way.between[0] * scale, way.between[1] * scale
    if way.at_least is not None:
        floor = facts.value(way.at_least)
        lowest = highest + 1 if floor is None else max(lowest, floor)
    return lowest, highest


def _parts(path: str, value: tuple[Value, ...], around: Surroundings) -> Iterator[tuple[Value, ...]]:
    """The list with fewer items, never without any, the longest first.

    Of a long list, items that policies say the same of when they stand alone are kept or left out together.
    """
    if len(value) <= MOST_ITEMS:
        for length in range(len(value) - 1, 0, -1):
            yield from combinations(value, length)
        return
    alike: dict[Hashable, list[Value]] = {}
    for item in value:
        alike.setdefault(around.probe(path, (item,)), []).append(item)
    groups = list(alike.values())[:MOST_ITEMS]
    for length in range(len(groups) - 1, 0, -1):
        for kept in combinations(groups, length):
            yield tuple(item for item in value if any(item in group for group in kept))


def _gained(kind: FactType, way: Way, value: tuple[Value, ...], around: Surroundings) -> Iterator[Variable]:
    items = _records(kind, around) if kind.element == "record" else kind.values or ()
    for item in items:
        if item not in value:
            yield Variable(kind.path, "add", way.changed_by, way.effort, (item,))


def _records(kind: FactType, around: Surroundings) -> Iterator[tuple[Value, ...]]:
    """One fresh proof of each kind that a policy accepts."""
    days = {"issued_on": around.today, "expires_on": around.today + CERTIFICATE_DAYS}
    texts = around.mentioned.get(kind.path, NOTHING).texts
    told = [*kind.way.value_says] if kind.way is not None else []
    for word in sorted(texts, key=lambda text: (told.index(text) if text in told else len(told), text)):
        yield tuple(word if name == "kind" else days.get(name) for name, _ in kind.fields)
