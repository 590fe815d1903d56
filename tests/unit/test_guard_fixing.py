"""What `--fix` does to documents that were right before somebody slipped."""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from drawn_documents import inventories, organisations, purchases, vendors
from procureguard.guard.fixing import Mended, mended
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.edit import Edit
from procureguard.source.kind import check_kind
from procureguard.source.read import read_document
from procureguard.source.text import Source, Span
from ugly import comments_of, ugly
from written import Json

NAME = "a.yaml"
KINDS = {"purchase": purchases(), "vendor": vendors(), "inventory": inventories(), "organisation": organisations()}


def checked(kind: str, text: str, name: str = NAME) -> tuple[list[Document], list[Diagnostic]]:
    problems: list[Diagnostic] = []
    document = read_document(name, text.encode(), problems)
    if document is None:
        return [], problems
    check_kind(document, kind, problems)
    return [document], problems


def fixed(kind: str, text: str, name: str = NAME) -> tuple[str, Mended]:
    documents, problems = checked(kind, text, name)

    def check(texts: Mapping[str, str]) -> tuple[list[Document], list[Diagnostic]]:
        return checked(kind, texts[name], name)

    result = mended(documents, problems, check)
    return result.texts.get(name, text), result


def mistakes(data: Json) -> Iterator[Json]:
    """The data with one slip in it, for every place and every slip that fits there."""
    for path in _paths(data):
        *above, last = path
        parent: Any = data
        for part in above:
            parent = parent[part]
        for slip in _slips(parent[last]):
            yield _with(data, above, lambda found, slip=slip, last=last: found.__setitem__(last, slip))
        if isinstance(last, str) and len(last) > 4 and above:
            for word in (last[:2] + last[3:], last.replace("_", "-").upper()):
                if word not in parent:
                    yield _with(data, above, lambda found, word=word, last=last: _rename(found, last, word))


def _with(data: Json, above: list[Any], change: Any) -> Json:  # noqa: ANN401 - a function
    changed = copy.deepcopy(data)
    found = changed
    for part in above:
        found = found[part]
    change(found)
    return changed


def _rename(found: dict[str, Json], old: str, new: str) -> None:
    items = [(new if key == old else key, value) for key, value in found.items()]
    found.clear()
    found.update(items)


def _paths(data: Json) -> Iterator[list[Any]]:
    keys = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys:
        yield [key]
        yield from ([key, *rest] for rest in _paths(data[key]))


def _slips(value: Json) -> Iterator[Json]:
    match value:
        case bool():
            yield from ("yes" if value else "no", "True" if value else "FALSE")
        case int():
            yield from (str(value), f"{value:,}", [value])
        case float():
            yield from (str(value), f"{value:,}")
        case str():
            yield from (value.upper(), value[:3] + value[4:], [value])
            if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
                yield f"{found[3]}.{found[2]}.{found[1]}"
        case [alone] if not isinstance(alone, dict | list):
            yield alone


def _same(one: Json, other: Json) -> bool:
    return one == other and repr(one) == repr(other)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_what_is_fixed_is_what_was_there_before_the_slip(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    right = data.draw(KINDS[kind])
    assume(not checked(kind, json.dumps(right))[1])
    wrong = data.draw(st.sampled_from(list(mistakes(right))))
    text = data.draw(ugly(wrong))
    documents, problems = checked(kind, text)
    assert documents, problems
    assume(any(problem.fix for problem in problems))
    after, result = fixed(kind, text)
    (document,), left = checked(kind, after)
    assert [problem.headline for problem in left if problem.fix] == []
    assert comments_of(after) == comments_of(text)
    assert result.made >= 1
    assert left == [] or len(left) < len(problems)
    if not left:
        assert _same(document.data, right), (text, after)


def test_more_mistakes_than_are_listed_at_once_are_mended() -> None:
    tools = "".join(f"- {{id: tool-{n}, status: Active, capabilities: {{}}, seats: '{n}'}}\n" for n in range(130))
    text = f"kind: inventory\nversion: 1\nas_of: 2026-11-01\ntools:\n{tools}"
    after, result = fixed("inventory", text)
    assert (result.made, result.problems) == (260, [])
    assert after == text.replace("Active", "active").replace("'", "")


def told(name: str, text: str, old: str, new: str) -> list[Diagnostic]:
    """That a word of a text should be another one."""
    at = text.find(old)
    source = Source(name, text)
    span = Span(at, at + len(old))
    return [] if at < 0 else [Diagnostic.error("PG204", old, source, span).mended_by((Edit(span, new),))]


def mended_texts(texts: Mapping[str, str], words: Mapping[str, tuple[tuple[str, str], ...]]) -> Mended:
    def check(changed: Mapping[str, str]) -> tuple[list[Document], list[Diagnostic]]:
        now = {**texts, **changed}
        problems = [found for name in now for old, new in words[name] for found in told(name, now[name], old, new)]
        read = (read_document(name, text.encode(), []) for name, text in now.items())
        return [document for document in read if document is not None], problems

    return mended(*check({}), check)


def test_a_file_that_would_not_read_as_it_should_stays_and_the_others_are_mended() -> None:
    texts = {"a.yaml": "a: one", "b.yaml": "b: one", "c.yaml": "c: {d: one, e: 2}"}
    fixes = {"a.yaml": (("one", "'"),), "b.yaml": (("one", "two"),), "c.yaml": (("one", "1, f: 1"),)}
    result = mended_texts(texts, fixes)
    assert (dict(result.texts), result.made) == ({"b.yaml": "b: two"}, 1)
    assert [problem.name for problem in result.problems] == ["a.yaml", "c.yaml"]


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    result = mended_texts({"a.yaml": "a: one"}, {"a.yaml": (("one", "two"), ("two", "one"))})
    assert (dict(result.texts), result.made) == ({"a.yaml": "a: one"}, 2)


def test_of_fixes_that_touch_each_other_the_second_waits() -> None:
    result = mended_texts({"a.yaml": "a: one two"}, {"a.yaml": (("one two", "12"), ("two", "2"))})
    assert (dict(result.texts), result.made) == ({"a.yaml": "a: 12"}, 1)
