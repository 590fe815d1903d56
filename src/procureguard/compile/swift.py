"""A policy set as one function from plain data to outcomes, for purchases in which nothing needed is missing.

It is two-valued and reads a fact only where the law of the language needs it. Whatever is absent, null or carries a
source of its own makes it raise, and the caller then asks the three-valued program. So both always agree: as long as
every fact that was touched is known, Python's short circuits and Kleene's logic come to the same.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from procureguard.cel.checker import Checked
from procureguard.cel.functions import find
from procureguard.cel.generator import operation_name
from procureguard.cel.membership import membership
from procureguard.cel.pattern import searcher
from procureguard.cel.tree import (
    Binary,
    Call,
    Comprehension,
    Conditional,
    Field,
    ListLiteral,
    Logical,
    Node,
    Path,
    Variable,
    children,
)
from procureguard.cel.types import BOOL, DATE, DECIMAL, DECIMAL_SCALE, STRING, Type
from procureguard.compile.flatten import EMPTY, Values
from procureguard.facts.computation import Derived, Missing, Registers
from procureguard.facts.derived import DERIVED
from procureguard.facts.schema import FactSchema, Value, to_value
from procureguard.policy.written import WrittenPolicies, WrittenPolicy

Swift = Callable[[Mapping[str, Any], date], dict[str, Any]]
NOT_PLAIN = (KeyError, TypeError, AttributeError, ValueError, Missing)
"""What the function raises when a fact it touches is not plainly stated."""

MOST_DAYS = 4_096


class _Days(dict[str, int]):
    """Days by their text, so that each is read once; bounded."""

    def __missing__(self, text: str) -> int:
        if len(self) >= MOST_DAYS:
            self.clear()
        self[text] = date.fromisoformat(text).toordinal()
        return self[text]


TRUTH = {True: True, False: False}
DAYS = _Days()


def compile_swift(
    policies: WrittenPolicies, schema: FactSchema, constants: Mapping[str, Value], registers: Registers
) -> Swift:
    """The function; it leaves out policies whose registers are not supplied.

    Raises:
        KeyError, TypeError, AttributeError, ValueError: when the function is called and a fact is not plainly stated.
    """
    writer = _Writer(policies, schema, constants, registers)
    for written in policies.written:
        if not written.policy.registers - registers.supplied:
            writer.policy(written)
    exec(compile(writer.function(), "<swift>", "exec"), writer.namespace)  # noqa: S102 - generated from typed trees
    swift: Swift = writer.namespace["decide"]
    return swift


class _Writer:
    """Collects the statements of the function: what is read once, what is computed once, then the policies."""

    def __init__(
        self, policies: WrittenPolicies, schema: FactSchema, constants: Mapping[str, Value], registers: Registers
    ) -> None:
        self._definitions = {found.name: found.expression.checked for found in policies.definitions}
        self._rows = {row.path: row for row in DERIVED}
        self._schema, self._constants, self._registers = schema, constants, registers
        self._operands: dict[str, str] = {}
        self._sections: dict[str, str] = {}
        self._before: list[str] = []
        self._lines: list[str] = []
        self._outcomes: dict[str, str] = {}
        self.namespace: dict[str, Any] = {
            "EMPTY": EMPTY,
            "TRUTH": TRUTH,
            "DAYS": DAYS,
            "Values": Values,
            "registers": registers,
        }

    def policy(self, written: WrittenPolicy) -> None:
        policy = written.policy
        self._outcomes[policy.identity] = "not_applicable"
        conditions = []
        if policy.effective_from is not None:
            conditions.append(f"today >= {policy.effective_from.toordinal()}")
        if policy.effective_to is not None:
            conditions.append(f"today <= {policy.effective_to.toordinal()}")
        if written.when is not None:
            conditions.append(self.expression(written.when.checked))
        answer = f"out[{policy.identity!r}] = 'pass' if {self.expression(written.require.checked)} else 'fail'"
        self._lines.append(f"if {' and '.join(conditions)}: {answer}" if conditions else answer)

    def expression(self, checked: Checked) -> str:
        return _Expression(self, checked).text(checked.tree)

    def constant(self, path: str) -> Value:
        """What a fact is for every purchase, or a definition by itself; None where neither is so."""
        if path in self._definitions:
            checked = self._definitions[path]
            return checked.constants.get(checked.tree.identity)
        return self._constants.get(path) if path.startswith("organisation.") else None

    def name(self, value: object) -> str:
        """A name by which the function knows a value."""
        name = f"k{len(self.namespace)}"
        self.namespace[name] = value
        return name

    def operand(self, path: str) -> str:
        """The Python expression for a fact or definition, after the statements it needs."""
        if path not in self._operands:
            self._operands[path] = self._new_operand(path)
        return self._operands[path]

    def _new_operand(self, path: str) -> str:
        constant = self.constant(path)
        if constant is not None:
            return repr(constant)
        if path in self._definitions:
            value, name = self.expression(self._definitions[path]), f"d{len(self._operands)}"
            self._before.append(f"{name} = {value}")
            return name
        if path in self._rows:
            return self._derived(self._rows[path])
        kind = self._schema[path].declaration()
        assert kind is not None
        if kind.type.element is None:
            return _guarded(self._stated(path), kind.type)
        name, element = f"l{len(self._operands)}", _guarded("x", kind.type.element)
        self._before += [f"{name} = {self._stated(path)}", f"{name}.append"]
        if kind.type.element in {DATE, DECIMAL}:
            self._before.append(f"{name} = [{element} for x in {name}]")
        return name

    def _stated(self, path: str) -> str:
        section, _, fact = path.partition(".")
        if section not in self._sections:
            self._sections[section] = f"s{len(self._sections)}"
        return f"{self._sections[section]}[{fact!r}]"

    def _derived(self, row: Derived) -> str:
        """Computed from what is stated; an input that carries its own source is not plain."""
        if row.path == "today":
            return "today"
        name = f"v{len(self._operands)}"
        self.namespace[f"compute_{name}"] = row.compute
        known = ", ".join(f"{path!r}: {self._input(path)}" for path in row.inputs)
        self._before.append(f"{name} = compute_{name}(Values({{{known}}}, registers, as_of))")
        return name

    def _input(self, path: str) -> str:
        """What a computation is given: the value that is compared, or None while nobody has stated it."""
        constant = self.constant(path)
        if constant is not None:
            return self.name(constant)
        if path in self._rows:
            return self.operand(path)
        if path.startswith("organisation."):
            return "None"
        kind = self._schema[path]
        section, _, fact = self._stated(path).partition("[")
        name = f"i{len(self._operands) + len(self._before)}"
        self._before += [
            f"{name} = {section}.get({fact.removesuffix(']')})",
            f"if {name}.__class__ is dict: raise KeyError({path!r})",
        ]
        if kind.is_list or kind.element not in {"bool", "string", "enum", "country", "region", "capability"}:
            convert = self.name(partial(to_value, kind))
            scaled = f"round({name} * {DECIMAL_SCALE})" if kind.type == "decimal" else f"{convert}({name})"
            self._before.append(f"if {name} is not None: {name} = {scaled}")
        return name

    def function(self) -> str:
        self.namespace["start"] = self._outcomes
        sections = [f"{name} = purchase.get({section!r}) or EMPTY" for section, name in self._sections.items()]
        head = ["today = as_of.toordinal()", *sections, *self._before, "out = start.copy()"]
        return "\n    ".join(["def decide(purchase, as_of):", *head, *self._lines, "return out"]) + "\n"


def _guarded(raw: str, kind: Type) -> str:
    """A stated value made ready to compare, by a form that raises for what is null or carries a source."""
    if kind == BOOL:
        return f"TRUTH[{raw}]"
    if kind == DATE:
        return f"DAYS[{raw}]"
    if kind == DECIMAL:
        return f"round({raw} * {DECIMAL_SCALE})"
    return f"({raw} + '')" if kind == STRING else f"({raw} + 0)"


class _Expression:
    """Writes one expression."""

    def __init__(self, writer: _Writer, checked: Checked) -> None:
        self._writer = writer
        self._checked = checked
        self._variables: dict[str, str] = {}

    def text(self, node: Node) -> str:  # noqa: PLR0911 - one return for each kind
        """The Python expression of a node."""
        constant = self._constant(node)
        if constant is not None:
            return repr(constant)
        match node:
            case Path(path=path):
                return self._writer.operand(path)
            case Variable(name=name):
                return self._variables[name]
            case Field(operand=operand, name=name):
                return _guarded(f"{self.text(operand)}[{name!r}]", self._checked.types[node.identity])
            case Logical(operator=operator, operands=operands):
                joint = " and " if operator == "&&" else " or "
                return f"({joint.join(map(self.text, operands))})"
            case Conditional(condition=condition, chosen=chosen, otherwise=otherwise):
                return f"({self.text(chosen)} if {self.text(condition)} else {self.text(otherwise)})"
            case Comprehension():
                return self._comprehension(node)
            case Call(function="size", arguments=(Comprehension(macro="filter") as filtered,)):
                return f"sum(1 {self._loop(filtered)})"
            case _:
                return self._strict(node)

    def _constant(self, node: Node) -> Value:
        if node.identity in self._checked.constants:
            return self._checked.constants[node.identity]
        return self._writer.constant(node.path) if isinstance(node, Path) else None

    def _strict(self, node: Node) -> str:
        if isinstance(node, ListLiteral):
            return f"({''.join(f'{self.text(item)}, ' for item in node.items)})"
        if isinstance(node, Binary) and node.operator == "in":
            return f"({self.text(node.left)} in {self._among(node.right)})"
        if isinstance(node, Call) and node.function == "matches":
            search = searcher(str(self._checked.constants[node.arguments[1].identity]))
            return f"({self._writer.name(search)}({self.text(node.arguments[0])}) is not None)"
        parts = children(node)
        row = find(operation_name(node), tuple(self._checked.types[part.identity] for part in parts))
        assert row is not None
        whole = [self.text(part) if row.name == "size" else self._alike(part) for part in parts]
        return f"({row.python.format(*whole)})"

    def _alike(self, node: Node) -> str:
        """An operand; lists are compared and joined as tuples, which is what constants are."""
        text = self.text(node)
        return f"tuple({text})" if self._checked.types[node.identity].element is not None else text

    def _among(self, node: Node) -> str:
        constant = self._constant(node)
        return self._writer.name(frozenset(constant)) if isinstance(constant, tuple) else self.text(node)

    def _comprehension(self, node: Comprehension) -> str:
        asked = membership(node, self._constant)
        if asked is not None:
            return f"({asked.test(node.macro, self._writer.name(asked.values), self.text(node.items))})"
        if node.macro == "exists_one":
            return f"(sum(1 {self._loop(node)}) == 1)"
        if node.macro == "filter":
            variable = f"x{len(self._variables)}"
            return f"[{variable} {self._loop(node)}]"
        items, variable = self.text(node.items), f"x{len(self._variables)}"
        self._variables[node.variable] = variable
        test = self.text(node.predicate)
        del self._variables[node.variable]
        return f"{'any' if node.macro == 'exists' else 'all'}({test} for {variable} in {items})"

    def _loop(self, node: Comprehension) -> str:
        items, variable = self.text(node.items), f"x{len(self._variables)}"
        self._variables[node.variable] = variable
        test = self.text(node.predicate)
        del self._variables[node.variable]
        return f"for {variable} in {items} if {test}"
