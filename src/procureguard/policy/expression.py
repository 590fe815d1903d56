"""An expression in a policy file: read, composed, parsed and type-checked, with every problem at its place."""

from dataclasses import dataclass
from typing import Any

from procureguard.cel.checker import Checked, check
from procureguard.cel.parser import parse
from procureguard.cel.problem import Problem
from procureguard.cel.types import Environment, Type
from procureguard.policy.condition import Composed, Leaf, compose
from procureguard.policy.model import Turn
from procureguard.policy.turns import turns_of
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression and the lines of the file it was composed from."""

    composed: Composed
    checked: Checked
    turns: tuple[Turn, ...]


def load_expression(
    document: Document, pointer: str, environment: Environment, expected: Type, problems: list[Diagnostic]
) -> Expression | None:
    """The expression at a pointer, or None with everything wrong with it added to the problems."""
    composed = compose(_at(document, pointer), pointer)
    broken = [found for leaf in composed.leaves for found in _broken(document, leaf)]
    if broken:
        problems.extend(broken)
        return None
    tree = parse(composed.text)
    if isinstance(tree, tuple):  # each line parses, so what is wrong is the depth or the length of the whole
        problems.extend(_diagnostic(document, composed, "PG301", problem) for problem in tree)
        return None
    checked = check(tree, environment, expected)
    if isinstance(checked, tuple):
        problems.extend(_diagnostic(document, composed, "PG302", problem) for problem in checked)
        return None
    turns = turns_of(checked)
    if isinstance(turns, Problem):
        problems.append(_diagnostic(document, composed, "PG313", turns))
        return None
    return Expression(composed, checked, turns)


def _broken(document: Document, leaf: Leaf) -> list[Diagnostic]:
    """Each line must be an expression of its own, or a stray parenthesis could change its neighbours."""
    alone = Composed(leaf.text, (Leaf(leaf.text, leaf.pointer, 0),))
    tree = parse(leaf.text)
    return [_diagnostic(document, alone, "PG301", problem) for problem in tree] if isinstance(tree, tuple) else []


def _diagnostic(document: Document, composed: Composed, code: str, problem: Problem) -> Diagnostic:
    span = composed.locate(document, problem.start, problem.end)
    return Diagnostic.error(code, problem.message, document.source, span, problem.hint)


def _at(document: Document, pointer: str) -> Any:  # noqa: ANN401 - what the schema allows at the pointer
    data: Any = document.data
    for part in pointer.split("/")[1:]:
        data = data[int(part)] if isinstance(data, list) else data[part]
    return data
