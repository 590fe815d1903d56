from hypothesis import given
from hypothesis import strategies as st

from procureguard.source.text import Position, Source, Span, printable, shown

TEXTS = st.text(alphabet="ab\n\r\té😀\u2028", max_size=30)


def test_positions_count_lines_and_characters_from_one() -> None:
    source = Source("a.yaml", "é😀: 1\nb: 2\n")
    assert source.position(0) == Position(1, 1)
    assert source.position(4) == Position(1, 5)
    assert source.position(6) == Position(2, 1)
    assert source.position(len(source.text)) == Position(3, 1)


def test_offsets_outside_the_text_count_as_its_nearest_end() -> None:
    source = Source("a.yaml", "ab")
    assert source.position(-5) == Position(1, 1)
    assert source.position(99) == Position(1, 3)
    assert source.line_span(99) == Span(0, 2)


def test_a_line_that_does_not_exist_is_empty() -> None:
    assert Source("a.yaml", "a\nb").line(0) == ""
    assert Source("a.yaml", "a\nb").line(3) == ""


@given(text=TEXTS)
def test_a_position_leads_back_to_its_character(text: str) -> None:
    source = Source("a.yaml", text)
    for offset, character in enumerate(text):
        position = source.position(offset)
        line = source.line(position.line)
        span = source.line_span(offset)
        assert text[span.start : span.end] == line
        if character in "\r\n":
            assert position.column == len(line) + 1 or text[offset - 1 : offset + 1] == "\r\n"
        else:
            assert line[position.column - 1] == character
            assert span.start + position.column - 1 == offset


@given(text=TEXTS)
def test_lines_and_breaks_make_up_the_text(text: str) -> None:
    source = Source("a.yaml", text)
    count = source.position(len(text)).line
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert "\n".join(source.line(number) for number in range(1, count + 1)) == plain


def test_control_characters_are_shown_as_escapes() -> None:
    assert printable("a\x1b[31m\n\u202eb") == "a\\u001b[31m\\u000a\\u202eb"


def test_long_words_of_the_user_are_cut() -> None:
    assert shown("short") == "`short`"
    assert shown("x" * 100) == f"`{'x' * 59}…`"
