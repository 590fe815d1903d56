"""The cheapest combinations of choices that are good enough, the cheapest first, found by z3 and proved to be that.

Costs are whole numbers. Several kinds of cost are compared one after the other; then fewer changes win, then options
that are nearer to how things are, then changes to what is declared earlier: so there is one answer, every machine gives
it, and it is the one that the search in plain Python gives. z3 is given one sum of weights, in which each kind of cost
outweighs all that come after it: several soft constraints beside `minimize` would be compared one after the other,
whatever they were meant to add up to.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import NamedTuple, TypeAlias

from procureguard.solver.cases import Cases, lifted
from procureguard.solver.diagram import ALWAYS, Assignment, Diagram, Diagrams, Variable
from procureguard.solver.encode import Encoding
from procureguard.solver.search import Patience, Terms, TimeUp, solver_library

Cost: TypeAlias = Sequence[Cases]
"""One kind of cost: the sum of what these say, whole numbers all, known in every combination."""

_Weights: TypeAlias = Mapping[Diagram, int]
"""What a combination costs more than the least one can, for each diagram it is in."""


class Found(NamedTuple):
    """A combination, every variable named, and what it costs of each kind."""

    assignment: Mapping[str, int]
    cost: tuple[int, ...]

    @property
    def changes(self) -> Mapping[str, int]:
        """The options that differ from how things are now."""
        return {name: option for name, option in self.assignment.items() if option}


class Proof(NamedTuple):
    """How a search ended.

    Attributes:
        found: the combinations that were accepted, the cheapest first.
        complete: whether it is proved that nothing cheaper is accepted, and where fewer were found than asked for that
            nothing else is.
        rejected: how many combinations the judge turned down.
    """

    found: tuple[Found, ...]
    complete: bool
    rejected: int


def minimise(
    encoding: Encoding, limits: Sequence[Diagram], costs: Sequence[Cost], milliseconds: int | None = None
) -> Iterator[Found]:
    """The cheapest combination within all limits, then the cheapest that is not the same with more changes, and so on.

    Raises:
        SolverMissing: z3 is not installed.
        TooLarge: a cost depends on more combinations than the limits allow.
        TimeUp: the searches together took longer than the milliseconds given.
    """
    search = _Search(encoding, limits, costs, milliseconds)
    while (found := search.cheapest()) is not None:
        yield found
        search.exclude(found.changes)


def proved_minima(  # noqa: PLR0913 - what is asked, and what ends the search
    encoding: Encoding,
    judge: Callable[[Assignment], Sequence[Assignment]],
    limits: Sequence[Diagram],
    costs: Sequence[Cost],
    *,
    excluded: Iterable[Assignment] = (),
    most_changes: int | None = None,
    answers: int = 1,
    rounds: int,
    milliseconds: int | None = None,
) -> Proof:
    """The cheapest combinations within all limits that the judge accepts as well, none the same with more changes.

    None has more changes than `most_changes`, or all options of one that is excluded. The judge evaluates: it knows the
    policies that were not analysed, and evidence. It turns a combination down by naming parts of it that none may have,
    and the next one is proposed, for so many rounds or until the time is up.

    Raises:
        SolverMissing: z3 is not installed.
        TooLarge: a cost depends on more combinations than the limits allow.
    """
    search = _Search(encoding, limits, costs, milliseconds, most_changes, excluded)
    accepted: list[Found] = []
    rejected = 0
    while len(accepted) < answers:
        try:
            found = search.cheapest()
        except TimeUp:
            return Proof(tuple(accepted), complete=False, rejected=rejected)
        if found is None:
            break
        refusals = judge(found.assignment)
        if not refusals:
            accepted.append(found)
            search.exclude(found.changes)
            continue
        rejected += 1
        if rejected == rounds:
            return Proof(tuple(accepted), complete=False, rejected=rejected)
        for refused in refusals:
            search.exclude(refused)
    return Proof(tuple(accepted), complete=True, rejected=rejected)


class _Search:
    """Looks among the variables that can matter; those that cost of themselves and help nobody stay as they are.

    What is left out may tell that others matter too. Then the search begins again with these.
    """

    def __init__(
        self,
        encoding: Encoding,
        limits: Sequence[Diagram],
        costs: Sequence[Cost],
        milliseconds: int | None,
        most_changes: int | None = None,
        excluded: Iterable[Assignment] = (),
    ) -> None:
        self._z3 = solver_library()
        self._diagrams = encoding.diagrams
        self._limits = limits
        self._costs = costs
        self._most_changes = most_changes
        self._patience = Patience(milliseconds)
        self._excluded = [*excluded]
        self._active = _mattering(encoding.diagrams, limits, costs).union(*self._excluded)
        self._begin()

    def _begin(self) -> None:
        self._optimiser = self._z3.Optimize(ctx=self._z3.Context())
        self._terms = Terms(self._diagrams, self._z3, self._optimiser.ctx)
        active = [variable for variable in self._diagrams.variables if variable.name in self._active]
        idle = (variable for variable in self._diagrams.variables if variable.name not in self._active)
        self._optimiser.add(*(self._terms.chosen(variable, 0) for variable in idle))
        few = [] if self._most_changes is None else [self._diagrams.at_most(self._most_changes, active)]
        self._optimiser.add(*self._terms.exclusive(), *map(self._terms.holds, (*self._limits, *few)))
        for diagram, weight in weights(self._diagrams, active, self._costs).items():
            self._optimiser.add_soft(self._z3.Not(self._terms.holds(diagram)), str(weight))
        for chosen in self._excluded:
            self._leave_out(chosen)

    def cheapest(self) -> Found | None:
        """The cheapest combination that is left, or None; the cost is worked out anew from the combination."""
        if not self._patience.check(self._optimiser):
            return None
        assignment = self._terms.assignment(self._optimiser.model())
        return Found(assignment, tuple(cost_of(cost, assignment) for cost in self._costs))

    def exclude(self, chosen: Assignment) -> None:
        """Leaves out every combination with these options, whatever the other variables have."""
        self._excluded.append(chosen)
        if chosen.keys() <= self._active:
            self._leave_out(chosen)
        else:
            self._active |= chosen.keys()
            self._begin()

    def _leave_out(self, chosen: Assignment) -> None:
        same = (
            self._terms.chosen(variable, chosen[variable.name])
            for variable in self._diagrams.variables
            if variable.name in chosen
        )
        self._optimiser.add(self._z3.Or([*(self._z3.Not(one) for one in same), self._z3.Not(self._terms.true)]))


def _mattering(diagrams: Diagrams, limits: Sequence[Diagram], costs: Sequence[Cost]) -> frozenset[str]:
    """The variables that a limit asks for, and those whose change does not for certain cost more of the first kind."""
    asked = {diagrams.asked(part)[0].name for limit in limits for part in diagrams.reached(limit) if part > ALWAYS}
    first = costs[0] if costs else ()
    of = {each: [cases for cases in first if each in cases.variables] for each in diagrams.variables}
    return frozenset(asked | {variable.name for variable, cost in of.items() if not _dear(variable, cost)})


def _dear(variable: Variable, cost: Cost) -> bool:
    """Whether every option costs more than how things are, whatever the other variables have."""
    if any(len(cases.variables) > 1 for cases in cost):
        return False
    now, *others = (cost_of(cost, {variable.name: option}) for option in range(variable.options))
    return all(other > now for other in others)


def cost_of(cost: Cost, assignment: Assignment) -> int:
    """What a combination costs, of one kind."""
    return sum(cases.value(assignment) for cases in cost)


def weights(diagrams: Diagrams, variables: Sequence[Variable], costs: Sequence[Cost]) -> _Weights:
    """All costs as one sum that compares combinations as the costs do one after the other, while only these vary."""
    diagrams.allow()
    kinds = [
        [_table(diagrams, cases) for cases in cost if not set(variables).isdisjoint(cases.variables)] for cost in costs
    ]
    kinds += [
        [_options(diagrams, each, of_options(each.options)) for each in variables]
        for of_options in (_changed, _distances)
    ]
    added: dict[Diagram, int] = {}
    scale = prod(variable.options for variable in variables)
    for variable, place in _places(variables):
        _add(added, _options(diagrams, variable, _order(variable.options)), place)
    for tables in reversed(kinds):
        for table in tables:
            _add(added, table, scale)
        scale *= 1 + sum(max(table.values(), default=0) for table in tables)
    return {diagram: weight for diagram, weight in added.items() if weight}


def _changed(options: int) -> Sequence[int]:
    return [0] + [1] * (options - 1)


def _distances(options: int) -> Sequence[int]:
    """How far each option is from how things are; the nearest one is next to it."""
    return [0, *range(options - 1)]


def _order(options: int) -> Sequence[int]:
    """Of as many changes those come first that change what is declared first."""
    return [options - 1, *range(options - 1)]


def _places(variables: Sequence[Variable]) -> Iterator[tuple[Variable, int]]:
    """Each variable with what a step of its option counts for: more than all steps of those declared later."""
    place = 1
    for variable in reversed(variables):
        yield variable, place
        place *= variable.options


def _table(diagrams: Diagrams, cases: Cases) -> _Weights:
    if len(cases.variables) == 1:
        (variable,) = cases.variables
        return _options(diagrams, variable, [cases.value({variable.name: place}) for place in range(variable.options)])
    found = lifted(diagrams, cases)
    least = min(found, default=0)
    return {diagram: value - least for value, diagram in found.items()}


def _options(diagrams: Diagrams, variable: Variable, values: Sequence[int]) -> _Weights:
    """Weights for options rather than for sets of them, so that those of several costs add up."""
    least = min(values)
    return {diagrams.among(variable, [option]): value - least for option, value in enumerate(values)}


def _add(added: dict[Diagram, int], table: _Weights, scale: int) -> None:
    for diagram, weight in table.items():
        added[diagram] = added.get(diagram, 0) + weight * scale
