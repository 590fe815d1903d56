"""A wish for changes as the solver sees it: a variable for each thing that could be otherwise, limits, costs, a judge.

Encoded are outcomes, and that no policy comes out better by what it marks `never_suggest`. What a change of plan
forgets, must-haves and evidence are left to the judge, who says of each proposal what the search says of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import NamedTuple

from procureguard.changes.search import Wish
from procureguard.changes.space import Space
from procureguard.changes.trial import Goal, Trials
from procureguard.changes.variable import Choice, Step, without_step
from procureguard.evaluate import evaluate
from procureguard.facts.schema import PLAN, Value
from procureguard.finding import Outcome, Rung, rung_of
from procureguard.policy.model import Policy
from procureguard.policy.written import WrittenPolicies
from procureguard.solver.cases import Cases, tabulated
from procureguard.solver.diagram import Assignment, Diagram, Variable
from procureguard.solver.encode import Encoding, encode
from procureguard.solver.minimise import Cost, Proof, proved_minima
from procureguard.solver.search import TimeUp

MOST_ROUNDS = 200
"""How many proposals the judge turns down before a proof is given up."""

ANNUAL = "cost.annual"


class _Lesson(NamedTuple):
    """Options that no combination may have which reaches the goal, or another that the same policy stands before."""

    chosen: Assignment
    goal: Goal
    rung: Rung | None

    def holds_for(self, goal: Goal) -> bool:
        """What stands before good answers stands before bad ones; what is not allowed stands before every goal."""
        if self.rung is None or goal == self.goal:
            return True
        return goal.rung < self.rung and goal.sure >= self.goal.sure and not _asks_evidence(self.goal)


@dataclass(frozen=True, slots=True)
class Question:
    """The changes that could be made, with what policies say of all their combinations and what these cost."""

    trials: Trials
    variables: tuple[Variable, ...]
    encoding: Encoding
    costs: tuple[Cost, ...]
    _learned: list["_Lesson"] = field(default_factory=list)

    def proof(self, wish: Wish, milliseconds: int) -> Proof:
        """The cheapest changes that reach a goal, so far as they are found and proved in time.

        Raises:
            SolverMissing: z3 is not installed.
            TooLarge: the changes or their costs have more combinations than the limits allow.
        """
        self.encoding.diagrams.allow()
        return proved_minima(
            self.encoding,
            lambda assignment: self.refusals(assignment, wish.goal),
            [*self.limits(wish)],
            self.costs,
            excluded=[lesson.chosen for lesson in self._learned if lesson.holds_for(wish.goal)],
            most_changes=wish.most_steps,
            answers=wish.answers,
            rounds=MOST_ROUNDS,
            milliseconds=milliseconds,
        )

    def refusals(self, assignment: Assignment, goal: Goal) -> Sequence[Assignment]:
        """What keeps a combination from a goal: parts of it that no combination may have; nothing if it is reached.

        What is learned is kept for the goals that come after.
        """
        lessons = [*self._lessons(assignment, goal)]
        self._learned.extend(lessons)
        return [lesson.chosen for lesson in lessons]

    def _lessons(self, assignment: Assignment, goal: Goal) -> Iterator["_Lesson"]:
        """A policy fails for as long as nothing touches the facts it rests on.

        Whatever else it says, it says while nothing touches a fact it may read. What is not allowed with some changes
        is not allowed with more.
        """
        space, program = self.trials.space, self.trials.program
        choice = choice_of(assignment, self.variables)
        if not space.allows(choice):
            yield self._lesson(assignment, [step.variable for step in _forbidden(choice, space)], None, goal)
            return
        failed = {found.policy for found in evaluate(self.trials.facts(choice), program).with_outcome(Outcome.FAIL)}
        policies = {policy.identity: policy for policy in program.policies.policies}
        for obstacle in self.trials.obstacles(choice, goal):
            policy = policies[obstacle.policy]
            facts = obstacle.facts if obstacle.policy in failed else obstacle.facts | policy.facts
            yield self._lesson(assignment, space.moving(facts), policy, goal)

    def _lesson(self, assignment: Assignment, places: Iterable[int], policy: Policy | None, goal: Goal) -> "_Lesson":
        names = (self.variables[place].name for place in places)
        chosen = {name: assignment[name] for name in names}
        return _Lesson(chosen, goal, None if policy is None else rung_of(policy.effect))

    def limits(self, wish: Wish) -> Iterator[Diagram]:
        """What must hold, all of it: the others leave things as they are, and every policy is content."""
        diagrams = self.encoding.diagrams
        for variable, of in zip(self.variables, self.trials.space.variables, strict=True):
            if of.owner not in wish.owners:
                yield diagrams.among(variable, [0])
        for policy in self.trials.program.policies.policies:
            if policy.identity in self.encoding.outcomes and rung_of(policy.effect) > wish.goal.rung:
                worse = rung_of(policy.effect) > self.trials.worst_now
                yield self._content(policy, wish.goal._replace(sure=True) if worse else wish.goal)

    def _content(self, policy: Policy, goal: Goal) -> Diagram:
        """Where a policy does not stand in the way, nor would without the changes that are no way out of it.

        Another plan may have made it forget what it waits for. Whether it has, and what would be without the other
        plan, is left to the judge.
        """
        diagrams, outcomes = self.encoding.diagrams, self.encoding.outcomes[policy.identity]
        standing = [outcomes[Outcome.FAIL], *([outcomes[Outcome.UNKNOWN]] if goal.sure else [])]
        quiet = diagrams.opposite(diagrams.any_of(standing))
        honest = diagrams.put_back(quiet, [*self._of(policy.never_suggest)])
        if PLAN not in policy.never_suggest:
            elsewhere = (diagrams.among(plan, range(1, plan.options)) for plan in self._of(frozenset({PLAN})))
            forgetful = diagrams.both(outcomes[Outcome.UNKNOWN], diagrams.any_of(elsewhere))
            honest = diagrams.either(honest, forgetful)
        return diagrams.both(quiet, honest)

    def _of(self, facts: frozenset[str]) -> Iterator[Variable]:
        pairs = zip(self.variables, self.trials.space.variables, strict=True)
        return (variable for variable, of in pairs if of.fact in facts)


def _asks_evidence(goal: Goal) -> bool:
    return goal.sure and goal.rung is Rung.APPROVE


def question(trials: Trials, written: WrittenPolicies, end: float) -> Question:
    """The changes of a space, with what policies say of them.

    Raises:
        TimeUp: the clock passed `end`, in seconds as `monotonic` counts them.
    """
    space = trials.space
    variables = tuple(Variable(str(place), len(each.options) + 1) for place, each in enumerate(space.variables))
    value_with = partial(_values, trials, variables, end)
    paths = (*trials.program.slots, ANNUAL)
    depends = {path: tuple(variables[place] for place in space.moving((path,))) for path in paths}
    cases = tabulated(depends, value_with)
    encoding = encode(written, cases, space.facts.as_of, space.facts.registers.supplied, variables)
    effort = [
        Cases.by_option(variable, [0, *[each.effort] * len(each.options)])
        for variable, each in zip(variables, space.variables, strict=True)
    ]
    before = space.facts.value(ANNUAL)
    money = [[_told(cases[ANNUAL], partial(told, before))] for told in (_unknown, _extra)]
    return Question(trials, variables, encoding, (effort, *money))


def choice_of(assignment: Assignment, variables: Sequence[Variable]) -> Choice:
    """The steps that make up a combination."""
    options = (assignment.get(variable.name, 0) for variable in variables)
    return tuple(Step(place, option - 1) for place, option in enumerate(options) if option)


def _values(
    trials: Trials, variables: Sequence[Variable], end: float, assignment: Assignment
) -> Callable[[str], Value]:
    if monotonic() > end:
        raise TimeUp
    return trials.facts(choice_of(assignment, variables)).value


def _told(cases: Cases, tell: Callable[[Value], int]) -> Cases:
    return Cases(cases.variables, lambda assignment: tell(cases.value(assignment)))


def _unknown(before: int | None, after: int | None) -> int:
    return int(after is None and before is not None)


def _extra(before: int | None, after: int | None) -> int:
    return 0 if before is None or after is None else max(0, after - before)


def _forbidden(choice: Choice, space: Space) -> Iterable[Step]:
    """As few of the steps as are not allowed together."""
    for step in choice:
        fewer = without_step(choice, step)
        if not space.allows(fewer):
            choice = fewer
    return choice
