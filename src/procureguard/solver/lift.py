"""Typed trees over lifted values: what the interpreter computes from one value, for all combinations at once.

A truth value has two rails: the combinations in which it is certainly true and those in which it is certainly false.
Kleene's operators are formulas over these; everything strict is applied, by the interpreter's own function, to the
values of its parts wherever these can occur together.
"""

from collections.abc import Callable, Iterable, Sequence, Sized
from typing import TypeAlias, TypeVar

from procureguard.cel.checker import Checked
from procureguard.cel.interpreter import Strict, applied
from procureguard.cel.tree import (
    Binary,
    Call,
    Comprehension,
    Conditional,
    Field,
    Index,
    ListLiteral,
    Logical,
    Node,
    Path,
    Unary,
    Variable,
    children,
)
from procureguard.solver.cases import MOST_CASES, Lifted, Value
from procureguard.solver.diagram import ALWAYS, NEVER, Diagram, Diagrams, TooLarge

_Found = TypeVar("_Found", bound=Sized)

_Scope: TypeAlias = tuple[tuple[str, Value], ...]
"""The variables of enclosing comprehensions, the outermost first, each with the item it stands for."""


def lift(checked: Checked, lookup: Callable[[str], Lifted], diagrams: Diagrams) -> Lifted:
    """The values of an expression; `lookup` gives those of a fact or definition.

    Raises:
        TooLarge: they, or those of a part, are more than the limits allow.
    """
    return _Lifter(checked, lookup, diagrams).visit(checked.tree, ())


class _Lifter:
    def __init__(self, checked: Checked, lookup: Callable[[str], Lifted], diagrams: Diagrams) -> None:
        self.checked = checked
        self.lookup = lookup
        self.diagrams = diagrams
        self.known: dict[tuple[int, _Scope], Lifted] = {}

    def visit(self, node: Node, scope: _Scope) -> Lifted:
        """The values of a node; a condition is lifted once for each item, however many lists have it."""
        constant = self.checked.constants.get(node.identity)
        if constant is not None:
            return {constant: ALWAYS}
        key = (node.identity, scope)
        if key not in self.known:
            self.known[key] = self.evaluate(node, scope)
        return self.known[key]

    def evaluate(self, node: Node, scope: _Scope) -> Lifted:  # noqa: PLR0911 - one return for each kind
        match node:
            case Path(path=path):
                return self.lookup(path)
            case Variable(name=name):
                return {dict(scope)[name]: ALWAYS}
            case Field():
                return self.field(node, scope)
            case Logical(operator=name, operands=operands):
                rails = [self.visit(operand, scope) for operand in operands]
                return absorbed(rails, self.diagrams, absorbing=name == "||")
            case Conditional():
                return self.conditional(node, scope)
            case Comprehension():
                return self.comprehension(node, scope)
            case Unary() | Binary() | Call() | Index() | ListLiteral():
                return strict(node, [self.visit(part, scope) for part in children(node)], self.diagrams)
        raise AssertionError(node)  # literals are constants

    def field(self, node: Field, scope: _Scope) -> Lifted:
        """The values of a record's field; where a record leaves it out, it is unknown."""
        place = self.checked.types[node.operand.identity].position(node.name)
        gathered = _Gathered(self.diagrams)
        for record, where in self.visit(node.operand, scope).items():
            if record[place] is not None:
                gathered.add(record[place], where)
        return gathered.lifted()

    def conditional(self, node: Conditional, scope: _Scope) -> Lifted:
        """The values of the branch that is taken; unknown while nobody knows which that is."""
        condition = self.visit(node.condition, scope)
        gathered = _Gathered(self.diagrams)
        for outcome, branch in ((True, node.chosen), (False, node.otherwise)):
            taken = condition.get(outcome, NEVER)
            for value, where in self.visit(branch, scope).items():
                gathered.add(value, self.diagrams.both(taken, where))
        return gathered.lifted()

    def comprehension(self, node: Comprehension, scope: _Scope) -> Lifted:
        gathered = _Gathered(self.diagrams)
        for items, where in self.visit(node.items, scope).items():
            outcomes = [self.visit(node.predicate, (*scope, (node.variable, item))) for item in items]
            for value, holds in concluded(node.macro, items, outcomes, self.diagrams).items():
                gathered.add(value, self.diagrams.both(where, holds))
        return gathered.lifted()


def concluded(macro: str, items: Sequence[Value], outcomes: Sequence[Lifted], diagrams: Diagrams) -> Lifted:
    """What a comprehension comes to over one list, from what its condition comes to for each item."""
    if macro in {"all", "exists"}:
        return absorbed(outcomes, diagrams, absorbing=macro == "exists")
    kept = _kept(items, outcomes, diagrams)
    if macro == "filter":
        return kept
    gathered = _Gathered(diagrams)
    for chosen, where in kept.items():
        gathered.add(len(chosen) == 1, where)
    return gathered.lifted()


def absorbed(rails: Iterable[Lifted], diagrams: Diagrams, *, absorbing: bool) -> Lifted:
    """Kleene's `or` (absorbing True) or `and` (absorbing False) of truth values."""
    found = list(rails)
    one = diagrams.any_of(outcome.get(absorbing, NEVER) for outcome in found)
    none = diagrams.all_of(outcome.get(not absorbing, NEVER) for outcome in found)
    return {value: where for value, where in ((absorbing, one), (not absorbing, none)) if where != NEVER}


def strict(node: Strict, parts: Iterable[Lifted], diagrams: Diagrams) -> Lifted:
    """An operator or function of all values its parts can have together; unknown where a part is."""
    together: list[tuple[tuple[Value, ...], Diagram]] = [((), ALWAYS)]
    for part in parts:
        joined = (
            ((*values, value), diagrams.both(where, here)) for values, where in together for value, here in part.items()
        )
        together = _limited([(values, where) for values, where in joined if where != NEVER])
    gathered = _Gathered(diagrams)
    for values, where in together:
        gathered.add(applied(node, values), where)
    return gathered.lifted()


def _kept(items: Sequence[Value], outcomes: Sequence[Lifted], diagrams: Diagrams) -> Lifted:
    """The items that meet a condition: a filter is strict in what the condition comes to."""
    kept: dict[Value, Diagram] = {(): ALWAYS}
    for item, outcome in zip(items, outcomes, strict=True):
        gathered = _Gathered(diagrams)
        for chosen, where in kept.items():
            gathered.add(chosen, diagrams.both(where, outcome.get(False, NEVER)))
            gathered.add((*chosen, item), diagrams.both(where, outcome.get(True, NEVER)))
        kept = gathered.lifted()
    return kept


class _Gathered:
    """Values as they are found; equal ones are joined, those that never occur are left out."""

    def __init__(self, diagrams: Diagrams) -> None:
        self._diagrams = diagrams
        self._found: dict[Value, list[Diagram]] = {}

    def add(self, value: Value, where: Diagram) -> None:
        if where != NEVER:
            self._found.setdefault(value, []).append(where)

    def lifted(self) -> dict[Value, Diagram]:
        _limited(self._found)
        return {value: self._diagrams.any_of(found) for value, found in self._found.items()}


def _limited(found: _Found) -> _Found:
    if len(found) > MOST_CASES:
        raise TooLarge(f"it has more than {MOST_CASES} values to tell apart")
    return found
