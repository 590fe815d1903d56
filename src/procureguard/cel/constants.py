"""What is settled when an expression is loaded: days, lengths of time, decimals, members of enums, patterns."""

from datetime import date
from typing import Final

from procureguard.cel import mistakes
from procureguard.cel.notes import Notes
from procureguard.cel.pattern import PatternError, translate
from procureguard.cel.tree import Binary, Call, Field, ListLiteral, Literal, Node, Path, Variable, unfiltered
from procureguard.cel.types import (
    DATE,
    DECIMAL,
    DOUBLE,
    DURATION,
    DURATION_MAXIMUM,
    INT,
    STRING,
    Type,
    list_of,
    scaled,
)

_COMPARISONS: Final = ("==", "!=", "<", "<=", ">", ">=")
_DATE_HINT: Final = 'write a day as `date("2026-12-02")`'
_DAYS_HINT: Final = "write `days(90)` or `days(params.name)`"
_DIVISOR_HINT: Final = "multiply the other side instead (`a > 2 * b`), or compute the share in a derived fact"


def written_date(notes: Notes, node: Call) -> Type | None:
    """The type of `date("...")`, its day noted; None and a report when it is no day."""
    text = node.arguments[0] if len(node.arguments) == 1 else None
    if not isinstance(text, Literal) or not isinstance(text.value, str):
        notes.report(node, "`date` needs one text written out", _DATE_HINT)
        return None
    notes.constant(text, text.value, STRING)
    try:
        day = date.fromisoformat(text.value)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text.value:
        notes.report(text, f"`{text.value}` is no day of the calendar", "write year-month-day, such as `2026-12-02`")
        return None
    return notes.constant(node, day.toordinal(), DATE)


def written_days(notes: Notes, node: Call, kinds: list[Type]) -> Type | None:
    """The type of `days(...)`, its length noted; None and a report when it is no known whole number."""
    count = notes.constants.get(node.arguments[0].identity) if len(kinds) == 1 else None
    if count is None or kinds != [INT] or not isinstance(count, int):
        notes.report(node, "`days` needs one whole number, written out or a parameter", _DAYS_HINT)
        return None
    if abs(count) > DURATION_MAXIMUM:
        notes.report(node, f"a length of time has at most {DURATION_MAXIMUM} days")
        return None
    return notes.constant(node, count, DURATION)


def check_divisor(notes: Notes, node: Binary) -> bool:
    """Whether what `/` or `%` divides by is known and not 0, so that no division can fail; reports why not."""
    divisor = notes.constants.get(node.right.identity)
    if divisor is None:
        message = f"`{node.operator}` needs a number written out or a parameter on its right"
        notes.report(node.right, message, _DIVISOR_HINT)
    elif divisor == 0:
        name = f"`{node.right.path}` is 0, and nothing" if isinstance(node.right, Path) else "nothing"
        notes.report(node.right, f"{name} can be divided by 0", "divide by another number")
    return bool(divisor)


def check_pattern(notes: Notes, node: Node) -> bool:
    """Whether the pattern of `matches` is accepted; reports why not."""
    if not isinstance(node, Literal) or not isinstance(node.value, str):
        notes.report(
            node, "the pattern of `matches` must be written out", 'write it as a text, such as `r"^[A-Z]{2}$"`'
        )
        return False
    try:
        translate(node.value)
    except PatternError as error:
        notes.report(node, error.message, error.hint)
        return False
    return True


def as_decimals(notes: Notes, node: Binary, left: Type, right: Type) -> tuple[Type, Type] | None:
    """Types of the operands, where double constants beside a decimal have become decimals."""
    comparison = node.operator in _COMPARISONS
    if left == DECIMAL and ((comparison and right == DOUBLE) or (node.operator == "in" and right == list_of(DOUBLE))):
        fitted = _as_decimal(notes, node.right, right)
        return None if fitted is None else (left, fitted)
    if comparison and left == DOUBLE and right == DECIMAL:
        fitted = _as_decimal(notes, node.left, left)
        return None if fitted is None else (fitted, right)
    return left, right


def _as_decimal(notes: Notes, node: Node, kind: Type) -> Type | None:
    """The decimal type of a constant of doubles; its own type when it is no constant, None when it is too fine."""
    value = notes.constants.get(node.identity)
    if value is None:
        return kind
    exact = tuple(
        scaled(item) if isinstance(item, float | int) else None
        for item in (value if isinstance(value, tuple) else (value,))
    )
    known = tuple(item for item in exact if item is not None)
    if len(known) < len(exact):
        notes.report(node, "decimals have at most four places", "round the number to four places")
        return None
    decimal = list_of(DECIMAL) if isinstance(value, tuple) else DECIMAL
    notes.constants[node.identity] = known if isinstance(value, tuple) else known[0]
    notes.ranges.pop(node.identity, None)
    notes.types[node.identity] = decimal
    return decimal


def check_values(notes: Notes, node: Binary) -> None:
    """Texts compared with an enum must be among its members; reports those that are not."""
    if node.operator not in {"==", "!=", "in"}:
        return
    for enum, compared in ((node.left, node.right), (node.right, node.left)):
        declaration = notes.declared.get(enum.identity)
        if declaration is not None and declaration.values is not None and declaration.constant is None:
            for part in compared.items if isinstance(compared, ListLiteral) else (compared,):
                _check_members(notes, part, _named(enum), declaration.values)


def _check_members(notes: Notes, node: Node, enum: str, values: tuple[str, ...]) -> None:
    known = notes.constants.get(node.identity, ())
    for text in known if isinstance(known, tuple) else (known,):
        if isinstance(text, str) and text not in values:
            notes.report(node, f"`{text}` is no value of `{enum}`", mistakes.unknown_value(text, values))


def _named(node: Node) -> str:
    match unfiltered(node):
        case Path(path=name) | Variable(name=name):
            return name
        case Field(operand=operand, name=name):
            return f"{_named(operand)}.{name}"
        case _:
            return "it"
