"""Law 1: what nobody has stated is unknown, and nothing else is; a register that is not supplied decides nothing."""

from itertools import chain, combinations
from pathlib import Path

import pytest

from drawn_documents import Json
from procureguard import Guard
from procureguard.facts.derived import DERIVED
from procureguard.facts.gather import Facts
from property.checking import (
    COMPUTED,
    DAY,
    MINIATURES,
    PURCHASES,
    document,
    from_stated,
    guard_for,
    interval,
    outcomes,
    read,
    stated,
    without,
    yaml_text,
)

KEYS = frozenset({"product.vendor", "product.id", "product.plan", "request.type", "request.tool"})
"""What refers to a vendor's file or to an owned tool: with one of these, what is said there goes too."""

REGISTERS = ("banned_vendors", "inventory", "sanctioned_vendors")
SUBSETS = list(chain.from_iterable(combinations(REGISTERS, size) for size in range(len(REGISTERS) + 1)))


def each_purchase() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", PURCHASES, ids=lambda path: f"{path.parent.name}/{path.stem}")


def rests_on(path: str, facts: Facts) -> frozenset[str]:
    """The facts a value was computed from, those behind computed ones included, and itself."""
    found = facts.known.get(path)
    return frozenset({path}).union(*(rests_on(name, facts) for name in (found.inputs if found else ())))


def lost_with(gone: set[str], facts: Facts) -> set[str]:
    return {path for path in facts.known if rests_on(path, facts) & gone}


@each_purchase()
def test_a_deleted_or_null_fact_is_unknown_with_exactly_what_was_computed_from_it(path: Path) -> None:
    guard, data = guard_for(path), read(path)
    whole = guard.facts(document(data), DAY)
    for section, name in stated(data):
        fact = f"{section}.{name}"
        deleted = guard.facts(document(without(data, section, name)), DAY)
        nulled = guard.facts(document({**data, section: {**data[section], name: None}}), DAY)
        empty = guard.facts(document({**data, section: {**data[section], name: {"value": None}}}), DAY)
        assert values(deleted) == values(nulled) == values(empty)
        assert deleted.waits == nulled.waits == empty.waits
        said_by_others = {other for other in deleted.known if other == fact}
        if said_by_others:
            continue
        gone = {fact} | (said_elsewhere(whole) - deleted.known.keys() if fact in KEYS else set())
        assert whole.known.keys() - deleted.known.keys() == lost_with(gone, whole), fact
        assert deleted.waits_for(fact) == {fact}
        assert deleted.value(fact) is None
        for other in COMPUTED & lost_with({fact}, whole):
            assert fact in deleted.waits_for(other), (fact, other)


def values(facts: Facts) -> dict[str, object]:
    return {path: found.value for path, found in facts.known.items()}


def said_elsewhere(facts: Facts) -> set[str]:
    return {path for path, found in facts.known.items() if found.place and found.place.role in {"vendor", "inventory"}}


@each_purchase()
def test_what_remains_keeps_its_value(path: Path) -> None:
    guard, data = guard_for(path), read(path)
    whole = guard.facts(document(data), DAY)
    for section, name in stated(data):
        less = guard.facts(document(without(data, section, name)), DAY)
        disputed = {f"{section}.{name}"} | (whole.disputed.keys() if f"{section}.{name}" in KEYS else set())
        for other in less.known.keys() - lost_with(disputed, whole):
            assert less.value(other) == whole.value(other), (section, name, other)


def test_an_empty_purchase_knows_only_the_day_and_the_organisation() -> None:
    guard = Guard.load()
    facts = guard.facts(document({"kind": "purchase", "version": 1}), DAY)
    assert {path.split(".")[0] for path in facts.known} == {"today", "organisation"}
    places = {found.place.role for found in facts.known.values() if found.place}
    assert places == {"preset"}


@pytest.mark.parametrize("nothing", [[], False, 0])
def test_none_of_these_is_a_fact(nothing: Json) -> None:
    guard = guard_for(MINIATURES / "purchases" / "barely.yaml")
    section, name = {"list": ("messaging", "channels"), "bool": ("ai", "used"), "int": ("request", "users")}[
        type(nothing).__name__
    ]
    data = {"kind": "purchase", "version": 1, section: {name: nothing}}
    facts = guard.facts(document(data), DAY)
    assert facts.known[f"{section}.{name}"].source == "requester"
    assert facts.waits_for(f"{section}.{name}") == frozenset()


# --- registers ---


def needed(path: str) -> set[str]:
    """The registers a fact needs, from the table of computed facts alone."""
    rows = {row.path: row for row in DERIVED}
    if path not in rows:
        return set()
    own = {rows[path].register} - {None}
    return {str(register) for register in own}.union(*(needed(part) for part in rows[path].inputs))


def organisation(folder: Path, supplied: tuple[str, ...], *, by_statement: bool) -> Path:
    lists = [register for register in supplied if register != "inventory"]
    data: Json = {"kind": "organisation", "version": 1, "preset": "mid-us-eu"}
    if by_statement:
        data["registers"] = dict.fromkeys(supplied, "none")
    else:
        data["organisation"] = {register: ["leadshark"] for register in lists}
    path = folder / "organisation.yaml"
    path.write_text(yaml_text(data))
    return path


@pytest.mark.parametrize("supplied", SUBSETS, ids=lambda supplied: "+".join(supplied) or "none")
@pytest.mark.parametrize("by_statement", [True, False], ids=["stated-empty", "as-document"])
def test_policies_are_not_checked_exactly_while_a_register_they_need_is_not_supplied(
    supplied: tuple[str, ...],
    by_statement: bool,  # noqa: FBT001 - a parameter of the test
    tmp_path: Path,
) -> None:
    inventory = MINIATURES / "inventory.yaml" if "inventory" in supplied and not by_statement else None
    guard = Guard.load(inventory=inventory, organisation=organisation(tmp_path, supplied, by_statement=by_statement))
    missing = {
        policy.identity: sorted(set().union(*(needed(path) for path in policy.facts)) - set(supplied))
        for policy in guard.policies.policies
    }
    for path in PURCHASES[:6]:
        report = guard.answer(document({key: value for key, value in read(path).items() if key != "ext"}), DAY).report
        gaps = {gap.policy: list(gap.registers) for gap in report.not_checked}
        assert gaps == {policy: registers for policy, registers in missing.items() if registers}
        decided = {*report.passed, *report.not_applicable, *(finding.policy for finding in report.findings)}
        assert decided == missing.keys() - gaps.keys()
        assert not gaps.keys() & {*report.reasons, *(condition.policy for condition in report.conditions)}
        assert not gaps.keys() & {policy for question in report.questions for policy in question.policies}


@each_purchase()
def test_a_missing_register_takes_its_policies_out_and_changes_no_other(path: Path) -> None:
    guard = guard_for(path)
    facts = guard.facts(document(read(path)), DAY)
    full = outcomes(from_stated(facts.known, guard, REGISTERS), guard)
    for supplied in SUBSETS:
        less = outcomes(from_stated(facts.known, guard, supplied), guard)
        assert less == {policy: outcome for policy, outcome in full.items() if policy in less}
        assert interval(less, guard).best <= interval(full, guard).best
        assert interval(less, guard).worst <= interval(full, guard).worst
