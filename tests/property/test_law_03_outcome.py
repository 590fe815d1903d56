"""Law 3: a policy does not apply where `when` is false; otherwise its outcome is the value of `!when || require`."""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from procureguard import Guard
from procureguard.evaluate import evaluate_one
from procureguard.finding import Outcome
from property.checking import DAY, document, miniature_guard
from property.deciding import (
    ATOMS,
    KNOWN,
    THREE,
    completions,
    every_state,
    policy_document,
    program_of,
    program_outcomes,
)

PASS, FAIL, UNKNOWN, NOT_APPLICABLE = Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN, Outcome.NOT_APPLICABLE
POLICIES = 150

TABLE = {
    (True, True): PASS,
    (True, False): FAIL,
    (True, None): UNKNOWN,
    (False, True): NOT_APPLICABLE,
    (False, False): NOT_APPLICABLE,
    (False, None): NOT_APPLICABLE,
    (None, True): PASS,
    (None, False): UNKNOWN,
    (None, None): UNKNOWN,
}
"""The law, case by case: what `when` and `require` come to, and the outcome."""


@pytest.fixture(scope="module")
def guard() -> Guard:
    return miniature_guard()


def test_the_law_s_table() -> None:
    program = program_of([policy_document("one", "ai.used", "web.loads_on_site")])
    for (when, require), outcome in TABLE.items():
        assert program_outcomes(program, {"ai.used": when, "web.loads_on_site": require}) == [outcome]


def test_without_when_a_policy_always_applies() -> None:
    program = program_of([policy_document("one", None, "ai.used"), policy_document("two", "true", "ai.used")])
    for value, outcome in ((True, PASS), (False, FAIL), (None, UNKNOWN)):
        assert program_outcomes(program, {"ai.used": value}) == [outcome, outcome]


def test_the_table_is_what_the_completions_say() -> None:
    """As far as facts stand alone, nothing is lost: unknown means that the answers can still make a difference."""
    program = program_of([policy_document("one", "ai.used", "web.loads_on_site")])
    for values in every_state(("ai.used", "web.loads_on_site")):
        (outcome,) = program_outcomes(program, values)
        possible = {program_outcomes(program, complete)[0] for complete in completions(values)}
        # A requirement that holds anyway passes, even while nobody knows whether it applies.
        expected = {PASS} if possible == {PASS, NOT_APPLICABLE} else possible
        assert outcome in (expected if len(expected) == 1 else {UNKNOWN})


def expression(chance: random.Random, atoms: list[str], depth: int) -> Any:  # noqa: ANN401 - what a file may hold
    """A condition over the atoms: a line, or a tree of all, any and none."""
    if depth == 0 or chance.random() < 0.25:
        atom = chance.choice(atoms)
        return chance.choice((atom, f"!{atom}", f"{atom} == true", f"{atom} != {chance.choice(atoms)}"))
    members = [expression(chance, atoms, depth - 1) for _ in range(chance.randint(1, 3))]
    return {chance.choice(("all", "any", "none")): members}


def sound(outcome: Outcome, possible: set[Outcome]) -> bool:
    """What an outcome promises about every way to answer what is open."""
    promised = {
        PASS: {PASS, NOT_APPLICABLE},
        FAIL: {FAIL},
        NOT_APPLICABLE: {NOT_APPLICABLE},
        UNKNOWN: {PASS, FAIL, NOT_APPLICABLE},
    }
    return possible <= promised[outcome]


def test_an_outcome_is_the_same_in_every_completion() -> None:
    """By brute force over generated conditions, every state of the facts and every way to answer what is unknown."""
    chance = random.Random(3)  # noqa: S311 - cases, no secrets
    atoms = list(ATOMS)
    conditions = [
        (expression(chance, atoms, 2) if chance.random() < 0.9 else None, expression(chance, atoms, 2))
        for _ in range(POLICIES)
    ]
    documents = [policy_document(f"p{place:03}", *condition) for place, condition in enumerate(conditions)]
    program = program_of([*documents, policy_document("z-all", None, {"all": atoms})])
    seen: Counter[Outcome] = Counter()
    complete = {tuple(values.values()): program_outcomes(program, values) for values in every_state(ATOMS, KNOWN)}
    for values in every_state(ATOMS, THREE):
        found = program_outcomes(program, values)
        possible = [complete[tuple(answers.values())] for answers in completions(values)]
        for place, outcome in enumerate(found):
            assert sound(outcome, {answers[place] for answers in possible}), (conditions[place], values)
        seen.update(found)
    assert UNKNOWN not in {outcome for outcomes in complete.values() for outcome in outcomes}
    assert min(seen.values()) >= 500, seen


def test_a_policy_applies_on_its_days_alone(guard: Guard) -> None:
    first, last = date(2026, 8, 2), date(2026, 12, 2)
    dated = {"effective_from": first.isoformat(), "effective_to": last.isoformat()}
    program = program_of([policy_document("one", None, "ai.used", **dated)])
    mine = Guard(guard.schema, guard.stack, program, ())
    purchase = document({"kind": "purchase", "version": 1, "ai": {"used": False}})
    for day in (first, last, first + timedelta(days=30)):
        assert mine.answer(purchase, day).report.verdict == "needs_review"
    for day in (first - timedelta(days=1), last + timedelta(days=1)):
        report = mine.answer(purchase, day).report
        assert (report.verdict, report.not_applicable) == ("approve", ("one",))


def test_an_unknown_outcome_says_what_it_waits_for(guard: Guard) -> None:
    """What it waits for is unknown, and some answer to that alone settles it; what is settled waits for nothing."""
    program = program_of([policy_document("one", "ai.used", {"any": ["ai.disclosed", "web.consent_gated"]})])
    for values in every_state(("ai.used", "ai.disclosed", "web.consent_gated")):
        data: dict[str, Any] = {"kind": "purchase", "version": 1}
        for path, value in values.items():
            section, name = path.split(".")
            data.setdefault(section, {})[name] = value
        finding = evaluate_one(program, program.policies.policies[0], guard.facts(document(data), DAY))
        assert finding.waits <= {path for path, value in values.items() if value is None}
        assert bool(finding.waits) == (finding.outcome is UNKNOWN)
        answers = every_state(sorted(finding.waits), KNOWN)
        assert any(program_outcomes(program, {**values, **answer}) != [UNKNOWN] for answer in answers)
