"""Completions: the answers worth trying for a fact, and whether they stand for every answer there is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain, combinations, islice, product
from typing import NamedTuple

from procureguard.cel.types import DATE_MAXIMUM, DATE_MINIMUM
from procureguard.facts.derived import COMPARING, below, resting_on
from procureguard.facts.fact import Fact
from procureguard.facts.gather import Facts
from procureguard.facts.schema import DECIMAL_SCALE, FactSchema, FactType, Value
from procureguard.policy.choices import choices
from procureguard.policy.model import Mentioned

MOST_ITEMS = 4
"""Items of which every combination is tried in a list; of more, each alone and all together."""

MOST_NAMES = 12
"""Owned tools tried where a fact names some."""

LARGEST = 10**15
"""A number that no purchase comes near: where a derived fact has not crossed a limit by then, it never does."""

NAMES_OF_TOOLS = frozenset({"tool id", "tool ids"})
"""Units of facts that name owned tools."""

PRICED_IN = "contract.currency"
NUMERIC = frozenset({"int", "decimal", "date"})
NOTHING = Mentioned()


class Answers(NamedTuple):
    """Values of a fact to try; `whole` if whatever else is answered comes to the same as one of them."""

    values: tuple[Value, ...]
    whole: bool


class Completions:
    """Answers to what is unknown, by what policies mention; `mentioned` is what they mention of each fact."""

    def __init__(self, mentioned: Mapping[str, Mentioned], schema: FactSchema) -> None:
        self._mentioned = mentioned
        self._schema = schema
        self._crossed: dict[tuple[Value, ...], tuple[int, ...]] = {}

    def of(self, path: str, facts: Facts) -> Answers:
        """The answers to try for a fact that somebody waits for, the quietest first."""
        kind = self._schema[path]
        if path in facts.known:
            return Answers(tuple(_completed(kind, facts.known[path].value, facts)), whole=False)
        if kind.type == "bool":
            return Answers((False, True), whole=True)
        if kind.type == "enum":
            return Answers(kind.values or (), whole=bool(kind.values))
        if kind.is_map:
            return Answers((), whole=False)
        if path == PRICED_IN:
            return Answers(tuple(_currencies(facts)), whole="organisation.currency" in facts.known)
        told = self._mentioned.get(path, NOTHING)
        beside = self._with_known(told, facts)
        if kind.unit in NAMES_OF_TOOLS:
            beside |= Mentioned(texts=frozenset(_tools(facts)))
        values = chain(_tried(kind, beside, facts.as_of or date.min), self._crossings(kind, facts))
        return Answers(tuple(_within(kind, dict.fromkeys(values))), self._is_whole(kind, beside, facts))

    def _is_whole(self, kind: FactType, beside: Mentioned, facts: Facts) -> bool:
        compared = not COMPARING.isdisjoint(self._mentioned) and _is_compared(kind.path, facts)
        if not beside.whole or kind.element == "record" or compared:
            return False
        items = min(len(beside.texts) + 1, len(kind.values or range(MOST_ITEMS + 1)))
        return not kind.is_list or (not beside.numbers and items <= MOST_ITEMS)

    def _with_known(self, mentioned: Mentioned, facts: Facts) -> Mentioned:
        """With the values of the facts that are compared with."""
        more = NOTHING
        for path in mentioned.facts & facts.known.keys():
            more |= _as_mentioned(self._schema[path], facts.known[path].value)
        return mentioned | more

    def _crossings(self, kind: FactType, facts: Facts) -> Iterator[Value]:
        """The values on both sides of which something computed from the fact lies on different sides of a limit."""
        if kind.element not in NUMERIC or kind.is_list:
            return
        for row in resting_on(frozenset({kind.path})):
            if row.type.element not in NUMERIC or kind.path not in below(row.path):
                continue
            limits = tuple(sorted(self._with_known(self._mentioned.get(row.path, NOTHING), facts).numbers))
            key = (kind.path, row.path, limits, *(repr(facts.value(path)) for path in sorted(below(row.path))))
            if key not in self._crossed:
                self._crossed[key] = tuple(_crossing(kind, row.path, limits, facts))
            yield from self._crossed[key]


def _currencies(facts: Facts) -> Iterator[str]:
    """Those that can be converted."""
    house = facts.value("organisation.currency")
    yield from dict.fromkeys([*([house] if house else ()), *(facts.value("organisation.exchange_rates") or {})])


def _tools(facts: Facts) -> Iterator[str]:
    """Owned tools that such a fact may name: the one that covers most of the need, and others that do a part of it."""
    inventory = facts.registers.inventory
    best = facts.value("overlap.best_tool")
    if best is not None:
        yield best
    needed = {*(facts.value("request.must") or ()), *(facts.value("request.capabilities") or ())}
    tools = () if inventory is None else inventory.doing(needed) if needed else inventory.tools
    yield from (tool.identity for tool in islice(tools, MOST_NAMES))


def _as_mentioned(kind: FactType, value: Value) -> Mentioned:
    """The value of a fact as one that others are compared with."""
    items = value if isinstance(value, tuple) else (value,)
    numbers = frozenset(item for item in items if type(item) is int)
    if kind.element == "date":
        return Mentioned(days=numbers)
    return Mentioned(numbers=numbers, texts=frozenset(item for item in items if isinstance(item, str)))


def _tried(kind: FactType, mentioned: Mentioned, as_of: date) -> Iterator[Value]:
    found = choices(kind, mentioned, as_of)
    yield from found
    if kind.type == "date":
        yield from _moved(mentioned)
    if kind.is_list:
        items = [item for value in found for item in value]
        sizes = range(2, len(items) + 1) if len(items) <= MOST_ITEMS else (len(items),)
        yield from (several for size in sizes for several in combinations(items, size))


def _moved(mentioned: Mentioned) -> Iterator[int]:
    """The days that lie a length of time that is mentioned from a day that is."""
    for day, length, way, beside in product(mentioned.days, mentioned.lengths, (-1, 1), (0, -1, 1)):
        yield day + way * length + beside


def _within(kind: FactType, values: Iterable[Value]) -> Iterator[Value]:
    """The values that such a fact can have."""
    scale = DECIMAL_SCALE if kind.type == "decimal" else 1
    least = -LARGEST if kind.minimum is None else kind.minimum * scale
    most = LARGEST if kind.maximum is None else kind.maximum * scale
    if kind.type == "date":
        least, most = DATE_MINIMUM, DATE_MAXIMUM
    return (value for value in values if type(value) is not int or least <= value <= most)


def _is_compared(path: str, facts: Facts) -> bool:
    """Whether the fact may be compared with what the purchase was approved for before."""
    log, purchase = facts.registers.decisions, facts.value("request.id")
    if not log or purchase is None or facts.as_of is None:
        return bool(log)
    approval = log.approval(purchase, facts.as_of)
    return approval is not None and path in approval.facts


def _crossing(kind: FactType, derived: str, limits: Iterable[int], facts: Facts) -> Iterator[int]:
    """The last value before a derived fact reaches each limit and before it passes it, and those that follow."""

    def comes_to(value: int) -> int | None:
        found = facts.with_fact(Fact(kind.path, value, "requester")).value(derived)
        return found if isinstance(found, int) else None

    first, last = 1, DATE_MAXIMUM if kind.type == "date" else LARGEST
    start, end = comes_to(first), comes_to(last)
    if start is None or end is None:
        return
    for goal in (beside for limit in limits for beside in (limit, limit + 1)):
        if min(start, end) < goal <= max(start, end):
            yield from _between(first, last, partial(_is_past, comes_to, goal, start <= end))


def _is_past(comes_to: Callable[[int], int | None], goal: int, rising: bool, value: int) -> bool:  # noqa: FBT001 - internal
    """Whether what a value comes to lies beyond a limit, coming from the first."""
    found = comes_to(value)
    return found is not None and (found >= goal if rising else found < goal)


def _between(low: int, high: int, holds: Callable[[int], bool]) -> tuple[int, int]:
    """Two neighbours of which the second is the first number for which something holds."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return low, high


def _completed(kind: FactType, value: Value, facts: Facts) -> Iterator[Value]:
    """A list of records in which what was left open is filled in, one way for each record and all alike."""
    if kind.element != "record":
        return
    as_of = (facts.as_of or date.min).toordinal()
    fillings: dict[str, tuple[Value, ...]] = {"date": (as_of, as_of + 366, as_of - 36_600), "bool": (True, False)}
    for number in range(3):
        yield tuple(
            tuple(
                field if field is not None else _filling(fillings.get(name), number)
                for (_, name), field in zip(kind.fields, record, strict=True)
            )
            for record in value
        )


def _filling(values: tuple[Value, ...] | None, number: int) -> Value:
    return None if values is None else values[number % len(values)]
