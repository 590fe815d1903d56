from procureguard.source.diagnostic import Diagnostic
from procureguard.source.excerpt import excerpt
from procureguard.source.text import Source, Span


def lines(text: str, start: int, end: int, hint: str | None = None) -> list[str]:
    return excerpt(Diagnostic.error("PG104", "wrong", Source("a.yaml", text), Span(start, end), hint)).split("\n")


def test_the_place_is_marked_below_its_line() -> None:
    assert lines("a: 1\nbcd: 2\n", 5, 8, "mend it") == [
        "a.yaml:2:1: PG104 error: wrong",
        "  hint: mend it",
        "  2 | bcd: 2",
        "    | ^^^",
    ]


def test_an_empty_place_gets_one_caret() -> None:
    assert lines("a:", 2, 2)[-2:] == ["  1 | a:", "    |   ^"]


def test_a_place_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    assert lines("a: [1,\n2]", 3, 9)[-2:] == ["  1 | a: [1,", "    |    ^^^"]


def test_tabs_count_as_one_column_and_wide_characters_as_two() -> None:
    assert lines("\tab", 2, 3)[-2:] == ["  1 |  ab", "    |   ^"]
    assert lines("日本: x", 4, 5)[-1] == "    |       ^"
    assert lines("e\u0301: x", 4, 5)[-1] == "    |    ^"


def test_a_long_line_is_cut_around_the_place() -> None:
    found = lines("x" * 500 + "HERE" + "y" * 500, 500, 504)
    assert found[-2].startswith("  1 | …")
    assert found[-2].endswith("…")
    assert len(found[-2]) < 130
    at = found[-1].index("^")
    assert found[-2][at : at + 4] == "HERE"
    assert found[-1].count("^") == 4


def test_a_place_longer_than_the_window_is_cut() -> None:
    assert max(map(len, lines("x" * 5000, 10, 4000))) < 130


def test_what_the_file_contains_cannot_reach_the_terminal_raw() -> None:
    text = excerpt(Diagnostic.error("PG114", "bad \x1b[2J", Source("a\x1b.yaml", "a: \x1b[31m"), Span(3, 4), "x\x07"))
    assert not set(text) & set("\x1b\x07")


def test_without_a_source_there_is_the_headline_alone() -> None:
    assert excerpt(Diagnostic("PG100", "error", "gone", name="a.yaml")) == "a.yaml: PG100 error: gone"


def test_an_empty_line_is_not_shown() -> None:
    assert lines("", 0, 0) == ["a.yaml:1:1: PG104 error: wrong"]
