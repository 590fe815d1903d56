import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Data
from procureguard.source.read import read_document

LETTERS = st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs")), max_size=8)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(1 << 63), (1 << 63) - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | LETTERS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(LETTERS, inner, max_size=4),
    max_leaves=15,
)


def refusals(text: str) -> list[tuple[str, int, int, str, str]]:
    problems: list[Diagnostic] = []
    assert read_document("a.json", text.encode(), problems) is None
    return [
        (each.code, each.position.line, each.position.column, each.message, each.hint or "")
        for each in problems
        if each.position is not None
    ]


@given(value=VALUES, indent=st.sampled_from([None, 2]), ascii_only=st.booleans())
def test_what_json_writes_is_read_back(value: Data, indent: int | None, ascii_only: bool) -> None:  # noqa: FBT001 -- drawn by name
    problems: list[Diagnostic] = []
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    document = read_document("a.json", text.encode(), problems)
    assert document is not None, [problem.headline for problem in problems]
    assert repr(document.data) == repr(value)


@pytest.mark.parametrize(
    ("text", "column", "message", "hint"),
    [
        ('{"a": 1,}', 8, "nothing follows this comma", "remove the comma"),
        ("[1,]", 3, "nothing follows this comma", "remove the comma"),
        ("{a: 1}", 2, "a key in double quotes is expected here", '`"a"`'),
        ("{'a': 1}", 2, "a key in double quotes is expected here", '`"a"`'),
        ("{,}", 2, "a key in double quotes is expected here", "double quotes"),
        ('{"a', 2, "the quote opened here is never closed", "close the text"),
        ("{", 2, "the file ends inside an object", "`}`"),
        ('{"a" 1}', 6, "a `:` is missing after the key", '`"a": `'),
        ('{"a": 1 "b": 2}', 9, "a comma or a closing bracket is missing before this", "`}`"),
        ("[1 2]", 4, "a comma or a closing bracket is missing before this", "`]`"),
        ("[1, 2", 1, "the bracket `[` opened here is never closed", "`]`"),
        ('{"a": [1}', 9, "a comma or a closing bracket is missing before this", "`]`"),
        ("[True]", 2, "`True` is not a JSON value", "`true`"),
        ("[None]", 2, "`None` is not a JSON value", "`null`"),
        ("['x']", 2, "`'x'` is not a JSON value", "double quotes"),
        ("[,1]", 2, "`,` is not a JSON value", "write a value here"),
        ('{"a":', 6, "the file ends where a value is expected", "close the brackets"),
        ("# hello\n{}", 1, "comments are not part of JSON", "YAML"),
        ("[] // hello", 4, "the document ends before this", "remove what follows"),
        ('["a\nb"]', 4, "a text cannot run over a line break or tab", "`\\n`"),
        ('["\\x"]', 3, "this escape is not known", "backslash"),
        ('["\\u12"]', 4, "this escape is not known", "backslash"),
        ("[01]", 3, "this is not how JSON writes a number", "leading zeros"),
        ("[1.]", 3, "this is not how JSON writes a number", "leading zeros"),
        ("[0x1F]", 3, "this is not how JSON writes a number", "leading zeros"),
    ],
)
def test_syntax_errors_name_the_likely_cause(text: str, column: int, message: str, hint: str) -> None:
    ((code, line, found_column, found_message, found_hint),) = refusals(text)
    assert (code, line, found_column, found_message) == ("PG105", 1, column, message)
    assert hint in found_hint


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ('{"a": 1, "a": 2}', "PG106", 10),
        ('{"\\u0061": 1, "a": 2}', "PG106", 15),
        ("[NaN]", "PG113", 2),
        ("[-Infinity]", "PG113", 2),
        ("[1e999]", "PG113", 2),
        ("[18446744073709551616]", "PG113", 2),
        ('["\\ud800"]', "PG114", 2),
        ('["\\udc00\\ud800"]', "PG114", 2),
        ('["\\u0000"]', "PG114", 2),
        ('["\x7f"]', "PG114", 3),
        ('["\x00"]', "PG114", 3),
    ],
)
def test_what_could_surprise_is_refused_where_it_stands(text: str, code: str, column: int) -> None:
    ((found, line, found_column, _, hint),) = refusals(text)
    assert (found, line, found_column) == (code, 1, column)
    assert hint


def test_everything_wrong_is_reported_at_once() -> None:
    text = '{"a": NaN,\n "a": 1,\n "b": ["\\ud800", 1e999,],\n "c": True}'
    assert [(code, line) for code, line, *_ in refusals(text)] == [
        ("PG113", 1),
        ("PG106", 2),
        ("PG114", 3),
        ("PG113", 3),
        ("PG105", 3),
        ("PG105", 4),
    ]
