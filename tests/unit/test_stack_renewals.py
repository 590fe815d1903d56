from datetime import date

import pytest

from procureguard.stack.inventory import Tool
from procureguard.stack.renewals import find_renewals, notice_day
from written import Data, stack, tool


def owned(*tools: Data) -> tuple[Tool, ...]:
    inventory = stack(inventory={"tools": list(tools)}).inventory
    assert inventory is not None
    return tuple(inventory.tools)


@pytest.mark.parametrize(
    ("day", "state", "days"),
    [
        ("2026-08-17", "later", 75),
        ("2026-09-15", "later", 46),
        ("2026-09-16", "check", 45),
        ("2026-10-31", "check", 0),
        ("2026-11-01", "missed", -1),
        ("2026-12-30", "missed", -60),
        ("2026-12-31", "past", -61),
    ],
)
def test_the_check_begins_45_days_before_the_last_day_for_a_notice(day: str, state: str, days: int) -> None:
    contract = tool("a", renews_on="2026-12-30", notice_days=60)
    found = find_renewals(owned(contract), date.fromisoformat(day)).dated[0]
    assert (found.state, found.days, str(found.notice_on), str(found.check_from)) == (
        state,
        days,
        "2026-10-31",
        "2026-09-16",
    )


def test_what_is_missed_stands_first_and_what_is_not_known_apart() -> None:
    found = find_renewals(
        owned(
            tool("late", renews_on="2027-06-30", notice_days=30),
            tool("missed", renews_on="2026-12-15", notice_days=60),
            tool("soon", renews_on="2027-01-31", notice_days=60),
            tool("unclear", renews_on="2027-01-31"),
            tool("silent", status="trial"),
            tool("retired", status="retired"),
            tool("planned", status="planned"),
        ),
        date(2026, 11, 21),
    )
    assert [renewal.tool.identity for renewal in found.dated] == ["missed", "soon", "late"]
    assert [(undated.tool.identity, undated.missing) for undated in found.undated] == [
        ("silent", ("renews_on", "notice_days")),
        ("unclear", ("notice_days",)),
    ]


def test_within_keeps_what_is_missed_and_what_is_not_known() -> None:
    tools = owned(
        tool("missed", renews_on="2026-12-15", notice_days=60),
        tool("edge", renews_on="2026-12-01", notice_days=0),
        tool("beyond", renews_on="2026-12-02", notice_days=0),
        tool("silent"),
    )
    found = find_renewals(tools, date(2026, 11, 21), within=10)
    assert [renewal.tool.identity for renewal in found.dated] == ["missed", "edge"]
    assert len(found.undated) == 1


def test_a_notice_longer_than_the_calendar_ends_at_its_first_day() -> None:
    assert notice_day(owned(tool("a", renews_on="2027-01-01", notice_days=10**6))[0]) == date.min
    assert find_renewals(owned(tool("a", renews_on="2027-01-01", notice_days=10**6)), date.max).dated[0].state == "past"
