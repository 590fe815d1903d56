"""A wish for changes as the solver sees it: a variable for each thing that could be otherwise, limits, costs, a judge.

Encoded are outcomes, and that no policy comes out better by what it marks `never_suggest`. What a change of plan forgets,
must-haves and evidence are left to the judge, who says of each proposal what the search says of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic

from procureguard.changes.search import Wish
from procureguard.changes.space import Space
from procureguard.changes.trial import Goal, Trials
from procureguard.changes.variable import PLAN, Choice, Step, without_step
from procureguard.facts.schema import Value
from procureguard.finding import Outcome, rung_of
from procureguard.policy.model import Policy
from procureguard.policy.written import WrittenPolicies
from procureguard.solver.cases import Cases, tabulated
from procureguard.solver.diagram import Assignment, Diagram, Variable
from procureguard.solver.encode import Encoding, encode
from procureguard.solver.minimise import Cost, Proof, Refusals, proved_minima
from procureguard.solver.search import TimeUp

MOST_ROUNDS = 200
"""How many proposals the judge turns down before a proof is given up."""

ANNUAL = "cost.annual"


@dataclass(frozen=True, slots=True)
class Question:
    """The changes that could be made, with what policies say of all their combinations and what these cost."""

    trials: Trials
    variables: tuple[Variable, ...]
    encoding: Encoding
    costs: tuple[Cost, ...]

    def proof(self, wish: Wish, milliseconds: int) -> Proof:
        """The cheapest changes that reach a goal, so far as they are found and proved in time.

        Raises:
            SolverMissing: z3 is not installed.
            TooLarge: the changes or their costs have more combinations than the limits allow.
        """
        self.encoding.diagrams.allow()
        return proved_minima(
            self.encoding,
            lambda assignment: self.refusals(choice_of(assignment, self.variables), wish.goal),
            [*self.limits(wish)],
            self.costs,
            answers=wish.answers,
            rounds=MOST_ROUNDS,
            milliseconds=milliseconds,
        )

    def refusals(self, choice: Choice, goal: Goal) -> Refusals:
        """What keeps a choice from a goal, by the names of the variables on which it rests; nothing if it is reached.

        What a policy says is the same while all variables are that could touch a fact it may read, and what is not
        allowed with some changes is not allowed with more.
        """
        space = self.trials.space
        if not space.allows(choice):
            return [[self.variables[step.variable].name for step in _forbidden(choice, space)]]
        reads = {policy.identity: policy.facts for policy in self.trials.program.policies.policies}
        return [
            [self.variables[place].name for place in space.moving(obstacle.facts | reads[obstacle.policy])]
            for obstacle in self.trials.obstacles(choice, goal)
        ]

    def limits(self, wish: Wish) -> Iterator[Diagram]:
        """What must hold, all of it: the others leave things as they are, and every policy is content."""
        diagrams = self.encoding.diagrams
        for variable, of in zip(self.variables, self.trials.space.variables, strict=True):
            if of.owner not in wish.owners:
                yield diagrams.among(variable, [0])
        if wish.most_steps is not None:
            yield diagrams.at_most(wish.most_steps)
        for policy in self.trials.program.policies.policies:
            if policy.identity in self.encoding.outcomes and rung_of(policy.effect) > wish.goal.rung:
                yield self._content(policy, wish.goal)

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
