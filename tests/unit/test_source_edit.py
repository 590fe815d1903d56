from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from procureguard.source.edit import Edit, edited
from procureguard.source.text import Span

TEXT = "kind: purchase # what it is\nversion: 1\n"


def test_what_is_between_the_edits_stays() -> None:
    edits = [Edit(Span(37, 38), "2"), Edit(Span(6, 14), "vendor"), Edit(Span(0, 0), "# ours\n")]
    assert edited(TEXT, edits) == "# ours\nkind: vendor # what it is\nversion: 2\n"


def test_an_edit_that_is_given_twice_is_made_once() -> None:
    assert edited("a", [Edit(Span(0, 1), "b"), Edit(Span(0, 1), "b")]) == "b"
    assert edited("a", [Edit(Span(0, 0), "b"), Edit(Span(0, 0), "b")]) == "ba"


def test_of_two_that_overlap_the_first_counts() -> None:
    assert edited("abc", [Edit(Span(1, 3), "y"), Edit(Span(0, 2), "x")]) == "xc"


@given(text=st.text(), cuts=st.lists(st.integers(0, 30)))
def test_writing_every_stretch_as_it_is_changes_nothing(text: str, cuts: list[int]) -> None:
    ends = sorted({0, len(text), *(cut for cut in cuts if cut <= len(text))})
    edits = [Edit(Span(start, end), text[start:end]) for start, end in pairwise(ends)]
    assert edited(text, edits) == text
