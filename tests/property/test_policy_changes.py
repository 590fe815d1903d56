"""What is told of a change is the change: nothing where nothing changed, the edit that was made, mirrored backwards."""

import json
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from procureguard.analysis.changes import Kind, PolicyChanges, compare
from procureguard.guard.policy_files import policy_files
from procureguard.policy.written import WrittenPolicies
from procureguard.source.document import Document
from procureguard.source.kind import kind_of
from procureguard.source.read import read_document
from written import Data, loaded, written

EFFECTS = ("advise", "condition", "review", "deny")
TEXTS = ("title", "message", "why", "remedy")
MIRRORED: dict[Kind, Kind] = {"stricter": "milder", "milder": "stricter", "new": "gone", "gone": "new"}
SENTENCE = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="{}"), min_size=1, max_size=40
)


@cache
def shipped_documents() -> tuple[Document, ...]:
    problems: list[Any] = []
    read = [read_document(file.name, file.content, problems) for file in policy_files(["shipped"])]
    return tuple(document for document in read if document is not None)


def named(document: Document) -> str:
    assert isinstance(document.data, dict)
    return str(document.data["id"])


SHIPPED = [document for document in shipped_documents() if kind_of(document) == "policy"]
BESIDE = [document for document in shipped_documents() if kind_of(document) != "policy"]


def policy_set(*policies: Document) -> WrittenPolicies:
    found, problems = loaded([*BESIDE, *policies])
    assert problems == []
    return found


def edited(document: Document, changes: Data) -> Document:
    assert isinstance(document.data, dict)
    return written(json.dumps({**document.data, **changes}, ensure_ascii=False), document.source.name)


@st.composite
def edits(draw: st.DrawFn) -> tuple[Document, str, Document | None]:
    """A shipped policy, the aspect that is edited, and the policy afterwards, None where it was removed."""
    document = draw(st.sampled_from(SHIPPED))
    data: Any = document.data
    numbers = [name for name, spec in data.get("params", {}).items() if spec["type"] == "int"]
    aspects = ["effect", "when", "removal", *TEXTS, *(["params"] if numbers else [])]
    aspect = draw(st.sampled_from(aspects))
    if aspect == "removal":
        return document, aspect, None
    if aspect == "effect":
        return (
            document,
            aspect,
            edited(document, {aspect: draw(st.sampled_from(sorted({*EFFECTS} - {data["effect"]})))}),
        )
    if aspect == "when":
        guard = f"request.users > {draw(st.integers(101, 999))}"
        return (
            document,
            aspect,
            edited(document, {"when": {"all": [guard, data["when"]]} if data.get("when") else guard}),
        )
    if aspect == "params":
        name = draw(st.sampled_from(numbers))
        spec = data["params"][name]
        value = spec["value"] + draw(st.integers(1, 5))
        return document, aspect, edited(document, {"params": {**data["params"], name: {**spec, "value": value}}})
    return document, aspect, edited(document, {aspect: f"{data[aspect][:50]} {draw(SENTENCE)}"})


def told(found: PolicyChanges) -> list[tuple[str, str, tuple[str, ...]]]:
    """Every change: of which policy, of what kind, of which aspects."""
    return [
        (changed.policy.identity, changed.kind, tuple(change.aspect for change in changed.changes))
        for changed in found.policies
    ]


def kind_of_edit(aspect: str, before: Document, after: Document) -> str:
    if aspect == "effect":
        was, now = (EFFECTS.index(document.data["effect"]) for document in (before, after))  # type: ignore[call-overload,index]
        return "stricter" if now > was else "milder"
    return "different" if aspect in ("when", "params") else "reworded"


def test_a_set_says_nothing_else_than_itself() -> None:
    assert len(SHIPPED) > 80
    assert not compare(policy_set(*SHIPPED), policy_set(*reversed(SHIPPED)))


@settings(max_examples=40)
@given(edits())
def test_an_edit_is_told_as_exactly_that(edit: tuple[Document, str, Document | None]) -> None:
    before, aspect, after = edit
    found = compare(policy_set(before), policy_set(*([] if after is None else [after])))
    assert (found.definitions, found.packs, found.roots) == ((), (), ())
    if after is None:
        assert [(changed.policy.identity, changed.kind) for changed in found.policies] == [(named(before), "gone")]
    else:
        assert told(found) == [(named(before), kind_of_edit(aspect, before, after), (aspect,))]


@settings(max_examples=15)
@given(st.lists(edits(), min_size=1, max_size=4, unique_by=lambda edit: named(edit[0])), st.data())
def test_backwards_everything_is_mirrored(
    drawn: list[tuple[Document, str, Document | None]], data: st.DataObject
) -> None:
    untouched = data.draw(st.sets(st.sampled_from(range(len(SHIPPED))), max_size=3))
    shared = [SHIPPED[place] for place in untouched if named(SHIPPED[place]) not in {named(edit[0]) for edit in drawn}]
    before = policy_set(*shared, *(edit[0] for edit in drawn))
    after = policy_set(*shared, *(edit[2] for edit in drawn if edit[2] is not None))
    forwards, backwards = compare(before, after), compare(after, before)
    assert sorted((name, MIRRORED.get(kind, kind), aspects) for name, kind, aspects in told(forwards)) == sorted(  # type: ignore[call-overload]
        (name, kind, aspects) for name, kind, aspects in told(backwards)
    )
    there = {
        (changed.policy.identity, change.before, change.after)
        for changed in forwards.policies
        for change in changed.changes
    }
    back = {
        (changed.policy.identity, change.after, change.before)
        for changed in backwards.policies
        for change in changed.changes
    }
    assert there == back
