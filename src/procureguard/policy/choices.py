"""The values of a fact worth trying: what policies mention, what lies beside that, and one that none mentions."""

from collections.abc import Iterator
from datetime import date

from procureguard.cel.types import DATE_MAXIMUM, DATE_MINIMUM
from procureguard.facts.schema import FactType, Value
from procureguard.policy.model import Mentioned

SOMETHING = "something"
"""The word for whatever no policy mentions."""


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
    """Today, and every day that may be compared with, each with the days before and after.

    A day of the check that no fact could have counts as the nearest one that it could.
    """
    today = min(max(today, DATE_MINIMUM), DATE_MAXIMUM)
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
