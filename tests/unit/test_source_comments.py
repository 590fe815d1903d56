from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.source.comments import comments_in
from procureguard.source.text import Span
from ugly import DOCUMENTS, comments_of, ugly


@given(st.data(), DOCUMENTS)
def test_every_comment_is_found_and_nothing_else(drawn: st.DataObject, data: dict[str, Any]) -> None:
    text = drawn.draw(ugly(data))
    assert comments_in(text, Span(0, len(text))) == comments_of(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: '# no' # yes \nb: x#no\n", ["# yes"]),
        ("a: | # header\n  # text\n# after\n", ["# header", "# after"]),
        ("a: [1, # one\r\n  2] #two\r\n", ["# one", "#two"]),
        ("# all there is besides\na: 1", ["# all there is besides"]),
    ],
)
def test_a_sharp_inside_a_text_is_no_comment(text: str, found: list[str]) -> None:
    assert comments_in(text, Span(0, len(text))) == found


def test_only_comments_that_begin_in_the_stretch_are_meant() -> None:
    text = "a: 1 # one\nb: 2 # two\n# three\n"
    assert comments_in(text, Span(8, text.index("# three"))) == ["# two"]
