"""Conditions that ask of an item only whether it is among some constants: a set answers them without a loop."""

from collections.abc import Callable
from typing import NamedTuple

from procureguard.cel.tree import Binary, Comprehension, Logical, Node, Unary, Variable, children
from procureguard.cel.types import Constant

ConstantOf = Callable[[Node], Constant | None]


class Membership(NamedTuple):
    """The constants, and whether the item is to be among them or not."""

    values: frozenset[Constant]
    wanted: bool

    def test(self, macro: str, among: str, items: str) -> str:
        """The Python test that `exists` or `all` of the items comes to; `among` names the set."""
        if macro == "all":
            return f"{among}.{'issuperset' if self.wanted else 'isdisjoint'}({items})"
        return f"not {among}.{'isdisjoint' if self.wanted else 'issuperset'}({items})"


def membership(node: Comprehension, constant_of: ConstantOf) -> Membership | None:
    """What a comprehension asks of each item, or None where it is more than whether it is among constants."""
    return _asked(node.predicate, node.variable, constant_of) if node.macro in {"exists", "all"} else None


def _asked(predicate: Node, variable: str, constant_of: ConstantOf) -> Membership | None:
    if isinstance(predicate, Unary) and predicate.operator == "!":
        found = _asked(predicate.operand, variable, constant_of)
        return None if found is None else Membership(found.values, not found.wanted)
    either = isinstance(predicate, Logical) and predicate.operator == "||"
    values: set[Constant] = set()
    for part in children(predicate) if either else (predicate,):
        among = _among(part, variable, constant_of)
        if among is None:
            return None
        values.update(among)
    return Membership(frozenset(values), wanted=True)


def _among(part: Node, variable: str, constant_of: ConstantOf) -> tuple[Constant, ...] | None:
    """The constants of `item in [...]` or `item == ...`."""
    if not isinstance(part, Binary) or part.left != Variable(variable, identity=0, start=0, end=0):
        return None
    constant = constant_of(part.right)
    if part.operator == "in" and isinstance(constant, tuple):
        return None if any(isinstance(item, tuple) for item in constant) else constant
    return (constant,) if part.operator == "==" and constant is not None and not isinstance(constant, tuple) else None
