import pytest

from procureguard.source.document import Document, split_pointer, to_pointer
from procureguard.source.read import read_document
from procureguard.source.text import Span

YAML = """\
kind: purchase
product:
  name: "a\\tb"
  'no~te/s': [x, {deep: y}]
  empty:
  text: |
    one
    two

# a comment
last: >-
  folded
  text
"""


def document(text: str, name: str = "a.yaml") -> Document:
    found = read_document(name, text.encode(), [])
    assert found is not None
    return found


def at(found: Document, span: Span) -> str:
    return found.source.text[span.start : span.end]


@pytest.mark.parametrize(
    ("pointer", "value", "key"),
    [
        ("/kind", "purchase", "kind"),
        ("/product/name", '"a\\tb"', "name"),
        ("/product/no~0te~1s", "[x, {deep: y}]", "'no~te/s'"),
        ("/product/no~0te~1s/0", "x", "x"),
        ("/product/no~0te~1s/1/deep", "y", "deep"),
        ("/product/empty", "empty", "empty"),
        ("/product/text", "|\n    one\n    two", "text"),
        ("/last", ">-\n  folded\n  text", "last"),
        ("/product/absent", None, None),
        ("/product/no~0te~1s/7", "[x, {deep: y}]", "[x, {deep: y}]"),
        ("/product/no~0te~1s/x", "[x, {deep: y}]", "[x, {deep: y}]"),
        ("/kind/of", "purchase", "purchase"),
    ],
)
def test_keys_and_values_have_their_places(pointer: str, value: str | None, key: str | None) -> None:
    found = document(YAML)
    whole = at(found, found.value_span("/product"))
    assert at(found, found.value_span(pointer)) == (whole if value is None else value)
    assert at(found, found.key_span(pointer)) == (whole if key is None else key)


def test_a_block_ends_with_its_last_value_and_not_at_the_next_key() -> None:
    found = document(YAML)
    assert at(found, found.value_span("/product")).endswith("two")
    assert at(found, found.value_span("")) == YAML.rstrip()


def test_the_places_in_json_are_those_of_the_whole_value() -> None:
    found = document('{"a": {"b": [1, "x"]}, "c": null}', "a.json")
    assert at(found, found.value_span("/a")) == '{"b": [1, "x"]}'
    assert at(found, found.key_span("/a/b")) == '"b"'
    assert at(found, found.value_span("/a/b/1")) == '"x"'
    assert at(found, found.value_span("/c")) == "null"


@pytest.mark.parametrize(
    ("written", "text", "places"),
    [
        ("a && b", "a && b", {(2, 4): "&&", (0, 6): "a && b"}),
        ("one\n   two", "one two", {(4, 6): "tw", (2, 5): "e\n   t"}),
        ("'it''s here'", "it's here", {(2, 4): "''s", (5, 7): "he"}),
        ('"a\\u00e9\\x62 c"', "aéb c", {(1, 2): "\\u00e9", (2, 3): "\\x62", (4, 5): "c"}),
        ('"one \\\n   two"', "one two", {(4, 6): "tw"}),
        ('"one\n\n   two"', "one\ntwo", {(4, 6): "tw"}),
        ("|\n    a\n     b\n    c", "a\n b\nc", {(3, 4): "b", (5, 6): "c"}),
        ("|2-\n     a", " a", {(1, 2): "a"}),
        ("|2-\n     a\n    b", " a\nb", {(3, 4): "b"}),
        (
            ">\n    a\n    b\n\n    c\n     d\n    e",
            "a b\nc\n d\ne",
            {(2, 3): "b", (4, 5): "c", (7, 8): "d", (9, 10): "e"},
        ),
        ("|+\n    a\n\n", "a\n\n", {(0, 1): "a"}),
        ("|  # comment - with + signs\n    a\n", "a\n", {(0, 1): "a", (0, 2): "a\n"}),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_stretch_of_a_text_is_located_in_the_file(
    written: str, text: str, places: dict[tuple[int, int], str], line_break: str
) -> None:
    found = document(f"key: {{}}\nk:\n  value: {written}".replace("\n", line_break))
    assert found.data == {"key": {}, "k": {"value": text}}
    for (start, end), expected in places.items():
        assert at(found, found.locate("/k/value", start, end)) == expected.replace("\n", line_break)


def test_an_empty_stretch_lies_before_its_character_or_behind_the_last() -> None:
    found = document("a: 'xyz'")
    assert found.locate("/a", 1, 1) == Span(5, 5)
    assert found.locate("/a", 3, 3) == Span(7, 7)
    assert found.locate("/a", 9, 4) == Span(7, 7)


@pytest.mark.parametrize(("text", "pointer"), [("a: 12", "/a"), ("a: ''", "/a"), ("a: [x]", "/a"), ("a: x", "/b")])
def test_what_is_no_text_is_located_as_a_whole(text: str, pointer: str) -> None:
    found = document(text)
    assert found.locate(pointer, 0, 1) == found.value_span(pointer)


def test_pointers_are_made_and_split() -> None:
    assert to_pointer(["a/b", 0, "c~d"]) == "/a~1b/0/c~0d"
    assert split_pointer("/a~1b/0/c~0d") == ["a/b", "0", "c~d"]
    assert to_pointer([]) == ""
    assert split_pointer("") == []
