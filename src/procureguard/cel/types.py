"""Types of the expression language and what a path means to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

Constant: TypeAlias = bool | int | float | str | tuple["Constant", ...]
"""A value known when an expression is loaded, as it is held at run time."""

DECIMAL_SCALE: Final = 10_000
"""A decimal of at most four places is held as this many times its value."""

INT_MINIMUM: Final = -(2**63)
INT_MAXIMUM: Final = 2**63 - 1

DATE_MINIMUM: Final = date(1920, 1, 1).toordinal()
"""Earliest day a date fact may state unless its declaration says otherwise."""

DATE_MAXIMUM: Final = date(2199, 12, 31).toordinal()
"""Latest day a date fact may state unless its declaration says otherwise."""

DURATION_MAXIMUM: Final = 106_751
"""Most days a duration may span: what fits 64-bit nanoseconds, so that every implementation of CEL can hold it."""

DOUBLE_FACT_MAXIMUM: Final = 1e100
"""Largest magnitude of a double fact; keeps sums and products finite."""


@dataclass(frozen=True, slots=True)
class Type:
    """A type; `element` is set for lists, `fields` (name and type, in order) for records."""

    name: str
    element: "Type | None" = None
    fields: tuple[tuple[str, "Type"], ...] = ()

    def __str__(self) -> str:
        return f"{self.name}({self.element})" if self.element is not None else self.name

    def field(self, name: str) -> "Type | None":
        """Type of a record's field, or None."""
        return next((kind for known, kind in self.fields if known == name), None)

    def position(self, name: str) -> int:
        """Place of a record's field in the tuple that holds the record; ValueError when there is no such field."""
        return [known for known, _ in self.fields].index(name)


BOOL: Final = Type("bool")
INT: Final = Type("int")
DOUBLE: Final = Type("double")
DECIMAL: Final = Type("decimal")
STRING: Final = Type("string")
DATE: Final = Type("date")
DURATION: Final = Type("duration")
NOTHING: Final = Type("nothing")
"""Element type of the empty list literal; fits every list."""


def list_of(element: Type) -> Type:
    """List type with the given element type."""
    return Type("list", element=element)


def record_of(fields: Mapping[str, Type]) -> Type:
    """Record type with the given fields, in the order given."""
    return Type("record", fields=tuple(fields.items()))


def unify(left: Type, right: Type) -> Type | None:
    """The type both have, where the empty list fits every list; None when they differ."""
    if right in {left, NOTHING}:
        return left
    if left == NOTHING:
        return right
    if left.element is None or right.element is None:
        return None
    element = unify(left.element, right.element)
    return None if element is None else list_of(element)


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a path means.

    `title` names it in English. `values` are the members of an enum (for lists: of the element). `minimum` and
    `maximum` bound ints, and dates as day numbers (for lists: the element); without them ints have 64 bits and dates
    lie between DATE_MINIMUM and DATE_MAXIMUM. `constant` is the value of a parameter, in run-time form: it is inlined
    in generated code and shown in English. `fields` declares the fields of a record (for lists: of the element).
    `clause` says that the title is a sentence of its own ("the vendor was sold") and no name ("fee for leaving").
    """

    type: Type
    title: str
    values: tuple[str, ...] | None = None
    minimum: int | None = None
    maximum: int | None = None
    constant: Constant | None = None
    fields: Mapping[str, "Declaration"] | None = None
    clause: bool = False


Environment: TypeAlias = Mapping[str, Declaration]
"""Every path an expression may name, with what it means."""


def scaled(value: float) -> int | None:
    """A double constant as a scaled decimal; None when it has more than four places."""
    exact = Decimal(repr(float(value))) * DECIMAL_SCALE
    return int(exact) if exact == exact.to_integral_value() else None
