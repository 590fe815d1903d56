"""Sets of combinations of choices, as decision diagrams: equal sets are the same diagram, so nothing trivial is left.

A diagram asks for the variables in one fixed order and has one branch for each option. What comes out the same
whatever a variable is does not ask for it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NewType, TypeAlias

Diagram = NewType("Diagram", int)
"""A set of combinations, by its number among the diagrams it was made with."""

NEVER: Final = Diagram(0)
ALWAYS: Final = Diagram(1)

MOST_NODES: Final = 200_000
"""How many nodes one allowance holds: far above what policies need, and still in memory."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One choice: its options are counted from 0, and 0 is as things are now."""

    name: str
    options: int


Assignment: TypeAlias = Mapping[str, int]
"""The option chosen for each variable by name; a variable that is not named keeps option 0."""


class TooLarge(Exception):  # noqa: N818 - ends an encoding that may end without a result
    """Something depends on more combinations than the limits allow; the text says on what."""


class Diagrams:
    """All diagrams over some variables, in the order in which they are asked for."""

    def __init__(self, variables: Iterable[Variable]) -> None:
        self.variables = tuple(variables)
        self._places = {variable.name: place for place, variable in enumerate(self.variables)}
        self._nodes: list[tuple[int, tuple[Diagram, ...]]] = [(len(self.variables), ())] * 2
        self._known: dict[tuple[int, tuple[Diagram, ...]], Diagram] = {}
        self._combined: dict[tuple[Diagram, Diagram, Diagram], Diagram] = {}
        self._opposites: dict[Diagram, Diagram] = {NEVER: ALWAYS, ALWAYS: NEVER}
        self._most = MOST_NODES

    # ------------------------------------------------------------------ making

    def allow(self, more: int = MOST_NODES) -> None:
        """Begins a new allowance: so many nodes more may be made before TooLarge is raised."""
        self._most = len(self._nodes) + more

    def among(self, variable: Variable, options: Iterable[int]) -> Diagram:
        """The combinations in which a variable has one of these options."""
        chosen = frozenset(options)
        return self.branch(variable, [ALWAYS if option in chosen else NEVER for option in range(variable.options)])

    def branch(self, variable: Variable, branches: Sequence[Diagram]) -> Diagram:
        """One diagram for each option; those ask only for variables that come later in the order."""
        return self._node(self._places[variable.name], tuple(branches))

    def ordered(self, variables: Iterable[Variable]) -> tuple[Variable, ...]:
        """Variables, each once, in the order of the diagrams."""
        return tuple(sorted(set(variables), key=lambda variable: self._places[variable.name]))

    def _node(self, place: int, branches: tuple[Diagram, ...]) -> Diagram:
        if branches.count(branches[0]) == len(branches):
            return branches[0]
        node = (place, branches)
        found = self._known.get(node)
        if found is None:
            if len(self._nodes) >= self._most:
                raise TooLarge("it depends on too many choices at once")
            found = self._known[node] = Diagram(len(self._nodes))
            self._nodes.append(node)
        return found

    # ------------------------------------------------------------------ combining

    def both(self, one: Diagram, other: Diagram) -> Diagram:
        """The combinations in both."""
        return self._combine(one, other, NEVER)

    def either(self, one: Diagram, other: Diagram) -> Diagram:
        """The combinations in at least one."""
        return self._combine(one, other, ALWAYS)

    def opposite(self, diagram: Diagram) -> Diagram:
        """All other combinations."""
        known = self._opposites.get(diagram)
        if known is None:
            place, branches = self._nodes[diagram]
            known = self._node(place, tuple(self.opposite(branch) for branch in branches))
            self._opposites[diagram] = known
            self._opposites[known] = diagram
        return known

    def all_of(self, diagrams: Iterable[Diagram]) -> Diagram:
        """The combinations in every one; all where there is none to be in."""
        return self._fold(self.both, diagrams, ALWAYS)

    def any_of(self, diagrams: Iterable[Diagram]) -> Diagram:
        """The combinations in at least one; none where there is none to be in."""
        return self._fold(self.either, diagrams, NEVER)

    def put_back(self, diagram: Diagram, variables: Collection[Variable]) -> Diagram:
        """The combinations that are in a diagram once these variables are as they are now, whatever they are."""
        places = {self._places[variable.name] for variable in variables}
        found: dict[Diagram, Diagram] = {}
        for part in self.reached(diagram):
            place, branches = self._nodes[part]
            if part <= ALWAYS:
                found[part] = part
            elif place in places:
                found[part] = found[branches[0]]
            else:
                found[part] = self._node(place, tuple(found[branch] for branch in branches))
        return found[diagram]

    def at_most(self, count: int, among: Iterable[Variable]) -> Diagram:
        """The combinations in which no more of these variables than this have another option than now."""
        rows = [ALWAYS] * (count + 1)
        for variable in reversed(self.ordered(among)):
            fewer = [NEVER, *rows[:-1]]
            rows = [
                self.branch(variable, [row, *[less] * (variable.options - 1)])
                for row, less in zip(rows, fewer, strict=True)
            ]
        return rows[-1]

    def _fold(
        self, combine: Callable[[Diagram, Diagram], Diagram], diagrams: Iterable[Diagram], neutral: Diagram
    ) -> Diagram:
        """Pairs of pairs, so that what is combined stays small for as long as it can."""
        found = [diagram for diagram in diagrams if diagram != neutral]
        while len(found) > 1:
            pairs = zip(found[::2], found[1::2], strict=False)
            found = [*(combine(one, other) for one, other in pairs), *found[len(found) & ~1 :]]
        return found[0] if found else neutral

    def _combine(self, one: Diagram, other: Diagram, absorbing: Diagram) -> Diagram:
        if one == other:
            return one
        if absorbing in {one, other}:
            return absorbing
        if one > other:
            one, other = other, one
        if one <= ALWAYS:  # what is not absorbing changes nothing
            return other
        key = (one, other, absorbing)
        known = self._combined.get(key)
        if known is None:
            place = min(self._nodes[one][0], self._nodes[other][0])
            branches = zip(self._branches(one, place), self._branches(other, place), strict=True)
            known = self._node(place, tuple(self._combine(*pair, absorbing) for pair in branches))
            self._combined[key] = known
        return known

    def _branches(self, diagram: Diagram, place: int) -> tuple[Diagram, ...]:
        own, branches = self._nodes[diagram]
        return branches if own == place else (diagram,) * self.variables[place].options

    # ------------------------------------------------------------------ reading

    def holds(self, diagram: Diagram, assignment: Assignment) -> bool:
        """Whether a combination is in the set."""
        while diagram > ALWAYS:
            place, branches = self._nodes[diagram]
            diagram = branches[assignment.get(self.variables[place].name, 0)]
        return diagram == ALWAYS

    def asked(self, diagram: Diagram) -> tuple[Variable, tuple[Diagram, ...]]:
        """The variable a diagram asks for first, and what remains for each of its options; never of a settled one."""
        place, branches = self._nodes[diagram]
        return self.variables[place], branches

    def reached(self, diagram: Diagram) -> Iterator[Diagram]:
        """A diagram and all those it leads to, each once, those it leads to first."""
        return iter(self._reached(diagram, {}))

    def _reached(self, diagram: Diagram, found: dict[Diagram, None]) -> dict[Diagram, None]:
        if diagram not in found:
            for branch in self._nodes[diagram][1]:
                self._reached(branch, found)
            found[diagram] = None
        return found
