"""Which paths a value rests on: those without which it might be another."""

from collections.abc import Iterator, Mapping

from procureguard.cel.checker import Checked
from procureguard.cel.interpreter import Trace, Unknown, Value
from procureguard.cel.tree import Comprehension, Conditional, Logical, Node, Path, children, walk


def support(checked: Checked, seen: Trace) -> tuple[str, ...]:
    """The paths that a value rests on, in the order of the text, each once.

    Of an `&&` that is false, or an `||` that is true, one deciding operand is enough; evaluating with these paths
    alone gives the same value.
    """
    found = dict.fromkeys(_below(checked.tree, seen.values))
    return tuple(path for path in found if path not in checked.parameters)


def _below(tree: Node, values: Mapping[int, Value]) -> Iterator[str]:
    match tree:
        case Path(path=path):
            yield path
        case Logical(operator=operator, operands=operands):
            yield from _logical(operator == "||", operands, tree.identity, values)
        case Conditional(condition=condition, chosen=chosen, otherwise=otherwise):
            yield from _below(condition, values)
            met = values.get(condition.identity)
            if not isinstance(met, Unknown):
                yield from _below(chosen if met else otherwise, values)
        case Comprehension(items=items, predicate=predicate):
            yield from _below(items, values)
            if predicate.identity in values:
                yield from (node.path for node in walk(predicate) if isinstance(node, Path))
        case _:
            for part in children(tree):
                yield from _below(part, values)


def _logical(
    absorbing: bool,  # noqa: FBT001 - the truth value that decides alone
    operands: tuple[Node, ...],
    identity: int,
    values: Mapping[int, Value],
) -> Iterator[str]:
    if values.get(identity) is absorbing:
        deciding = next(operand for operand in operands if values.get(operand.identity) is absorbing)
        yield from _below(deciding, values)
    else:
        for operand in operands:
            yield from _below(operand, values)
