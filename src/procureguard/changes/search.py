"""Exact search: the cheapest choices that reach a goal, one after the other, within a counted number of looks.

A choice that does not reach the goal meets an obstacle, and whatever is added to it must change one of the facts the
obstacle rests on; so only such steps are tried, and nothing is missed. Obstacles that rest on different facts each
need a step of their own, which tells how much effort is still ahead at least.
"""

import heapq
from collections.abc import Collection, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from procureguard.changes.trial import Goal, Obstacle, Trials
from procureguard.changes.variable import OWNERS, UNCHANGED, Choice, Step, with_step
from procureguard.facts.schema import ChangedBy

MOST_LOOKS = 1_000
"""How many choices are looked at for one goal: counted, never timed, so that it is the same on every machine."""


class Cost(NamedTuple):
    """What a choice costs, compared from left to right; of equal ones the first in order counts.

    Attributes:
        effort: the sum over all steps.
        unknown: whether nobody can say what it costs more a year.
        extra: what it costs more a year, in ten-thousandths; nothing where it saves.
        steps: how many there are.
        distance: how far options are from what is asked for now, by their places.
    """

    effort: int
    unknown: bool
    extra: int
    steps: int
    distance: int
    order: Choice


class Found(NamedTuple):
    """The cheapest choices, and whether the search could look at everything that might have been cheaper."""

    choices: tuple[Choice, ...]
    complete: bool


class Wish(NamedTuple):
    """What is looked for: a goal, who is to change something, in how many steps at most, and how many answers."""

    goal: Goal
    owners: Collection[ChangedBy] = OWNERS
    most_steps: int | None = None
    answers: int = 1
    looks: int = MOST_LOOKS


def cost_of(choice: Choice, trials: Trials) -> Cost:
    """What a choice costs."""
    taken = [trials.space.variables[step.variable] for step in choice]
    before, after = trials.space.facts.value("cost.annual"), trials.facts(choice).value("cost.annual")
    extra = 0 if before is None or after is None else max(0, after - before)
    return Cost(
        sum(variable.effort for variable in taken),
        after is None and before is not None,
        extra,
        len(choice),
        sum(step.option for step in choice),
        choice,
    )


def cheapest(wish: Wish, trials: Trials) -> Found:
    """The cheapest choices that reach a goal, each without a step that could be left out, best first."""
    search = _Search(wish, trials)
    found: list[Choice] = []
    for choice in search.reaching():
        if not any({*other} <= {*choice} for other in found):
            found.append(choice)
        if len(found) == wish.answers:
            break
    return Found(tuple(found), not search.gave_up)


class _Node(NamedTuple):
    """A choice to look at, and the steps that are not added to it because they are tried elsewhere."""

    choice: Choice
    effort: int
    ruled_out: frozenset[Step]


class _Search:
    """Best first by the least effort that may still come of a choice; a choice that reaches the goal waits its turn."""

    def __init__(self, wish: Wish, trials: Trials) -> None:
        self._wish = wish
        self._trials = trials
        self._serial = count()
        self._waiting: list[tuple[int, bool, int | Cost, _Node | None]] = []
        self._steps = tuple(_steps(wish, trials))
        self.gave_up = False

    def reaching(self) -> Iterator[Choice]:
        """The choices that reach the goal in the order of their costs, until there are no more looks."""
        self._wait_for(_Node(UNCHANGED, 0, frozenset()), 0)
        looks = 0
        while self._waiting:
            _, _, cost, node = heapq.heappop(self._waiting)
            if node is None:
                assert isinstance(cost, Cost)
                yield cost.order
            elif looks == self._wish.looks:
                self.gave_up = True
                return
            else:
                looks += 1
                self._look_at(node)

    def _wait_for(self, node: _Node, least: int) -> None:
        heapq.heappush(self._waiting, (least, False, next(self._serial), node))

    def _look_at(self, node: _Node) -> None:
        """Keeps a choice that reaches the goal; goes on from another by each step that may clear one obstacle."""
        obstacles = self._trials.obstacles(node.choice, self._wish.goal)
        if not obstacles:
            cost = cost_of(node.choice, self._trials)
            heapq.heappush(self._waiting, (cost.effort, True, cost, None))
            return
        ways = sorted((self._ways(node, obstacle) for obstacle in obstacles), key=len)
        ahead = list(_apart(ways))
        most = self._wish.most_steps
        if not ways[0] or (most is not None and len(node.choice) + len(ahead) > most):
            return
        least = node.effort + sum(min(self._effort(step) for step in way) for way in ahead)
        tried: set[Step] = set()
        for step in ways[0]:
            choice = with_step(node.choice, step)
            if self._trials.space.allows(choice):
                effort = node.effort + self._effort(step)
                self._wait_for(_Node(choice, effort, node.ruled_out | tried), max(effort, least))
                tried.add(step)

    def _ways(self, node: _Node, obstacle: Obstacle) -> tuple[Step, ...]:
        """The steps that change something an obstacle rests on, of variables that are as they were."""
        taken = {step.variable for step in node.choice}
        return tuple(
            step
            for step, touched in self._steps
            if step.variable not in taken and step not in node.ruled_out and not touched.isdisjoint(obstacle.facts)
        )

    def _effort(self, step: Step) -> int:
        return self._trials.space.variables[step.variable].effort


def _steps(wish: Wish, trials: Trials) -> Iterator[tuple[Step, frozenset[str]]]:
    """The steps of those who are to change something, with the facts each may touch."""
    for place, variable in enumerate(trials.space.variables):
        if variable.owner in wish.owners:
            touched = trials.space.touches(variable)
            yield from ((Step(place, option), touched) for option in range(len(variable.options)))


def _apart(ways: Sequence[tuple[Step, ...]]) -> Iterator[tuple[Step, ...]]:
    """Obstacles of which no step clears two, so that each needs one of its own."""
    seen: set[int] = set()
    for way in ways:
        variables = {step.variable for step in way}
        if seen.isdisjoint(variables):
            seen |= variables
            yield way
