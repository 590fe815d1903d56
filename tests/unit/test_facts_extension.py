from typing import Any

import pytest

from procureguard.facts.extension import check_extension, extension_types
from procureguard.facts.schema import FactType
from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.organisation import load_organisation
from written import Data, Told, loaded, policy, policy_document, purchase, stack, told, written

TYPES = "give it one of the types boolean, integer, number, string, or an array of these"


def types(schema: Data) -> dict[str, FactType]:
    problems = list[Diagnostic]()
    found = extension_types(stack(organisation={"ext": schema}).organisation, problems)
    assert problems == []
    return dict(found)


@pytest.mark.parametrize(
    ("schema", "kind", "values", "bounds"),
    [
        ({"type": "boolean"}, "bool", None, (None, None)),
        ({"type": "integer", "minimum": 0.5, "maximum": 9.5}, "int", None, (1, 9)),
        ({"type": "number", "minimum": 0}, "decimal", None, (None, None)),
        ({"type": "string"}, "string", None, (None, None)),
        ({"type": "string", "format": "date"}, "date", None, (None, None)),
        ({"type": "string", "enum": ["a", "b"]}, "enum", ("a", "b"), (None, None)),
        ({"enum": ["a", "b"]}, "enum", ("a", "b"), (None, None)),
        ({"type": "array", "items": {"type": "integer", "minimum": 1}}, "list(int)", None, (1, None)),
        ({"type": "array", "items": {"enum": ["a"]}}, "list(enum)", ("a",), (None, None)),
    ],
)
def test_a_json_schema_gives_a_fact_its_type(
    schema: Data, kind: str, values: tuple[str, ...] | None, bounds: tuple[int | None, int | None]
) -> None:
    found = types({"type": "object", "properties": {"cost_centre": schema}})["ext.cost_centre"]
    assert (found.type, found.values, (found.minimum, found.maximum)) == (kind, values, bounds)
    assert (found.title, found.question, found.stated_by) == (
        "cost centre",
        "What is the cost centre?",
        "requester",
    )


def test_a_json_schema_gives_a_fact_its_words_and_the_one_to_ask() -> None:
    spec = {"type": "string", "title": "Floor", "description": "On which floor?", "x-stated-by": "it"}
    found = types({"properties": {"floor": spec}})["ext.floor"]
    assert (found.title, found.question, found.stated_by) == ("Floor", "On which floor?", "it")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (spec, [("PG224", "`odd` has no type a fact can have", TYPES, (6, 10))])
        for spec in (
            "{}",
            "true",
            "{type: object}",
            "{type: [string, 'null']}",
            "{type: array}",
            "{type: array, items: true}",
            "{type: array, items: {type: array}}",
            "{enum: [1, 2]}",
            "{enum: [a, null]}",
        )
    ]
    + [
        (
            "{type: string, x-stated-by: finance}",
            [
                (
                    "PG224",
                    "nobody called `finance` can be asked",
                    "write one of requester, vendor, it, organisation",
                    (6, 38),
                )
            ],
        ),
    ],
)
def test_a_type_that_no_fact_can_have_is_refused_at_its_place(schema: str, expected: list[Told]) -> None:
    head = "kind: organisation\nversion: 1\next:\n  properties:\n    fine: {type: boolean}\n"
    problems = list[Diagnostic]()
    organisation = load_organisation(written(f"{head}    odd: {schema}\n"), problems)
    assert organisation is not None
    assert set(extension_types(organisation, problems)) == {"ext.fine"}
    assert told(problems) == expected


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ("{properties: {odd: {type: strin}}}", (3, 32)),
        ("{properties: {odd: {pattern: '('}}}", (3, 35)),
        ("{properties: {odd: {$ref: '#/$defs/none'}}}", (3, 6)),
        ("{properties: {odd: {$ref: 'http://localhost/x.json'}}}", (3, 6)),
        ("{properties: 5}", (3, 19)),
    ],
)
def test_a_schema_that_is_none_or_leads_elsewhere_is_refused_and_nothing_is_fetched(
    schema: str, place: tuple[int, int]
) -> None:
    problems = list[Diagnostic]()
    organisation = load_organisation(written(f"kind: organisation\nversion: 1\next: {schema}\n"), problems)
    assert organisation is not None
    assert extension_types(organisation, problems) == {}
    assert [(told_of[0], told_of[2], told_of[3]) for told_of in told(problems)] == [
        ("PG224", "see json-schema.org", place)
    ]
    assert problems[0].message.startswith("this is no JSON Schema: ")


SCHEMA: Data = {
    "type": "object",
    "properties": {
        "cost_centre": {"type": "string", "pattern": "^[0-9]{4}$"},
        "floor": {"$ref": "#/$defs/floor", "type": "integer"},
        "opens_on": {"type": "string", "format": "date"},
    },
    "$defs": {"floor": {"maximum": 12}},
    "required": ["cost_centre"],
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("ext", "pointers"),
    [
        ({"cost_centre": "4711"}, []),
        ({"cost_centre": {"value": "4711", "source": "it"}, "floor": None, "opens_on": {"value": None}}, []),
        ({"cost_centre": "47"}, ["/cost_centre"]),
        ({"cost_centre": {"value": "47", "source": "it"}}, ["/cost_centre/value"]),
        ({"cost_centre": "4711", "floor": 13}, ["/floor"]),
        ({"cost_centre": "4711", "opens_on": "2026-02-30"}, ["/opens_on"]),
    ],
)
def test_own_facts_are_checked_against_the_own_schema_at_their_own_places(ext: Data, pointers: list[str]) -> None:
    organisation = stack(organisation={"ext": SCHEMA}).organisation
    document = purchase({"ext": ext}).document
    problems = list[Diagnostic]()
    check_extension(document, organisation, problems)
    assert [problem.span for problem in problems] == [document.value_span(f"/ext{pointer}") for pointer in pointers]


@pytest.mark.parametrize(
    ("ext", "expected"),
    [
        ("{cost_centr: '4711'}", ("PG202", "`cost_centr` is not known here, and `cost_centre` is missing", (3, 7))),
        ("{cost_centre: null}", ("PG201", "`cost_centre` is missing", (3, 6))),
    ],
)
def test_an_own_fact_that_is_misspelt_or_left_out_is_named(ext: str, expected: tuple[str, str, Any]) -> None:
    organisation = stack(organisation={"ext": SCHEMA}).organisation
    problems = list[Diagnostic]()
    check_extension(written(f"kind: purchase\nversion: 1\next: {ext}\n"), organisation, problems)
    assert [(code, message, where) for code, message, _, where in told(problems)] == [expected]


def test_own_facts_without_a_schema_of_their_own_are_refused() -> None:
    problems = list[Diagnostic]()
    check_extension(written("kind: purchase\nversion: 1\next: {floor: 2}\n"), stack().organisation, problems)
    assert told(problems) == [
        (
            "PG224",
            "the organisation has no facts of its own",
            "describe them with a JSON Schema under `ext` in the organisation file, or remove them",
            (3, 6),
        )
    ]


def test_policies_may_read_own_facts_and_are_type_checked_against_them() -> None:
    own = {"ext": {"type": "object", "properties": {"floor": {"type": "integer"}}}}
    examples = [
        {"name": "low", "given": {"ext": {"floor": 1}}, "expect": "pass"},
        {"name": "high", "given": {"ext": {"floor": 9}}, "expect": "fail"},
        {"name": "unknown", "given": {}, "expect": "unknown", "asks": ["ext.floor"]},
    ]
    good = policy_document(policy(require="ext.floor < 3", examples=examples))
    found, problems = loaded([good], own)
    assert problems == []
    assert [entry.facts for entry in found.policies.policies] == [{"ext.floor"}]
    _, problems = loaded([policy_document(policy(require="ext.floor", examples=examples))], own)
    assert [problem.code for problem in problems] == ["PG302"]
    _, problems = loaded([good])
    assert [problem.code for problem in problems] == ["PG302"]
