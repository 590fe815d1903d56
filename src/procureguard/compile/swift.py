"""A policy set as functions from plain data to outcomes, for purchases in which nothing needed is missing.

They are two-valued and read a fact only where the law of the language needs it. Whatever is absent, null or carries a
source of its own makes them raise, and the caller then asks the three-valued program. So both always agree: as long as
every fact that was touched is known, Python's short circuits and Kleene's logic come to the same.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from itertools import count
from typing import Any, NamedTuple

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
from procureguard.compile.flatten import DAYS, EMPTY, Values, compared, rows_of
from procureguard.compile.python import needed
from procureguard.facts.computation import Missing, Registers
from procureguard.facts.derived import DERIVED
from procureguard.facts.schema import FactSchema, Value, to_value
from procureguard.policy.written import WrittenPolicies, WrittenPolicy


class Failing(NamedTuple):
    """What failed, by number, and the values the explaining functions take.

    Facts and definitions that no outcome needed may be None, or not what they would be compared as.
    """

    numbers: list[int]
    facts: tuple[Value, ...]
    definitions: tuple[Value, ...]


class Swift(NamedTuple):
    """Two functions: the outcomes by policy, and what failed, ready to be explained."""

    outcomes: Callable[[Mapping[str, Any], date], dict[str, Any]]
    failing: Callable[[Mapping[str, Any], date], Failing]


NOT_PLAIN = (KeyError, TypeError, AttributeError, ValueError, Missing)
"""What the function raises when a fact it touches is not plainly stated."""

TRUTH = {True: True, False: False}


def compile_swift(
    policies: WrittenPolicies,
    slots: tuple[str, ...],
    schema: FactSchema,
    constants: Mapping[str, Value],
    registers: Registers,
) -> Swift:
    """The functions; they leave out policies whose registers are not supplied.

    Raises:
        KeyError, TypeError, AttributeError, ValueError: when one is called and a fact is not plainly stated.
    """
    writer = _Writer(policies, schema, constants, registers)
    for number, written in enumerate(policies.written):
        if not written.policy.registers - registers.supplied:
            writer.policy(number, written)
    source = writer.outcomes() + writer.failing(slots, tuple(definition.name for definition in needed(policies)))
    exec(compile(source, "<swift>", "exec"), writer.namespace)  # noqa: S102 - generated from typed trees
    return Swift(writer.namespace["outcomes"], writer.namespace["failing"])


class _Writer:
    """Collects the statements of the function: what is read once, what is computed once, then the policies."""

    def __init__(
        self, policies: WrittenPolicies, schema: FactSchema, constants: Mapping[str, Value], registers: Registers
    ) -> None:
        self._definitions = {found.name: found.expression.checked for found in policies.definitions}
        self._rows = {row.path: row for row in DERIVED}
        self._schema, self._constants = schema, constants
        self._operands: dict[str, str] = {}
        self._sections: dict[str, str] = {}
        self._computed = {"today": "today"}
        self._before: list[str] = []
        self._policies: list[_Written] = []
        self._locals = (f"v{number}" for number in count())
        self.namespace: dict[str, Any] = {
            "EMPTY": EMPTY,
            "TRUTH": TRUTH,
            "DAYS": DAYS,
            "Values": Values,
            "Missing": Missing,
            "registers": registers,
        }

    def policy(self, number: int, written: WrittenPolicy) -> None:
        policy = written.policy
        conditions = []
        if policy.effective_from is not None:
            conditions.append(f"today >= {policy.effective_from.toordinal()}")
        if policy.effective_to is not None:
            conditions.append(f"today <= {policy.effective_to.toordinal()}")
        if written.when is not None:
            conditions.append(self.expression(written.when.checked))
        self._policies.append(
            _Written(number, policy.identity, tuple(conditions), self.expression(written.require.checked))
        )

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
            value, name = self.expression(self._definitions[path]), next(self._locals)
            self._before.append(f"{name} = {value}")
            return name
        if path.startswith("organisation."):
            return self._stated(path)  # Nobody has stated it, which matters only to purchases it would decide.
        kind = self._schema[path].declaration()
        assert kind is not None
        if path in self._rows:
            return "today" if path == "today" else _known(self._derived(path), kind.type)
        if kind.type.element is None:
            return _guarded(self._stated(path), kind.type)
        name, element = next(self._locals), _guarded("x", kind.type.element)
        # Only a list has `append`: null and a value with its own source raise here.
        self._before += [f"{name} = {self._stated(path)}", f"{name}.append"]
        if kind.type.element in {DATE, DECIMAL}:
            self._before.append(f"{name} = [{element} for x in {name}]")
        return name

    def _section(self, path: str) -> tuple[str, str]:
        """The local that holds the section of a fact, and the name of the fact in it."""
        section, _, fact = path.partition(".")
        if section not in self._sections:
            self._sections[section] = f"s{len(self._sections)}"
        return self._sections[section], fact

    def _stated(self, path: str) -> str:
        section, fact = self._section(path)
        return f"{section}[{fact!r}]"

    def _derived(self, path: str) -> str:
        """The local that holds a computed fact, None while it is unknown; computed once, after what it needs."""
        if path not in self._computed:
            row = self._rows[path]
            inputs = ", ".join(f"{needed!r}: {self._input(needed)}" for needed in row.inputs)
            self._computed[path] = name = next(self._locals)
            self.namespace[f"compute_{name}"] = row.compute
            self._before += [
                f"try: {name} = compute_{name}(Values({{{inputs}}}, registers, as_of))",
                f"except Missing: {name} = None",
            ]
        return self._computed[path]

    def _input(self, path: str) -> str:
        """What a computation is given: the value that is compared, or None while nobody has stated it."""
        constant = self.constant(path)
        if constant is not None:
            return self.name(constant)
        if path in self._rows:
            return self._derived(path)
        if path.startswith("organisation."):
            return "None"
        kind = self._schema[path]
        section, fact = self._section(path)
        name = next(self._locals)
        # A value with its own source is not plain.
        self._before += [f"{name} = {section}.get({fact!r})", f"if {name}.__class__ is dict: raise KeyError({path!r})"]
        if kind.is_list or kind.element not in {"bool", "string", "enum", "country", "region", "capability"}:
            convert = self.name(partial(to_value, kind))
            scaled = f"round({name} * {DECIMAL_SCALE})" if kind.type == "decimal" else f"{convert}({name})"
            self._before.append(f"if {name} is not None: {name} = {scaled}")
        return name

    def outcomes(self) -> str:
        self.namespace["start"] = {policy.identity: "not_applicable" for policy in self._policies}
        lines = [
            policy.applied(f"out[{policy.identity!r}] = 'pass' if {policy.require} else 'fail'")
            for policy in self._policies
        ]
        return self._function("outcomes", ["out = start.copy()", *lines, "return out"])

    def failing(self, slots: tuple[str, ...], definitions: tuple[str, ...]) -> str:
        self.namespace["Failing"] = Failing
        lines = [
            " and ".join([*policy.conditions, f"({policy.require} or fail({policy.number}))"])
            for policy in self._policies
        ]
        facts = "".join(f"{self._compared(path)}, " for path in slots)
        values = "".join(f"{self._defined(name)}, " for name in definitions)
        head = ["numbers = []", "fail = numbers.append"]
        return self._function("failing", [*head, *lines, f"return Failing(numbers, ({facts}), ({values}))"])

    def _function(self, name: str, lines: list[str]) -> str:
        sections = [f"{local} = purchase.get({section!r}) or EMPTY" for section, local in self._sections.items()]
        head = [f"def {name}(purchase, as_of):", "today = as_of.toordinal()", *sections, *self._before]
        return "\n    ".join([*head, *lines]) + "\n"

    def _defined(self, name: str) -> str:
        constant = self.constant(name)
        return self.name(constant) if constant is not None else self._operands.get(name, "None")

    def _compared(self, path: str) -> str:
        """The value of a fact as the three-valued program compares it, None where no outcome can need it."""
        constant = self.constant(path)
        if constant is not None:
            return self.name(constant)
        if path in self._rows:
            return self._computed.get(path, "None")
        if path not in self._operands or path.startswith("organisation."):
            return "None"
        kind = self._schema[path]
        if kind.is_list:
            return rows_of(kind, self._operands[path]) if kind.element == "record" else f"tuple({self._operands[path]})"
        section, fact = self._section(path)
        return compared(f"{section}.get({fact!r})", kind.type)


class _Written(NamedTuple):
    """A policy as Python: what must be true for it to apply, and what it requires."""

    number: int
    identity: str
    conditions: tuple[str, ...]
    require: str

    def applied(self, answer: str) -> str:
        return f"if {' and '.join(self.conditions)}: {answer}" if self.conditions else answer


def _known(computed: str, kind: Type) -> str:
    """A computed value, by a form that raises for None."""
    if kind.element is not None:
        return f"({computed} + ())"
    return f"({computed} + 0)" if kind in {DATE, DECIMAL} else _guarded(computed, kind)


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
