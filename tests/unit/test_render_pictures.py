import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.render.pictures.fitting import broken, clipped, columns, in_pieces
from procureguard.render.pictures.groups import LARGEST_RING, SMALLEST_RING, member_boxes, ring, tool_boxes
from procureguard.source.text import printable
from procureguard.stack.integrations import Group, Member

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hazelpoll", "Hazelpoll"),
        ("Drawbridle Suite", "Drawbridle…"),
        ("日本語のとても", "日本語のと…"),
        ("a\u202eb", "a\\u202eb"),
    ],
)
def test_labels_are_clipped_by_the_room_they_take(text: str, shown: str) -> None:
    assert clipped(text, 11) == shown


@given(words, st.integers(1, 30))
def test_a_label_never_takes_more_room_and_never_steers(text: str, most: int) -> None:
    found = clipped(text, most)
    assert columns(found) <= most
    assert printable(found) == found


@given(words, st.integers(5, 15), st.integers(1, 3))
def test_headings_keep_to_their_lines(text: str, width: int, lines: int) -> None:
    assert len(broken(text, width, lines)) <= lines


@given(st.lists(st.integers()), st.integers(1, 5))
def test_pieces_hold_everything_in_its_order(items: list[int], each: int) -> None:
    pieces = in_pieces(items, each)
    assert [item for piece in pieces for item in piece] == items
    assert all(len(piece) == each for piece in pieces[:-1])


@pytest.mark.parametrize("count", [2, SMALLEST_RING, LARGEST_RING, LARGEST_RING + 1])
def test_groups_that_a_ring_shows_well_are_rings(count: int) -> None:
    members = tuple(Member(f"m{place:02}", None, 1) for place in range(count))
    group = Group(members, tuple((members[0].identity, other.identity) for other in members[1:]))
    drawn = ring("group", group)
    assert (drawn is not None) == (SMALLEST_RING <= count <= LARGEST_RING)
    if drawn is not None:
        assert len(drawn.nodes) == count
        assert len(drawn.curves) == count - 1
        places = {(node.x, node.y) for node in drawn.nodes}
        assert len(places) == count
        assert all(0 < x < drawn.size and 0 < y < drawn.size for x, y in places)
        assert {(x, y) for x, y, _, _ in drawn.curves} <= places


def test_boxes_do_not_lie_on_one_another_and_fill_sheets() -> None:
    sheets = member_boxes("group", [Member(f"m{place}", None, place) for place in range(70)])
    assert sum(len(sheet.boxes) for sheet in sheets) == 70
    for sheet in sheets:
        assert len({(box.x, box.y) for box in sheet.boxes}) == len(sheet.boxes)
        assert all(box.y < sheet.height for box in sheet.boxes)
    assert sheets[0].boxes[1].detail == "1 connection, not listed"
    assert tool_boxes("islands", []) == ()
