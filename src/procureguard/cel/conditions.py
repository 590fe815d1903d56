"""The conditions an expression decides by: what coverage counts."""

from collections.abc import Iterator

from procureguard.cel.checker import Checked
from procureguard.cel.tree import Comprehension, Conditional, Logical, Node, Path, Unary, Variable, children, walk
from procureguard.cel.types import BOOL


def conditions(checked: Checked) -> tuple[Node, ...]:
    """The conditions that an expression is put together from, in the order they are written.

    They are the operands of `&&`, `||` and `!`, the condition of `?:`, what macros ask of each item, and an expression
    of true or false that is none of these. What no input can change is no condition.
    """
    found = _below(checked.tree, decides=checked.type == BOOL)
    return tuple(node for node in found if _is_open(node, checked))


def _below(node: Node, *, decides: bool) -> Iterator[Node]:
    """The conditions of a node; `decides` says whether it would be one itself if it had no structure."""
    match node:
        case Logical() | Unary(operator="!"):
            for operand in children(node):
                yield from _below(operand, decides=True)
        case Conditional(condition=condition, chosen=chosen, otherwise=otherwise):
            yield from _below(condition, decides=True)
            yield from _below(chosen, decides=decides)
            yield from _below(otherwise, decides=decides)
        case _:
            if decides:
                yield node
            asked = node.predicate if isinstance(node, Comprehension) else None
            for part in children(node):
                yield from _below(part, decides=part is asked)


def _is_open(node: Node, checked: Checked) -> bool:
    """Whether inputs can change a node: it names at least one, or an item of a list."""
    return any(
        isinstance(part, Variable) or (isinstance(part, Path) and part.path not in checked.parameters)
        for part in walk(node)
    )
