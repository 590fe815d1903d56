"""Whether answers can still matter: two completions of the unknown that agree on some of it and not in the verdict."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

from procureguard.finding import NEEDS_INFO, Rung, VerdictWord
from procureguard.solver.diagram import Assignment
from procureguard.solver.encode import Encoding
from procureguard.solver.search import Formula, Library, Patience, Terms, solver_library

_Verdicts: TypeAlias = Mapping[VerdictWord, Formula]
"""For each verdict the formula that says it is the one."""

Pair: TypeAlias = tuple[Assignment, Assignment]
"""Two combinations with different verdicts."""


def disagree(
    encoding: Encoding,
    shared: Collection[str] = (),
    fixed: Assignment | None = None,
    milliseconds: int | None = None,
) -> Pair | None:
    """Two combinations with the same options of the shared variables and different verdicts; None when there are none.

    None without anything shared means that every combination has the same verdict; with some shared, that whoever
    knows these knows the verdict. `fixed` variables have that option in both. It speaks of the policies that were
    analysed, and of outcomes: doubts about evidence (law 15) are not in it.

    Raises:
        SolverMissing: z3 is not installed.
        TimeUp: it was not found out within the milliseconds given.
    """
    return _Copies(encoding, fixed or {}, Patience(milliseconds)).pair(shared)


def separating(
    encoding: Encoding, askable: Sequence[str], fixed: Assignment | None = None, milliseconds: int | None = None
) -> tuple[str, ...] | None:
    """The fewest of these variables that tell the verdict, whatever they turn out to be; None where not even all do.

    There is one such set. Between two combinations with different verdicts one can go from variable to variable, and
    the verdict changes at one of these steps: so whatever tells the verdict has every variable that can change it
    while the others stay, and these are enough.

    Raises:
        SolverMissing: z3 is not installed.
        TimeUp: it was not found out within the milliseconds given.
    """
    copies = _Copies(encoding, fixed or {}, Patience(milliseconds))
    if copies.pair(askable) is not None:
        return None
    return tuple(name for name in askable if copies.pair([other for other in askable if other != name]) is not None)


class _Copies:
    """Two copies of all choices, with different verdicts."""

    def __init__(self, encoding: Encoding, fixed: Assignment, patience: Patience) -> None:
        z3 = solver_library()
        self._patience = patience
        self._solver = z3.SolverFor("QF_FD", ctx=z3.Context())
        self._copies = tuple(Terms(encoding.diagrams, z3, self._solver.ctx) for _ in range(2))
        self._same: dict[str, Formula] = {}
        for variable in encoding.diagrams.variables:
            same = self._same[variable.name] = z3.FreshBool("same", self._solver.ctx)
            pairs = zip(*(copy.options[variable] for copy in self._copies), strict=True)
            self._solver.add(*(z3.Implies(same, one == other) for one, other in pairs))
        for copy in self._copies:
            pinned = (
                copy.chosen(variable, fixed[variable.name]) for variable in copy.options if variable.name in fixed
            )
            self._solver.add(*copy.exclusive(), *pinned)
        first, second = (_verdicts(encoding, copy, z3) for copy in self._copies)
        self._solver.add(z3.Or([z3.And(said, z3.Not(second[word])) for word, said in first.items()]))

    def pair(self, shared: Iterable[str]) -> Pair | None:
        """Two combinations that have these in common; what is no choice here is so anyway."""
        same = (self._same[name] for name in shared if name in self._same)
        if not self._patience.check(self._solver, *same):
            return None
        model = self._solver.model()
        one, other = (copy.assignment(model) for copy in self._copies)
        return one, other


def _verdicts(encoding: Encoding, terms: Terms, z3: Library) -> _Verdicts:
    """Law 4: the worst case if that is at most approval with conditions or equals the best; else it is open."""
    best, worst = (
        {rung: z3.And([terms.true, *map(terms.holds, limit(rung))]) for rung in Rung}
        for limit in (encoding.best_at_most, encoding.worst_at_most)
    )
    found: dict[VerdictWord, Formula] = {
        "approve": worst[Rung.APPROVE],
        "approve_with_conditions": z3.And(worst[Rung.APPROVE_WITH_CONDITIONS], z3.Not(worst[Rung.APPROVE])),
        "needs_review": z3.And(worst[Rung.NEEDS_REVIEW], z3.Not(best[Rung.APPROVE_WITH_CONDITIONS])),
        "deny": z3.Not(best[Rung.NEEDS_REVIEW]),
    }
    return {**found, NEEDS_INFO: z3.Not(z3.Or(list(found.values())))}
