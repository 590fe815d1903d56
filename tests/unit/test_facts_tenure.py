from datetime import date

import pytest

from procureguard.facts.derived import registers_of
from written import DAY, Data, Json, Kleene, facts, stack, tool

LISTS = {"banned_vendors": ["leadweasel", "ClickShrike.example"], "sanctioned_vendors": ["borealis", "Borealis Ltd"]}
VENDORS: list[Data] = [
    {"id": "clickshrike", "vendor": {"domains": {"value": ["clickshrike.example"], "source": "it"}}},
    {"id": "north", "vendor": {"legal_names": ["Borealis LTD"]}},
    {"id": "askwell", "vendor": {"domains": ["askwell.example"], "legal_names": ["Askwell BV"]}},
]


@pytest.mark.parametrize(
    ("vendor", "banned", "sanctioned"),
    [
        ("leadweasel", True, False),
        ("clickshrike", True, False),
        ("borealis", False, True),
        ("north", False, True),
        ("askwell", False, False),
        ("unheard-of", False, False),
        (None, None, None),
    ],
)
def test_a_vendor_stands_on_a_list_by_its_id_a_domain_or_a_legal_name(
    vendor: str | None, banned: Kleene, sanctioned: Kleene
) -> None:
    found = facts({"product": {"vendor": vendor}}, stack(organisation={"organisation": LISTS}, vendors=VENDORS))
    assert (found.value("vendor.banned"), found.value("vendor.sanctioned")) == (banned, sanctioned)


def test_a_list_nobody_supplied_is_unknown_and_one_stated_to_be_empty_is_not() -> None:
    data = {"product": {"vendor": "askwell"}}
    assert facts(data).value("vendor.banned") is None
    assert facts(data).waits_for("vendor.banned") == frozenset()
    empty = stack(organisation={"registers": {"banned_vendors": "none"}})
    assert facts(data, empty).value("vendor.banned") is False


CONDITIONS = [
    {"policy": "a", "state": "met", "due_on": "2020-01-01"},
    {"policy": "b", "state": "open", "due_on": "2026-11-20"},
    {"policy": "c", "state": "open", "due_on": "2026-11-21"},
    {"policy": "d", "state": "overdue"},
    {"policy": "e", "state": "open"},
]


@pytest.mark.parametrize(
    ("day", "overdue"), [(date(2019, 1, 1), 1), (date(2026, 11, 20), 1), (DAY, 2), (date(2026, 11, 22), 3)]
)
def test_promises_are_overdue_the_day_after_they_were_due_unless_they_are_met(day: date, overdue: int) -> None:
    around = stack(inventory={"tools": [tool("a", conditions=CONDITIONS)]})
    found = facts({"request": {"tool": "a"}}, around, day)
    assert found.value("renewal.overdue_conditions") == overdue


@pytest.mark.parametrize(
    ("stated", "request_", "contract", "seats", "share", "waits"),
    [
        ({"seats_used": 2}, {"tool": "a"}, {"seats": 3}, 2, 6_666, None),
        ({"seats_used": 9}, {"tool": "a"}, {"seats": 3}, 9, 30_000, None),
        ({"seats_used": 2}, {"tool": "a"}, {"seats": 0}, 2, None, {"contract.seats"}),
        ({"seats_used": 2}, {"tool": "a"}, {}, 2, None, {"contract.seats"}),
        ({}, {"tool": "a"}, {"seats": 3}, None, None, {"tool.seats_used"}),
        ({"seats_used": 2}, {"tool": "b"}, {"seats": 3}, None, None, {"request.tool"}),
        ({"seats_used": 2}, {}, {"seats": 3}, None, None, {"request.tool"}),
    ],
)
def test_usage_comes_from_the_owned_tool_and_says_what_it_lacks(
    stated: Data, request_: Data, contract: Data, seats: Json, share: Json, waits: set[str] | None
) -> None:
    found = facts({"request": request_, "contract": contract}, stack(inventory={"tools": [tool("a", **stated)]}))
    assert (found.value("usage.seats"), found.value("usage.share")) == (seats, share)
    assert found.waits_for("usage.share") == (waits or set())


@pytest.mark.parametrize(
    ("renews_on", "notice", "left"), [("2026-12-31", 30, 10), ("2026-12-21", 30, 0), ("2026-12-20", 30, -1)]
)
def test_days_to_notice_run_out_and_turn_negative(renews_on: str, notice: int, left: int) -> None:
    found = facts({"contract": {"renews_on": renews_on, "notice_days": notice}})
    assert (found.value("renewal.days_to_notice"), found.value("today")) == (left, DAY.toordinal())


@pytest.mark.parametrize(
    ("path", "registers"),
    [
        ("product.scim", set()),
        ("cost.annual", set()),
        ("today", set()),
        ("vendor.banned", {"banned_vendors"}),
        ("vendor.sanctioned", {"sanctioned_vendors"}),
        ("overlap.best_replaced", {"inventory"}),
        ("usage.share", {"inventory"}),
    ],
)
def test_a_fact_needs_the_registers_of_everything_it_is_computed_from(path: str, registers: set[str]) -> None:
    assert registers_of(path) == registers
