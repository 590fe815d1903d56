"""The values something may have, each with the combinations of choices under which it has it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, Final, TypeAlias

from procureguard.solver.diagram import ALWAYS, NEVER, Assignment, Diagram, Diagrams, TooLarge, Variable

Value: TypeAlias = Any
"""A value as evaluators hold it: bool, int, float, str or tuple; None while nobody can know it."""

Lifted: TypeAlias = Mapping[Value, Diagram]
"""Each value with the combinations that give it; no two overlap, and in all others the value is unknown.

What is lifted has one type, so that values which Python takes for equal are equal in the language too.
"""

MOST_CASES: Final = 4_096
"""How many values or combinations one expression may come to before it is not analysed."""


@dataclass(frozen=True, slots=True)
class Cases:
    """What a fact is, by the choices it depends on.

    `value` is asked with assignments that name at least these variables.
    """

    variables: tuple[Variable, ...]
    value: Callable[[Assignment], Value]

    @classmethod
    def fixed(cls, value: Value) -> "Cases":
        """The cases of what no choice can change."""
        return cls((), lambda _: value)

    @classmethod
    def by_option(cls, variable: Variable, values: Sequence[Value]) -> "Cases":
        """The cases of what one choice decides: a value for each of its options, in their order."""
        return cls((variable,), lambda assignment: values[assignment[variable.name]])


def tabulated(
    depends: Mapping[str, tuple[Variable, ...]], values_with: Callable[[Assignment], Callable[[str], Value]]
) -> dict[str, Cases]:
    """The cases of facts by path, each from the variables it depends on.

    `values_with` gives the values of all facts for a combination, of which only what differs from now is named. It is
    asked once for each combination that any fact needs; naming a variable too many costs time, one too few is wrong.
    """
    known: dict[frozenset[tuple[str, int]], Callable[[str], Value]] = {}

    def cases(path: str, variables: tuple[Variable, ...]) -> Cases:
        def value(assignment: Assignment) -> Value:
            changes = {found.name: assignment[found.name] for found in variables if assignment[found.name]}
            key = frozenset(changes.items())
            if key not in known:
                known[key] = values_with(changes)
            return known[key](path)

        return Cases(variables, value)

    return {path: cases(path, variables) for path, variables in depends.items()}


def lifted(diagrams: Diagrams, cases: Cases) -> Lifted:
    """The values of cases.

    Raises:
        TooLarge: they depend on more than MOST_CASES combinations.
    """
    variables = diagrams.ordered(cases.variables)
    count = prod(variable.options for variable in variables)
    if count > MOST_CASES:
        raise TooLarge(f"it has {count} combinations of choices to tell apart, and {MOST_CASES} is the limit")
    return _by_value(diagrams, cases, variables, {})


def _by_value(
    diagrams: Diagrams, cases: Cases, variables: tuple[Variable, ...], chosen: dict[str, int]
) -> dict[Value, Diagram]:
    if not variables:
        value = cases.value(chosen)
        return {} if value is None else {value: ALWAYS}
    first, *rest = variables
    below = [_by_value(diagrams, cases, tuple(rest), {**chosen, first.name: option}) for option in range(first.options)]
    values = dict.fromkeys(value for found in below for value in found)
    return {value: diagrams.branch(first, [found.get(value, NEVER) for found in below]) for value in values}
