"""Law 12: policies hold between their dates, and what will turn within half a year is announced on the right day."""

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from procureguard import Guard
from procureguard.evaluate import outcomes
from procureguard.examples import REGISTERS
from procureguard.facts.fact import Fact
from procureguard.facts.gather import Facts, complete, gather
from procureguard.facts.schema import to_value
from procureguard.finding import Outcome
from procureguard.policy.model import Turn
from procureguard.policy.written import WrittenPolicy
from procureguard.upcoming import HORIZON_DAYS, upcoming_changes
from property.checking import COMPUTED, DAY, fact, from_stated, miniature_guard, random_value
from written import OF_THEIR_OWN, Data, folder, guarded, policy, purchase, stack, tool

DRAWN = 120
ONE_DAY = timedelta(days=1)


@pytest.fixture(scope="module", name="guard")
def _guard() -> Guard:
    return miniature_guard()


def day_by_day(facts: Facts, guard: Guard) -> dict[date, set[tuple[str, Outcome, Outcome]]]:
    """Every turn of the next half year, found by looking at every single day."""
    identities = [policy.identity for policy in guard.policies.policies]
    before, turns = outcomes(facts, guard.program), {}
    for passed in range(1, HORIZON_DAYS + 1):
        day = DAY + timedelta(days=passed)
        after = outcomes(facts.on(day), guard.program)
        changed = {
            (identity, earlier, later)
            for identity, earlier, later in zip(identities, before, after, strict=True)
            if earlier is not None and later is not None and earlier is not later
        }
        if changed:
            turns[day] = changed
        before = after
    return turns


def announced(facts: Facts, guard: Guard) -> dict[date, set[tuple[str, Outcome, Outcome]]]:
    return {
        change.on: {(flip.policy, flip.before, flip.after) for flip in change.flips}
        for change in upcoming_changes(facts, guard.program)
    }


def drawn_facts(guard: Guard, seed: int) -> Facts:
    """Most facts stated, with days that lie close enough to matter."""
    chance = random.Random(seed)  # noqa: S311 - cases, no secrets
    paths = sorted({path for policy in guard.policies.policies for path in policy.facts} - COMPUTED)
    known = {
        path: fact(guard.schema[path], random_value(guard.schema[path], chance))
        for path in paths
        if chance.random() < 0.9
    }
    reports = [
        {
            "kind": chance.choice(("soc2_type2", "iso27001", "caiq", "pci_aoc")),
            field: str(DAY + timedelta(days=chance.randint(first, last))),
        }
        for field, first, last in (("issued_on", -475, -345), ("expires_on", -19, 190))
    ]
    kind = guard.schema["vendor.attestations"]
    known["vendor.attestations"] = Fact(kind.path, to_value(kind, reports), "requester")
    return from_stated(known, guard, REGISTERS)


def test_what_is_announced_is_what_every_single_day_shows(guard: Guard) -> None:
    turned = 0
    for seed in range(DRAWN):
        facts = drawn_facts(guard, seed)
        expected = day_by_day(facts, guard)
        assert announced(facts, guard) == expected, seed
        turned += len(expected)
    assert turned > DRAWN / 3


def test_a_renewal_turns_when_notice_is_due_and_when_a_promise_is_late(guard: Guard) -> None:
    """What is left counts down, and a promise is late from the day after its own."""
    turned: Counter[str] = Counter()
    for seed in range(DRAWN):
        chance = random.Random(seed)  # noqa: S311 - cases, no secrets
        around = stack({}, {"tools": [tool("t", conditions=drawn_conditions(chance))]})
        data = {
            "request": {"type": "renewal", "tool": "t"},
            "contract": {
                "renews_on": str(DAY + timedelta(days=chance.randint(0, 400))),
                "notice_days": chance.choice((0, 30, 90)),
            },
        }
        facts = gather(purchase(data), around, guard.schema, DAY)
        expected = day_by_day(facts, guard)
        assert announced(facts, guard) == expected, seed
        turned.update(policy for turns in expected.values() for policy, _, _ in turns)
    assert {"notice-date", "conditions-closed"} <= turned.keys()


def drawn_conditions(chance: random.Random) -> list[Data]:
    return [
        {
            "text": "Have the vendor confirm it",
            "state": chance.choice(("open", "met", "overdue")),
            **({"due_on": str(DAY + timedelta(days=chance.randint(-40, 200)))} if chance.random() < 0.8 else {}),
        }
        for _ in range(chance.randint(0, 2))
    ]


@pytest.mark.parametrize(
    ("written", "holds_at", "days"),
    [
        ("renewal.days_to_notice > 30", 40, 30),
        ("30 >= renewal.days_to_notice", 30, 30),
        ("renewal.days_to_notice == 30", 30, 30),
        ("renewal.days_to_notice != params.days", 40, 25),
        ("renewal.days_to_notice in [20, 40]", 40, None),
        ("renewal.days_to_notice + 1 > 30", 40, None),
        ("renewal.days_to_notice > contract.notice_days", 40, None),
        ("renewal.days_to_notice > (product.scim ? 10 : 20)", 40, None),
    ],
)
def test_a_countdown_is_foretold_however_a_policy_compares_it(
    tmp_path: Path, written: str, holds_at: int, days: int | None
) -> None:
    """Looking at every day is left to comparisons with what is not written down."""
    stated = {"product": {"scim": False}, "contract": {"notice_days": 30}}
    counted = policy(
        when=written,
        params={"days": {"type": "int", "value": 25, "about": "any"}},
        examples=[
            {"name": "it does", "given": {"product": {"scim": True}}, "expect": "pass"},
            {"name": "late", "given": {**stated, "renewal": {"days_to_notice": holds_at}}, "expect": "fail"},
            {
                "name": "unknown",
                "as_of": str(DAY),
                "given": stated,
                "expect": "unknown",
                "asks": ["contract.renews_on"],
            },
        ],
    )
    guard = guarded(folder(tmp_path, OF_THEIR_OWN), [counted])
    assert guard.policies.policies[0].turns == (Turn("renewal.days_to_notice", None, days),)
    renews_on = str(DAY + timedelta(days=100))
    data = {
        "request": {"type": "renewal"},
        "product": {"scim": False},
        "contract": {"renews_on": renews_on, "notice_days": 30},
    }
    facts = gather(purchase(data), guard.stack, guard.schema, DAY)
    expected = day_by_day(facts, guard)
    assert announced(facts, guard) == expected
    assert expected


NEAR = [date.min, date.min + ONE_DAY, date.max - timedelta(days=HORIZON_DAYS), date.max - ONE_DAY, date.max]
DATED = {
    "request": {"type": "new"},
    "product": {"vendor": "v", "id": "p"},
    "contract": {"renews_on": "2027-01-01", "notice_days": 30},
}


@pytest.mark.parametrize("daily", [True, False])
def test_every_day_of_the_calendar_is_accepted(guard: Guard, daily: bool) -> None:  # noqa: FBT001 - a case of the test
    """Law 14: the first and the last day there are, too; no change is announced beyond them."""
    sold = {"parent": "w", "kind": "owns", "closed": "2020-01-01", "ended": "2027-01-01"}
    around = stack(vendors=[{"id": "v", "family": [sold], "products": [{"id": "p"}]}])
    data = DATED if daily else {name: DATED[name] for name in ("request", "product")}

    for day in NEAR:
        changes = upcoming_changes(gather(purchase(data), around, guard.schema, day), guard.program)
        assert all(0 < (change.on - day).days <= HORIZON_DAYS for change in changes)


VENDORS = ("v0", "v1", "v2", "v3")


def drawn_family(chance: random.Random) -> list[Data]:
    """Vendors that were, are or will be bought, some of them sold again, with a product each."""

    def tie(parent: str) -> Data:
        first = chance.randint(-60, 180)
        last = chance.randint(max(60, first), 220)
        ended = {"ended": str(DAY + timedelta(days=last))} if chance.random() < 0.3 else {}
        closed = {"closed": str(DAY + timedelta(days=first))} if chance.random() < 0.9 else {}
        return {"parent": parent, "kind": "owns", **closed, **ended}

    # Only towards the front, so that nobody comes to belong to itself.
    return [
        {
            "id": vendor,
            "family": [tie(chance.choice(VENDORS[:place])) for _ in range(chance.randint(0, 2) if place else 0)],
            "products": [{"id": "p"}],
        }
        for place, vendor in enumerate(VENDORS)
    ]


def test_a_vendor_that_changes_hands_turns_what_it_turns_on_the_day(guard: Guard) -> None:
    """Families, and lists that name one of their members, are foretold as every single day shows them."""
    turned = 0
    for seed in range(DRAWN):
        chance = random.Random(seed)  # noqa: S311 - cases, no secrets
        owned = [tool(f"t{place}", vendor=chance.choice(VENDORS), product="p") for place in range(2)]
        banned = {"banned_vendors": [chance.choice(VENDORS)]}
        organisation = {"organisation": banned, "registers": {"families": "manifests"}}
        around = stack(organisation, {"tools": owned}, drawn_family(chance))
        request = {"request": {"type": "new"}, "product": {"vendor": chance.choice(VENDORS), "id": "p"}}
        facts = gather(purchase(request), around, guard.schema, DAY)
        expected = day_by_day(facts, guard)
        assert announced(facts, guard) == expected, seed
        turned += len(expected)
    assert turned > DRAWN / 3


def test_payments_and_decisions_turn_what_they_turn_on_the_day(guard: Guard) -> None:
    """A payment ceases to count after a year; a sale counts from its day; an approval until it is withdrawn."""
    turned: Counter[str] = Counter()
    for seed in range(DRAWN // 3):
        chance = random.Random(seed)  # noqa: S311 - cases, no secrets
        around = stack(
            {"organisation": {"currency": "USD"}, "registers": {"families": "manifests"}},
            {"tools": [tool("t", vendor="v1", product="p")]},
            drawn_family(chance),
            decisions=drawn_decisions(chance),
            payments=drawn_payments(chance),
        )
        data = {
            "request": {"type": chance.choice(("new", "renewal")), "id": "p", "tool": "t", "users": 11},
            "product": {"vendor": chance.choice(VENDORS), "id": "p"},
            "contract": {"amount": 100, "currency": "USD", "period": "year"},
        }
        facts = gather(purchase(data), around, guard.schema, DAY)
        if chance.random() < 0.5:  # a calm purchase, of which only the sum of its payments is looked at
            facts = calm(facts, guard)
        expected = day_by_day(facts, guard)
        assert announced(facts, guard) == expected, seed
        turned.update(policy for turns in expected.values() for policy, _, _ in turns)
    assert {"split-purchases", "change-of-owner", "approval-still-valid"} <= turned.keys()


def drawn_payments(chance: random.Random) -> list[Data]:
    return [
        {
            "vendor": chance.choice(VENDORS),
            "paid_on": str(DAY + timedelta(days=chance.randint(-400, 30))),
            "amount": chance.choice((100, 250, 390)),
            "currency": "USD",
        }
        for _ in range(chance.randint(1, 4))
    ]


def drawn_decisions(chance: random.Random) -> list[Data]:
    return [
        {
            "purchase": "p",
            "tool": "t",
            "decided_on": str(DAY + timedelta(days=chance.randint(-90, 120))),
            "outcome": chance.choice(("approved", "approved", "refused")),
            "facts": {"request": {"users": chance.choice((10, 11))}},
        }
        for _ in range(chance.randint(1, 3))
    ]


def calm(facts: Facts, guard: Guard) -> Facts:
    """The same purchase in the lowest tier, paid by card."""
    written = guard.library().written.get("split-purchases")
    assert written is not None
    given = next(example.given for example in written.examples if example.expect == "pass")
    stated = {path: known for path, known in facts.known.items() if path not in COMPUTED}
    for section, values in given.items():
        for name, data in values.items():
            kind = guard.schema[f"{section}.{name}"]
            if kind.path not in {"product.vendor", *COMPUTED}:
                stated[kind.path] = Fact(kind.path, to_value(kind, data), "requester")
    return complete(stated, facts.registers, facts.as_of)


def dated(guard: Guard) -> list[tuple[WrittenPolicy, date, bool]]:
    """Every policy with each day it begins or stops to apply."""
    written = guard.library().written.written
    begins = [(entry, entry.policy.effective_from, True) for entry in written]
    ends = [(entry, entry.policy.effective_to, False) for entry in written]
    return [(entry, day, begin) for entry, day, begin in [*begins, *ends] if day is not None]


def failing(entry: WrittenPolicy, guard: Guard, day: date) -> Facts:
    """The facts of the policy's own failing example, on a day."""
    example = next(example for example in entry.examples if example.expect == "fail")
    known: dict[str, Any] = {}
    for section, facts in example.given.items():
        for name, data in facts.items():
            kind = guard.schema[f"{section}.{name}"]
            known[kind.path] = Fact(kind.path, to_value(kind, data), "requester")
    return from_stated(known, guard, REGISTERS).on(day)


def test_either_side_of_an_effective_date_exactly_its_policies_turn(guard: Guard) -> None:
    """The same facts the day before and on the day; the report of the day before says what will turn."""
    found = dated(guard)
    assert len(found) >= 5
    for entry, day, begins in found:
        first = day if begins else day + ONE_DAY
        before, after = (failing(entry, guard, when) for when in (first - ONE_DAY, first))
        pairs = zip(
            guard.policies.policies, outcomes(before, guard.program), outcomes(after, guard.program), strict=True
        )
        turned = {policy.identity: (old, new) for policy, old, new in pairs if old is not new}
        same_day = {other.policy.identity for other, when, start in found if (when, start) == (day, begins)}
        assert turned.keys() <= same_day
        earlier, later = turned[entry.policy.identity]
        assert (earlier if begins else later) is Outcome.NOT_APPLICABLE
        change = upcoming_changes(before, guard.program)[0]
        assert change.on == first
        assert {flip.policy: (flip.before, flip.after) for flip in change.flips} == turned
