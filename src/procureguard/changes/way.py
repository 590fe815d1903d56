"""Ways to a better answer: the smallest changes found, each with what makes it one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from procureguard.changes.search import MOST_LOOKS, Cost, Found, Wish, cheapest, cost_of
from procureguard.changes.trial import Goal, Trials
from procureguard.changes.variable import OWNERS, Choice, Step, Variable, without_step
from procureguard.evaluate import Evaluation, evaluate
from procureguard.facts.gather import Facts
from procureguard.facts.schema import PLAN, ChangedBy, Value
from procureguard.finding import Decision, Finding, Outcome, Rung, deciding


class Taken(NamedTuple):
    """A step of a way, what its fact is now, and the findings that would stand in the way `otherwise`, without it."""

    variable: Variable
    option: Value
    now: Value
    without: tuple[Finding, ...]
    otherwise: Facts


@dataclass(frozen=True, slots=True)
class Way:
    """A set of changes of which none can be left out, with what evaluating the purchase with them gives.

    Attributes:
        goal: what it was looked for.
        complete: whether nothing cheaper reaches the goal; the search may have run out of looks.
        waits: the facts to state before its verdict is certain.
        lost: what was wanted and no must, and would not be possible any more.
        waiver: the policy that one waiver would have to cover besides; none is proposed so far.
    """

    steps: tuple[Taken, ...]
    cost: Cost
    goal: Goal
    facts: Facts
    evaluation: Evaluation
    complete: bool
    waits: frozenset[str]
    lost: frozenset[str]
    waiver: str | None = None

    @property
    def decision(self) -> Decision:
        """What comes out with the changes made."""
        return self.evaluation.decision

    @property
    def owners(self) -> tuple[ChangedBy, ...]:
        """Whose changes they are."""
        found = {taken.variable.owner for taken in self.steps}
        return tuple(owner for owner in OWNERS if owner in found)


class Ways(NamedTuple):
    """The ways found, best first, and whether every search looked at all that could matter."""

    found: tuple[Way, ...]
    complete: bool


NO_WAYS = Ways((), complete=True)


class Limits(NamedTuple):
    """How many steps a way may have, how many ways there may be to a goal, and how many looks a search may take."""

    most_steps: int | None = None
    answers: int = 1
    looks: int = MOST_LOOKS


YES = (Rung.APPROVE_WITH_CONDITIONS, Rung.NEEDS_REVIEW)
"""What is better than a refusal, the better first: what nobody has to agree to, and what somebody may agree to."""

ALL = (Rung.APPROVE, *YES)
"""Every answer that may be better than the one there is."""


class Searched(NamedTuple):
    """What was looked for, and what was found."""

    wish: Wish
    found: Found


def ways_to(rungs: Iterable[Rung], trials: Trials, decision: Decision, limits: Limits) -> Ways:
    """For each better answer: the way of least effort, the one that needs no good answers, and the best of each owner.

    A way to a lesser answer counts only where it is less effort than every way to a better one.
    """
    return ways_of(tuple(searches(rungs, trials, decision, limits)), trials)


def searches(rungs: Iterable[Rung], trials: Trials, decision: Decision, limits: Limits) -> Iterator[Searched]:
    """What is looked for to find ways to each of some answers, the best first, and what is found."""
    wishes = (wish for rung in rungs for wish in _wishes(rung, decision, limits))
    return (Searched(wish, cheapest(wish, trials)) for wish in wishes)


def ways_of(searched: Sequence[Searched], trials: Trials) -> Ways:
    """The ways that were found, told for the best answer first."""
    found: list[Way] = []
    for _, of_the_rung in groupby(searched, key=lambda each: each.wish.goal.rung):
        ways = _ways_of(of_the_rung, trials)
        least = min((way.cost.effort for way in found), default=None)
        found += [way for way in ways if least is None or way.cost.effort < least]
    return Ways(tuple(found), all(each.found.complete for each in searched))


def _ways_of(searched: Iterable[Searched], trials: Trials) -> list[Way]:
    """The best of each kind, by cost: the same facts with other values are no other advice."""
    found: dict[Choice, Way] = {}
    for wish, (choices, complete) in searched:
        for choice in choices:
            if choice not in found:
                found[choice] = way_of(choice, wish.goal, trials, complete=complete)
    kinds: dict[object, Way] = {}
    for way in sorted(found.values(), key=lambda way: way.cost):
        kinds.setdefault((way.goal, _kind(way)), way)
    return list(kinds.values())


def _kind(way: Way) -> frozenset[object]:
    """The facts that a way changes; each plan is a kind of its own."""
    facts = ((taken.variable.fact, taken.option) for taken in way.steps)
    return frozenset((fact, option if fact == PLAN else None) for fact, option in facts)


def _wishes(rung: Rung, decision: Decision, limits: Limits) -> Iterator[Wish]:
    """What to look for: a way if answers are good, one whatever they are, and one by each owner alone."""
    goals = [Goal(rung, sure=False)] if decision.best > rung else []
    goals += [Goal(rung, sure=True)] if decision.worst > rung else []
    yield from (Wish(goal, OWNERS, *limits) for goal in goals)
    yield from (Wish(goal, (owner,), limits.most_steps, 1, limits.looks) for goal in goals[:1] for owner in OWNERS)


def way_of(choice: Choice, goal: Goal, trials: Trials, *, complete: bool) -> Way:
    """What a choice comes to: evaluated as every purchase is, and again without each step."""
    facts = trials.facts(choice)
    evaluation = evaluate(facts, trials.program)
    steps = tuple(_taken(step, choice, goal, trials) for step in choice)
    wanted = trials.space.facts.value("request.capabilities") or ()
    lost = trials.space.lost(wanted, facts)
    return Way(steps, cost_of(choice, trials), goal, facts, evaluation, complete, _waits(evaluation), lost)


def _taken(step: Step, choice: Choice, goal: Goal, trials: Trials) -> Taken:
    variable = trials.space.variables[step.variable]
    rest = without_step(choice, step)
    otherwise = trials.facts(rest)
    named = {found.policy for found in trials.obstacles(rest, goal)}
    without = [found for found in evaluate(otherwise, trials.program).findings if found.policy in named]
    telling = sorted(without, key=lambda found: (found.outcome is not Outcome.FAIL, -found.effect, found.policy))
    now = trials.space.facts.value(variable.fact)
    return Taken(variable, trials.space.option(step), now, tuple(telling), otherwise)


def _waits(evaluation: Evaluation) -> frozenset[str]:
    found: Iterable[Finding] = deciding(evaluation.findings, evaluation.decision)
    return frozenset[str]().union(*(finding.waits for finding in found))
