"""Writing a tree out and reading it again gives the same tree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procureguard.cel.parser import parse
from procureguard.cel.unparser import unparse
from property.expressions import Batch, batches

WRITTEN = [
    "-5 - -5 - -(5)",
    "(a < b) < c",
    "a < b == true",
    "!(a && b) || !(c && d) && e",
    "(a && b) && (c && d)",
    "a ? b : c ? d : e",
    "(a ? b : c) ? d : e",
    "(-1).f()",
    "-1.5e300 * 2e-7",
    '"\\x00\\u200b\\U0001F62C\\"\\\\"',
    "[[1], [], [1, 2]][0].exists(x, x in [1])",
    "a.b.c.exists(x, x.d.e && x.f.all(y, y == x.g))",
    "-9223372036854775808",
    "!!!a == !b",
    "--a - - -b",
    "a / (b * c) % d - e * (f % g)",
    "-(5) / -5",
    "(a + b).filter(x, x / 2 > 1).filter(x, true) == []",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_written_samples_come_back(text: str) -> None:
    tree = parse(text)
    assert not isinstance(tree, tuple), tree
    assert parse(unparse(tree)) == tree


@settings(max_examples=40, deadline=None)
@given(batch=batches(50, 1, depth=6))
def test_well_typed_expressions_come_back(batch: Batch) -> None:
    for sample in batch.samples:
        tree = parse(sample.text)
        assert not isinstance(tree, tuple), tree
        again = parse(unparse(tree))
        assert again == tree
        assert not isinstance(again, tuple)
        assert unparse(again) == unparse(tree)


@settings(max_examples=300, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(
            [
                "a",
                "b.c",
                "1",
                "2.5",
                '"x"',
                "(",
                ")",
                "!",
                "-",
                "&&",
                "||",
                "<",
                "==",
                "in",
                "+",
                "*",
                "/",
                "%",
                "?",
                ":",
                "[",
                "]",
                ",",
            ]
        )
    )
)
def test_whatever_is_accepted_comes_back(text: list[str]) -> None:
    tree = parse(" ".join(text))
    if not isinstance(tree, tuple):
        assert parse(unparse(tree)) == tree
