"""Trials: what policies say of each combination of changes, computed once and fast."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from procureguard.changes.space import Space, sources_of
from procureguard.changes.variable import Choice
from procureguard.compile.program import FAIL, NOT_APPLICABLE, PASS, UNKNOWN, Program, Values
from procureguard.evaluate import evaluate
from procureguard.facts.gather import Facts
from procureguard.finding import Outcome, Rung, rung_of
from procureguard.policy.model import Policy


class Goal(NamedTuple):
    """How good an answer is wanted.

    Attributes:
        rung: the worst that may come out.
        sure: whether that must hold whatever is still unknown, or only may with good answers.
    """

    rung: Rung
    sure: bool


class Obstacle(NamedTuple):
    """A policy that stands between a choice and a goal, and the stated facts of which at least one must change."""

    policy: str
    facts: frozenset[str]


@dataclass(frozen=True)
class Trials:
    """Judges the choices of a space; what was judged before is remembered."""

    space: Space
    program: Program
    _facts: dict[Choice, Facts] = field(default_factory=dict)
    _said: dict[Choice, "_Said"] = field(default_factory=dict)

    def facts(self, choice: Choice) -> Facts:
        """The purchase with these steps taken."""
        found = self._facts.get(choice)
        if found is None:
            found = self._facts[choice] = self.space.facts_with(choice)
        return found

    def obstacles(self, choice: Choice, goal: Goal) -> tuple[Obstacle, ...]:
        """What keeps a choice from a goal: nothing if it is reached.

        A policy counts with what it says when the facts are as they are that it takes for no way out.
        """
        return tuple(self._obstacles(choice, goal))

    def _obstacles(self, choice: Choice, goal: Goal) -> Iterator[Obstacle]:
        said = self._of(choice)
        for number in self._numbers(said, goal):
            yield Obstacle(self._policy(number).identity, self._rests_on(said, number))
        yield from self._dodged(choice, goal, said)
        if goal.sure and goal.rung is Rung.APPROVE:
            yield from self._doubtful(choice)

    def _numbers(self, said: "_Said", goal: Goal) -> Iterator[int]:
        worst = (FAIL, UNKNOWN) if goal.sure else (FAIL,)
        for number, (policy, code) in enumerate(zip(self.program.policies.policies, said.codes, strict=True)):
            if code in worst and rung_of(policy.effect) > goal.rung and self._runs(policy):
                yield number

    def _runs(self, policy: Policy) -> bool:
        facts = self.space.facts
        return not policy.registers - facts.registers.supplied and policy.in_force(facts.as_of)

    def _dodged(self, choice: Choice, goal: Goal, said: "_Said") -> Iterator[Obstacle]:
        """Policies that do not stand in the way only because of facts that they take for no way out."""
        changed = {variable.fact for variable, _ in self.space.taken(choice)}
        for number, policy in enumerate(self.program.policies.policies):
            dodges = policy.never_suggest & changed
            if dodges and said.codes[number] in (PASS, NOT_APPLICABLE, UNKNOWN):
                honest = tuple(step for step in choice if self.space.variables[step.variable].fact not in dodges)
                otherwise = self._of(honest)
                if number in self._numbers(otherwise, goal) and number not in self._numbers(said, goal):
                    yield Obstacle(policy.identity, self._rests_on(otherwise, number) - dodges)

    def _doubtful(self, choice: Choice) -> Iterator[Obstacle]:
        """Passes that somebody must confirm, which the risk tier asks for (law 15)."""
        tiers = self._tier_facts
        for finding in evaluate(self.facts(choice), self.program).with_outcome(Outcome.PASS):
            if finding.doubts:
                policy = self.program.policies.get(finding.policy)
                assert policy is not None
                yield Obstacle(finding.policy, _stated(policy.facts) | tiers)

    @property
    def _tier_facts(self) -> frozenset[str]:
        return frozenset[str]().union(*(_stated(policy.facts) for policy in self.program.policies.policies))

    def _rests_on(self, said: "_Said", number: int) -> frozenset[str]:
        """The stated facts without a change of which the policy says the same; of an open one, all it may read."""
        if said.codes[number] == UNKNOWN:
            return _stated(self._policy(number).facts)
        reads: dict[str, None] = {}
        for explain in (self.program.applies[number], self.program.holds[number]):
            if explain is not None:
                explain(said.values, said.definitions, said.told, reads, {})
        return _stated(reads)

    def _policy(self, number: int) -> Policy:
        return self.program.policies.policies[number]

    def _of(self, choice: Choice) -> "_Said":
        found = self._said.get(choice)
        if found is None:
            facts = self.facts(choice)
            values = [facts.value(path) for path in self.program.slots]
            codes, definitions = self.program.run(values)
            found = self._said[choice] = _Said(values, codes, definitions, [None] * len(definitions))
        return found


class _Said(NamedTuple):
    values: list[object]
    codes: Values
    definitions: Values
    told: list[tuple[dict[str, None], dict[str, None]] | None]


def _stated(paths: "frozenset[str] | dict[str, None]") -> frozenset[str]:
    return frozenset[str]().union(*map(sources_of, paths))
