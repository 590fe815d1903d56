from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.check_vendors import collect_vendors
from procureguard.stack.families import Families, Tie
from written import Data, catalogue, manifested, told

SPRING, AUTUMN = date(2026, 3, 1), date(2026, 9, 30)
VENDORS = ("a", "b", "c", "d")


def tie(parent: str, closed: date | None, ended: date | None = None) -> Tie:
    ordinals = [None if day is None else day.toordinal() for day in (closed, ended)]
    return Tie(parent, "owns", *ordinals)


SOLD = (tie("first", SPRING, AUTUMN), tie("second", AUTUMN + timedelta(1)))
SOLD_ON = Families({"child": SOLD, "first": ()})


@pytest.mark.parametrize(
    ("day", "top"),
    [
        (SPRING - timedelta(1), "child"),
        (SPRING, "first"),
        (AUTUMN, "first"),
        (AUTUMN + timedelta(1), "second"),
    ],
)
def test_a_tie_counts_from_the_day_it_is_closed_to_the_day_it_ends(day: date, top: str) -> None:
    assert SOLD_ON.top("child", day) == top
    assert SOLD_ON.members(top, day) == {top, "child"}


def test_what_is_only_announced_does_not_count() -> None:
    families = Families({"child": (tie("parent", None),)})
    assert families.top("child", AUTUMN) == "child"
    assert list(families.days()) == []


def test_of_two_ties_the_one_closed_last_counts() -> None:
    families = Families({"child": (tie("late", AUTUMN), tie("early", SPRING))})
    assert families.top("child", AUTUMN) == "late"


def test_a_family_goes_up_to_the_top() -> None:
    families = Families({"a": (tie("b", SPRING),), "b": (tie("c", AUTUMN),)})
    assert families.line("a", SPRING) == ("a", "b")
    assert families.line("a", AUTUMN) == ("a", "b", "c")
    assert families.members("c", AUTUMN) == {"a", "b", "c"}


days = st.dates(SPRING, AUTUMN)
drawn = st.dictionaries(
    st.sampled_from(VENDORS),
    st.lists(st.builds(tie, st.sampled_from(VENDORS), st.none() | days, st.none() | days), max_size=2).map(tuple),
)


@given(drawn, days)
def test_whatever_the_ties_a_line_ends_and_its_members_share_their_top_or_run_in_a_circle(
    ties: dict[str, tuple[Tie, ...]], day: date
) -> None:
    families = Families(ties)
    for vendor in VENDORS:
        line = families.line(vendor, day)
        assert line[0] == vendor
        assert len(set(line)) == len(line)
        if families.circle(vendor) is None:
            assert {families.top(other, day) for other in line if families.circle(other) is None} <= {line[-1]}


@given(drawn)
def test_between_two_of_its_days_no_family_changes(ties: dict[str, tuple[Tie, ...]]) -> None:
    families = Families(ties)
    turning = set(families.days())
    day = SPRING
    while day < AUTUMN:
        following = day + timedelta(1)
        if following.toordinal() not in turning:
            assert [families.line(vendor, day) for vendor in VENDORS] == [
                families.line(vendor, following) for vendor in VENDORS
            ]
        day = following


def owned(identity: str, parent: str, **more: str) -> Data:
    return {"id": identity, "family": [{"parent": parent, "kind": "owns", "closed": "2026-03-01", **more}]}


def test_a_vendor_that_would_belong_to_itself_is_a_problem_at_its_ties() -> None:
    problems = list[Diagnostic]()
    collect_vendors([manifested(owned("a", "b")), manifested(owned("b", "a"))], problems)
    hint = "say with `ended` when an earlier tie ended, or take one of them out"
    assert [problem[:3] for problem in told(problems)] == [
        ("PG231", "the vendor would belong to itself: `a` to `b` to `a`", hint),
        ("PG231", "the vendor would belong to itself: `b` to `a` to `b`", hint),
    ]


def test_a_parent_goes_by_its_alias_too() -> None:
    known = catalogue(owned("a", "old-name"), {"id": "b", "aliases": ["Old-Name"]})
    assert known.families.top("a", AUTUMN) == "b"
