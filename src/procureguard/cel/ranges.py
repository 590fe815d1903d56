"""How large and how small a value can be, so that no accepted expression can overflow on any input."""

from typing import Final, TypeAlias

from procureguard.cel.types import (
    DATE,
    DATE_MAXIMUM,
    DATE_MINIMUM,
    DOUBLE,
    DOUBLE_FACT_MAXIMUM,
    DURATION,
    DURATION_MAXIMUM,
    INT,
    INT_MAXIMUM,
    INT_MINIMUM,
    Constant,
    Declaration,
    Type,
)

Range: TypeAlias = tuple[float, float]
"""Least and greatest value; whole numbers stay ints, so that nothing is rounded."""

SIZE_RANGE: Final[Range] = (0, 2**31 - 1)
_LAST_DAY: Final = 3_652_059
_DOUBLE_MAXIMUM: Final = 1.7976931348623157e308

_LIMITS: Final[dict[Type, Range]] = {
    INT: (INT_MINIMUM, INT_MAXIMUM),
    DOUBLE: (-_DOUBLE_MAXIMUM, _DOUBLE_MAXIMUM),
    DATE: (1, _LAST_DAY),
    DURATION: (-DURATION_MAXIMUM, DURATION_MAXIMUM),
}
_FACTS: Final[dict[Type, Range]] = {
    INT: (INT_MINIMUM, INT_MAXIMUM),
    DOUBLE: (-DOUBLE_FACT_MAXIMUM, DOUBLE_FACT_MAXIMUM),
    DATE: (DATE_MINIMUM, DATE_MAXIMUM),
    DURATION: (-DURATION_MAXIMUM, DURATION_MAXIMUM),
}
_LIMIT_NAMES: Final = {
    INT: "64 bits",
    DOUBLE: "the range of a double",
    DATE: "the years 1 to 9999",
    DURATION: "292 years",
}


def of_fact(declaration: Declaration, kind: Type) -> Range | None:
    """Range of a fact (or of the items of a list) of this type, None where the type has none."""
    known = _FACTS.get(kind)
    if known is None:
        return None
    least, most = known
    return (
        least if declaration.minimum is None else declaration.minimum,
        most if declaration.maximum is None else declaration.maximum,
    )


def of_type(kind: Type) -> Range | None:
    """Range of any fact of this type, None where the type has none."""
    return _FACTS.get(kind)


def of_constant(value: Constant) -> Range | None:
    """Range of a number that is known, None for other values."""
    return None if isinstance(value, str | tuple | bool) else (value, value)


def join(left: Range | None, right: Range | None) -> Range | None:
    """Range of a value that is one of two."""
    if left is None or right is None:
        return None
    return min(left[0], right[0]), max(left[1], right[1])


def negate(operand: Range) -> Range:
    """Range of `-x`."""
    return -operand[1], -operand[0]


def combine(operator: str, left: Range, right: Range) -> Range:
    """Range of `left operator right`; what divides is a single number other than 0."""
    if operator == "+":
        return left[0] + right[0], left[1] + right[1]
    if operator == "-":
        return left[0] - right[1], left[1] - right[0]
    if operator == "/":
        return _quotient(left, right[0])
    if operator == "%":
        return _remainder(left, right[0])
    corners = [one * other for one in left for other in right]
    return min(corners), max(corners)


def _quotient(dividend: Range, divisor: float) -> Range:
    corners = [_divided(value, divisor) for value in dividend]
    return min(corners), max(corners)


def _divided(value: float, divisor: float) -> float:
    if not (isinstance(value, int) and isinstance(divisor, int)):
        return value / divisor
    size = abs(value) // abs(divisor)
    return size if (value < 0) == (divisor < 0) else -size


def _remainder(dividend: Range, divisor: float) -> Range:
    if divisor == -1:
        # Always 0, but the reference implementation calls it an overflow wherever the quotient is one.
        least, most = _quotient(dividend, divisor)
        return min(least, 0), max(most, 0)
    most = abs(divisor) - 1
    return max(min(dividend[0], 0), -most), min(max(dividend[1], 0), most)


def overflow(kind: Type, value: Range) -> str | None:
    """Name of the limit that a value of this type and range can leave, or None."""
    limit = _LIMITS.get(kind)
    if limit is None or limit[0] <= value[0] <= value[1] <= limit[1]:
        return None
    return _LIMIT_NAMES[kind]
