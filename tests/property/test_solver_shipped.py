"""The shipped policies over forty choices about a real-looking purchase: encoded, searched, and evaluated again."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from procureguard import Guard
from procureguard.evaluate import decision, outcomes
from procureguard.facts.derived import DERIVED
from procureguard.facts.fact import Fact
from procureguard.facts.gather import Facts, complete
from procureguard.finding import Rung
from procureguard.solver.cases import Cases, tabulated
from procureguard.solver.diagram import Assignment, Variable
from procureguard.solver.encode import Encoding, encode
from procureguard.solver.minimise import Cost, minimise
from property.checking import (
    COMPUTED,
    DAY,
    PURCHASES,
    document,
    fact,
    guard_for,
    harmless_value,
    read,
    simple_values,
)

CHOICES = 40
MOST_OPTIONS = 5
TRIED = 20
"""Combinations that are evaluated for each purchase."""

WITHIN = 5_000
"""Milliseconds in which a minimum is found and proved, on one core that does other things too."""

OF_A_PLAN = ("product.", "contract.")
WITH_THE_PLAN = 6
NEVER_CHANGED = ("request.id", "request.tool", "organisation.")

Options = Sequence[Mapping[str, Fact]]


class Choices(NamedTuple):
    """A purchase with what can be chosen: for each variable the facts that each option but the first states anew."""

    facts: Facts
    options: Mapping[Variable, Options]

    def with_options(self, assignment: Assignment) -> Facts:
        stated = {path: known for path, known in self.facts.known.items() if path not in COMPUTED}
        for variable, options in self.options.items():
            if chosen := assignment.get(variable.name, 0):
                stated |= options[chosen - 1]
        return complete(stated, self.facts.registers, self.facts.as_of)

    def depends(self, paths: Sequence[str]) -> dict[str, tuple[Variable, ...]]:
        """The variables each fact depends on, through what derived ones are computed from."""
        found = {
            path: {variable for variable, options in self.options.items() if any(path in option for option in options)}
            for path in {*paths, *(needed for row in DERIVED for needed in row.inputs)}
        }
        for row in DERIVED:
            found[row.path] = set().union(*(found[needed] for needed in row.inputs))
        return {path: tuple(variable for variable in self.options if variable in found[path]) for path in paths}


def choices(path: Path, guard: Guard) -> Choices:
    """Forty choices: a plan that brings several facts at once, and facts that can be stated in a few ways."""
    random = Random(path.stem)  # noqa: S311 - cases, no secrets
    facts = guard.facts(document(read(path)), DAY)
    changeable = [
        found
        for found in (*guard.program.slots, "contract.amount")
        if found not in COMPUTED and not found.startswith(NEVER_CHANGED) and simple_values(guard.schema[found])
    ]
    random.shuffle(changeable)
    on_a_plan = [found for found in changeable if found.startswith(OF_A_PLAN)][:WITH_THE_PLAN]
    plans = [{found: _stated(found, random, guard) for found in on_a_plan} for _ in range(MOST_OPTIONS - 1)]
    options: dict[Variable, Options] = {Variable("plan", MOST_OPTIONS): plans}
    for found in changeable[: CHOICES - 1]:
        kind = guard.schema[found]
        values = [harmless_value(kind), *random.sample(simple_values(kind), min(3, len(simple_values(kind))))]
        options[Variable(found, len(values) + 1)] = [{found: fact(kind, value)} for value in values]
    return Choices(facts, options)


def _stated(path: str, random: Random, guard: Guard) -> Fact:
    kind = guard.schema[path]
    return fact(kind, random.choice(simple_values(kind)))


def encoded(found: Choices, guard: Guard) -> Encoding:
    depends = found.depends(guard.program.slots)
    cases = tabulated(depends, lambda assignment: found.with_options(assignment).value)
    return encode(guard.library().written, cases, DAY, found.facts.registers.supplied, found.options)


def costs(found: Choices) -> list[Cost]:
    """Effort, then money, as a purchase might have them."""
    random = Random(CHOICES)  # noqa: S311 - cases, no secrets
    effort = [
        Cases.by_option(variable, [0, *(random.randint(0, 3) for _ in options)])
        for variable, options in found.options.items()
    ]
    money = [
        Cases.by_option(variable, [0, *(random.choice((0, 0, 1, -1)) * random.randint(1, 10**9) for _ in options)])
        for variable, options in found.options.items()
    ]
    return [effort, money]


@pytest.mark.parametrize("path", PURCHASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_forty_choices_under_all_shipped_policies(path: Path) -> None:
    pytest.importorskip("z3")
    guard = guard_for(path)
    found = choices(path, guard)
    encoding = encoded(found, guard)
    random = Random(path.stem)  # noqa: S311 - cases, no secrets
    tried = [
        {variable.name: random.randrange(variable.options) * (random.random() < 0.4) for variable in found.options}
        for _ in range(TRIED)
    ]
    for limit in (Rung.NEEDS_REVIEW, Rung.APPROVE):
        best = next(minimise(encoding, encoding.worst_at_most(limit), costs(found), WITHIN), None)
        if best is not None:
            tried.append({**best.assignment})
            assert encoding.decision(best.assignment).worst <= limit
    for assignment in tried:
        _evaluated_alike(assignment, found, encoding, guard)


def _evaluated_alike(assignment: Assignment, found: Choices, encoding: Encoding, guard: Guard) -> None:
    facts = found.with_options(assignment)
    said = outcomes(facts, guard.program)
    for policy, outcome in zip(guard.policies.policies, said, strict=True):
        if policy.identity in encoding.outcomes:
            assert encoding.outcome(policy.identity, assignment) is outcome, policy.identity
        else:
            assert outcome is None or policy.identity in encoding.not_analysed
    if not encoding.not_analysed:
        evaluated, interval = decision(facts, guard.program), encoding.decision(assignment)
        doubtful = max(interval.worst, Rung.APPROVE_WITH_CONDITIONS)  # law 15 is no part of an encoding
        assert evaluated.best == interval.best
        assert evaluated.worst in {interval.worst, doubtful}
