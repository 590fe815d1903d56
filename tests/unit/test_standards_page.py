"""The page of standards: an id is answered by a policy or says why not, and what is said of facts is so."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

import standards
from procureguard.facts.derived import DERIVED, shipped_schema

FACTS = {kind.path for kind in shipped_schema()} | {row.path for row in DERIVED}
REMARKS = [each for source in standards.shipped().sources for each in source.ids if each.remark]
NAMED = re.compile(r"`([a-z]+\.[a-z_]+)`")
TIERS = "risk."


def found(
    ids: Mapping[str, Mapping[str, str]],
    cited: Sequence[str] = (),
    dates: Sequence[Mapping[str, Any]] = (),
) -> list[str]:
    data = {"sources": [{"ids": ids}], "dates": dates}
    return list(standards.contradictions(data, {"dpa-offered": cited}))


def test_a_policy_a_reason_or_a_policy_with_what_it_leaves_open_answers_an_id() -> None:
    reasons = {kind: {"asks": "x", kind: "y"} for kind in standards.WITHOUT_POLICY}
    assert found({"A": {"asks": "x"}, "B": {"asks": "x", "partly": "y"}, **reasons}, ["A", "B"]) == []


@pytest.mark.parametrize(
    ("ids", "cited", "problem"),
    [
        ({"GDPR 28(3)": {"asks": "x"}}, ["GDPR 28(3)", "GDPR 28[3]"], "did you mean `GDPR 28(3)`?"),
        ({}, ["Lex 1"], "`dpa-offered` cites `Lex 1`, which no source has: add it with what it asks for"),
        ({"A": {"asks": "x"}}, [], "no policy cites `A`: say why"),
        ({"A": {"asks": "x", "partly": "y"}}, [], "no policy cites `A`: say why"),
        ({"A": {"asks": "x", "unchecked": "y"}}, ["A"], "said under `partly`"),
        ({"A": {"asks": "x", "unchecked": "y", "not_yet": "z"}}, [], "one remark at most"),
        ({"A": {"unchecked": "y"}}, [], "needs `asks`"),
        ({"A": {"asks": "x", "uncheked": "y"}}, ["A"], "has the key `uncheked`, which means nothing"),
    ],
)
def test_what_contradicts_is_refused(ids: dict[str, dict[str, str]], cited: list[str], problem: str) -> None:
    assert problem in "\n".join(found(ids, cited))


def test_an_id_stands_in_one_source_and_dates_name_ids_that_are_there() -> None:
    twice = {"sources": [{"ids": {"A": {"asks": "x"}}}] * 2, "dates": []}
    assert list(standards.contradictions(twice, {"dpa-offered": ["A"]})) == ["`A` stands there 2 times"]
    dated = found({"A": {"asks": "x"}}, ["A"], [{"references": ["B"]}])
    assert dated == ["a date names `B`, which no source has"]


def test_the_days_on_which_policies_turn_are_among_the_days_to_come() -> None:
    policies = standards.shipped().policies
    ahead = list(standards.days_ahead([], {}, policies, date(2026, 8, 1)))
    assert [str(each.day) for each in ahead] == ["2026-08-02", "2026-12-02", "2027-01-12"]
    assert [policy.identity for policy in ahead[1].policies] == ["media-marking"]
    assert list(standards.days_ahead([], {}, policies, date(2027, 1, 12))) == []


def test_every_fact_a_remark_names_is_a_fact() -> None:
    named = {path for each in REMARKS for path in NAMED.findall(each.remark) if not path.startswith(TIERS)}
    assert named
    assert named - FACTS == set()


def test_a_fact_of_which_a_remark_says_that_no_policy_reads_it_is_read_by_none() -> None:
    silent = {path for each in REMARKS if "no policy" in each.remark for path in NAMED.findall(each.remark)}
    assert silent
    assert {path for policy in standards.shipped().policies for path in policy.facts} & silent == set()
