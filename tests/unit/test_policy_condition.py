import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.cel.interpreter import Unknown, interpret
from procureguard.cel.types import BOOL, INT, Declaration
from procureguard.policy.condition import compose
from procureguard.policy.expression import Expression, load_expression
from procureguard.source.diagnostic import Diagnostic
from written import Json, Told, told, written

NAMES = ("a.one", "a.two", "a.three")
ENVIRONMENT = {
    **{name: Declaration(BOOL, name) for name in NAMES},
    "a.count": Declaration(INT, "count", minimum=0, maximum=9),
}
Kleene = bool | None

leaves = st.sampled_from([*NAMES, *(f"!{name}" for name in NAMES), "a.one || a.two // as agreed", " a.two\t"])
trees: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: st.dictionaries(
        st.sampled_from(["all", "any", "none"]), st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=1
    ),
    max_leaves=8,
)


def negated(value: Kleene) -> Kleene:
    return None if value is None else not value


def of_leaf(text: str, facts: dict[str, Kleene]) -> Kleene:
    if text.startswith("a.one ||"):
        return any_of([facts["a.one"], facts["a.two"]])
    name = text.strip().removeprefix("!")
    return negated(facts[name]) if text.startswith("!") else facts[name]


def any_of(values: list[Kleene]) -> Kleene:
    return True if True in values else None if None in values else False


def meaning(tree: Json, facts: dict[str, Kleene]) -> Kleene:
    """Kleene's logic on the tree itself, without any expression."""
    if isinstance(tree, str):
        return of_leaf(tree, facts)
    ((joint, members),) = tree.items()
    values = [meaning(member, facts) for member in members]
    if joint == "all":
        return negated(any_of([negated(value) for value in values]))
    return any_of(values) if joint == "any" else negated(any_of(values))


def load(text: str) -> tuple[Expression | None, list[Told]]:
    problems = list[Diagnostic]()
    found = load_expression(written(text), "/when", ENVIRONMENT, BOOL, problems)
    return found, told(problems)


@given(tree=trees, facts=st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in NAMES}))
def test_a_tree_of_all_any_and_none_means_what_kleenes_logic_says_of_the_tree(
    tree: Json, facts: dict[str, Kleene]
) -> None:
    expression, problems = load(json.dumps({"when": tree}))
    assert problems == []
    assert expression is not None
    value = interpret(expression.checked, facts.__getitem__)
    assert (None if isinstance(value, Unknown) else value) is meaning(tree, facts)


@given(tree=trees)
def test_every_line_of_a_tree_stands_in_the_composed_text_where_its_place_says(tree: Json) -> None:
    document = written(json.dumps({"when": tree}))
    composed = compose(document.data["when"], "/when")  # type: ignore[index, call-overload]
    for leaf in composed.leaves:
        assert composed.text[leaf.start : leaf.start + len(leaf.text)] == leaf.text
        for offset in range(len(leaf.text)):
            span = composed.locate(document, leaf.start + offset, leaf.start + offset + 1)
            assert span == document.locate(leaf.pointer, offset, offset + 1)


STYLES = {
    "plain": ("when:\n  all:\n    - a.one\n    - {leaf}\n", (4, 7)),
    "single quoted": ("when:\n  all:\n    - a.one\n    - '{leaf}'\n", (4, 8)),
    "double quoted": ('when:\n  all:\n    - a.one\n    - "{leaf}"\n', (4, 8)),
    "literal block": ("when:\n  all:\n    - a.one\n    - |\n      {leaf}\n", (5, 7)),
    "folded block": ("when:\n  all:\n    - a.one\n    - >-\n      a.one &&\n      {leaf}\n", (6, 7)),
    "alone": ("when: {leaf}\n", (1, 7)),
    "nested": ("when:\n  any:\n    - none:\n        - all: [a.one, '{leaf}']\n", (4, 25)),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("leaf", "column", "code"),
    [("a.two || a.four", 9, "PG302"), ("a.two == a.count", 0, "PG302"), ("a.two || )", 9, "PG301")],
)
def test_a_mistake_is_shown_at_its_line_and_column_however_the_text_is_quoted(
    style: str, leaf: str, column: int, code: str
) -> None:
    text, (line, start) = STYLES[style]
    expression, problems = load(text.replace("{leaf}", leaf))
    assert expression is None
    assert [(found[0], found[3]) for found in problems] == [(code, (line, start + column))]


@pytest.mark.parametrize("leaf", ["a.one) || (a.two", "(a.one", "a.one)", "a.one ||", "a.one // (", "'a.one", "a.one,"])
def test_a_line_cannot_reach_into_its_neighbours(leaf: str) -> None:
    expression, problems = load(json.dumps({"when": {"all": [leaf, "a.three"]}}))
    if "//" in leaf:
        assert expression is not None
        facts: dict[str, Kleene] = {"a.one": True, "a.three": False}
        assert interpret(expression.checked, facts.__getitem__) is False
    else:
        assert expression is None
        assert {found[0] for found in problems} == {"PG301"}


def test_every_broken_line_is_reported_at_once() -> None:
    _, problems = load("when:\n  all:\n    - a.one ||\n    - a.two\n    - (a.three\n")
    assert [(found[0], found[3] and found[3][0]) for found in problems] == [("PG301", 3), ("PG301", 5)]


@pytest.mark.parametrize("value", [True, False])
def test_a_truth_value_is_a_condition_of_its_own(value: bool) -> None:  # noqa: FBT001 - the value tested
    expression, problems = load(f"when: {str(value).lower()}\n")
    assert problems == []
    assert expression is not None
    assert interpret(expression.checked, str) is value
