"""Tree and environment to a typed tree.

Everything wrong is reported at once; a node whose own parts are wrong is passed over in silence. What is found out
hangs off the nodes' identities: types, constants and ranges.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from procureguard.cel import mistakes, ranges
from procureguard.cel.constants import (
    as_decimals,
    check_divisor,
    check_pattern,
    check_values,
    written_date,
    written_days,
)
from procureguard.cel.functions import MEMBERS, find
from procureguard.cel.notes import Notes
from procureguard.cel.problem import Problem
from procureguard.cel.ranges import Range
from procureguard.cel.tree import (
    DIVIDING,
    Binary,
    Call,
    Comprehension,
    Conditional,
    Field,
    Index,
    ListLiteral,
    Literal,
    Logical,
    Node,
    Path,
    Unary,
    Variable,
    walk,
)
from procureguard.cel.types import (
    BOOL,
    DATE,
    DECIMAL,
    DOUBLE,
    DURATION,
    INT,
    NOTHING,
    Constant,
    Declaration,
    Environment,
    Type,
    list_of,
    unify,
)
from procureguard.source.diagnostic import did_you_mean

MAXIMUM_LOOPS: Final = 8
"""How many comprehensions may stand inside each other."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A typed tree: by node identity its types, the constants known at load, the ranges of numbers.

    `paths` are the facts and definitions it names, `parameters` the constants, each in order of first use and once.
    """

    tree: Node
    environment: Environment
    types: Mapping[int, Type]
    constants: Mapping[int, Constant]
    ranges: Mapping[int, Range]
    paths: tuple[str, ...]
    parameters: tuple[str, ...]

    @property
    def type(self) -> Type:
        """Type of the whole expression."""
        return self.types[self.tree.identity]

    def declaration(self, title: str) -> Declaration:
        """What the expression means to others, once it has a name."""
        least, most = self.ranges.get(self.tree.identity, (0.5, 0.5))
        source = self.environment.get(self.tree.path) if isinstance(self.tree, Path) else None
        return Declaration(
            self.type,
            title,
            values=None if source is None else source.values,
            minimum=least if isinstance(least, int) else None,
            maximum=most if isinstance(most, int) else None,
            fields=None if source is None else source.fields,
        )


def check(tree: Node, environment: Environment, expected: Type | None = None) -> Checked | tuple[Problem, ...]:
    """The typed tree, or everything found wrong with it; with `expected`, an expression of another type is wrong."""
    checker = _Checker(environment)
    kind = checker.visit(tree)
    if kind is not None and expected is not None and unify(kind, expected) is None:
        message = f"the expression is of type {kind}, and {expected} is needed"
        checker.notes.report(tree, message, mistakes.not_bool(tree, kind) if expected == BOOL else None)
    if checker.notes.problems:
        return tuple(sorted(checker.notes.problems, key=lambda problem: problem.start))
    named = dict.fromkeys(node.path for node in walk(tree) if isinstance(node, Path))
    return Checked(
        tree,
        environment,
        checker.notes.types,
        checker.notes.constants,
        checker.notes.ranges,
        paths=tuple(path for path in named if environment[path].constant is None),
        parameters=tuple(path for path in named if environment[path].constant is not None),
    )


class _Checker:
    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.notes = Notes(environment)
        self.scope: dict[str, tuple[Type, Declaration | None]] = {}

    def visit(self, node: Node) -> Type | None:
        """Type of a node, kept under its identity; None when something below it is wrong."""
        kind = self.kind(node)
        if kind is not None:
            self.notes.types[node.identity] = kind
        return kind

    def visit_all(self, nodes: tuple[Node, ...]) -> list[Type] | None:
        kinds = [self.visit(node) for node in nodes]
        found = [kind for kind in kinds if kind is not None]
        return found if len(found) == len(kinds) else None

    def kind(self, node: Node) -> Type | None:
        match node:
            case Literal() | Path() | Variable() | Field() | ListLiteral():
                return self.named_or_written(node)
            case Unary() | Logical() | Conditional():
                return self.logic(node)
            case Binary() | Index() | Call():
                return self.operation(node)
            case Comprehension():
                return self.comprehension(node)

    def named_or_written(self, node: Literal | Path | Variable | Field | ListLiteral) -> Type | None:
        match node:
            case Literal():
                return self.notes.constant(node, node.value, node.type)
            case Path():
                return self.path(node)
            case Variable():
                return self.variable(node)
            case Field():
                return self.field(node)
            case ListLiteral():
                return self.list_literal(node)

    def logic(self, node: Unary | Logical | Conditional) -> Type | None:
        match node:
            case Unary():
                return self.unary(node)
            case Logical():
                right = [self.truth(operand, node.operator) for operand in node.operands]
                return BOOL if all(right) else None
            case Conditional():
                return self.conditional(node)

    def operation(self, node: Binary | Index | Call) -> Type | None:
        match node:
            case Binary():
                return self.binary(node)
            case Index():
                return self.index(node)
            case Call(function="date", member=False):
                return written_date(self.notes, node)
            case Call(function="days", member=False):
                kinds = self.visit_all(node.arguments)
                return None if kinds is None else written_days(self.notes, node, kinds)
            case Call():
                return self.call(node)

    # ------------------------------------------------------------------ what stands for a value

    def path(self, node: Path) -> Type | None:
        declaration = self.environment.get(node.path)
        if declaration is None:
            self.notes.report(node, *mistakes.unknown_path(node.path, self.environment))
            return None
        self.notes.declare(node, declaration.type, declaration)
        if declaration.constant is not None:
            return self.notes.constant(node, declaration.constant, declaration.type)
        return declaration.type

    def variable(self, node: Variable) -> Type | None:
        if node.name not in self.scope:
            return None
        kind, declaration = self.scope[node.name]
        self.notes.declare(node, kind, declaration)
        return kind

    def field(self, node: Field) -> Type | None:
        kind = self.visit(node.operand)
        if kind is None:
            return None
        found = kind.field(node.name)
        if found is None:
            hint = did_you_mean(node.name, [name for name, _ in kind.fields])
            self.notes.report(node, f"`{node.name}` is no field of {kind}", hint)
            return None
        record = self.notes.declared.get(node.operand.identity)
        declaration = (record.fields or {}).get(node.name) if record is not None else None
        self.notes.declare(node, found, declaration)
        return found

    def list_literal(self, node: ListLiteral) -> Type | None:
        kinds = self.visit_all(node.items)
        if kinds is None:
            return None
        element = NOTHING
        for item, kind in zip(node.items, kinds, strict=True):
            joined = unify(element, kind)
            if joined is None:
                message = f"this item is of type {kind}, the ones before it of type {element}"
                self.notes.report(item, message, "the items of a list have one type")
                return None
            element = joined
        values = [self.notes.constants.get(item.identity) for item in node.items]
        known = tuple(value for value in values if value is not None)
        if len(known) == len(values):
            self.notes.constants[node.identity] = known
        return list_of(element)

    # ------------------------------------------------------------------ logic

    def truth(self, node: Node, operator: str) -> bool:
        """Whether a node is true or false; reports when it is of another type."""
        kind = self.visit(node)
        if kind is not None and kind != BOOL:
            message = f"`{operator}` needs true or false here, this is {kind}"
            self.notes.report(node, message, mistakes.not_bool(node, kind))
        return kind == BOOL

    def unary(self, node: Unary) -> Type | None:
        if node.operator == "!":
            return BOOL if self.truth(node.operand, "!") else None
        kind = self.visit(node.operand)
        if kind is None:
            return None
        if find("-", (kind,)) is None:
            self.notes.report(node, f"`-` does not apply to {kind}", mistakes.MONEY_HINT if kind == DECIMAL else None)
            return None
        return self.notes.bounded(node, kind, ranges.negate(self.notes.range_of(node.operand)))

    def conditional(self, node: Conditional) -> Type | None:
        condition = self.truth(node.condition, "?:")
        kinds = self.visit_all((node.chosen, node.otherwise))
        if kinds is None or not condition:
            return None
        kind = unify(*kinds)
        if kind is None:
            self.notes.report(node, f"`?:` gives {kinds[0]} or {kinds[1]}", "both values must have one type")
            return None
        joined = ranges.join(
            self.notes.ranges.get(node.chosen.identity), self.notes.ranges.get(node.otherwise.identity)
        )
        self.notes.limit(node, joined)
        return kind

    # ------------------------------------------------------------------ operators

    def binary(self, node: Binary) -> Type | None:
        kinds = self.visit_all((node.left, node.right))
        if kinds is None:
            return None
        fitted = self.fitted(node, kinds[0], kinds[1])
        if fitted is None:
            return None
        left, right = fitted
        # Records have no value of their own in CEL terms: only their fields are compared.
        opaque = node.operator != "+" and (_holds_records(left) or _holds_records(right))
        row = None if opaque else find(node.operator, (left, right))
        if row is None:
            self.notes.report(node, *mistakes.mismatch(node.operator, node.left, node.right, (left, right)))
            return None
        check_values(self.notes, node)
        if node.operator in DIVIDING and not check_divisor(self.notes, node):
            return None
        if row.result not in {INT, DOUBLE, DATE, DURATION}:
            return row.result
        known = ranges.combine(node.operator, self.notes.range_of(node.left), self.notes.range_of(node.right))
        return self.notes.bounded(node, row.result, known)

    def fitted(self, node: Binary, left: Type, right: Type) -> tuple[Type, Type] | None:
        """Types of the operands, fitted to each other: doubles beside decimals, and items of a list without any."""
        if NOTHING in {left, right} and node.operator != "in":
            known = unify(left, right) or NOTHING
            self.notes.types[node.left.identity] = self.notes.types[node.right.identity] = known
            return known, known
        return as_decimals(self.notes, node, left, right)

    def index(self, node: Index) -> Type | None:
        kinds = self.visit_all((node.operand, node.index))
        if kinds is None:
            return None
        row = find("[]", (kinds[0], kinds[1]))
        place = self.notes.constants.get(node.index.identity)
        count = self.length(node.operand)
        if row is None or not isinstance(place, int) or count is None:
            message = "an item can only be picked from a list written out, by a number written out"
            self.notes.report(node, message, "test the items with `all` or `exists` instead")
            return None
        if not 0 <= place < count:
            self.notes.report(node.index, f"the list has {count} items, counted from 0")
            return None
        self.notes.limit(node, ranges.of_type(row.result))
        return row.result

    def length(self, node: Node) -> int | None:
        """How many items a list has, where that is known."""
        known = self.notes.constants.get(node.identity)
        if isinstance(known, tuple):
            return len(known)
        return len(node.items) if isinstance(node, ListLiteral) else None

    # ------------------------------------------------------------------ functions

    def call(self, node: Call) -> Type | None:
        if node.function not in MEMBERS:
            self.notes.report(node, *mistakes.unknown_function(node.function))
            return None
        if not node.member and node.function != "size":
            self.notes.report(node, f"`{node.function}` follows a dot", f"write `text.{node.function}(...)`")
            return None
        kinds = self.visit_all(node.arguments)
        if kinds is None:
            return None
        row = find(node.function, tuple(kinds))
        if row is None:
            given = ", ".join(str(kind) for kind in kinds)
            self.notes.report(
                node, f"`{node.function}` does not apply to ({given})", mistakes.call_hint(node.function, kinds)
            )
            return None
        if node.function == "matches" and not check_pattern(self.notes, node.arguments[1]):
            return None
        self.notes.limit(node, ranges.SIZE_RANGE if row.result == INT else None)
        return row.result

    # ------------------------------------------------------------------ macros

    def comprehension(self, node: Comprehension) -> Type | None:
        """The type of a comprehension; a filter is a list like the one it takes its items from."""
        kind = self.gone_through(node)
        if kind is None or node.macro != "filter":
            return None if kind is None else BOOL
        declaration = self.notes.declared.get(node.items.identity)
        if declaration is not None:
            self.notes.declared[node.identity] = declaration
        return kind

    def gone_through(self, node: Comprehension) -> Type | None:
        """Type of the list a comprehension goes through; checks its condition with the variable in scope."""
        kind = self.visit(node.items)
        if kind is None:
            return None
        if kind.element is None:
            self.notes.report(node.items, f"`{node.macro}` goes through a list, this is {kind}")
            return None
        if self.shadows(node):
            return None
        if len(self.scope) == MAXIMUM_LOOPS:
            message = f"more than {MAXIMUM_LOOPS} of `all`, `exists` and the like stand inside each other"
            self.notes.report(node, message, "move the inner ones into definitions")
            return None
        self.scope[node.variable] = (kind.element, self.notes.declared.get(node.items.identity))
        fine = self.truth(node.predicate, node.macro)
        del self.scope[node.variable]
        return kind if fine else None

    def shadows(self, node: Comprehension) -> bool:
        name = node.variable
        taken = name in self.scope or any(path == name or path.startswith(f"{name}.") for path in self.environment)
        if taken:
            message = f"the variable `{name}` hides something else of that name"
            self.notes.report(node, message, "choose another name for the variable")
        return taken


def _holds_records(kind: Type) -> bool:
    return kind.name == "record" or (kind.element is not None and _holds_records(kind.element))
