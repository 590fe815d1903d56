"""Trials: what policies say of each combination of changes, computed once and fast."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from procureguard.changes.space import Space
from procureguard.changes.variable import Choice
from procureguard.compile.program import FAIL, UNKNOWN, Paths, Program, Told, Values
from procureguard.evaluate import evaluate
from procureguard.facts.fact import COMPUTED
from procureguard.facts.gather import Facts
from procureguard.facts.schema import PLAN
from procureguard.finding import Outcome, Rung, rung_of


class Goal(NamedTuple):
    """How good an answer is wanted.

    Attributes:
        rung: the worst that may come out.
        sure: whether that must hold whatever is still unknown, or only may with good answers.
    """

    rung: Rung
    sure: bool


class Obstacle(NamedTuple):
    """A policy that stands between a choice and a goal, and the facts of which at least one must change."""

    policy: str
    facts: frozenset[str]


class _Said(NamedTuple):
    """What a run of the program said of one choice."""

    values: Values
    codes: Values
    definitions: Values
    told: Told


@dataclass(frozen=True)
class Trials:
    """Judges the choices of a space; what was judged before is remembered."""

    space: Space
    program: Program
    _facts: dict[Choice, Facts] = field(default_factory=dict)
    _said: dict[Choice, _Said] = field(default_factory=dict)

    def facts(self, choice: Choice) -> Facts:
        """The purchase with these steps taken."""
        found = self._facts.get(choice)
        if found is None:
            found = self._facts[choice] = self.space.facts_with(choice)
        return found

    def obstacles(self, choice: Choice, goal: Goal) -> tuple[Obstacle, ...]:
        """What keeps a choice from a goal: nothing if it is reached."""
        found = [*self._standing(choice, goal), *self._dodged(choice, goal)]
        if not found and goal.sure and goal.rung is Rung.APPROVE:
            found += self._doubtful(choice)
        return tuple(found)

    def _standing(self, choice: Choice, goal: Goal) -> Iterator[Obstacle]:
        said = self._of(choice)
        for number, rung in self._running:
            if rung > goal.rung and self._stands(said, number, rung, goal):
                yield self._obstacle(choice, number)

    def _dodged(self, choice: Choice, goal: Goal) -> Iterator[Obstacle]:
        """Policies that stand in the way no more only because of changes that are no way out.

        These are the ones a policy names itself, and another plan of which less is known: what is forgotten clears
        nothing.
        """
        said = self._of(choice)
        changed = frozenset(variable.fact for variable, _ in self.space.taken(choice))
        for number, rung in self._running:
            if rung > goal.rung and not self._stands(said, number, rung, goal):
                dodges = self._dodges(choice, number, changed)
                honest = tuple(step for step in choice if self.space.variables[step.variable].fact not in dodges)
                if dodges and self._stands(self._of(honest), number, rung, goal):
                    facts = self._facts_of(number) if PLAN in dodges else self._obstacle(honest, number).facts
                    yield Obstacle(self.program.policies.policies[number].identity, facts)

    def _stands(self, said: _Said, number: int, rung: Rung, goal: Goal) -> bool:
        """Whether a policy keeps a goal out of reach; nothing may become open that is worse than the answer now."""
        code = said.codes[number]
        return bool(code == FAIL or (code == UNKNOWN and (goal.sure or rung > self.worst_now)))

    @cached_property
    def worst_now(self) -> Rung:
        """The worst that may come of the purchase as it is."""
        return evaluate(self.space.facts, self.program).decision.worst

    def _dodges(self, choice: Choice, number: int, changed: frozenset[str]) -> frozenset[str]:
        """The facts among those changed by which a policy must not come out better."""
        found = self.program.policies.policies[number].never_suggest & changed
        if PLAN in changed and self._of(choice).codes[number] == UNKNOWN:
            facts = self.facts(choice)
            waits = frozenset[str]().union(*map(facts.waits_for, self._reads(choice, number)[1]))
            if waits & self._forgotten(facts):
                found |= {PLAN}
        return found

    def _forgotten(self, facts: Facts) -> frozenset[str]:
        known = self.space.facts.known.items()
        return frozenset(path for path, fact in known if fact.source != COMPUTED and path not in facts.known)

    def _doubtful(self, choice: Choice) -> Iterator[Obstacle]:
        """Passes that somebody must confirm, which the risk tier asks for (law 15)."""
        for finding in evaluate(self.facts(choice), self.program).with_outcome(Outcome.PASS):
            if finding.doubts:
                yield Obstacle(finding.policy, self._sources(self.program.slots))

    def _obstacle(self, choice: Choice, number: int) -> Obstacle:
        """A policy with what it rests on; an open one may rest on everything it could read."""
        identity = self.program.policies.policies[number].identity
        if self._of(choice).codes[number] == UNKNOWN:
            return Obstacle(identity, self._facts_of(number))
        return Obstacle(identity, self._sources(self._reads(choice, number)[0]))

    def _facts_of(self, number: int) -> frozenset[str]:
        return self._sources(self.program.policies.policies[number].facts)

    def _sources(self, paths: Iterable[str]) -> frozenset[str]:
        return frozenset[str]().union(*map(self.space.sources, paths))

    def _reads(self, choice: Choice, number: int) -> tuple[Paths, Paths]:
        """The facts an outcome rests on, and those it waits for."""
        said = self._of(choice)
        reads: Paths = {}
        waits: Paths = {}
        for explain in (self.program.applies[number], self.program.holds[number]):
            if explain is not None:
                explain(said.values, said.definitions, said.told, reads, waits)
        return reads, waits

    @cached_property
    def _running(self) -> tuple[tuple[int, Rung], ...]:
        """The places of the policies that are run on the day, and what each may bring about."""
        facts, policies = self.space.facts, self.program.policies.policies
        supplied, day = facts.registers.supplied, facts.as_of
        return tuple(
            (number, rung_of(policy.effect))
            for number, policy in enumerate(policies)
            if not policy.registers - supplied and policy.in_force(day)
        )

    def _of(self, choice: Choice) -> _Said:
        found = self._said.get(choice)
        if found is None:
            facts = self.facts(choice)
            values = [facts.value(path) for path in self.program.slots]
            codes, definitions = self.program.run(values)
            found = self._said[choice] = _Said(values, codes, definitions, [None] * len(definitions))
        return found
