"""Which mistakes a program mends, what it writes, and where it leaves the choice to the author."""

from typing import Any

import pytest

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.edit import edited
from procureguard.source.read import read_document
from procureguard.source.schema import check_schema
from procureguard.source.validator import Validator

WORDS = {"enum": ["active", "trial", "NO", "two words", "included", "excluded"]}
CODES = {"type": "array", "uniqueItems": True, "items": {"type": "string", "pattern": "^[A-Z]{2}$"}}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "amount": {"anyOf": [{"type": "integer"}, {"type": "number"}]},
        "currency": {"type": "string"},
        "users": {"anyOf": [{"$ref": "#/$defs/Whole"}, {"type": "null"}]},
        "flag": {"type": "boolean"},
        "name": {"type": "string"},
        "day": {"type": "string", "format": "date"},
        "status": WORDS,
        "statuses": {"type": "array", "uniqueItems": True, "items": WORDS},
        "codes": CODES,
        "rate": {"enum": [1, "1.5", True]},
        "shares": {"type": "object", "propertyNames": {"enum": ["surveys", "forms"]}},
        "rows": {"type": "object", "propertyNames": {"pattern": "^[a-z-]+$"}},
        "capped": {"type": "integer", "maximum": 10},
    },
    "$defs": {"Whole": {"type": "integer", "minimum": 0}},
}
VALIDATOR = Validator(SCHEMA)


def problems_of(text: str, name: str = "a.yaml") -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    document = read_document(name, text.encode(), problems)
    if document is not None:
        check_schema(document, VALIDATOR, problems)
    return problems


def mended(text: str, name: str = "a.yaml") -> str:
    return edited(text, [edit for problem in problems_of(text, name) for edit in problem.fix])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # keys, in the quotes of their author
        ("amonut: 1 # why", "amount: 1 # why"),
        ("'amonut': 1", "'amount': 1"),
        ('{"amonut": 1}', '{"amount": 1}'),
        ("AMOUNT : 1", "amount : 1"),
        ("shares: {survey: 1}", "shares: {surveys: 1}"),
        ("rows: {Form Wise: 1}", "rows: {form-wise: 1}"),
        # words
        ("status: Activ # now", "status: active # now"),
        ('status: "Activ"', 'status: "active"'),
        ("status: 'Activ'", "status: 'active'"),
        ("status: >-\n  Activ\nflag: true", "status: active\nflag: true"),
        ("status: no", 'status: "NO"'),
        ("status: Two-words", "status: two words"),
        ("status: [active]", "status: active"),
        ("codes: [de, 'fr', \"us\"]", "codes: [DE, 'FR', \"US\"]"),
        ("codes: [DE, no]", 'codes: [DE, "NO"]'),
        # quotes
        ("users: '4'", "users: 4"),
        ('users: "4"  # all', "users: 4  # all"),
        ("rate: '1'", "rate: 1"),
        ("rate: 1.5", 'rate: "1.5"'),
        ("rate: 'true'", "rate: true"),
        ("name: 1.10", 'name: "1.10"'),
        ("name: 007", 'name: "007"'),
        ("name: true", 'name: "true"'),
        ("{name: 1}", '{name: "1"}'),
        # yes and no
        ("flag: yes", "flag: true"),
        ("flag: 'Off'", "flag: false"),
        ("flag: |\n  yes\n", "flag: true"),
        # numbers
        ("amount: '1,200.00'", "amount: 1200.00"),
        ("amount: '12,50'", "amount: 12.50"),
        ("amount: 1 200,50", "amount: 1200.50"),
        ("amount: 1.234.567", "amount: 1234567"),
        ("amount: 1.234,50", "amount: 1234.50"),
        ("amount: 12'000", "amount: 12000"),
        ("amount: 15%", "amount: 15"),
        ("amount: €1,200.5\ncurrency: EUR", "amount: 1200.5\ncurrency: EUR"),
        # lists
        ("codes: DE", "codes: [DE]"),
        ("codes: 'DE'", "codes: ['DE']"),
        ("{codes: DE}", "{codes: [DE]}"),
        ("users: [4]", "users: 4"),
        ("users:\n  - 4\nflag: true", "users: 4\nflag: true"),
        ("users:\n- 4 # all\n", "users: 4 # all\n"),
        ("name:\n  - 'x'\n", "name: 'x'\n"),
        # days
        ("day: 30.11.2026", "day: 2026-11-30"),
        ('day: "2026/1/2"', 'day: "2026-01-02"'),
        ("day: 11/30/2026", "day: 2026-11-30"),
    ],
)
def test_what_is_plain_is_written_as_its_author_would(text: str, wanted: str) -> None:
    assert mended(text).rstrip("\n") == wanted.rstrip("\n")
    assert problems_of(mended(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        # two readings
        "amount: '4.400'",
        "amount: '4,400'",
        "amount: €1,200\ncurrency: EUR",
        "{amount: 4,400}",
        "{amount: 1,234,500, flag: true}",
        "day: 11/12/2026",
        "day: 2026-11-30T23:00:00Z",
        "codes: DE, FR",
        "amount: 1,2,3",
        # what is said beside the number would be lost
        "amount: about 7",
        "amount: 1.2k",
        "amount: €1,200.5\ncurrency: USD",
        "amount: $7",
        # not accepted, even so
        "codes: germany",
        "capped: '11'",
        "users: '-4'",
        "users: '4.5'",
        "users: [[4]]",
        "users: [4, 5]",
        # a slip of the pen is not all that could explain it
        "status: uncluded",
        "status: acitvated",
        "status: unactive",
        "staus2: active",
        "rows: {C++: 1}",
        # a part of a name may be lost
        "rows: {Form-: 1}",
        "rows: {Form--Wise: 1}",
        "rows: {_form: 1}",
        # two would become one
        "amount: 1\namonut: 2",
        "amuont: 1\namonut: 2",
        "statuses: [active, Active]",
        "statuses: [Active, ACTIVE]",
        "shares: {survey: 1, surveyz: 2}",
        "shares: {surveys: 1, survey: 2}",
        # a comment would be lost
        "users:\n  # all of them\n  - 4\n",
        "users:\n  - # all of them\n    4\n",
        "users: [4 # all of them\n  ]",
        "flag: | # by law\n  yes\n",
        # nothing is known of what was meant
        "name:",
        "wibble: 1",
        "capped: 11",
    ],
)
def test_what_is_not_plain_is_left_to_its_author(text: str) -> None:
    assert problems_of(text) != []
    assert mended(text) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('{"amonut": "1,200", "codes": "DE"}', '{"amount": "1,200", "codes": ["DE"]}'),
        ('{"name": 1.0, "flag": "yes", "codes": ["de"],}', '{"name": 1.0, "flag": "yes", "codes": ["de"]}'),
        ('{"name": 1.0, "flag": "yes", "codes": ["de"]}', '{"name": "1.0", "flag": true, "codes": ["DE"]}'),
        ('{"flag": True, "name": None}', '{"flag": true, "name": null}'),
        ('{"users": [\n  4\n]}', '{"users": 4}'),
    ],
)
def test_json_stays_json(text: str, wanted: str) -> None:
    assert mended(text, "a.json") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("amount: '4.400'", "write `4400` or `4.4`, whichever is meant, without quotes or signs"),
        ("amount: 1,000 €", "write `1000` or `1`, whichever is meant, without quotes or signs"),
        ("{amount: 4,400}", "write `4400` or `4.4`: between braces a comma ends the value"),
        ("{amount: -12,5, flag: true}", "write `-12.5`: between braces a comma ends the value"),
        ("{amount: 1,234,500}", "write `1234500`: between braces a comma ends the value"),
        ("{amount: 4,400.50}", "write `4400.50`: between braces a comma ends the value"),
    ],
)
def test_all_that_a_number_could_mean_is_said(text: str, wanted: str) -> None:
    assert {problem.hint for problem in problems_of(text)} == {wanted}


@pytest.mark.parametrize("text", ["{amount: 4,400: 1}", "{amount: 4, 400: 1}", "{name: v4,400}", "{400}"])
def test_a_number_that_is_a_key_is_no_part_of_another(text: str) -> None:
    assert "put the key in quotes" in {problem.hint for problem in problems_of(text)}


def test_keys_that_are_no_text_are_quoted() -> None:
    assert mended("rows:\n  2026: a\n  true: b\n") == 'rows:\n  "2026": a\n  "true": b\n'


def test_one_mistake_against_two_keywords_is_one_mistake() -> None:
    schema = Validator({"properties": {"version": {"type": "integer", "const": 1}}})
    problems: list[Diagnostic] = []
    document = read_document("a.yaml", b"version: '1'", problems)
    assert document is not None
    check_schema(document, schema, problems)
    assert [(problem.code, problem.hint, bool(problem.fix)) for problem in problems] == [
        ("PG203", "remove the quotes", True)
    ]
