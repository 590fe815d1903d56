"""When a policy turns by date: what it compares with today, and that it does nothing else with today (law 12)."""

from collections.abc import Iterator, Mapping

from procureguard.cel.checker import Checked
from procureguard.cel.problem import Problem
from procureguard.cel.tree import Binary, Comprehension, Conditional, Field, Node, Path, Variable, children, unfiltered
from procureguard.facts.derived import COUNTDOWNS
from procureguard.policy.model import Turn

TODAY = "today"
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})


class _OtherUse(Exception):  # noqa: N818 - ends the reading of one expression
    """Today is used for something else than a comparison with a day."""

    def __init__(self, node: Node) -> None:
        super().__init__(node)
        self.node = node


def turns_of(checked: Checked) -> tuple[Turn, ...] | Problem:
    """The days an expression compares with today, or the use of today that is not allowed."""
    try:
        return tuple(dict.fromkeys(_Reader(checked).turns(checked.tree, {})))
    except _OtherUse as other:
        message = "today may only be compared with a day, so that the days on which a policy turns can be foretold"
        hint = "keep today alone on its side, as in `fact + days(30) >= today` or `fact - days(30) > today`"
        return Problem(other.node.start, other.node.end, message, hint)


class _Reader:
    def __init__(self, checked: Checked) -> None:
        self._checked = checked

    def turns(self, node: Node, lists: Mapping[str, str]) -> Iterator[Turn]:
        """All turns below a node; `lists` names the fact whose items each variable stands for."""
        match node:
            case Path(path=path) if path == TODAY:
                raise _OtherUse(node)
            case Binary(operator=operator, left=left, right=right) if operator in _COMPARISONS and _is_today(left):
                yield from self.days(right, lists)
            case Binary(operator=operator, left=left, right=right) if operator in _COMPARISONS and _is_today(right):
                yield from self.days(left, lists)
            case Binary(operator=operator, left=Path(path=path), right=right) if _compares(operator, path):
                yield from self.left_over(path, right, lists)
            case Binary(operator=operator, left=left, right=Path(path=path)) if _compares(operator, path):
                yield from self.left_over(path, left, lists)
            case Path(path=path) if path in COUNTDOWNS:
                yield Turn(path, None, None)
            case Comprehension(items=items, variable=variable, predicate=predicate):
                yield from self.turns(items, lists)
                listed = unfiltered(items)
                inside = {**lists, variable: listed.path} if isinstance(listed, Path) else lists
                yield from self.turns(predicate, inside)
            case _:
                for part in children(node):
                    yield from self.turns(part, lists)

    def left_over(self, path: str, node: Node, lists: Mapping[str, str]) -> Iterator[Turn]:
        """How far a countdown has come when it turns what it is compared with."""
        known = self._checked.constants.get(node.identity)
        yield Turn(path, None, known if isinstance(known, int) else None)
        yield from self.turns(node, lists)

    def days(self, node: Node, lists: Mapping[str, str]) -> Iterator[Turn]:
        """The days an operand may stand for."""
        known = self._checked.constants.get(node.identity)
        if isinstance(known, int):
            yield Turn(None, None, known)
            return
        match node:
            case Path(path=path) if path != TODAY:
                yield Turn(path, None, 0)
            case Variable(name=name) if name in lists:
                yield Turn(lists[name], None, 0)
            case Field(operand=Variable(name=name) as operand, name=field) if name in lists:
                place = self._checked.types[operand.identity].position(field)
                yield Turn(lists[name], place, 0)
            case Binary(operator="+" | "-" as operator, left=left, right=right):
                yield from self._moved(operator, left, right, lists)
            case Conditional(condition=condition, chosen=chosen, otherwise=otherwise):
                yield from self.turns(condition, lists)
                yield from self.days(chosen, lists)
                yield from self.days(otherwise, lists)
            case _:
                raise _OtherUse(node)

    def _moved(self, operator: str, left: Node, right: Node, lists: Mapping[str, str]) -> Iterator[Turn]:
        by = self._checked.constants.get(right.identity)
        base = left
        if not isinstance(by, int):
            by, base = self._checked.constants.get(left.identity), right
        if not isinstance(by, int):
            raise _OtherUse(left)
        for turn in self.days(base, lists):
            assert turn.days is not None, "a day is no countdown"
            yield Turn(turn.fact, turn.field, turn.days + (by if operator == "+" else -by))


def _compares(operator: str, path: str) -> bool:
    return operator in _COMPARISONS and path in COUNTDOWNS


def _is_today(node: Node) -> bool:
    return isinstance(node, Path) and node.path == TODAY
