"""Law 6: stating an absent fact narrows the interval of what may still come out; taking one away never does."""

import random
from collections.abc import Callable, Mapping
from itertools import chain, combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_documents import BY_PATH, Json
from procureguard import Guard
from procureguard.compile.program import TIERS
from procureguard.evaluate import Evaluation, evaluate
from procureguard.facts.derived import DERIVED
from procureguard.facts.fact import SOURCES, Fact
from procureguard.facts.gather import Facts
from procureguard.finding import Outcome
from property.checking import (
    COMPUTED,
    DAY,
    PURCHASES,
    document,
    fact,
    facts_of,
    from_stated,
    guard_for,
    interval,
    miniature_guard,
    outcomes,
    random_value,
    read,
    simple_values,
    stated,
    within,
    without,
)

REGISTERS = frozenset({"inventory", "banned_vendors", "sanctioned_vendors"})
LISTS = frozenset({"organisation.banned_vendors", "organisation.sanctioned_vendors"})
"""Facts that are registers too: the law holds them fixed, for stating one supplies it."""


@pytest.fixture(scope="module")
def guard() -> Guard:
    return miniature_guard()


def deciding(guard: Guard) -> list[str]:
    """Every stated fact that any policy may rest on, those behind computed ones included."""
    read_by_policies = {path for policy in guard.policies.policies for path in policy.facts}
    inputs = {path for row in DERIVED for path in row.inputs}
    return sorted((read_by_policies | inputs) - COMPUTED - LISTS)


def assert_settled_stays(before: Mapping[str, Outcome], after: Mapping[str, Outcome], why: object) -> None:
    """A failure stays one, and so does what does not apply; what passes may turn out not to apply."""
    assert before.keys() == after.keys(), why
    for policy, outcome in before.items():
        allowed = {
            Outcome.UNKNOWN: set(Outcome),
            Outcome.PASS: {Outcome.PASS, Outcome.NOT_APPLICABLE},
        }.get(outcome, {outcome})
        assert after[policy] in allowed, (policy, outcome, after[policy], why)


def assert_narrower(less: Facts, more: Facts, guard: Guard, why: object) -> None:
    before, after = outcomes(less, guard), outcomes(more, guard)
    assert_settled_stays(before, after, why)
    assert within(interval(after, guard), interval(before, guard)), why
    for path in COMPUTED & less.known.keys():
        assert more.known[path].value == less.known[path].value, (path, why)


@pytest.mark.parametrize("path", PURCHASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_answer_to_a_real_purchase_narrows_it_and_each_fact_less_widens_it(path: Path) -> None:
    guard = guard_for(path)
    facts = guard.facts(document(read(path)), DAY)
    known = {name: found for name, found in facts.known.items() if name not in COMPUTED}
    tried = 0
    for name in deciding(guard):
        if name in known:
            less = {other: found for other, found in known.items() if other != name}
            assert_narrower(from_stated(less, guard, facts.registers.supplied), facts, guard, f"without {name}")
            tried += 1
        else:
            for value in simple_values(guard.schema[name]):
                more = from_stated({**known, name: fact(guard.schema[name], value)}, guard, facts.registers.supplied)
                assert_narrower(facts, more, guard, f"{name} = {value}")
                tried += 1
    assert tried >= 150


@pytest.mark.parametrize("path", PURCHASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_line_less_in_a_purchase_file_widens_the_report(path: Path) -> None:
    """Unless a line takes others with it, such as the name of a vendor whose file then says nothing any more."""
    guard, data = guard_for(path), read(path)
    whole = guard.facts(document(data), DAY)
    tried = 0
    for section, name in stated(data):
        less = guard.facts(document(without(data, section, name)), DAY)
        same = all(whole.known[other].value == found.value for other, found in stated_of(less).items())
        if same and less.registers.supplied == whole.registers.supplied:
            assert_narrower(less, whole, guard, f"without {section}.{name}")
            tried += 1
    assert tried >= min(2, len(list(stated(data))))


def stated_of(facts: Facts) -> dict[str, Fact]:
    return {path: found for path, found in facts.known.items() if path not in COMPUTED}


def test_questions_answered_one_by_one_narrow_the_interval_until_nothing_is_open(guard: Guard) -> None:
    """From nothing at all to everything, in any order and with any answers."""
    paths, settled, steps = deciding(guard), 0, 0
    for seed in range(60):
        chance = random.Random(seed)  # noqa: S311 - cases, no secrets
        order = chance.sample(paths, len(paths))
        known: dict[str, Fact] = {}
        facts = from_stated(known, guard, REGISTERS)
        before = outcomes(facts, guard)
        for path in order:
            known[path] = fact(guard.schema[path], random_value(guard.schema[path], chance))
            after = outcomes(from_stated(known, guard, REGISTERS), guard)
            assert_settled_stays(before, after, (seed, path))
            assert within(interval(after, guard), interval(before, guard)), (seed, path)
            before = after
            steps += 1
        settled += interval(before, guard).settled
    assert steps >= 5_000
    assert settled >= 20


GROUPS: dict[str, dict[str, list[Json]]] = {
    "overlap": {
        "request.type": ["new", "renewal"],
        "request.tool": ["ledger", "askwell"],
        "request.capabilities": [["crm"], ["surveys"], ["crm", "forms"]],
        "request.must": [[], ["surveys"]],
        "request.replaces": [[], ["ledger"], ["askwell", "postbird"]],
        "data.categories": [["public_content"], ["employee_login"]],
        "organisation.exclusive_capabilities": [[], ["crm"]],
    },
    "cost": {
        "contract.amount": [0, 99.99],
        "contract.period": ["month", "once", "free"],
        "contract.currency": ["USD", "EUR", "JPY"],
        "organisation.currency": ["USD"],
        "organisation.exchange_rates": [{}, {"EUR": 1.16}],
        "contract.term_months": [0, 7, 24],
        "contract.seats": [0, 3],
    },
    "tenure": {
        "request.type": ["renewal", "new"],
        "request.tool": ["askwell", "mailotter", "unlisted"],
        "product.vendor": ["askwell", "leadshark", "postbird"],
        "product.id": ["askwell", "postbird"],
        "contract.seats": [0, 40],
        "contract.renews_on": ["2026-12-01"],
        "contract.notice_days": [0, 60],
    },
}


@pytest.mark.parametrize("group", GROUPS)
def test_a_computed_fact_once_known_keeps_its_value(group: str, guard: Guard) -> None:
    """Over every combination of a few values, each with one or two of them taken away again."""
    values = GROUPS[group]
    lists = {path: fact(guard.schema[path], ["leadshark"]) for path in LISTS}
    known_with_less = 0
    for combination in product(*values.values()):
        known = {path: fact(guard.schema[path], value) for path, value in zip(values, combination, strict=True)} | lists
        whole = computed(known, guard)
        for gone in chain(combinations(values, 1), combinations(values, 2)):
            less = computed({path: found for path, found in known.items() if path not in gone}, guard)
            assert less.items() <= whole.items(), (combination, gone)
            known_with_less += len(less) > 1
    assert known_with_less >= 500


def computed(known: dict[str, Fact], guard: Guard) -> dict[str, object]:
    facts = from_stated(known, guard, REGISTERS)
    return {path: facts.value(path) for path in COMPUTED & facts.known.keys()}


def drawn_facts(guard: Guard) -> st.SearchStrategy[dict[str, Json]]:
    possible = {path: facts_of(guard.schema[path]) for path in deciding(guard) if path in BY_PATH}
    chosen = st.lists(st.sampled_from(sorted(possible)), unique=True, max_size=25)
    return chosen.flatmap(lambda paths: st.fixed_dictionaries({path: possible[path] for path in paths}))


def test_any_facts_more_narrow_what_any_facts_leave_open(guard: Guard) -> None:
    """Drawn from the schema, so that a failing case shrinks to the facts that make it fail."""
    moved = 0

    @settings(max_examples=400)
    @given(fewer=drawn_facts(guard), others=drawn_facts(guard), supplied=st.sets(st.sampled_from(sorted(REGISTERS))))
    def law(fewer: dict[str, Json], others: dict[str, Json], supplied: set[str]) -> None:
        nonlocal moved
        less = {path: fact(guard.schema[path], value) for path, value in fewer.items()}
        more = {path: fact(guard.schema[path], value) for path, value in others.items()} | less
        before, after = (from_stated(known, guard, supplied) for known in (less, more))
        assert_narrower(before, after, guard, (fewer, others))
        moved += outcomes(before, guard) != outcomes(after, guard)

    law()
    assert moved >= 80


def test_the_decision_narrows_whoever_says_so_and_however_long_ago(guard: Guard) -> None:
    """The whole evaluation, with law 15: a weak or an old word may leave a condition open, never add one."""
    paths, moved, confirmed = deciding(guard), 0, 0
    for seed in range(200):
        chance = random.Random(seed)  # noqa: S311 - cases, no secrets
        share = chance.choice((0.3, 0.6, 0.9))
        known = {
            path: fact(guard.schema[path], random_value(guard.schema[path], chance))._replace(
                source=chance.choice(SOURCES),
                as_of=chance.choice((None, "2024-01-01", "2026-11-01")),
            )
            for path in paths
            if chance.random() < share
        }
        fewer = {path: found for path, found in known.items() if chance.random() < 0.85}
        less, more = (evaluate(from_stated(facts, guard, REGISTERS), guard.program) for facts in (fewer, known))
        assert within(more.decision, less.decision), seed
        assert (less.tier.now, less.tier.at_most) == narrowed_tiers(less, more), seed
        for before, after in zip(less.findings, more.findings, strict=True):
            certain = before.outcome is Outcome.PASS and not before.doubts
            assert not (certain and after.doubts), (seed, after.policy)
        moved += more.decision != less.decision
        confirmed += any(finding.doubts for finding in more.findings)
    assert moved >= 20
    assert confirmed >= 20


def narrowed_tiers(less: Evaluation, more: Evaluation) -> tuple[str, str]:
    """The wider pair of tiers, given that the narrower one lies within it."""
    order = ("instant", *TIERS)
    return (
        min(less.tier.now, more.tier.now, key=order.index),
        max(less.tier.at_most, more.tier.at_most, key=order.index),
    )


def completed(fields: Mapping[str, Json], chance: random.Random) -> dict[str, Json]:
    answers: dict[str, Callable[[], Json]] = {
        "kind": lambda: chance.choice(("soc2_type2", "iso27001", "pci_aoc", "caiq")),
        "issued_on": lambda: chance.choice(("2024-01-01", "2025-11-21", "2026-06-01")),
        "expires_on": lambda: chance.choice(("2026-01-01", "2026-11-21", "2028-01-01")),
    }
    return {name: fields.get(name, answer()) for name, answer in answers.items()}


def test_a_missing_field_of_a_record_is_unknown_and_stating_it_narrows(guard: Guard) -> None:
    kind = guard.schema["vendor.attestations"]
    narrowed = 0
    for seed in range(400):
        chance = random.Random(seed)  # noqa: S311 - cases, no secrets
        whole = [completed({}, chance) for _ in range(chance.randint(1, 3))]
        partly = [{name: value for name, value in entry.items() if chance.random() < 0.5} for entry in whole]
        rest = {
            "data.categories": fact(guard.schema["data.categories"], ["payment_card"]),
            "contract.amount": fact(guard.schema["contract.amount"], 30_000),
        }
        less, more = (
            from_stated({**rest, kind.path: fact(kind, value)}, guard, REGISTERS) for value in (partly, whole)
        )
        assert_narrower(less, more, guard, (partly, whole))
        narrowed += outcomes(less, guard) != outcomes(more, guard)
    assert narrowed >= 50
