import html
import re

from hypothesis import given
from hypothesis import strategies as st

from procureguard.render.markdown import Section, anchor, code, escaped, folded, row, table, within
from procureguard.render.style import one_line

HOSTILE = st.text(st.sampled_from(list("<>&`*_[]()#|~\\$@!-+=.:/1 \n\tabw\u202e\x1b\u2028")), max_size=60) | st.text(
    max_size=60
)
MARKUP = re.compile(r"[`*\[\]<>|~\\$@]|(?<![^\W_])_|_(?![^\W_])|://|www\.|&(?!#\d+;)|^[-+=#]|^\d+[.)](?=\s|$)|^\s")


@given(HOSTILE)
def test_no_text_is_markup_and_none_is_lost(text: str) -> None:
    found = escaped(text)
    assert MARKUP.search(found) is None
    assert "\n" not in found
    assert html.unescape(found).replace("\u2060", "") == one_line(text).strip().replace("\u2060", "")


def test_nobody_is_called_and_an_address_stays_one() -> None:
    assert (
        html.unescape(escaped("@team, see #7 and ana@example.com")) == "@\u2060team, see #\u20607 and ana@example.com"
    )


def test_a_long_text_is_cut() -> None:
    assert escaped("a" * 1_000, 400) == f"{'a' * 399}…"
    assert escaped("a" * 1_000) == "a" * 1_000


def test_names_rows_and_folded_lines_are_set_so() -> None:
    assert code("main:`x`") == "<code>main:&#96;x&#96;</code>"
    assert row(["a", "b"]) == "| a | b |"
    assert folded("more", ["- a"]) == "<details>\n<summary>more</summary>\n\n- a\n\n</details>"


@given(
    st.lists(st.lists(st.text("a", min_size=1, max_size=3_000), max_size=40), min_size=1, max_size=5),
    st.booleans(),
    st.integers(8_000, 30_000),
)
def test_a_page_keeps_its_limit_and_counts_what_is_left_out(drawn: list[list[str]], in_table: bool, most: int) -> None:  # noqa: FBT001 - drawn
    head = ("| x |", "| --- |") if in_table else ()
    page = within("## Head", [Section(f"S{place}", head, entries) for place, entries in enumerate(drawn)], most)
    assert len(page) <= most
    for place, entries in enumerate(drawn):
        part = page.partition(f"### S{place}\n")[2].partition("###")[0]
        left_out = re.search(r"([\d,]+) more of", part)
        shown = sum(line != "" and set(line) == {"a"} for line in part.split("\n"))
        assert shown + (int(left_out[1]) if left_out else 0) == len(entries)


def test_an_empty_section_is_not_there() -> None:
    assert within("## Head", [Section("S", (), ())], 1_000) == "## Head\n"


def test_a_cell_cannot_leave_its_table() -> None:
    assert table(("a", "b"), [("one | two", "three\nfour")]).splitlines()[2] == "| one \\| two | three four |"


def test_a_link_names_a_heading_as_readers_do() -> None:
    assert anchor("Nobody's AI learns (our-data_2)") == "nobodys-ai-learns-our-data_2"
