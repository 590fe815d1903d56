"""Policies over all combinations of choices: for each policy, where it passes, fails, is unknown or does not apply.

Not in here is law 15: whether a pass rests on evidence that is good enough hangs on sources and days, which are no
values. Whoever needs it has each answer evaluated, as `proved_minima` does; an outcome is the same with and without.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from procureguard.cel.checker import Checked
from procureguard.finding import Decision, Outcome, Rung, rung_of
from procureguard.policy.model import Effect
from procureguard.policy.written import WrittenPolicies, WrittenPolicy
from procureguard.solver.cases import Cases, Lifted, lifted
from procureguard.solver.diagram import ALWAYS, NEVER, Assignment, Diagram, Diagrams, TooLarge, Variable
from procureguard.solver.lift import lift

NOWHERE: Final[Lifted] = {False: ALWAYS}
"""What `when` comes to for a policy that applies in no combination: what it requires need not be looked at."""

Outcomes: TypeAlias = Mapping[Outcome, Diagram]
"""Where a policy has which outcome: every combination is in exactly one of the four."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """What policies say of every combination of choices.

    Attributes:
        outcomes: by policy id, for those whose registers are supplied and that could be analysed.
        effects: by policy id, for the same ones.
        not_analysed: by policy id, why a policy could not be; what it says is only known by evaluating it.
    """

    diagrams: Diagrams
    outcomes: Mapping[str, Outcomes]
    effects: Mapping[str, Effect]
    not_analysed: Mapping[str, str]

    def best_at_most(self, rung: Rung) -> tuple[Diagram, ...]:
        """What must hold, all of it, for the best case to be this rung or better: nothing stronger fails."""
        return tuple(self._quiet(rung, Outcome.FAIL))

    def worst_at_most(self, rung: Rung) -> tuple[Diagram, ...]:
        """What must hold, all of it, for the worst case to be this rung or better: nothing stronger can still fail."""
        return tuple(self._quiet(rung, Outcome.FAIL, Outcome.UNKNOWN))

    def decision(self, assignment: Assignment) -> Decision:
        """Law 4 for one combination, by all policies that could be analysed."""
        return Decision(
            next(rung for rung in Rung if self._all_hold(self.best_at_most(rung), assignment)),
            next(rung for rung in Rung if self._all_hold(self.worst_at_most(rung), assignment)),
        )

    def outcome(self, policy: str, assignment: Assignment) -> Outcome:
        """The outcome of an analysed policy for one combination."""
        outcomes = self.outcomes[policy]
        return next(outcome for outcome in Outcome if self.diagrams.holds(outcomes[outcome], assignment))

    def _quiet(self, rung: Rung, *counted: Outcome) -> Iterator[Diagram]:
        for policy, outcomes in self.outcomes.items():
            if rung_of(self.effects[policy]) > rung:
                counts = self.diagrams.any_of(outcomes[outcome] for outcome in counted)
                yield self.diagrams.opposite(counts)

    def _all_hold(self, needed: tuple[Diagram, ...], assignment: Assignment) -> bool:
        return all(self.diagrams.holds(diagram, assignment) for diagram in needed)


def encode(
    written: WrittenPolicies,
    cases: Mapping[str, Cases],
    as_of: date | None,
    supplied: frozenset[str],
    variables: Iterable[Variable] = (),
) -> Encoding:
    """Policies over all combinations of choices, on a day and with these registers supplied.

    The choices are those given and any others that the cases name, in this order; of equally cheap answers the one wins
    that changes the first ones. A fact without cases is unknown in every combination.
    """
    named = (variable for found in cases.values() for variable in found.variables)
    encoder = _Encoder(written, cases, Diagrams(dict.fromkeys((*variables, *named))))
    outcomes: dict[str, Outcomes] = {}
    not_analysed: dict[str, str] = {}
    for policy in written.written:
        if policy.policy.registers <= supplied:
            try:
                outcomes[policy.policy.identity] = encoder.outcomes(policy, as_of)
            except TooLarge as problem:
                not_analysed[policy.policy.identity] = str(problem)
    encoder.diagrams.allow()
    effects = {policy.identity: policy.effect for policy in written.policies.policies if policy.identity in outcomes}
    return Encoding(encoder.diagrams, outcomes, effects, not_analysed)


class _Encoder:
    """Lifts each fact and definition once, when a policy first needs it."""

    def __init__(self, written: WrittenPolicies, cases: Mapping[str, Cases], diagrams: Diagrams) -> None:
        self.diagrams = diagrams
        self._definitions = {definition.name: definition for definition in written.definitions}
        self._cases = cases
        self._lifted: dict[str, Lifted] = {}
        self._too_large: dict[str, str] = {}

    def outcomes(self, written: WrittenPolicy, as_of: date | None) -> Outcomes:
        """The outcomes of one policy.

        Raises:
            TooLarge: it depends on more than the limits allow.
        """
        if not written.policy.in_force(as_of):
            return {outcome: ALWAYS if outcome is Outcome.NOT_APPLICABLE else NEVER for outcome in Outcome}
        self.diagrams.allow()
        when: Lifted = {True: ALWAYS} if written.when is None else self._lift(written.when.checked)
        if when == NOWHERE:
            return outcomes_of(when, {}, self.diagrams)
        return outcomes_of(when, self._lift(written.require.checked), self.diagrams)

    def _lift(self, checked: Checked) -> Lifted:
        return lift(checked, self._lookup, self.diagrams)

    def _lookup(self, path: str) -> Lifted:
        if path in self._too_large:
            raise TooLarge(self._too_large[path])
        if path not in self._lifted:
            try:
                self._lifted[path] = self._found(path)
            except TooLarge as problem:
                self._too_large[path] = f"`{path}`: {problem}"
                raise TooLarge(self._too_large[path]) from problem
        return self._lifted[path]

    def _found(self, path: str) -> Lifted:
        if path in self._definitions:
            return self._lift(self._definitions[path].expression.checked)
        return lifted(self.diagrams, self._cases[path]) if path in self._cases else {}


def outcomes_of(when: Lifted, require: Lifted, diagrams: Diagrams) -> Outcomes:
    """Law 3: not applicable where `when` is false, otherwise the value of `!when || require`."""
    not_applicable = when.get(False, NEVER)
    passes = diagrams.both(require.get(True, NEVER), diagrams.opposite(not_applicable))
    fails = diagrams.both(when.get(True, NEVER), require.get(False, NEVER))
    return {
        Outcome.NOT_APPLICABLE: not_applicable,
        Outcome.PASS: passes,
        Outcome.FAIL: fails,
        Outcome.UNKNOWN: diagrams.opposite(diagrams.any_of((not_applicable, passes, fails))),
    }
