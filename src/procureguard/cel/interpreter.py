"""Typed tree and facts to a value, with what was seen on the way: for findings that are explained."""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from procureguard.cel.checker import Checked
from procureguard.cel.pattern import searcher
from procureguard.cel.tree import (
    Binary,
    Call,
    Comprehension,
    Conditional,
    Field,
    Index,
    ListLiteral,
    Logical,
    Node,
    Path,
    Unary,
    Variable,
    children,
    sources,
    unfiltered,
)


def _quotient(dividend: float, divisor: float) -> float:
    """Whole numbers divide towards zero."""
    if isinstance(dividend, float):
        return dividend / divisor
    size = abs(dividend) // abs(divisor)
    return size if (dividend < 0) == (divisor < 0) else -size


def _remainder(dividend: int, divisor: int) -> int:
    """What is left has the sign of the dividend."""
    size = abs(dividend) % abs(divisor)
    return -size if dividend < 0 else size


_OPERATIONS: Final[dict[str, Callable[..., Any]]] = {
    "!": operator.not_,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _quotient,
    "%": _remainder,
    "in": lambda item, items: item in items,
    "[]": operator.getitem,
    "size": len,
    "startsWith": str.startswith,
    "endsWith": str.endswith,
    "contains": operator.contains,
    "matches": lambda text, pattern: searcher(pattern)(text) is not None,
}
"""What strict operators and functions do: apart from the generator's table, so that each proves the other."""


Strict: TypeAlias = Unary | Binary | Call | Index | ListLiteral
"""Nodes that need the values of all their parts."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that waits for facts: the paths of all that matter."""

    paths: frozenset[str]


Value: TypeAlias = object
"""A run-time value: bool, int, float, str, tuple, or Unknown."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What evaluating came to: the value, the value of every node that was reached, the paths read in order, each once.

    A node inside a comprehension has the value of the last item looked at, which is the one that decided if one did;
    `truths` has every node with what it came to at any item, where that was true or false.
    """

    value: Value
    values: Mapping[int, Value]
    read: tuple[str, ...]
    truths: frozenset[tuple[int, bool]]


def applied(node: Strict, values: Sequence[Value]) -> Value:
    """The value of a node from the values of its parts, all of them known."""
    match node:
        case ListLiteral():
            return tuple(values)
        case Unary(operator="-"):
            return operator.neg(values[0])  # type: ignore[arg-type] # the checker saw that it is a number
        case Unary(operator=name) | Binary(operator=name) | Call(function=name):
            return _OPERATIONS[name](*values)
        case Index():
            return _OPERATIONS["[]"](*values)


def interpret(checked: Checked, lookup: Callable[[str], Value]) -> Value:
    """The value of an expression, or Unknown; `lookup` gives a path's value, None or Unknown where there is none."""
    return trace(checked, lookup).value


def trace(checked: Checked, lookup: Callable[[str], Value]) -> Trace:
    """The value of an expression with everything seen on the way to it; `lookup` as in `interpret`."""
    interpreter = _Interpreter(checked, lookup)
    value = interpreter.visit(checked.tree)
    return Trace(value, interpreter.values, tuple(interpreter.read), frozenset(interpreter.truths))


class _Interpreter:
    def __init__(self, checked: Checked, lookup: Callable[[str], Value]) -> None:
        self.checked = checked
        self.lookup = lookup
        self.values: dict[int, Value] = {}
        self.read: dict[str, None] = {}
        self.truths: set[tuple[int, bool]] = set()
        self.scope: dict[str, tuple[Value, frozenset[str]]] = {}

    def visit(self, node: Node) -> Value:
        constant = self.checked.constants.get(node.identity)
        value = self.evaluate(node) if constant is None else constant
        self.values[node.identity] = value
        if value is True or value is False:
            self.truths.add((node.identity, value))
        return value

    def evaluate(self, node: Node) -> Value:  # noqa: PLR0911 - one return for each kind
        match node:
            case Path(path=path):
                self.read[path] = None
                value = self.lookup(path)
                return Unknown(frozenset((path,))) if value is None else value
            case Variable(name=name):
                return self.scope[name][0]
            case Field():
                return self.field(node)
            case Logical(operator=name, operands=operands):
                return _absorb((self.visit(operand) for operand in operands), absorbing=name == "||")
            case Conditional():
                condition = self.visit(node.condition)
                if isinstance(condition, Unknown):
                    return condition
                return self.visit(node.chosen if condition else node.otherwise)
            case Comprehension():
                return self.comprehension(node)
            case Unary() | Binary() | Call() | Index() | ListLiteral():
                return self.strict(node)
        raise AssertionError(node)  # literals are constants

    def strict(self, node: Strict) -> Value:
        """All parts are needed: unknown as soon as one is, and then waiting for all of those."""
        values = [self.visit(part) for part in children(node)]
        unknown = _waiting(values)
        if unknown is not None:
            return unknown
        return applied(node, values)

    def field(self, node: Field) -> Value:
        record = self.visit(node.operand)
        if not isinstance(record, tuple):
            return record
        value = record[self.checked.types[node.operand.identity].position(node.name)]
        return Unknown(self.origin(node)) if value is None else value

    def origin(self, node: Node) -> frozenset[str]:
        """The paths whose statement would settle a field: those of the list that its record stands in."""
        while isinstance(node, Field):
            node = node.operand
        return self.scope[node.name][1] if isinstance(node, Variable) else frozenset()

    # ------------------------------------------------------------------ macros

    def comprehension(self, node: Comprehension) -> Value:
        items = self.visit(node.items)
        if not isinstance(items, tuple):
            return items
        outcomes = self.outcomes(node, items)
        if node.macro in {"all", "exists"}:
            return _absorb(outcomes, absorbing=node.macro == "exists")
        known = list(outcomes)
        unknown = _waiting(known)
        if unknown is not None:
            return unknown
        kept = tuple(item for item, outcome in zip(items, known, strict=True) if outcome)
        return kept if node.macro == "filter" else len(kept) == 1

    def outcomes(self, node: Comprehension, items: tuple[Value, ...]) -> Iterator[Value]:
        """The condition's value for each item, computed as it is asked for."""
        paths = frozenset(sources(node.items)) or self.origin(unfiltered(node.items))
        for item in items:
            self.scope[node.variable] = (item, paths)
            yield self.visit(node.predicate)
        self.scope.pop(node.variable, None)


def _waiting(values: Iterable[Value]) -> Unknown | None:
    """The unknown that waits for everything the unknown ones among some values wait for; None when all are known."""
    unknown = [value.paths for value in values if isinstance(value, Unknown)]
    return Unknown(frozenset[str]().union(*unknown)) if unknown else None


def _absorb(outcomes: Iterable[Value], *, absorbing: bool) -> Value:
    """Kleene's `or` (absorbing True) or `and` (absorbing False) of outcomes, asked for until one absorbs."""
    unknown: list[Value] = []
    for outcome in outcomes:
        if isinstance(outcome, Unknown):
            unknown.append(outcome)
        elif outcome is absorbing:
            return absorbing
    return _waiting(unknown) or (not absorbing)
