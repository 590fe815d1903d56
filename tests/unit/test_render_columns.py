from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from procureguard.render.columns import Column, Table
from procureguard.render.style import one_line
from procureguard.source.text import printable

COLUMNS = [Column("tool", wraps=True), Column("owner", wraps=True), Column("seats", right=True)]
cells = st.text(max_size=60)


def test_cells_wrap_where_there_is_no_room_and_words_stay_whole_if_they_can() -> None:
    rows = [["A tool of many words in its own name", f"{'long' * 8}@tarnwick.example", "1,000/1,200"]]
    assert list(Table.fitted(COLUMNS, rows).lines(rows)) == [
        f"  {'tool':<16} {'owner':<49} {'seats':>11}",
        f"  {'A tool of many':<16} {'long' * 8}@tarnwick.example 1,000/1,200",
        "  words in its own",
        "  name",
    ]


def test_addresses_that_cannot_stay_whole_break_at_their_sign() -> None:
    rows = [["A tool of many words in its own name", f"{'long' * 16}@tarnwick.example", "1,000/1,200"]]
    assert list(Table.fitted(COLUMNS, rows).lines(rows)) == [
        f"  {'tool':<32} {'owner':<32} {'seats':>11}",
        f"  A tool of many words in its own  {'long' * 8} 1,000/1,200",
        f"  {'name':<32} {'long' * 8}",
        f"  {'':<32} @tarnwick.example",
    ]


def test_columns_take_no_more_room_than_they_need() -> None:
    rows = [["a", "b", "1"], ["cc", "", "23"]]
    assert list(Table.fitted(COLUMNS, rows).lines(rows)) == [
        "  tool owner seats",
        "  a    b         1",
        "  cc            23",
    ]


@given(st.lists(st.tuples(cells, cells, st.integers(0, 10**6).map(str)), max_size=5))
def test_every_line_fits_and_nothing_is_lost(rows: list[tuple[str, str, str]]) -> None:
    lines = list(Table.fitted(COLUMNS, rows).lines(rows))
    assert all(len(line) <= 80 and printable(line) == line for line in lines)
    words = [*(one_line(cell) for row in rows for cell in row), *(column.title for column in COLUMNS)]
    assert Counter("".join("".join(lines).split())) == Counter("".join("".join(words).split()))
