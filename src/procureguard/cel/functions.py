"""The one table of operators and functions: what each takes and gives, and how each target spells it.

A target is a column. Three-valued logic is not in the table: a strict row is unknown when an operand is unknown, and
`&&`, `||`, `?:` and the macros have shapes of their own in every target.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from procureguard.cel.types import BOOL, DATE, DECIMAL, DOUBLE, DURATION, INT, STRING, Type, list_of, unify

ITEM: Final = Type("item")
"""Stands for any type, the same wherever it occurs in a row."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A strict operator or function: CEL name, argument types, result type, and its form in each target.

    Forms are templates over operands `{0}`, `{1}`; `denied` is the English of the opposite, where there is one.
    """

    name: str
    arguments: tuple[Type, ...]
    result: Type
    python: str
    english: str
    denied: str | None = None


def _orderings() -> Iterator[Operation]:
    """`<`, `<=`, `>` and `>=` of every type that has an order."""
    amounts = {
        "<": ("{0} is less than {1}", "{0} is at least {1}"),
        "<=": ("{0} is at most {1}", "{0} is more than {1}"),
        ">": ("{0} is more than {1}", "{0} is at most {1}"),
        ">=": ("{0} is at least {1}", "{0} is less than {1}"),
    }
    days = {
        "<": ("{0} is before {1}", "{0} is on or after {1}"),
        "<=": ("{0} is on or before {1}", "{0} is after {1}"),
        ">": ("{0} is after {1}", "{0} is on or before {1}"),
        ">=": ("{0} is on or after {1}", "{0} is before {1}"),
    }
    for kind in (BOOL, INT, DOUBLE, DECIMAL, STRING, DATE, DURATION):
        for name, (english, denied) in (days if kind == DATE else amounts).items():
            yield Operation(name, (kind, kind), BOOL, f"{{0}} {name} {{1}}", english, denied)


def _arithmetic() -> Iterator[Operation]:
    for kind in (INT, DOUBLE):
        yield Operation("-", (kind,), kind, "-{0}", "minus {0}")
        yield Operation("*", (kind, kind), kind, "{0} * {1}", "{0} times {1}")
    plus = [(kind, kind, kind) for kind in (INT, DOUBLE, STRING, DURATION, list_of(ITEM))]
    for left, right, result in [*plus, (DATE, DURATION, DATE), (DURATION, DATE, DATE)]:
        yield Operation("+", (left, right), result, "{0} + {1}", "{0} plus {1}")
    minus = [(kind, kind, kind) for kind in (INT, DOUBLE, DURATION)]
    for left, right, result in [*minus, (DATE, DURATION, DATE)]:
        yield Operation("-", (left, right), result, "{0} - {1}", "{0} minus {1}")
    yield Operation("-", (DATE, DATE), DURATION, "{0} - {1}", "the time from {1} to {0}")


def _divisions() -> Iterator[Operation]:
    """`/` and `%` by a constant other than 0: towards zero, the remainder with the sign of the dividend."""
    # Python rounds down; where the signs differ, the opposite of dividing the opposite rounds towards zero.
    quotient = "({0} // {1} if {0} * {1} >= 0 else -(-{0} // {1}))"
    remainder = "({0} % {1} if {0} * {1} >= 0 else -(-{0} % {1}))"
    yield Operation("/", (INT, INT), INT, quotient, "{0} divided by {1}")
    yield Operation("%", (INT, INT), INT, remainder, "the remainder of {0} divided by {1}")
    yield Operation("/", (DOUBLE, DOUBLE), DOUBLE, "{0} / {1}", "{0} divided by {1}")


def _texts() -> Iterator[Operation]:
    two = (STRING, STRING)
    yield Operation("size", (STRING,), INT, "len({0})", "the length of {0}")
    yield Operation(
        "startsWith", two, BOOL, "{0}.startswith({1})", "{0} begins with {1}", "{0} does not begin with {1}"
    )
    yield Operation("endsWith", two, BOOL, "{0}.endswith({1})", "{0} ends with {1}", "{0} does not end with {1}")
    yield Operation("contains", two, BOOL, "{1} in {0}", "{0} contains {1}", "{0} does not contain {1}")
    yield Operation(
        "matches", two, BOOL, "{1}({0}) is not None", "{0} has the form {1}", "{0} does not have the form {1}"
    )


def _lists() -> Iterator[Operation]:
    items = list_of(ITEM)
    yield Operation("size", (items,), INT, "len({0})", "the number of {0}")
    yield Operation("in", (ITEM, items), BOOL, "{0} in {1}", "{0} is among {1}", "{0} is not among {1}")
    yield Operation("[]", (items, INT), ITEM, "{0}[{1}]", "item {1} of {0}")


OPERATIONS: Final = (
    Operation("!", (BOOL,), BOOL, "not {0}", "not {0}", "{0}"),
    Operation("==", (ITEM, ITEM), BOOL, "{0} == {1}", "{0} is {1}", "{0} is not {1}"),
    Operation("!=", (ITEM, ITEM), BOOL, "{0} != {1}", "{0} is not {1}", "{0} is {1}"),
    *_orderings(),
    *_arithmetic(),
    *_divisions(),
    *_texts(),
    *_lists(),
)
"""Every strict operator and function of the profile."""

MEMBERS: Final = frozenset({"size", "startsWith", "endsWith", "contains", "matches"})
"""Functions that may be written `first.function(rest)`."""

FUNCTIONS: Final = ("size", "date", "days", *sorted(MEMBERS - {"size"}))
"""Names of all functions; `date` and `days` are constants and have no row of their own."""

_CONVERSION: Final = "values keep the type their fact declares; compare them with a literal of that type"
_CLOCK: Final = "`today` is a fact; compare dates with it"
REFUSED: Final = dict.fromkeys(("int", "double", "string", "bool", "bytes", "uint", "dyn", "type"), _CONVERSION) | {
    "has": "a missing fact is unknown by itself and becomes a question; an expression cannot test for it",
    "timestamp": 'write a day as `date("2026-12-02")`',
    "duration": "write a length of time as `days(90)`",
    "map": "test the items with `all` or `exists` instead",
    "filter": "write `list.filter(x, x == ...)`, with a variable and a condition",
    "now": _CLOCK,
    "today": _CLOCK,
    "getFullYear": _CLOCK,
    "getMonth": _CLOCK,
    "getDate": _CLOCK,
    "lowerAscii": "state the fact in the spelling it is compared with",
    "upperAscii": "state the fact in the spelling it is compared with",
    "any": "write `list.exists(x, x == ...)`",
    "len": "write `size(x)`",
    "count": "write `size(list.filter(x, x == ...))`",
    "includes": "write `x in list`, or `text.contains(part)`",
    "isEmpty": "write `size(x) == 0`",
}
"""Names of functions that are refused, each with what to write instead."""


def find(name: str, arguments: tuple[Type, ...]) -> Operation | None:
    """The row for a name and argument types, with its result made concrete; None when no row takes them."""
    for row in OPERATIONS:
        if row.name == name and len(row.arguments) == len(arguments):
            bound = _bind(row, arguments)
            if bound is not None:
                return bound
    return None


def _bind(row: Operation, arguments: tuple[Type, ...]) -> Operation | None:
    item: Type | None = None
    for wanted, given in zip(row.arguments, arguments, strict=True):
        part = _item(wanted, given)
        if part is None:
            if not _fits(wanted, given):
                return None
            continue
        item = part if item is None else unify(item, part)
        if item is None:
            return None
    result = _concrete(row.result, item)
    return Operation(row.name, arguments, result, row.python, row.english, row.denied)


def _fits(wanted: Type, given: Type) -> bool:
    return wanted == given


def _item(wanted: Type, given: Type) -> Type | None:
    """What ITEM stands for where a wanted type mentions it; None where it does not, or the types do not fit."""
    if wanted == ITEM:
        return given
    return given.element if wanted.element == ITEM else None


def _concrete(result: Type, item: Type | None) -> Type:
    if item is None:
        return result
    if result == ITEM:
        return item
    return list_of(item) if result.element == ITEM else result
