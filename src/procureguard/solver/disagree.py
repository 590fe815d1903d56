"""Whether answers can still matter: two completions of the unknown that agree on some of it and not in the verdict."""

from collections.abc import Collection, Mapping
from typing import TypeAlias

from procureguard.finding import NEEDS_INFO, Rung, VerdictWord
from procureguard.solver.diagram import Assignment
from procureguard.solver.encode import Encoding
from procureguard.solver.search import Formula, Library, Patience, Terms, solver_library

_Verdicts: TypeAlias = Mapping[VerdictWord, Formula]
"""For each verdict the formula that says it is the one."""


def disagree(
    encoding: Encoding,
    shared: Collection[str] = (),
    fixed: Assignment | None = None,
    milliseconds: int | None = None,
) -> tuple[Assignment, Assignment] | None:
    """Two combinations with the same options of the shared variables and different verdicts; None when there are none.

    None without anything shared means that every combination has the same verdict; with some shared, that whoever
    knows these knows the verdict. `fixed` variables have that option in both. It speaks of the policies that were
    analysed, and of outcomes: doubts about evidence (law 15) are not in it.

    Raises:
        SolverMissing: z3 is not installed.
        TimeUp: it was not found out within the milliseconds given.
    """
    z3 = solver_library()
    solver = z3.SolverFor("QF_FD", ctx=z3.Context())
    given = fixed or {}
    one = Terms(encoding.diagrams, z3, solver.ctx)
    common = {variable: options for variable, options in one.options.items() if variable.name in {*shared, *given}}
    other = Terms(encoding.diagrams, z3, solver.ctx, common)
    pinned = (options[given[variable.name]] for variable, options in common.items() if variable.name in given)
    solver.add(*one.exclusive(), *other.exclusive(), *pinned)
    first, second = _verdicts(encoding, one, z3), _verdicts(encoding, other, z3)
    solver.add(z3.Or([z3.And(said, z3.Not(second[word])) for word, said in first.items()]))
    if not Patience(milliseconds).check(solver):
        return None
    model = solver.model()
    return one.assignment(model), other.assignment(model)


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
