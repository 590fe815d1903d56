"""Typed tree to straight Python statements in three-valued logic: True, False and None for unknown.

Only names made here, operands given by the caller and `repr`'d constants reach the source. A value computed once is
used again wherever its computation has certainly run: in the same block and in the blocks inside it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from procureguard.cel.checker import Checked
from procureguard.cel.functions import find
from procureguard.cel.membership import membership
from procureguard.cel.pattern import searcher
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
    children,
)
from procureguard.cel.types import Constant, Type

NESTING: Final = 12
"""Blocks may be this deep before the operands of one `&&` or `||` stop nesting: Python's own limit is 100."""

_Signature: TypeAlias = tuple[object, ...]
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Operand:
    """A Python expression, unknown when one of `unknowns` is None; an atom is a name or a constant."""

    unknowns: tuple[str, ...]
    body: str
    atom: bool = False

    @property
    def text(self) -> str:
        """The expression with its guard against unknown parts."""
        if self.atom or not self.unknowns:
            return self.body
        return f"None if {' or '.join(f'{name} is None' for name in self.unknowns)} else {self.body}"


class Emitter:
    """Writes the statements that compute expressions, one after the other, into `lines`.

    `operand_of` gives the Python operand that holds a fact's or definition's value; one that is no plain name is
    read once. Names made here are `t1`, `t2`, ... for values, `k1`, `k2`, ... for the searches of `patterns`, and `s1`,
    `s2`, ... for `sets`; the latter two must be in the namespace in which the code runs (`constants`).
    """

    def __init__(
        self,
        operand_of: Callable[[str], str],
        indentation: int = 0,
        constant_of: Callable[[str], Constant | None] = lambda _: None,
    ) -> None:
        self.operand_of = operand_of
        self.constant_of = constant_of
        self.lines: list[str] = []
        self.patterns: dict[str, str] = {}
        self.sets: dict[str, frozenset[Constant]] = {}
        self._indentation = indentation
        self._count = 0
        self._scopes: list[dict[_Signature, Operand]] = [{}]

    def emit(self, checked: Checked) -> str:
        """Append the statements that compute an expression; its operand afterwards, a name or a constant."""
        return Writer(self, checked).atom(checked.tree).body

    @property
    def constants(self) -> dict[str, object]:
        """What the names `k1`, `k2`, ... and `s1`, `s2`, ... stand for."""
        found: dict[str, object] = {name: searcher(pattern) for name, pattern in self.patterns.items()}
        return found | self.sets

    def write(self, line: str) -> None:
        """Append a line at the present depth."""
        self.lines.append(f"{'    ' * self._indentation}{line}")

    def fresh(self) -> str:
        """A new local name."""
        self._count += 1
        return f"t{self._count}"

    def pattern(self, pattern: str) -> str:
        """The name that stands for the search of a pattern."""
        return _named(self.patterns, pattern, "k")

    def set_of(self, values: frozenset[Constant]) -> str:
        """The name that stands for a set of constants."""
        return _named(self.sets, values, "s")

    @property
    def depth(self) -> int:
        """How many blocks deep the next line stands."""
        return self._indentation

    @contextmanager
    def block(self, header: str) -> Iterator[None]:
        """Lines written inside belong to the block; what is computed there is forgotten after it."""
        self.write(header)
        self._indentation += 1
        self._scopes.append({})
        yield
        self._scopes.pop()
        self._indentation -= 1

    def recall(self, signature: _Signature) -> Operand | None:
        """The atom that already holds a value here."""
        return next((scope[signature] for scope in reversed(self._scopes) if signature in scope), None)

    def remember(self, signature: _Signature, value: Operand) -> Operand:
        """Keep an atom for later use in this block."""
        self._scopes[-1][signature] = value
        return value


class Writer:
    """Writes one expression."""

    def __init__(self, emitter: Emitter, checked: Checked) -> None:
        self.emitter = emitter
        self.checked = checked
        self.variables: dict[str, str] = {}

    # ------------------------------------------------------------------ values

    def atom(self, node: Node) -> Operand:
        """A name or constant that holds a node's value."""
        value = self._value(node)
        return value if value.atom else self._keep(self._signature(node), value)

    def _keep(self, signature: _Signature, value: Operand) -> Operand:
        name = self.emitter.fresh()
        self.emitter.write(f"{name} = {value.text}")
        return self.emitter.remember(signature, Operand((name,) if value.unknowns else (), name, atom=True))

    def _value(self, node: Node) -> Operand:
        """An expression for a node's value, after the statements it needs."""
        if node.identity in self.checked.constants:
            return Operand((), repr(self.checked.constants[node.identity]), atom=True)
        if isinstance(node, Path):
            return self._fact(node)
        if isinstance(node, Variable):
            return Operand((), self.variables[node.name], atom=True)
        known = self.emitter.recall(self._signature(node))
        return self._computed(node) if known is None else known

    def _fact(self, node: Path) -> Operand:
        operand = self.emitter.operand_of(node.path)
        if operand.isidentifier():
            return Operand((operand,), operand, atom=True)
        signature = ("fact", operand)
        known = self.emitter.recall(signature)
        return known or self._keep(signature, Operand((operand,), f"{operand}", atom=True))

    def _computed(self, node: Node) -> Operand:  # noqa: PLR0911 - one return for each kind
        match node:
            case Logical():
                return self._logical(node)
            case Conditional():
                return self._conditional(node)
            case Comprehension():
                return self._comprehension(node)
            case Field(operand=operand, name=name):
                place = self._type(operand).position(name)
                record = self.atom(operand)
                item = f"{record.body}[{place}]"
                return self._keep(
                    self._signature(node),
                    Operand((*record.unknowns, item), item) if record.unknowns else Operand((item,), item, atom=True),
                )
            case Unary(operator="!", operand=operand):
                value = self._value(operand)
                return Operand(value.unknowns, self._form(node, [value.body]))
            case Call(function="size", arguments=(Comprehension(macro="filter") as filtered,)):
                return self._counted(filtered)
            case _:
                return self._strict(node)

    def _type(self, node: Node) -> Type:
        return self.checked.types[node.identity]

    def _strict(self, node: Node) -> Operand:
        """An operator or function that needs all its operands."""
        operands = [self.atom(part) for part in self._parts(node)]
        unknowns = tuple(dict.fromkeys(name for operand in operands for name in operand.unknowns))
        return Operand(unknowns, self._form(node, [operand.body for operand in operands]))

    def _parts(self, node: Node) -> tuple[Node, ...]:
        # The pattern of `matches` is no operand: it has become a search of its own.
        return children(node)[:1] if isinstance(node, Call) and node.function == "matches" else children(node)

    def _form(self, node: Node, operands: list[str]) -> str:
        if isinstance(node, ListLiteral):
            return f"({', '.join(operands)},)"
        if isinstance(node, Binary) and node.operator == "in":
            return self._membership(node, operands)
        if isinstance(node, Call) and node.function == "matches":
            operands = [*operands, self.emitter.pattern(str(self.checked.constants[node.arguments[1].identity]))]
        row = find(operation_name(node), tuple(self._type(part) for part in children(node)))
        if row is None:
            raise AssertionError(node)  # the checker found the same row
        return row.python.format(*operands)

    def _constant(self, node: Node) -> Constant | None:
        """What a node is in every run, where that is known."""
        if node.identity in self.checked.constants:
            return self.checked.constants[node.identity]
        return self.emitter.constant_of(node.path) if isinstance(node, Path) else None

    def _membership(self, node: Binary, operands: list[str]) -> str:
        items = self._constant(node.right)
        if not isinstance(items, tuple) or any(isinstance(item, tuple) for item in items):
            return f"{operands[0]} in {operands[1]}"
        if not items:
            return "False"
        # Python turns a set display of constants after `in` into one constant.
        return f"{operands[0]} in {{{', '.join(sorted(repr(item) for item in items))}}}"

    # ------------------------------------------------------------------ what does not need all operands

    def _result(self, node: Node, name: str, *, unknown: bool) -> Operand:
        return self.emitter.remember(self._signature(node), Operand((name,) if unknown else (), name, atom=True))

    def _logical(self, node: Logical) -> Operand:
        absorbing, neutral = ("False", "True") if node.operator == "&&" else ("True", "False")
        first, *rest = node.operands
        value = self._value(first)
        unknown = bool(value.unknowns)
        name = self.emitter.fresh()
        self.emitter.write(f"{name} = {value.text}")
        unknown |= self._absorb(name, rest, absorbing, neutral)
        return self._result(node, name, unknown=unknown)

    def _absorb(self, name: str, rest: list[Node], absorbing: str, neutral: str) -> bool:
        """Statements that take the remaining operands into `name`; whether one of them can be unknown."""
        if not rest:
            return False
        nested = self.emitter.depth < NESTING
        with self.emitter.block(f"if {name} is not {absorbing}:"):
            value = self._value(rest[0])
            unknown = bool(value.unknowns)
            if unknown:
                atom = value if value.atom else self._keep(self._signature(rest[0]), value)
                self.emitter.write(f"if {atom.body} is not {neutral}: {name} = {atom.body}")
            else:
                self.emitter.write(f"if {'not ' if absorbing == 'False' else ''}{value.body}: {name} = {absorbing}")
            if nested:
                unknown |= self._absorb(name, rest[1:], absorbing, neutral)
        if not nested:
            unknown |= self._absorb(name, rest[1:], absorbing, neutral)
        return unknown

    def _conditional(self, node: Conditional) -> Operand:
        condition = self.atom(node.condition)
        name = self.emitter.fresh()
        unknown = bool(condition.unknowns)
        if unknown:
            self.emitter.write(f"{name} = None")
        for header, branch in (
            (f"if {condition.body}:", node.chosen),
            (f"if {condition.body} is False:", node.otherwise),
        ):
            with self.emitter.block(header):
                value = self._value(branch)
                unknown |= bool(value.unknowns)
                self.emitter.write(f"{name} = {value.text}")
        return self._result(node, name, unknown=unknown)

    # ------------------------------------------------------------------ macros

    def _comprehension(self, node: Comprehension) -> Operand:
        if node.macro == "filter":
            return self._filtered(node)
        if node.macro == "exists_one":
            count = self._counted(node)
            return Operand(count.unknowns, f"{count.body} == 1")
        asked = membership(node, self._constant)
        if asked is not None:
            members = self.atom(node.items)
            test = asked.test(node.macro, self.emitter.set_of(asked.values), members.body)
            return Operand(members.unknowns, test)
        absorbing, neutral = ("False", "True") if node.macro == "all" else ("True", "False")
        name = self.emitter.fresh()
        with self._loop(node, name, neutral) as items:
            value = self._value(node.predicate)
            if value.unknowns:
                atom = value if value.atom else self._keep(self._signature(node.predicate), value)
                with self.emitter.block(f"if {atom.body} is not {neutral}:"):
                    self.emitter.write(f"{name} = {atom.body}")
                    self.emitter.write(f"if {atom.body} is {absorbing}: break")
            else:
                with self.emitter.block(f"if {'not ' if absorbing == 'False' else ''}{value.body}:"):
                    self.emitter.write(f"{name} = {absorbing}")
                    self.emitter.write("break")
        return self._result(node, name, unknown=bool(items.unknowns or value.unknowns))

    def _counted(self, node: Comprehension) -> Operand:
        """How many items meet the condition; unknown when it is unknown for one of them."""
        result = self._gathered(node, "0", "1")
        return self.emitter.remember(("count", self._signature(node)), result)

    def _filtered(self, node: Comprehension) -> Operand:
        """The items that meet the condition; unknown when it is unknown for one of them."""
        result = self._gathered(node, "[]", "({item},)")
        # A list while it grows, so that many items take no more than their number; a tuple like all lists afterwards.
        guard = f"if {result.body} is not None: " if result.unknowns else ""
        self.emitter.write(f"{guard}{result.body} = (*{result.body},)")
        return self.emitter.remember(self._signature(node), result)

    def _gathered(self, node: Comprehension, initial: str, step: str) -> Operand:
        """What has been added up over all items that meet the condition."""
        name = self.emitter.fresh()
        with self._loop(node, name, initial) as items:
            value = self.atom(node.predicate)
            if value.unknowns:
                with self.emitter.block(f"if {value.body} is None:"):
                    self.emitter.write(f"{name} = None")
                    self.emitter.write("break")
            self.emitter.write(f"if {value.body}: {name} += {step.format(item=self.variables[node.variable])}")
        return Operand((name,) if items.unknowns or value.unknowns else (), name, atom=True)

    @contextmanager
    def _loop(self, node: Comprehension, name: str, initial: str) -> Iterator[Operand]:
        """A loop over the items of a comprehension, with its result in `name`; what is written inside is its body."""
        items = self.atom(node.items)
        variable = self.emitter.fresh()
        if items.unknowns:
            self.emitter.write(f"{name} = None")
            with (
                self.emitter.block(f"if {items.body} is not None:"),
                self._body(node, (name, initial), variable, items),
            ):
                yield items
        else:
            with self._body(node, (name, initial), variable, items):
                yield items

    @contextmanager
    def _body(self, node: Comprehension, result: tuple[str, str], variable: str, items: Operand) -> Iterator[None]:
        self.emitter.write(f"{result[0]} = {result[1]}")
        self.variables[node.variable] = variable
        with self.emitter.block(f"for {variable} in {items.body}:"):
            yield
        del self.variables[node.variable]

    # ------------------------------------------------------------------ sharing

    def _signature(self, node: Node, bound: tuple[str, ...] = ()) -> _Signature:
        """What a node computes, whichever policy it stands in: equal signatures in one block have equal values."""
        if node.identity in self.checked.constants:
            return ("constant", str(self._type(node)), repr(self.checked.constants[node.identity]))
        match node:
            case Path(path=path):
                return ("fact", self.emitter.operand_of(path))
            case Variable(name=name):
                return ("bound", bound.index(name)) if name in bound else ("local", self.variables[name])
            case Comprehension(macro=macro, items=items, variable=variable, predicate=predicate):
                return (macro, self._signature(items, bound), self._signature(predicate, (*bound, variable)))
            case Field(operand=operand, name=name):
                return ("field", self._type(operand).position(name), self._signature(operand, bound))
            case _:
                return (operation_name(node), *(self._signature(part, bound) for part in children(node)))


def _named(names: dict[str, _Thing], thing: _Thing, letter: str) -> str:
    for name, known in names.items():
        if known == thing:
            return name
    names[f"{letter}{len(names) + 1}"] = thing
    return f"{letter}{len(names)}"


def operation_name(node: Node) -> str:
    """Name of a node's operation in the table."""
    match node:
        case Unary(operator=name) | Binary(operator=name) | Logical(operator=name) | Call(function=name):
            return name
        case Index():
            return "[]"
        case Conditional():
            return "?:"
        case Literal() | Path() | Variable() | Field() | Comprehension() | ListLiteral():
            return type(node).__name__
