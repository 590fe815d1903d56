import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.likeness import folded, runs, share_of


def shared_runs(one: str, other: str) -> float:
    return share_of(runs(one), runs(other))


@given(st.text(), st.text())
def test_likeness_is_a_share_that_is_the_same_both_ways_and_whole_for_a_text_itself(one: str, other: str) -> None:
    assert 0 <= shared_runs(one, other) == shared_runs(other, one) <= 1
    assert shared_runs(one, one) == (1 if one else 0)


@pytest.mark.parametrize(
    ("one", "other", "share"), [("crm", "crn", 2 / 6), ("ab", "cd", 0), ("", "a", 0), ("aaaa", "aa", 4 / 6)]
)
def test_likeness_counts_the_runs_of_three_that_two_texts_share(one: str, other: str, share: float) -> None:
    assert shared_runs(one, other) == pytest.approx(share)


def test_folded_texts_have_neither_case_nor_accents() -> None:
    assert folded("Übersetzung CAFÉ Straße ﬁt") == "ubersetzung cafe strasse fit"
