"""The tree of an expression.

Every node carries an identity, unique in its tree, and character offsets. Neither takes part in comparison: two nodes
are equal when they say the same. Whatever else is known of a node (type, range, value) hangs off its identity.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from procureguard.cel.types import Type

COMPARING: Final = ("==", "!=", "<", "<=", ">", ">=", "in")
ORDERING: Final = ("<", "<=", ">", ">=")
DIVIDING: Final = ("/", "%")
ARITHMETIC: Final = ("+", "-", "*", *DIVIDING)

LEVELS: Final = {"||": 2, "&&": 3} | dict.fromkeys(COMPARING, 4) | dict.fromkeys("+-", 5) | dict.fromkeys("*/%", 6)
"""How tightly binary operators bind; `?:` is below them all."""


@dataclass(frozen=True, slots=True)
class _Located:
    identity: int = field(compare=False, kw_only=True)
    start: int = field(compare=False, kw_only=True)
    end: int = field(compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Literal(_Located):
    """A bool, int, double or string written out; the type keeps `1`, `1.0` and `true` apart."""

    value: bool | int | float | str
    type: Type


@dataclass(frozen=True, slots=True)
class Path(_Located):
    """A fact, parameter or definition by its dotted path."""

    path: str


@dataclass(frozen=True, slots=True)
class Variable(_Located):
    """The variable of an enclosing comprehension."""

    name: str


@dataclass(frozen=True, slots=True)
class Field(_Located):
    """A field of a record that a variable stands for."""

    operand: "Node"
    name: str


@dataclass(frozen=True, slots=True)
class Unary(_Located):
    """`!` or `-` applied to an operand."""

    operator: str
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Logical(_Located):
    """`&&` or `||` over two or more operands written side by side."""

    operator: str
    operands: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Binary(_Located):
    """A comparison, `in`, or arithmetic on two operands."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Conditional(_Located):
    """`condition ? chosen : otherwise`."""

    condition: "Node"
    chosen: "Node"
    otherwise: "Node"


@dataclass(frozen=True, slots=True)
class Call(_Located):
    """A function of its arguments; `member` when written `first.function(rest)`."""

    function: str
    arguments: tuple["Node", ...]
    member: bool


@dataclass(frozen=True, slots=True)
class Index(_Located):
    """An item of a list by its place, from 0."""

    operand: "Node"
    index: "Node"


@dataclass(frozen=True, slots=True)
class Comprehension(_Located):
    """`items.macro(variable, predicate)`; the macro is all, exists, exists_one or filter."""

    macro: str
    items: "Node"
    variable: str
    predicate: "Node"


@dataclass(frozen=True, slots=True)
class ListLiteral(_Located):
    """A list written out."""

    items: tuple["Node", ...]


Node: TypeAlias = (
    Literal
    | Path
    | Variable
    | Field
    | Unary
    | Logical
    | Binary
    | Conditional
    | Call
    | Index
    | Comprehension
    | ListLiteral
)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below a node, in the order they are written."""
    match node:
        case Literal() | Path() | Variable():
            return ()
        case Field(operand=operand) | Unary(operand=operand):
            return (operand,)
        case Binary(left=first, right=second) | Index(operand=first, index=second):
            return (first, second)
        case Comprehension(items=first, predicate=second):
            return (first, second)
        case Conditional(condition=condition, chosen=chosen, otherwise=otherwise):
            return (condition, chosen, otherwise)
        case Logical(operands=nodes) | Call(arguments=nodes) | ListLiteral(items=nodes):
            return nodes


def unfiltered(node: Node) -> Node:
    """The list that filters take items from, where a node is one of these; otherwise the node itself."""
    while isinstance(node, Comprehension) and node.macro == "filter":
        node = node.items
    return node


def sources(node: Node) -> Iterator[str]:
    """The paths whose items a list may hold, in the order they are written; conditions are not among them."""
    match node:
        case Path(path=path):
            yield path
        case Comprehension(items=items):
            yield from sources(items)
        case Conditional(chosen=chosen, otherwise=otherwise):
            yield from sources(chosen)
            yield from sources(otherwise)
        case _:
            for part in children(node):
                yield from sources(part)


def walk(node: Node) -> Iterator[Node]:
    """A node and all nodes below it, parents before children, left before right."""
    yield node
    for child in children(node):
        yield from walk(child)
