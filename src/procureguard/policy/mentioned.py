"""What policies mention beside a fact: the constants and other facts it is compared with, itself or computed into."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from procureguard.cel.checker import Checked
from procureguard.cel.tree import (
    COMPARING,
    Binary,
    Comprehension,
    Conditional,
    Logical,
    Node,
    Path,
    Unary,
    Variable,
    children,
    walk,
)
from procureguard.cel.types import BOOL, DATE, DURATION, Constant
from procureguard.facts.derived import below
from procureguard.facts.fact import Fact
from procureguard.facts.schema import FactSchema, Value
from procureguard.policy.model import Mentioned
from procureguard.policy.written import Definition, WrittenPolicy

Said = tuple[str, Value]
"""A constant with the name of its type."""


def mentions(
    written: Iterable[WrittenPolicy], definitions: Iterable[Definition], schema: FactSchema
) -> Mapping[str, Mentioned]:
    """What is mentioned beside each fact in one comparison with it, or with something computed from it."""
    named = {definition.name: definition for definition in definitions}
    expressions = chain(
        (definition.expression.checked for definition in named.values()),
        *(policy.expressions() for policy in written),
    )
    found: dict[str, Mentioned] = {}
    for checked in expressions:
        for atom in _atoms(checked, checked.tree):
            beside = _beside(checked, atom, schema)
            direct = {node.path for node in walk(atom) if isinstance(node, Path) and schema.get(node.path)}
            for path, whole in _concerned(atom, named, direct):
                own = beside._replace(facts=beside.facts - {path}, whole=beside.whole and whole)
                found[path] = found[path] | own if path in found else own
    return found


def mentioned_in(expressions: Iterable[Checked], schema: FactSchema, thresholds: Mapping[str, Fact]) -> Mentioned:
    """The constants of expressions, and the thresholds they compare with."""
    found = {said for checked in expressions for said in _said(checked, schema, thresholds)}
    return _sorted_out(found)


def _sorted_out(found: Iterable[Said]) -> Mentioned:
    said = [*found]
    numbers = [(kind, value) for kind, value in said if type(value) is int]
    return Mentioned(
        frozenset(value for kind, value in numbers if kind == DATE.name),
        frozenset(value for kind, value in numbers if kind == DURATION.name),
        frozenset(value for kind, value in numbers if kind not in {DATE.name, DURATION.name}),
        frozenset(value for _, value in said if isinstance(value, str)),
    )


def _said(checked: Checked, schema: FactSchema, thresholds: Mapping[str, Fact]) -> Iterator[Said]:
    yield from _constants(checked, checked.constants)
    for path in checked.paths:
        if path in thresholds and not schema[path].is_map:
            yield from ((schema[path].element, item) for item in _each(thresholds[path].value))


def _constants(checked: Checked, nodes: Iterable[int]) -> Iterator[Said]:
    for node in nodes:
        if node in checked.types and node in checked.constants:  # the text in `date("...")` has no type
            kind = checked.types[node]
            yield from (((kind.element or kind).name, item) for item in _each(checked.constants[node]))


def _each(value: Value | Constant) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _atoms(checked: Checked, node: Node) -> Iterator[Node]:
    """The conditions that an expression joins: what they come to is all that it sees of the facts they name."""
    match node:
        case Logical() | Unary(operator="!"):
            for part in children(node):
                yield from _atoms(checked, part)
        case Conditional(chosen=part) | Binary(operator="==" | "!=", left=part) if checked.types[part.identity] == BOOL:
            for part in children(node):
                yield from _atoms(checked, part)
        case _:
            yield node


def _beside(checked: Checked, atom: Node, schema: FactSchema) -> Mentioned:
    constants = _constants(checked, (node.identity for node in walk(atom)))
    facts = frozenset(node.path for node in walk(atom) if isinstance(node, Path) and schema.get(node.path))
    return _sorted_out(constants)._replace(facts=facts, whole=_is_plain(checked, atom))


def _concerned(atom: Node, named: Mapping[str, Definition], direct: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The facts whose values a condition depends on, and whether it names them itself."""
    definitions = (named[node.path] for node in walk(atom) if isinstance(node, Path) and node.path in named)
    through = {path for definition in definitions for path in definition.facts}
    own = set(direct)
    computed = {path for fact in own | through for path in below(fact)}
    yield from ((path, True) for path in sorted(own - through - computed))
    yield from ((path, False) for path in sorted(through | computed))


def _is_plain(checked: Checked, node: Node) -> bool:
    """Whether trying what is mentioned, and what lies beside it, shows everything a condition can come to."""
    match node:
        case Path():
            return True
        case Binary(operator=operator, left=left, right=right) if operator in COMPARING:
            return _is_operand(checked, left) and _is_operand(checked, right)
        case Comprehension(macro="all" | "exists", items=Path(), predicate=predicate):
            return all(_is_plain_item(checked, atom) for atom in _atoms(checked, predicate))
        case _:
            return node.identity in checked.constants


def _is_operand(checked: Checked, node: Node) -> bool:
    match node:
        case Path():
            return True
        case Binary(operator="+" | "-", left=Path() as left, right=right):
            moved = checked.types[left.identity] == DATE and checked.types[right.identity] == DURATION
            return moved and right.identity in checked.constants
        case _:
            return node.identity in checked.constants


def _is_plain_item(checked: Checked, node: Node) -> bool:
    match node:
        case Binary(operator="==" | "!=" | "in", left=Variable(), right=right):
            return isinstance(right, Path) or right.identity in checked.constants
        case _:
            return node.identity in checked.constants
