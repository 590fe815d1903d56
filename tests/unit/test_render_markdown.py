import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.render.markdown import anchor, escaped, table

MARK = re.compile(r"\\([\\`*_\[\]<>~#&\-+=.)|])")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Accounts close by themselves.", "Accounts close by themselves."),
        ("0.8 of 5.", "0.8 of 5."),
        ("1. first", "1\\. first"),
        ("12) twelfth", "12\\) twelfth"),
        ("- a point", "\\- a point"),
        ("# a heading", "\\# a heading"),
        ("[here](https://bad.example)", "\\[here\\](https://bad.example)"),
        ("<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)\\>"),
        ("two\nlines", "two lines"),
        ("\u202eback", "\\\\u202eback"),
        ("a|b", "a|b"),
    ],
)
def test_what_others_wrote_means_nothing_in_markdown(text: str, expected: str) -> None:
    assert escaped(text) == expected


@given(st.text("ab12 .)-+=#|\\`*_[]<>~&"))
def test_an_escaped_text_reads_as_it_was_and_has_no_bare_mark(text: str) -> None:
    shown = escaped(text)
    assert MARK.sub(r"\1", shown) == text
    assert not re.search(r"[\\`*_\[\]<>~#&]", MARK.sub("", shown))
    assert not re.match(r"[-+=#]|\d+[.)](?: |$)", shown)


def test_a_cell_cannot_leave_its_table() -> None:
    assert table(("a", "b"), [("one | two", "three\nfour")]).splitlines()[2] == "| one \\| two | three four |"


def test_a_link_names_a_heading_as_readers_do() -> None:
    assert anchor("Nobody's AI learns (our-data_2)") == "nobodys-ai-learns-our-data_2"
