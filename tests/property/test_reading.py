"""Law 14, nothing lost: whatever a file contains, reading it ends in a document or in diagnostics with positions."""

import json
import math
import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from procureguard.source import yaml_reader
from procureguard.source.codes import CODES
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Data, Document
from procureguard.source.excerpt import FIXABLE, excerpt
from procureguard.source.read import read_document
from procureguard.source.text import printable
from procureguard.source.yaml_python import PythonParser

YAML_TEXT = """\
kind: purchase
version: 1
request: {type: new, capabilities: [surveys, forms], users: 4, 'owner': "ana\\u00e9@example.com"}
product:
  vendor: formwise   # a comment
  name: >-
    Form
    wise
  notes: |
    first
      second
data:
- {region: NO, people: 6_000}
- since: 2026-11-01
"""
JSON_TEXT = '{"kind": "purchase", "n": [1, -2.5e3, true, null, "a\\n\\u00e9\\ud83d\\ude00"], "o": {"p": {}, "q": []}}'
LIMITED = settings(deadline=None, max_examples=150)


def read(name: str, content: bytes) -> tuple[Document | None, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    return read_document(name, content, problems), problems


def assert_nothing_lost(name: str, content: bytes) -> Document | None:
    document, problems = read(name, content)
    assert (document is None) == bool(problems)
    for problem in problems:
        assert problem.code in CODES
        assert problem.message
        assert problem.message[0] in "`'" or not problem.message[0].isupper()
        assert not problem.message.endswith(".")
        assert problem.position is not None
        assert problem.source is not None
        assert problem.span is not None
        assert 0 <= problem.span.start <= problem.span.end <= len(problem.source.text)
        assert "\n" not in problem.message + (problem.hint or "")
        assert excerpt(problem).split("\n")[0] == printable(problem.headline) + (FIXABLE if problem.fix else "")
        excerpt(problem).encode("utf-8")
    return document


@LIMITED
@given(content=st.binary(max_size=200), name=st.sampled_from(["a.yaml", "a.json", "-"]))
def test_any_bytes_end_in_a_document_or_in_diagnostics(name: str, content: bytes) -> None:
    assert_nothing_lost(name, content)


@st.composite
def edited(draw: st.DrawFn, text: str) -> str:
    """The text with a few stretches removed, doubled or replaced by characters that mean something."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        meaningful = st.text(alphabet="{}[]:,-?!&*#|>'\"%@`\\ \t\n\r~<=.0123aeé😀\ufeff\u2028\x00", max_size=6)
        inserted = draw(st.one_of(meaningful, st.just(text[start:end] * 2), st.text(max_size=3)))
        text = text[:start] + inserted + text[end:]
    return text


@settings(LIMITED, max_examples=400)
@given(text=edited(YAML_TEXT))
def test_an_edited_yaml_file_is_read_or_refused_with_reasons(text: str) -> None:
    assert_nothing_lost("a.yaml", text.encode("utf-8", "surrogatepass"))


@settings(LIMITED, max_examples=300)
@given(text=edited(JSON_TEXT))
def test_an_edited_json_file_is_read_or_refused_with_reasons(text: str) -> None:
    document = assert_nothing_lost("a.json", text.encode("utf-8", "surrogatepass"))
    if document is not None:
        assert document.data == json.loads(text.removeprefix("\ufeff"))


@settings(LIMITED, max_examples=200)
@given(text=edited(YAML_TEXT))
def test_the_parsers_in_c_and_in_python_read_the_same(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    fast, _ = read("a.yaml", content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reader, "EventParser", PythonParser)
        slow = assert_nothing_lost("a.yaml", content)
    if fast is not None and slow is not None:
        assert slow.data == fast.data


# --- accepted YAML means what YAML 1.2 says ---

KEYS = st.text(alphabet="abcdefgh -_.é1", min_size=1, max_size=8).filter(lambda key: key[0].isalpha())
TRAPS = (
    "NO yes on Off true True null ~ 2026-01-01 22:30 010 1_000 1e3 0x1F 0o17 017 1. .5 +1 -0 1.10 << = 12e03 0xG 0b1"
)
WORDS = st.one_of(
    st.sampled_from([*TRAPS.split(), "", "- a", "a #1", "\u00a0", ": ", "?x"]),
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co")), max_size=20
    ),
    st.integers(-(1 << 63), (1 << 63) - 1).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
)
TREES: st.SearchStrategy[Any] = st.recursive(
    st.tuples(WORDS, st.sampled_from([None, "'", '"', "|", ">"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
CORE = re.compile(
    r"(?P<null>null|Null|NULL|~|)|(?P<true>true|True|TRUE)|(?P<false>false|False|FALSE)"
    r"|(?P<int>[-+]?[0-9]+)|(?P<oct>0o[0-7]+)|(?P<hex>0x[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)"
)


def core(text: str) -> Data:  # noqa: PLR0911 -- one answer for each row of the table
    """The tag resolution table of YAML 1.2, 10.3.2, written down a second time."""
    found = CORE.fullmatch(text)
    if found is None:
        return text
    group = next(name for name, value in found.groupdict().items() if value is not None)
    match group:
        case "null":
            return None
        case "true" | "false":
            return group == "true"
        case "int":
            return int(text)
        case "oct":
            return int(text, 0)
        case "hex":
            return int(text, 0)
        case _:
            return float(text)


def as_node(tree: Any) -> yaml.Node:  # noqa: ANN401 -- a recursive strategy has no narrower type
    if isinstance(tree, dict):
        pairs = [(yaml.ScalarNode("tag:yaml.org,2002:str", key), as_node(value)) for key, value in tree.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs)
    if isinstance(tree, list):
        return yaml.SequenceNode("tag:yaml.org,2002:seq", [as_node(value) for value in tree])
    text, style = tree
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=style)


def view(node: yaml.Node) -> Data:
    """A YAML 1.2 view of what PyYAML composes without resolving anything."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: view(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [view(value) for value in node.value]
    return str(node.value) if getattr(node, "style", None) else core(node.value)


def dumped(tree: Any, *, width: int) -> str:  # noqa: ANN401 -- as above
    return yaml.serialize(as_node(tree), Dumper=yaml.BaseDumper, allow_unicode=True, width=width)


@settings(LIMITED, max_examples=300)
@given(tree=TREES, width=st.sampled_from([20, 80]))
def test_accepted_yaml_means_what_yaml_1_2_says(tree: Any, width: int) -> None:  # noqa: ANN401 -- as above
    class Plain(yaml.BaseLoader):
        """Composes with no scalar resolved."""

    text = dumped({"root": tree}, width=width)
    document, problems = read("a.yaml", text.encode())
    if document is None:
        assert {problem.code for problem in problems} <= {"PG110", "PG113", "PG114"}
        return
    composed = yaml.compose(text, Loader=Plain)
    assert composed is not None
    expected = view(composed)
    assert document.data == expected
    assert repr(document.data) == repr(expected)


@given(number=st.one_of(st.integers(), st.floats()))
def test_numbers_are_kept_exactly_or_refused(number: float) -> None:
    for name in ("a.yaml", "a.json"):
        document, problems = read(name, f"[{json.dumps(number)}]".encode())
        fits = -(1 << 63) <= number < 1 << 63 if isinstance(number, int) else math.isfinite(number)
        if name == "a.yaml" and not math.isfinite(number):
            continue  # NaN and Infinity are JSON spellings; in YAML they are words
        assert (document is not None) == fits
        assert document is None or document.data == [number]
        assert fits or [problem.code for problem in problems] == ["PG113"]


# --- every character of a text leads back to the character of the file it was written with ---

TEXTS = st.text(alphabet="ab é😀'\"\\:#-\n\t", min_size=1, max_size=60)


@settings(LIMITED, max_examples=500)
@given(
    texts=st.lists(TEXTS, min_size=1, max_size=3),
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    width=st.sampled_from([12, 40, 1000]),
    indent=st.sampled_from([2, 4, 7]),
    unicode=st.booleans(),
)
def test_a_character_is_located_where_it_was_written(
    texts: list[str],
    style: str | None,
    width: int,
    indent: int,
    unicode: bool,  # noqa: FBT001 -- drawn by name
) -> None:
    data = {"a": [{"text": text} for text in texts]}
    text = yaml.dump(data, default_style=style, width=width, indent=indent, allow_unicode=unicode)
    assert_located(text, document_of("a.yaml", text), texts)


@settings(LIMITED, max_examples=200)
@given(texts=st.lists(st.text(), min_size=1, max_size=3), ascii_only=st.booleans())
def test_a_character_of_a_json_text_is_located(texts: list[str], ascii_only: bool) -> None:  # noqa: FBT001 -- drawn by name
    text = json.dumps({"a": [{"text": text} for text in texts]}, ensure_ascii=ascii_only)
    document, _ = read("a.json", text.encode())
    if document is not None:
        assert_located(text, document, texts)


def document_of(name: str, text: str) -> Document:
    document, problems = read(name, text.encode())
    assert document is not None, [problem.headline for problem in problems]
    return document


def assert_located(text: str, document: Document, values: list[str]) -> None:
    for index, value in enumerate(values):
        pointer = f"/a/{index}/text"
        previous = document.value_span(pointer).start
        for offset, character in enumerate(value):
            span = document.locate(pointer, offset, offset + 1)
            written = text[span.start : span.end]
            assert span.start >= previous
            if character not in " \n":
                assert written in {character, f"'{character}"} or written.startswith("\\"), (character, written, text)
                assert span.end - span.start == 1 or written[0] in "\\'"
            previous = span.start if character == "\n" else span.end


@LIMITED
@given(text=edited(YAML_TEXT), pointer=st.text(alphabet="/~01apqr", max_size=6), start=st.integers(), end=st.integers())
def test_locating_never_fails(text: str, pointer: str, start: int, end: int) -> None:
    document, _ = read("a.yaml", text.encode("utf-8", "surrogatepass"))
    if document is not None:
        for known in (pointer, "", "/request/owner", "/product/name", "/product/notes", "/product/vendor", "/data/1"):
            for span in (document.locate(known, start, end), document.key_span(known), document.value_span(known)):
                assert 0 <= span.start <= span.end <= len(document.source.text)
