"""What will change by date: the purchase is evaluated again at every day that may turn a policy (law 12)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from procureguard.compile.program import Program
from procureguard.evaluate import evaluate, outcomes
from procureguard.facts.derived import COUNTDOWNS, TURNING
from procureguard.facts.gather import Facts
from procureguard.finding import Decision, Outcome
from procureguard.policy.model import Policy, Turn

HORIZON_DAYS = 180

Outcomes = tuple[Outcome | None, ...]


class Flip(NamedTuple):
    """A policy that comes out otherwise from some day on."""

    policy: str
    before: Outcome
    after: Outcome


class Change(NamedTuple):
    """A day from which on something comes out otherwise, if nothing else changes until then."""

    on: date
    flips: tuple[Flip, ...]
    decision: Decision


def upcoming_changes(facts: Facts, program: Program) -> tuple[Change, ...]:
    """The changes of the next 180 days, in order."""
    changes = []
    days = _breakpoints(facts, program)
    before = outcomes(facts, program) if days else ()
    for day in days:
        then = facts.on(day)
        after = outcomes(then, program)
        if after != before:
            changes.append(Change(day, tuple(flips(before, after, program)), evaluate(then, program).decision))
        before = after
    return tuple(changes)


def flips(before: Outcomes, after: Outcomes, program: Program) -> Iterator[Flip]:
    """The policies that come out otherwise the second time, in the order of their ids."""
    for policy, earlier, later in zip(program.policies.policies, before, after, strict=True):
        if earlier is not None and later is not None and earlier is not later:
            yield Flip(policy.identity, earlier, later)


def _breakpoints(facts: Facts, program: Program) -> list[date]:
    """Days ahead that may turn a policy: it begins or ends, a day it compares with comes, or a register says so."""
    if facts.as_of is None:
        return []
    today = facts.as_of.toordinal()
    ahead = range(today + 1, min(today + HORIZON_DAYS, date.max.toordinal()) + 1)
    policies = program.policies.policies
    turning = {day for policy in policies for day in _of_the_policy(policy)}
    for turn in {turn for policy in policies for turn in policy.turns}:
        turning.update(_of_what_it_compares(turn, facts, ahead))
    for path in frozenset[str]().union(*(policy.facts for policy in policies)) & TURNING.keys():
        turning.update(TURNING[path](facts.registers, facts.known))
    return [date.fromordinal(day) for day in sorted(turning) if day in ahead]


def _of_the_policy(policy: Policy) -> Iterator[int]:
    if policy.effective_from is not None:
        yield policy.effective_from.toordinal()
    if policy.effective_to is not None:
        yield policy.effective_to.toordinal() + 1


def _of_what_it_compares(turn: Turn, facts: Facts, ahead: range) -> Iterable[int]:
    """The day a comparison is equal and the day after: one of them turns it, whichever way it is written."""
    if turn.days is None:
        return ahead if turn.fact in facts.known else ()
    return (day for ordinal in _ordinals(turn, turn.days, facts, ahead) for day in (ordinal, ordinal + 1))


def _ordinals(turn: Turn, days: int, facts: Facts, ahead: range) -> Iterator[int]:
    if turn.fact is None:
        yield days
        return
    value = facts.value(turn.fact)
    if turn.fact in COUNTDOWNS and value is not None:
        yield ahead.start - 1 + value - days
        return
    for found in value if isinstance(value, tuple) else (value,):
        ordinal = found if turn.field is None or found is None else found[turn.field]
        if ordinal is not None:
            yield ordinal + days
