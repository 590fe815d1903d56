from hypothesis import given
from hypothesis import strategies as st

from procureguard.policy.text import as_written, fill, placeholders

pieces = st.lists(st.tuples(st.text("ab .}", max_size=4), st.sampled_from(["product.plan", "x", ""])), max_size=4)


@given(pieces=pieces)
def test_every_place_in_braces_is_filled_and_the_rest_stays(pieces: list[tuple[str, str]]) -> None:
    text = "".join(f"{words}{{{path}}}" for words, path in pieces)
    assert list(placeholders(text)) == [path for _, path in pieces]
    assert fill(text, lambda path: f"<{path}>") == "".join(f"{words}<{path}>" for words, path in pieces)


def test_values_are_shown_as_their_author_wrote_them() -> None:
    values = [True, 3, 0.5, "as is", ["a", 1], {"é": None}]
    assert [as_written(value) for value in values] == ["true", "3", "0.5", "as is", '["a", 1]', '{"é": null}']
