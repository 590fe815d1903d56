import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drawn_documents import BY_PATH, OF_PLAN, plain, purchases, stated
from procureguard.facts.derived import shipped_schema
from procureguard.facts.replaced import Replaced
from procureguard.guard.answering import SaidBy, answered, attributed, changes_of
from procureguard.guard.settings import Setting, settings_of
from procureguard.source.comments import comments_in
from procureguard.source.diagnostic import InvalidInput
from procureguard.source.document import Document
from procureguard.source.read import read_document
from procureguard.source.text import Span
from ugly import ugly

TODAY = date(2026, 11, 22)
SECTIONS = ("request", "vendor", *OF_PLAN)
Json = Any


def document_of(text: str, name: str = "a.yaml") -> Document:
    problems: list[Any] = []
    document = read_document(name, text.encode(), problems)
    assert document is not None, problems
    return document


def given_answers(**values: Json) -> tuple[Setting, ...]:
    return settings_of({path.replace("__", "."): value for path, value in values.items()})


def merged(data: Mapping[str, Json], answers: Mapping[str, Json]) -> dict[str, Json]:
    whole = dict(data)
    for path, value in answers.items():
        section, name = path.split(".", 1)
        if value is not None or name in (whole.get(section) or {}):
            whole[section] = {**(whole.get(section) or {}), name: value}
    return whole


def legible(data: Json) -> Json:
    """The same without characters that no file may contain, or not as an escape."""
    match data:
        case str():
            return "".join(char if char.isprintable() and char <= "\uffff" else "x" for char in data)
        case list():
            return [legible(item) for item in data]
        case dict():
            return {legible(name): legible(value) for name, value in data.items()}
        case _:
            return data


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Json]:
    paths = [path for path in BY_PATH if path.split(".", 1)[0] in SECTIONS]
    chosen = draw(st.lists(st.sampled_from(paths), min_size=1, max_size=4, unique=True))
    return {path: legible(draw(plain(BY_PATH[path]) | stated(BY_PATH[path]) | st.none())) for path in chosen}


def same(one: Json, other: Json) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def comments(text: str) -> Counter[str]:
    return Counter(comments_in(text, Span(0, len(text))))


@given(st.data(), purchases().map(legible), answers())
def test_the_file_says_what_it_said_and_the_answers_and_keeps_its_comments(
    drawn: st.DataObject, data: dict[str, Json], said: dict[str, Json]
) -> None:
    text = drawn.draw(ugly(data))
    document = document_of(text)
    found = settings_of(said)
    new = answered(document, found)
    assert same(new.data, merged(data, said))
    assert comments(new.source.text) == comments(text)
    assert answered(new, found) == new


@given(purchases().map(legible), answers(), st.sampled_from([None, 1, 2, "\t"]))
def test_a_json_file_says_what_it_said_and_the_answers(
    data: dict[str, Json], said: dict[str, Json], indent: int | str | None
) -> None:
    document = document_of(json.dumps(data, indent=indent), "a.json")
    found = settings_of(said)
    new = answered(document, found)
    assert same(new.data, merged(data, said))
    assert answered(new, found) == new


@given(st.data(), purchases().map(legible), answers())
def test_a_file_in_brackets_says_what_it_said_and_the_answers(
    drawn: st.DataObject, data: dict[str, Json], said: dict[str, Json]
) -> None:
    text = json.dumps(data, indent=drawn.draw(st.sampled_from([None, 2]))).replace(", ", " , # here\n ", 1)
    assume("\\ud" not in text)
    document = document_of(text)
    found = settings_of(said)
    new = answered(document, found)
    assert same(new.data, merged(data, said))
    assert comments(new.source.text) == comments(text)
    assert answered(new, found) == new


HEAD = "kind: purchase\nversion: 1\n"


@pytest.mark.parametrize(
    ("text", "new"),
    [
        pytest.param("data:\n  regions: [EU]\nai: {}\n", "data:\n  regions: [EU]\n  people: 3\nai: {}\n", id="block"),
        pytest.param("data: {regions: [EU]} # x\n", "data: {regions: [EU], people: 3} # x\n", id="brackets"),
        pytest.param("data: {regions: [EU],}\n", "data: {regions: [EU], people: 3,}\n", id="a comma at the end"),
        pytest.param("data: {}\n", "data: {people: 3}\n", id="empty brackets"),
        pytest.param("data:   # soon\n\nai: {}\n", "data:   # soon\n  people: 3\n\nai: {}\n", id="an empty section"),
        pytest.param("data: null # soon\n", "data: {people: 3} # soon\n", id="a section that is null"),
        pytest.param("web:\n    ads: true\ndata:\n", "web:\n    ads: true\ndata:\n    people: 3\n", id="four columns"),
        pytest.param("", "data:\n  people: 3\n", id="no section"),
        pytest.param("# the end\n", "data:\n  people: 3\n# the end\n", id="before the last comment"),
        pytest.param("\nai: {}\n", "\nai: {}\n\ndata: {people: 3}\n", id="a section as the others"),
        pytest.param(
            "ai:\n  # used?\n  #used:\n", "ai:\n  # used?\n  #used:\ndata:\n  people: 3\n", id="open comments"
        ),
        pytest.param("data:\n  # how many?\n  #people:\n", "data:\n  # how many?\n  people: 3\n", id="begun by new"),
        pytest.param("ai:\n  #people:\n", "ai:\n  #people:\ndata:\n  people: 3\n", id="another section's comment"),
        pytest.param("data: {people: null}\n", "data: {people: 3}\n", id="null"),
        pytest.param("data: {people}\n", "data: {people: 3}\n", id="a key alone"),
        pytest.param("data:\n  people:   # ask\n", "data:\n  people: 3   # ask\n", id="nothing there"),
        pytest.param("data:\n  people: 2 # ask\n", "data:\n  people: 3 # ask\n", id="a plain value"),
        pytest.param("data:\n  people: {value: 2}\n", "data:\n  people: 3\n", id="a stated value"),
        pytest.param(
            "data:\n  people: # a\n    # b\n    value: 2 # c\n    source: it # d\nai: {}\n",
            "data:\n  people: 3 # a\n    # b\n    # c\n    # d\nai: {}\n",
            id="a stated value with comments",
        ),
        pytest.param(
            "data: {people: {value: 2, # a\n  source: it}, regions: [EU]}\n",
            "data: {people: 3 # a\n         , regions: [EU]}\n",
            id="comments in brackets",
        ),
        pytest.param("request:\n  gap: |+\n    x\n\n", "request:\n  gap: |+\n    x\n\ndata:\n  people: 3\n", id="kept"),
        pytest.param(
            "request:\n  gap: |\n    x", "data:\n  people: 3\nrequest:\n  gap: |\n    x", id="nothing may follow"
        ),
        pytest.param("data:\n  regions:\n  - EU\n", "data:\n  regions:\n  - EU\n  people: 3\n", id="a loose list"),
        pytest.param("data:\r\n  # x\r\n", "data:\r\n  people: 3\r\n  # x\r\n", id="another line break"),
        pytest.param("...\n", "data:\n  people: 3\n...\n", id="the end of the document"),
    ],
)
def test_an_answer_stands_where_a_person_would_have_put_it(text: str, new: str) -> None:
    head = HEAD.replace("\n", "\r\n") if "\r" in text else HEAD
    assert answered(document_of(head + text), given_answers(data__people=3)).source.text == head + new


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ('{"kind": "purchase"}', '{"kind": "purchase", "data": {"people": 3}}'),
        ('{"kind":"purchase","data":{}}', '{"kind":"purchase","data":{"people": 3}}'),
        ('{\n "a": 1,\n "data": {\n  "b": 2\n }\n}\n', '{\n "a": 1,\n "data": {\n  "b": 2,\n  "people": 3\n }\n}\n'),
        ('{"data": {"people": null}, "a": 1}', '{"data": {"people": 3}, "a": 1}'),
        ('{"data": null}', '{"data": {"people": 3}}'),
    ],
)  # fmt: skip
def test_an_answer_in_json_stands_as_its_neighbours_do(text: str, new: str) -> None:
    assert answered(document_of(text, "a.json"), given_answers(data__people=3)).source.text == new


def test_what_would_change_anything_else_is_refused_with_the_line_to_write() -> None:
    text = f"{HEAD}data:\n  ? people\n"
    with pytest.raises(InvalidInput, match=r"`data\.people` cannot be written into this file") as caught:
        answered(document_of(text), given_answers(data__people=3))
    assert caught.value.diagnostics[0].hint == "write `people: 3` below `data:` by hand"


SCHEMA = shipped_schema()


def said_of(path: str, value: Json, said: SaidBy) -> Json:
    return attributed(settings_of({path: value})[0], SCHEMA, said, TODAY).data


@pytest.mark.parametrize(
    ("path", "said", "about"),
    [
        ("data.people", SaidBy(), None),
        ("data.people", SaidBy(evidence="a note"), {"source": "requester", "evidence": "a note"}),
        ("data.people", SaidBy(as_of="2026-11-20"), {"source": "requester", "as_of": "2026-11-20"}),
        ("data.people", SaidBy("it"), {"source": "it", "as_of": "2026-11-22"}),
        ("contract.dpa", SaidBy(), {"source": "vendor", "as_of": "2026-11-22"}),
        ("contract.dpa", SaidBy("requester"), {"source": "requester"}),
        ("contract.dpa", SaidBy("contract", "2026-11-20", "p. 3"), SaidBy("contract", "2026-11-20", "p. 3")._asdict()),
        ("integration.scheduled", SaidBy(), {"source": "it", "as_of": "2026-11-22"}),
    ],
)  # fmt: skip
def test_an_answer_keeps_who_says_so_and_since_when(path: str, said: SaidBy, about: dict[str, str] | None) -> None:
    value = 3
    assert said_of(path, value, said) == (value if about is None else {"value": value, **about})


def test_an_answer_that_names_its_source_keeps_it() -> None:
    own = {"value": "signed", "source": "contract"}
    assert said_of("contract.dpa", own, SaidBy("vendor", "2026-11-20")) == {**own, "as_of": "2026-11-20"}


def test_an_answer_that_is_taken_back_has_no_source() -> None:
    assert said_of("contract.dpa", None, SaidBy("vendor")) is None
    assert said_of("contract.dpa", {"value": None, "source": "it"}, SaidBy()) is None


def test_what_changes_is_told_with_what_was_there() -> None:
    document = document_of(f"{HEAD}contract: {{dpa: offered, term_months: 12}}\n")
    found = given_answers(contract__dpa="signed", contract__term_months=12, data__people=3, ai__used=None)
    assert changes_of(document, found) == (
        Replaced("contract.dpa", "offered", "signed"),
        Replaced("data.people", None, 3),
    )
