"""Whatever is written, the answer is a tree or problems, and generated code holds nothing of the writer's."""

import ast
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procureguard.cel.checker import Checked, check
from procureguard.cel.cursor import MAXIMUM_DEPTH
from procureguard.cel.english import describe
from procureguard.cel.generator import Emitter
from procureguard.cel.parser import MAXIMUM_LENGTH, parse
from procureguard.cel.types import BOOL, STRING, Declaration, list_of
from procureguard.cel.unparser import unparse
from property.cel_facts import ENVIRONMENT, FACTS
from property.evaluating import checked, generated, generated_source
from property.expressions import Batch, batches

PIECES = (
    *"()[]{}.,?:!<>=+-*/%&|'\"`\\\n\t ",
    *("&&", "||", "==", "!=", "<=", ">=", "in", "not", "and", "true", "null", "1", "0x1F", "1e400", "2.5", "9" * 30),
    *(
        "r'",
        "'''",
        '"""',
        "b'",
        "\\u12",
        "\\UFFFFFFFF",
        "\x00",
        "\ud800",
        "é",
        "//",
        "_",
        "__import__",
        "lambda",
        "None",
    ),
    *("risk.high", "product.colour", "data.categories", "vendor.attestations", "params.days", "today", "cost.annual"),
    *(
        ".exists(",
        ".all(",
        ".filter(",
        ".exists_one(",
        ".map(",
        "size(",
        "date(",
        "days(",
        ".matches(",
        "x, ",
        "x.kind",
        "x",
    ),
    *("'(a+)+$'", "'[z-a]'", "'\\\\'", "'2026-02-30'", "'{'"),
)
DEEP = {
    "brackets": ("(", "true", ")"),
    "lists": ("[", "1", "]"),
    "negations": ("!", "true", ""),
    "minuses": ("- ", "request.users", ""),
    "conditionals": ("true ? 1 : ", "1", ""),
    "sums": ("1 + ", "1", ""),
    "loops": ("data.categories.all(x, ", "true", ")"),
    "filters": ("size(", "data.categories" + ".filter(x, x == 'a')" * 12, ")"),
    "divisions": ("(request.users / 2 + ", "1", ") % 7"),
    "calls": ("size(", "data.categories", ")"),
    "indexes": ("data.categories[", "0", "]"),
    "and": ("risk.high && (", "true", ")"),
}


def answer(text: str) -> Checked | None:
    """The typed tree, when there is one; nothing may be raised, and problems lie inside the text."""
    tree = parse(text)
    found = tree if isinstance(tree, tuple) else check(tree, ENVIRONMENT)
    if isinstance(found, Checked):
        return found
    assert found
    for problem in found:
        assert 0 <= problem.start <= problem.end <= len(text), problem
        assert problem.message
    return None


def use(found: Checked) -> None:
    """Everything that can be done with a typed tree."""
    assert describe(found)
    assert unparse(found.tree)
    generated([found], list(FACTS))({})


@settings(max_examples=1500, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_pieces_in_any_order_are_answered(pieces: list[str]) -> None:
    found = answer("".join(pieces))
    if found is not None:
        use(found)


@settings(max_examples=500, deadline=None)
@given(text=st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    answer(text)


@settings(max_examples=20, deadline=None)
@given(batch=batches(30, 1), data=st.data())
def test_damaged_expressions_are_answered(batch: Batch, data: st.DataObject) -> None:
    for sample in batch.samples:
        at = data.draw(st.integers(0, len(sample.text)))
        piece = data.draw(st.sampled_from(PIECES))
        found = answer(sample.text[:at] + piece + sample.text[at + data.draw(st.integers(0, 3)) :])
        if found is not None:
            use(found)


@pytest.mark.parametrize("shape", DEEP)
@pytest.mark.parametrize("depth", [5, MAXIMUM_DEPTH - 3, MAXIMUM_DEPTH + 1, 500, 3000])
def test_nesting_is_answered(shape: str, depth: int) -> None:
    opening, middle, closing = DEEP[shape]
    found = answer(opening * depth + middle + closing * depth)
    if found is not None:
        use(found)
    assert found is None or depth <= MAXIMUM_DEPTH


def test_length_is_limited() -> None:
    tree = parse(" " * MAXIMUM_LENGTH + "true")
    assert isinstance(tree, tuple)
    assert f"more than {MAXIMUM_LENGTH} characters" in tree[0].message


def test_wide_expressions_run() -> None:
    wide = " && ".join(f"request.users != {number}" for number in range(500))
    assert generated([checked(wide, ENVIRONMENT)], list(FACTS))({"request.users": 3}) == (False,)
    assert generated([checked(wide, ENVIRONMENT)], list(FACTS))({"request.users": -5}) == (True,)


@settings(max_examples=20, deadline=None)
@given(batch=batches(30, 1, depth=5))
def test_generated_code_holds_known_names_only(batch: Batch) -> None:
    expressions = [checked(sample.text, ENVIRONMENT) for sample in batch.samples]
    source, namespace = generated_source(expressions, list(FACTS))
    assert_harmless(source, set(namespace))


def assert_harmless(source: str, constants: set[str]) -> None:
    """Only locals made by the emitter, its constants, `len` and methods of text and of sets stand in the code."""
    for node in ast.walk(ast.parse(source)):
        assert not isinstance(node, ast.Import | ast.ImportFrom | ast.Lambda | ast.Global | ast.Try | ast.With), (
            ast.dump(node)
        )
        if isinstance(node, ast.Name):
            assert re.fullmatch(r"[ft][0-9]+|len", node.id) or node.id in constants, node.id
        if isinstance(node, ast.Attribute):
            assert node.attr in {"startswith", "endswith", "isdisjoint", "issuperset"}, node.attr


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(max_size=20),
    names=st.lists(st.from_regex(r"[a-zA-Z_][a-zA-Z0-9_]{0,8}", fullmatch=True), min_size=1, max_size=3, unique=True),
)
def test_hostile_constants_and_names_stay_data(text: str, names: list[str]) -> None:
    path = ".".join(["fact", *names])
    environment = {
        path: Declaration(STRING, text or "title"),
        "params.evil": Declaration(list_of(STRING), "evil", constant=(text, "'); import os #", "\\")),
    }
    literal = '"' + "".join(f"\\U{ord(letter):08x}" for letter in text if not 0xD800 <= ord(letter) < 0xE000) + '"'
    clean = "".join(letter for letter in text if not 0xD800 <= ord(letter) < 0xE000)
    tree = parse(
        f"{path} == {literal} || {path} in params.evil || [{path}].exists(__import__, __import__ == {literal})"
    )
    assert not isinstance(tree, tuple), tree
    found = check(tree, environment, BOOL)
    assert isinstance(found, Checked), found
    emitter = Emitter({path: "f0"}.__getitem__, indentation=1)
    result = emitter.emit(found)
    source = "\n".join(["def evaluate(f0):", *emitter.lines, f"    return {result}"])
    assert_harmless(source, set(emitter.constants))
    space = emitter.constants
    exec(source, space)  # noqa: S102 - what is generated is what is tested
    function = space["evaluate"]
    assert callable(function)
    assert function(clean) is True
    assert function(None) is None
