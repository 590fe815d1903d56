"""Tree and environment to a typed tree.

Everything wrong is reported at once; a node whose own parts are wrong is passed over in silence. What is found out hangs off
the nodes' identities: types, constants and ranges.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from procureguard.cel import mistakes, ranges
from procureguard.cel.functions import MEMBERS, REFUSED, find
from procureguard.cel.pattern import PatternError, translate
from procureguard.cel.problem import Problem
from procureguard.cel.ranges import Range
from procureguard.cel.tree import (
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
    DURATION_MAXIMUM,
    INT,
    NOTHING,
    STRING,
    Constant,
    Declaration,
    Environment,
    Type,
    list_of,
    scaled,
    unify,
)
from procureguard.source import did_you_mean

_COMPARISONS: Final = ("==", "!=", "<", "<=", ">", ">=")
_DATE_HINT: Final = 'write a day as `date("2026-12-02")`'
_DAYS_HINT: Final = "write `days(90)` or `days(params.name)`"
_RANGE_HINT: Final = "a smaller range declared for the facts in it, or another comparison, avoids this"


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
        least, most = self.ranges.get(self.tree.identity, (None, None))
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
        checker.report(tree, message, mistakes.not_bool(tree, kind) if expected == BOOL else None)
    if checker.problems:
        return tuple(sorted(checker.problems, key=lambda problem: problem.start))
    named = dict.fromkeys(node.path for node in walk(tree) if isinstance(node, Path))
    return Checked(
        tree,
        environment,
        checker.types,
        checker.constants,
        checker.ranges,
        paths=tuple(path for path in named if environment[path].constant is None),
        parameters=tuple(path for path in named if environment[path].constant is not None),
    )


def paths_of(checked: Checked) -> frozenset[str]:
    """The facts and definitions an expression names; parameters are not among them."""
    return frozenset(checked.paths)


class _Checker:
    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.problems: list[Problem] = []
        self.types: dict[int, Type] = {}
        self.constants: dict[int, Constant] = {}
        self.ranges: dict[int, Range] = {}
        self.declared: dict[int, Declaration] = {}
        self.scope: dict[str, tuple[Type, Declaration | None]] = {}

    def report(self, node: Node, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(node.start, node.end, message, hint))

    def visit(self, node: Node) -> Type | None:
        """Type of a node, kept under its identity; None when something below it is wrong."""
        kind = self.kind(node)
        if kind is not None:
            self.types[node.identity] = kind
        return kind

    def visit_all(self, nodes: tuple[Node, ...]) -> list[Type] | None:
        kinds = [self.visit(node) for node in nodes]
        found = [kind for kind in kinds if kind is not None]
        return found if len(found) == len(kinds) else None

    def kind(self, node: Node) -> Type | None:
        match node:
            case Literal():
                return self.constant(node, node.value, node.type)
            case Path():
                return self.path(node)
            case Variable() | Field():
                return self.variable(node) if isinstance(node, Variable) else self.field(node)
            case Unary():
                return self.unary(node)
            case Logical():
                return self.logical(node)
            case Binary():
                return self.binary(node)
            case Conditional():
                return self.conditional(node)
            case Call():
                return self.call(node)
            case Index():
                return self.index(node)
            case Comprehension():
                return self.comprehension(node)
            case ListLiteral():
                return self.list_literal(node)

    # ------------------------------------------------------------------ what stands for a value

    def constant(self, node: Node, value: Constant, kind: Type) -> Type:
        self.constants[node.identity] = value
        self.range(node, ranges.of_constant(value))
        return kind

    def range(self, node: Node, known: Range | None) -> None:
        if known is not None:
            self.ranges[node.identity] = known

    def path(self, node: Path) -> Type | None:
        declaration = self.environment.get(node.path)
        if declaration is None:
            self.report(node, *mistakes.unknown_path(node.path, self.environment))
            return None
        self.declared[node.identity] = declaration
        if declaration.constant is not None:
            return self.constant(node, declaration.constant, declaration.type)
        self.range(node, ranges.of_fact(declaration, declaration.type))
        return declaration.type

    def variable(self, node: Variable) -> Type | None:
        if node.name not in self.scope:
            return None
        kind, declaration = self.scope[node.name]
        if declaration is not None:
            self.declared[node.identity] = declaration
        self.range(node, ranges.of_type(kind) if declaration is None else ranges.of_fact(declaration, kind))
        return kind

    def field(self, node: Field) -> Type | None:
        kind = self.visit(node.operand)
        if kind is None:
            return None
        found = kind.field(node.name)
        if found is None:
            hint = did_you_mean(node.name, [name for name, _ in kind.fields])
            self.report(node, f"`{node.name}` is no field of {kind}", hint)
            return None
        record = self.declared.get(node.operand.identity)
        declaration = (record.fields or {}).get(node.name) if record is not None else None
        if declaration is not None:
            self.declared[node.identity] = declaration
        self.range(node, ranges.of_type(found) if declaration is None else ranges.of_fact(declaration, found))
        return found

    def list_literal(self, node: ListLiteral) -> Type | None:
        kinds = self.visit_all(node.items)
        if kinds is None:
            return None
        element = NOTHING
        for item, kind in zip(node.items, kinds, strict=True):
            joined = unify(element, kind)
            if joined is None:
                self.report(
                    item,
                    f"this item is of type {kind}, the ones before it of type {element}",
                    "the items of a list have one type",
                )
                return None
            element = joined
        values = [self.constants.get(item.identity) for item in node.items]
        known = tuple(value for value in values if value is not None)
        if len(known) == len(values):
            self.constants[node.identity] = known
        return list_of(element)

    # ------------------------------------------------------------------ logic

    def truth(self, node: Node, operator: str) -> bool:
        """Whether a node is true or false; reports when it is of another type."""
        kind = self.visit(node)
        if kind not in {None, BOOL}:
            self.report(
                node, f"`{operator}` needs true or false here, this is {kind}", mistakes.not_bool(node, kind or BOOL)
            )
        return kind == BOOL

    def logical(self, node: Logical) -> Type | None:
        right = [self.truth(operand, node.operator) for operand in node.operands]
        return BOOL if all(right) else None

    def unary(self, node: Unary) -> Type | None:
        if node.operator == "!":
            return BOOL if self.truth(node.operand, "!") else None
        kind = self.visit(node.operand)
        if kind is None:
            return None
        if find("-", (kind,)) is None:
            self.report(node, f"`-` does not apply to {kind}", mistakes.MONEY_HINT if kind == DECIMAL else None)
            return None
        return self.bounded(node, kind, ranges.negate(self.ranges[node.operand.identity]))

    def conditional(self, node: Conditional) -> Type | None:
        condition = self.truth(node.condition, "?:")
        kinds = self.visit_all((node.chosen, node.otherwise))
        if kinds is None or not condition:
            return None
        kind = unify(*kinds)
        if kind is None:
            self.report(node, f"`?:` gives {kinds[0]} or {kinds[1]}", "both values must have one type")
            return None
        joined = ranges.join(self.ranges.get(node.chosen.identity), self.ranges.get(node.otherwise.identity))
        self.range(node, joined)
        return kind

    # ------------------------------------------------------------------ operators

    def binary(self, node: Binary) -> Type | None:
        kinds = self.visit_all((node.left, node.right))
        if kinds is None:
            return None
        left, right = self.as_decimals(node, kinds[0], kinds[1])
        if left is None or right is None:
            return None
        # Records have no value of their own in CEL terms: only their fields are compared.
        opaque = node.operator != "+" and (_holds_records(left) or _holds_records(right))
        row = None if opaque else find(node.operator, (left, right))
        if row is None:
            self.report(node, *mistakes.mismatch(node.operator, node.left, node.right, (left, right)))
            return None
        self.check_values(node)
        if row.result == BOOL or row.result not in {INT, DOUBLE, DATE, DURATION}:
            return row.result
        known = ranges.combine(node.operator, self.ranges[node.left.identity], self.ranges[node.right.identity])
        return self.bounded(node, row.result, known)

    def bounded(self, node: Node, kind: Type, known: Range) -> Type | None:
        """The type of an arithmetic node, or None and a report when its value could leave what the type can hold."""
        limit = ranges.overflow(kind, known)
        if limit is not None:
            self.report(node, f"the result can leave {limit}", _RANGE_HINT)
            return None
        self.ranges[node.identity] = known
        return kind

    def as_decimals(self, node: Binary, left: Type, right: Type) -> tuple[Type | None, Type | None]:
        """Types of the operands, where double constants beside a decimal have become decimals."""
        if node.operator in _COMPARISONS:
            if left == DECIMAL and right == DOUBLE:
                return left, self.as_decimal(node.right, right)
            if left == DOUBLE and right == DECIMAL:
                return self.as_decimal(node.left, left), right
        if node.operator == "in" and left == DECIMAL and right == list_of(DOUBLE):
            return left, self.as_decimal(node.right, right)
        return left, right

    def as_decimal(self, node: Node, kind: Type) -> Type | None:
        """The decimal type of a constant of doubles; its own type when it is no constant, None when it is too fine."""
        value = self.constants.get(node.identity)
        if value is None:
            return kind
        exact = tuple(
            scaled(item) if isinstance(item, float | int) else None
            for item in (value if isinstance(value, tuple) else (value,))
        )
        known = tuple(item for item in exact if item is not None)
        if len(known) < len(exact):
            self.report(node, "decimals have at most four places", "round the number to four places")
            return None
        decimal = list_of(DECIMAL) if isinstance(value, tuple) else DECIMAL
        self.constants[node.identity] = known if isinstance(value, tuple) else known[0]
        self.ranges.pop(node.identity, None)
        self.types[node.identity] = decimal
        return decimal

    def check_values(self, node: Binary) -> None:
        """Texts compared with an enum must be among its members."""
        if node.operator not in {"==", "!=", "in"}:
            return
        for enum, compared in ((node.left, node.right), (node.right, node.left)):
            declaration = self.declared.get(enum.identity)
            if declaration is None or declaration.values is None or declaration.constant is not None:
                continue
            parts = compared.items if isinstance(compared, ListLiteral) else (compared,)
            for part in parts:
                value = self.constants.get(part.identity, ())
                for text in value if isinstance(value, tuple) else (value,):
                    if isinstance(text, str) and text not in declaration.values:
                        self.report(
                            part,
                            f"`{text}` is no value of `{_named(enum)}`",
                            mistakes.unknown_value(text, declaration.values),
                        )

    def index(self, node: Index) -> Type | None:
        kinds = self.visit_all((node.operand, node.index))
        if kinds is None:
            return None
        row = find("[]", (kinds[0], kinds[1]))
        place = self.constants.get(node.index.identity)
        known = self.constants.get(node.operand.identity)
        count = (
            len(known)
            if isinstance(known, tuple)
            else len(node.operand.items)
            if isinstance(node.operand, ListLiteral)
            else None
        )
        if row is None or not isinstance(place, int) or count is None:
            self.report(
                node,
                "an item can only be picked from a list written out, by a number written out",
                "test the items with `all` or `exists` instead",
            )
            return None
        if not 0 <= place < count:
            self.report(node.index, f"the list has {count} items, counted from 0")
            return None
        self.range(node, ranges.of_type(row.result))
        return row.result

    # ------------------------------------------------------------------ functions

    def call(self, node: Call) -> Type | None:
        if not node.member and node.function in {"date", "days"}:
            return self.date(node) if node.function == "date" else self.days(node)
        if node.function not in MEMBERS:
            self.report(node, *mistakes.unknown_function(node.function))
            return None
        if not node.member and node.function != "size":
            subject = "x"
            self.report(node, f"`{node.function}` follows a dot", f"write `{subject}.{node.function}(...)`")
            return None
        kinds = self.counted(node) if node.function == "size" else self.visit_all(node.arguments)
        if kinds is None:
            return None
        row = find(node.function, tuple(kinds))
        if row is None:
            given = ", ".join(str(kind) for kind in kinds)
            self.report(node, f"`{node.function}` does not apply to ({given})", _call_hint(node, kinds))
            return None
        if node.function == "matches" and not self.pattern(node.arguments[1]):
            return None
        self.range(node, ranges.SIZE_RANGE if row.result == INT else None)
        return row.result

    def counted(self, node: Call) -> list[Type] | None:
        """Types of the arguments of `size`, the one place where a filter may stand."""
        if (
            len(node.arguments) == 1
            and isinstance(node.arguments[0], Comprehension)
            and node.arguments[0].macro == "filter"
        ):
            kind = self.filtered(node.arguments[0])
            return None if kind is None else [kind]
        return self.visit_all(node.arguments)

    def pattern(self, node: Node) -> bool:
        if not isinstance(node, Literal) or not isinstance(node.value, str):
            self.report(
                node, "the pattern of `matches` must be written out", 'write it as a text, such as `r"^[A-Z]{2}$"`'
            )
            return False
        try:
            translate(node.value)
        except PatternError as error:
            self.report(node, error.message, error.hint)
            return False
        return True

    def date(self, node: Call) -> Type | None:
        text = node.arguments[0] if len(node.arguments) == 1 else None
        if not isinstance(text, Literal) or not isinstance(text.value, str):
            self.report(node, "`date` needs one text written out", _DATE_HINT)
            return None
        self.visit(text)
        try:
            day = date.fromisoformat(text.value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != text.value:
            self.report(text, f"`{text.value}` is no day of the calendar", "write year-month-day, such as `2026-12-02`")
            return None
        return self.constant(node, day.toordinal(), DATE)

    def days(self, node: Call) -> Type | None:
        kinds = self.visit_all(node.arguments)
        if kinds is None:
            return None
        count = self.constants.get(node.arguments[0].identity) if len(kinds) == 1 else None
        if count is None or kinds != [INT] or not isinstance(count, int):
            self.report(node, "`days` needs one whole number, written out or a parameter", _DAYS_HINT)
            return None
        if abs(count) > DURATION_MAXIMUM:
            self.report(node, f"a length of time has at most {DURATION_MAXIMUM} days")
            return None
        return self.constant(node, count, DURATION)

    # ------------------------------------------------------------------ macros

    def comprehension(self, node: Comprehension) -> Type | None:
        if node.macro == "filter":
            self.report(node, "`filter` stands only directly inside `size`", REFUSED["filter"])
            return None
        return None if self.filtered(node) is None else BOOL

    def filtered(self, node: Comprehension) -> Type | None:
        """Type of the items a comprehension goes through; checks its condition with the variable in scope."""
        kind = self.visit(node.items)
        if kind is None:
            return None
        if kind.element is None:
            self.report(node.items, f"`{node.macro}` goes through a list, this is {kind}")
            return None
        if self.shadows(node):
            return None
        self.scope[node.variable] = (kind.element, self.declared.get(node.items.identity))
        fine = self.truth(node.predicate, node.macro)
        del self.scope[node.variable]
        self.types[node.identity] = kind
        return kind if fine else None

    def shadows(self, node: Comprehension) -> bool:
        name = node.variable
        taken = name in self.scope or any(path == name or path.startswith(f"{name}.") for path in self.environment)
        if taken:
            self.report(
                node, f"the variable `{name}` hides something else of that name", "choose another name for the variable"
            )
        return taken


def _holds_records(kind: Type) -> bool:
    return kind.name == "record" or (kind.element is not None and _holds_records(kind.element))


def _named(node: Node) -> str:
    match node:
        case Path(path=name) | Variable(name=name):
            return name
        case Field(operand=operand, name=name):
            return f"{_named(operand)}.{name}"
        case _:
            return "it"


def _call_hint(node: Call, kinds: list[Type]) -> str | None:
    if node.function == "contains" and kinds[0].element is not None:
        return "write `x in list`"
    if node.function == "size":
        return "`size` counts the items of one list or the characters of one text"
    if STRING in kinds or kinds[0] == STRING:
        return f'write `text.{node.function}("part")`'
    return None
