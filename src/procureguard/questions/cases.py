"""Cases: how a purchase stands as more and more of what is unknown is answered, each looked at once and counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from procureguard.compile.program import Program
from procureguard.evaluate import Standing, standing
from procureguard.facts.derived import COMPARING, below, resting_on
from procureguard.facts.fact import ANSWERERS, SPEAKS_FOR, Fact
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema, Value
from procureguard.finding import Rung, rung_of
from procureguard.questions.completions import Answers, Completions

Rank = tuple[int, int]
"""Who answers a question, those who are asked first the lowest, then its place among all facts."""


class Case(NamedTuple):
    """A purchase with some questions answered: what is known then, and how the policies that matter stand."""

    answers: tuple[tuple[str, Value], ...]
    facts: Facts
    standing: Standing

    def asks(self) -> Iterator[str]:
        """The facts that were answered, in the order in which they were."""
        return (path for path, _ in self.answers)


class TooMany(Exception):  # noqa: N818 - ends a search that may end without an answer
    """A search has looked at as many cases as it may."""


@dataclass
class Cases:
    """The cases of one purchase; `left` is how many more may be looked at: counted, never timed."""

    program: Program
    schema: FactSchema
    left: int = 0
    completions: Completions = field(init=False)
    _touched: dict[str, frozenset[int]] = field(default_factory=dict)
    _reading: dict[int, frozenset[str]] = field(default_factory=dict)
    _compared: frozenset[str] | None = None

    def __post_init__(self) -> None:
        self.completions = Completions(self.program.policies.mentioned, self.schema)

    def first(self, facts: Facts) -> Case:
        """The purchase as it stands."""
        policies = self.program.policies.policies
        numbers = [
            number
            for number, policy in enumerate(policies)
            if rung_of(policy.effect) > Rung.APPROVE_WITH_CONDITIONS
            and policy.in_force(facts.as_of)
            and policy.registers <= facts.registers.supplied
        ]
        return Case((), facts, standing(facts, self.program, numbers, {}))

    def answered(self, case: Case, path: str, value: Value) -> Case:
        """The case with one more question answered.

        Raises:
            TooMany: no more cases may be looked at.
        """
        self.left -= 1
        if self.left < 0:
            raise TooMany
        facts = case.facts.with_fact(self.answer(path, value))
        told = {number: waits for number, waits in case.standing.waits.items() if number not in self.touched(path)}
        now = standing(facts, self.program, case.standing.waits, told)
        return Case((*case.answers, (path, value)), facts, Standing(case.standing.failed | now.failed, now.waits))

    def answer(self, path: str, value: Value) -> Fact:
        """What the one who is asked says."""
        return Fact(path, value, SPEAKS_FOR[self.schema[path].stated_by])

    def open_facts(self, case: Case, number: int) -> frozenset[str]:
        """The unknown facts that an open policy waits for or may come to wait for, stated ones all."""
        known = case.facts.known.keys()
        read = self.reading(number)
        if self.program.policies.policies[number].facts & COMPARING - known:
            read |= self.compared(case.facts)
        return case.standing.waits[number].union(path for path in read - known if self._is_stated(path))

    def compared(self, facts: Facts) -> frozenset[str]:
        """The facts that a purchase may be compared by with what was approved before."""
        if self._compared is None:
            self._compared = frozenset(path for found in facts.registers.decisions for path in found.facts)
        return self._compared

    def _is_stated(self, path: str) -> bool:
        kind = self.schema.get(path)
        return kind is not None and kind.stated_by in ANSWERERS

    def choices(self, case: Case, path: str) -> Answers:
        """The answers worth trying."""
        return self.completions.of(path, case.facts)

    def touched(self, path: str) -> frozenset[int]:
        """The policies that may read a fact, or something computed from it."""
        found = self._touched.get(path)
        if found is None:
            changed = {path, *(row.path for row in resting_on(frozenset({path})))}
            policies = enumerate(self.program.policies.policies)
            found = frozenset(number for number, policy in policies if not changed.isdisjoint(policy.facts))
            self._touched[path] = found
        return found

    def among(self, case: Case, numbers: frozenset[int]) -> Case:
        """The case as far as some of the open policies see it."""
        waits = {number: paths for number, paths in case.standing.waits.items() if number in numbers}
        return case._replace(standing=Standing(case.standing.failed, waits))

    def apart(self, case: Case) -> list[Case]:
        """The case as groups of open policies see it that can read nothing unknown in common."""
        groups: list[tuple[set[str], set[int]]] = []
        for number in case.standing.waits:
            paths, numbers = {*self.open_facts(case, number)}, {number}
            for group in [group for group in groups if not group[0].isdisjoint(paths)]:
                groups.remove(group)
                paths |= group[0]
                numbers |= group[1]
            groups.append((paths, numbers))
        return [self.among(case, frozenset(numbers)) for _, numbers in groups]

    def reading(self, number: int) -> frozenset[str]:
        """The facts that a policy may read in the end."""
        found = self._reading.get(number)
        if found is None:
            facts = self.program.policies.policies[number].facts
            found = self._reading[number] = facts.union(*map(below, facts))
        return found

    def sight(self, case: Case) -> tuple[object, ...]:
        """What everything still to come depends on: which policies are open, and the answers that they may read."""
        read = tuple(sorted((path, repr(value)) for path, value in case.answers if self._is_read(path, case)))
        return (frozenset(case.standing.waits), read)

    def _is_read(self, path: str, case: Case) -> bool:
        return not self.touched(path).isdisjoint(case.standing.waits)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each fact in the order in which the schema declares them."""
        return {path: place for place, path in enumerate(self.schema.types)}

    def rank(self, path: str) -> Rank:
        """What decides between two questions that do the same."""
        return ANSWERERS.index(self.schema[path].stated_by), self.places[path]

    def rung(self, number: int) -> Rung:
        """How far a purchase gets at most when a policy fails."""
        return rung_of(self.program.policies.policies[number].effect)
