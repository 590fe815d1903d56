"""The values of a fact worth trying: what expressions mention, what lies beside that, and one that none mentions."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from procureguard.analysis.one_of_each import SOMETHING
from procureguard.cel.checker import Checked
from procureguard.cel.types import DATE, DATE_MAXIMUM, DATE_MINIMUM, DURATION
from procureguard.facts.fact import Fact
from procureguard.facts.schema import FactSchema, FactType, Value


class Mentioned(NamedTuple):
    """What expressions mention: days as ordinals, lengths of time in days, other numbers, and texts."""

    days: frozenset[int]
    lengths: frozenset[int]
    numbers: frozenset[int]
    texts: frozenset[str]


def mentioned_in(expressions: Iterable[Checked], schema: FactSchema, thresholds: Mapping[str, Fact]) -> Mentioned:
    """The constants of expressions, and the thresholds they compare with."""
    found = {constant for checked in expressions for constant in _constants(checked, schema, thresholds)}
    numbers = [(kind, value) for kind, value in found if type(value) is int]
    return Mentioned(
        frozenset(value for kind, value in numbers if kind == DATE.name),
        frozenset(value for kind, value in numbers if kind == DURATION.name),
        frozenset(value for kind, value in numbers if kind not in {DATE.name, DURATION.name}),
        frozenset(value for _, value in found if isinstance(value, str)),
    )


def choices(kind: FactType, mentioned: Mentioned, as_of: date) -> tuple[Value, ...]:
    """The values of a fact to try, each once and the quietest first: no, nothing, the day of the check.

    Raises:
        ValueError: nobody has said which values such a fact has.
    """
    items = tuple(dict.fromkeys(_items(kind, mentioned, as_of)))
    return ((), *((item,) for item in items)) if kind.is_list else items


def _items(kind: FactType, mentioned: Mentioned, as_of: date) -> Iterator[Value]:
    if kind.values and not kind.is_map:
        others = [value for value in kind.values if value not in mentioned.texts]
        yield from (*others[:1], *(value for value in kind.values if value in mentioned.texts))
    elif kind.element == "record":
        yield from _records(kind, mentioned, as_of)
    else:
        yield from _scalars(kind.element, mentioned, as_of)


def _scalars(name: str, mentioned: Mentioned, as_of: date) -> Iterator[Value]:
    match name:
        case "bool":
            yield from (False, True)
        case "int" | "decimal":
            numbers = sorted(mentioned.numbers)
            yield from (0, *numbers, *(number + 1 for number in numbers))
        case "date":
            yield from _days(mentioned, as_of.toordinal())
        case "string" | "enum" | "country" | "region" | "capability":
            yield from (SOMETHING, *sorted(mentioned.texts))
        case "map":
            yield None  # expressions do not see what it holds
        case _:
            raise ValueError(f"there are no values to try for facts of type `{name}`")


def _days(mentioned: Mentioned, today: int) -> Iterator[int]:
    """Today, and every day that may be compared with, each with the days before and after."""
    apart = sorted({today + way * length for length in mentioned.lengths for way in (-1, 1)})
    for day in (today, *sorted(mentioned.days), *apart):
        yield from (beside for beside in (day, day - 1, day + 1) if DATE_MINIMUM <= beside <= DATE_MAXIMUM)


def _records(kind: FactType, mentioned: Mentioned, as_of: date) -> Iterator[Value]:
    """The quietest record, and those with one other value."""
    fields = [tuple(_scalars(name, mentioned, as_of)) for _, name in kind.fields]
    quiet = tuple(values[0] for values in fields)
    yield quiet
    for place, values in enumerate(fields):
        yield from ((*quiet[:place], value, *quiet[place + 1 :]) for value in values[1:])


def _constants(checked: Checked, schema: FactSchema, thresholds: Mapping[str, Fact]) -> Iterator[tuple[str, Value]]:
    """Values with the names of their types."""
    for node, constant in checked.constants.items():
        if node in checked.types:  # the text in `date("...")` has none
            kind = checked.types[node]
            yield from (((kind.element or kind).name, item) for item in _each(constant))
    for path in checked.paths:
        if path in thresholds and not schema[path].is_map:
            yield from ((schema[path].element, item) for item in _each(thresholds[path].value))


def _each(value: Value) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)
