"""Patterns mean the same here and in the reference implementation."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.oracle import AVAILABLE, Oracle
from procureguard.cel.pattern import PatternError, searcher, translate

ATOMS = (
    "a",
    "b",
    "1",
    ".",
    "\\d",
    "\\w",
    "\\s",
    "\\D",
    "[ab]",
    "[^a]",
    "[a-c1]",
    "[\\d_]",
    "\\.",
    "é",
    "(a|b)",
    "(?:ab)",
    "\\b",
    "^",
    "$",
)
MARKS = ("", "", "", "*", "+", "?", "{2}", "{1,2}", "{0,}", "*?", "+?")
SUBJECTS = ("", "a", "ab", "abab", "a b", "1", "a1", "é", "aé", "a\n", "\n", "b\tc", "a.b", "_", "\v", "aa\nbb", "x1y")

patterns = st.lists(st.tuples(st.sampled_from(ATOMS), st.sampled_from(MARKS)).map("".join), max_size=5).map("".join)
alternatives = st.lists(patterns, min_size=1, max_size=3).map("|".join)


def accepted(pattern: str) -> bool:
    try:
        translate(pattern)
    except PatternError:
        return False
    return True


@pytest.mark.skipif(not AVAILABLE, reason="the reference implementation is not installed")
def test_patterns_find_what_the_reference_implementation_finds() -> None:
    tried = 0
    with Oracle({"text": "string"}) as oracle:

        @settings(max_examples=400, deadline=None)
        @given(pattern=alternatives)
        def law(pattern: str) -> None:
            nonlocal tried
            if not accepted(pattern):
                return
            tried += 1
            expected = oracle.outcomes(f"text.matches(r'{pattern}')", [{"text": subject} for subject in SUBJECTS])
            assert [searcher(pattern)(subject) is not None for subject in SUBJECTS] == expected, pattern

        law()
    assert tried >= 100


@settings(max_examples=500, deadline=None)
@given(pattern=st.text(alphabet="ab(){}[]|*+?.^$\\-1,:=!<dwsbBAzZQEpPx", max_size=12))
def test_any_text_is_refused_or_becomes_a_pattern(pattern: str) -> None:
    if accepted(pattern):
        re.compile(translate(pattern), re.ASCII)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a",
        "a)",
        "[a",
        "a**",
        "*a",
        "(?i)a",
        "(?P<n>a)",
        "a(?!b)",
        "\\1",
        "\\pL",
        "\\Qa",
        "[[:alpha:]]",
        "a{2",
        "a{3,2}",
        "a{1001}",
        "a++",
        "(a*)*",
        "(a+b?)+",
        "[b-a]",
        "\\",
        "^*",
        "[a-\\d]",
        "(" * 30 + ")" * 30,
        "a" * 1001,
    ],
)
def test_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError) as refused:
        translate(pattern)
    assert 0 <= refused.value.offset <= len(pattern)
    assert refused.value.hint
