"""What z3 is asked and how it is waited for: choices as truth values, diagrams as formulas, a limit that ends a search.

Nothing else of the product imports z3, and this module only when a search begins.
"""

from collections.abc import Iterable
from time import monotonic
from typing import Any, Final, TypeAlias

from procureguard.solver.diagram import ALWAYS, NEVER, Diagram, Diagrams, Variable

Library: TypeAlias = Any
"""The z3 module, which comes without types; a solver, context and model are its own as well."""

Formula: TypeAlias = Any
"""A truth value of z3."""

HOW_TO_INSTALL: Final = "proving needs z3: install it with `pip install 'procureguard[solver]'`"


SLACK: Final = 50
"""So many milliseconds before its end a search that was stopped counts as out of time, whoever stopped it."""

_TWO: Final = 2
"""Variables with so many options are one truth value; the others have one for each option."""


class SolverMissing(Exception):  # noqa: N818 - the absence of an extra, which the text says how to install
    """z3 is not installed; the text is one line for users."""

    def __init__(self) -> None:
        super().__init__(HOW_TO_INSTALL)


class TimeUp(Exception):  # noqa: N818 - an end that was asked for, no error
    """A search has used up its time before it was complete: nothing is proved."""


def solver_library() -> Library:
    """The z3 module.

    Raises:
        SolverMissing: the extra is not installed.
    """
    try:
        import z3  # noqa: PLC0415 - heavy, and an extra
    except ModuleNotFoundError as missing:
        raise SolverMissing from missing
    return z3


class Patience:
    """How long searches may still take together, in milliseconds; without a number as long as they need."""

    def __init__(self, milliseconds: int | None = None) -> None:
        self._left = milliseconds

    def check(self, solver: Library, *assumed: Formula) -> bool:
        """Whether there is an answer to what a solver has been told, with what is assumed this time.

        Raises:
            TimeUp: it was not found out in time.
            KeyboardInterrupt: the user ended the search; z3 takes the signal for itself and only stops.
        """
        if self._left is not None:
            if self._left <= 0:
                raise TimeUp
            solver.set("timeout", self._left)
        begun = monotonic()
        answer = repr(solver.check(*assumed))
        passed = (monotonic() - begun) * 1_000
        if answer == "unknown":
            early = self._left is None or passed < self._left - SLACK
            raise _ended_by(solver.reason_unknown()) if early else TimeUp
        if self._left is not None:
            self._left -= int(passed)
        return answer == "sat"


def _ended_by(reason: str) -> BaseException:
    """What ended a search early: `canceled` is Ctrl-C, anything else a limit of z3's own."""
    stopped = "canceled" in reason or "interrupted" in reason
    return KeyboardInterrupt() if stopped else TimeUp(reason)


class Terms:
    """One copy of the choices as formulas of z3: a truth value for each option, of which exactly one is true."""

    def __init__(self, diagrams: Diagrams, library: Library, context: Library) -> None:
        self._diagrams = diagrams
        self._z3 = library
        self._context = context
        self.true = library.BoolVal(True, context)  # noqa: FBT003 - z3's own order
        self._terms = {NEVER: library.Not(self.true), ALWAYS: self.true}
        self.options = {variable: self._options(variable) for variable in diagrams.variables}

    def _options(self, variable: Variable) -> list[Formula]:
        options = [self._z3.FreshBool(variable.name, self._context) for _ in range(variable.options)]
        return [self._z3.Not(options[1]), options[1]] if variable.options == _TWO else options

    def exclusive(self) -> Iterable[Formula]:
        """That each variable has exactly one option."""
        for options in self.options.values():
            if len(options) != _TWO:
                yield self._z3.PbEq([(option, 1) for option in options], 1)

    def chosen(self, variable: Variable, option: int) -> Formula:
        """That a variable has an option."""
        return self.options[variable][option]

    def holds(self, diagram: Diagram) -> Formula:
        """That the combination is in a diagram; parts that diagrams have in common are said once."""
        for part in self._diagrams.reached(diagram):
            if part not in self._terms:
                self._terms[part] = self._asked(part)
        return self._terms[diagram]

    def _asked(self, diagram: Diagram) -> Formula:
        variable, branches = self._diagrams.asked(diagram)
        cases = []
        for branch in dict.fromkeys(branches):
            leading = [option for option, other in enumerate(branches) if other == branch]
            chosen = self._z3.Or([self.chosen(variable, option) for option in leading])
            cases.append(self._z3.Implies(chosen, self._terms[branch]))
        return self._z3.And(cases)

    def assignment(self, model: Library) -> dict[str, int]:
        """The options a model chooses; what it leaves open does not matter and stays as it is now."""
        return {
            variable.name: next(
                (place for place, option in enumerate(options) if self._z3.is_true(model.eval(option))), 0
            )
            for variable, options in self.options.items()
        }
