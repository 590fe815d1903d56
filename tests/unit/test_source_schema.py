# ruff: noqa: E501 -- a mistake and what is said about it stand in one line
import json
import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procureguard.source.codes import CODES
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.excerpt import excerpt
from procureguard.source.read import read_document
from procureguard.source.schema import check_schema
from procureguard.source.validator import Validator

STATED: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["value"],
    "properties": {
        "value": {},
        "source": {"enum": ["measured", "vendor", "it"]},
        "as_of": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
    },
}


def fact(plain: dict[str, Any], stated: str) -> dict[str, Any]:
    return {"anyOf": [plain, {"$ref": f"#/$defs/{stated}"}, {"type": "null"}]}


def stated(plain: dict[str, Any]) -> dict[str, Any]:
    return {**STATED, "properties": {**STATED["properties"], "value": {"anyOf": [plain, {"type": "null"}]}}}


WHOLE = {"type": "integer", "minimum": 0}
DAY = {"type": "string", "format": "date"}
REGIONS = {"type": "array", "items": {"enum": ["DE", "FR", "US"]}, "uniqueItems": True, "minItems": 1}
STATUS = {"enum": ["active", "trial", "ended"]}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["kind", "version"],
    "properties": {
        "kind": {"const": "purchase"},
        "version": {"const": 1},
        "product": {"$ref": "#/$defs/Product"},
        "data": {"type": "object", "additionalProperties": False, "properties": {"people": WHOLE}},
        "capabilities": {
            "type": "object",
            "propertyNames": {"enum": ["surveys", "forms"]},
            "additionalProperties": {"enum": ["full", "partial"]},
        },
        "tools": {"type": "array", "maxItems": 4, "items": {"$ref": "#/$defs/Tool"}},
        "rule": {"oneOf": [{"$ref": "#/$defs/Fixed"}, {"$ref": "#/$defs/Free"}]},
        "retired": False,
    },
    "$defs": {
        "Product": {
            "type": "object",
            "additionalProperties": False,
            "required": ["name"],
            "properties": {
                "name": {"type": "string", "minLength": 1, "maxLength": 20},
                "users": fact(WHOLE, "StatedWhole"),
                "sso": fact({"type": "boolean"}, "StatedFlag"),
                "status": fact(STATUS, "StatedStatus"),
                "price": fact({"anyOf": [{"type": "integer"}, {"type": "number"}]}, "StatedWhole"),
                "since": fact(DAY, "StatedDay"),
                "edition": fact({"type": "string"}, "StatedFlag"),
                "regions": fact(REGIONS, "StatedRegions"),
                "site": {"type": "string", "format": "uri"},
            },
        },
        "Tool": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
                "share": {"type": "number", "exclusiveMinimum": 0, "maximum": 1, "multipleOf": 0.25},
            },
        },
        "Fixed": {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "fixed"}}},
        "Free": {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"const": "free"}, "limit": {"type": "integer"}},
        },
        "StatedWhole": stated(WHOLE),
        "StatedFlag": stated({"type": "boolean"}),
        "StatedStatus": stated(STATUS),
        "StatedDay": stated(DAY),
        "StatedRegions": stated(REGIONS),
    },
}
VALIDATOR = Validator(SCHEMA)
HEAD = "kind: purchase\nversion: 1\n"


def check(text: str) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    document = read_document("a.yaml", text.encode(), problems)
    assert document is not None, [problem.headline for problem in problems]
    assert check_schema(document, VALIDATOR, problems) == (not problems)
    return problems


def marked(problem: Diagnostic) -> str:
    assert problem.source is not None
    assert problem.span is not None
    return problem.source.text[problem.span.start : problem.span.end]


def test_a_valid_document_has_no_problems() -> None:
    assert check(f"{HEAD}product: {{name: x, users: 3, sso: null, since: {{value: 2026-01-01, source: it}}}}") == []


@pytest.mark.parametrize(
    ("written", "code", "at", "message", "hint"),
    [
        # keys
        ("{nam: x}", "PG202", "nam", "`nam` is not known here, and `name` is missing", "did you mean `name`?"),
        ("{name: x, user: 3}", "PG202", "user", "`user` is not known here", "did you mean `users`?"),
        ("{name: x, people: 3}", "PG202", "people", "`people` is not known here", "`people` belongs below `data:`"),
        ("{}", "PG201", "product", "`name` is missing in `product`", None),
        # types of plain facts
        ("{name: x, users: '730'}", "PG203", "'730'", "`product.users` must be a whole number, got text `730`", "remove the quotes"),
        ("{name: x, users: about 7}", "PG203", "about 7", "`product.users` must be a whole number, got text `about 7`", "write the number alone, without signs or separators: `7`"),
        ("{name: x, users: 7.5}", "PG203", "7.5", "`product.users` must be a whole number, got the number `7.5`", "write it without decimal places"),
        ("{name: x, users: many}", "PG203", "many", "`product.users` must be a whole number, got text `many`", None),
        ("{name: x, users: [7]}", "PG203", "[7]", "`product.users` must be a whole number, got a list", "write the value without brackets or `-`"),
        ("{name: x, users: {a: 7}}", "PG203", "{a: 7}", "`product.users` must be a whole number, got a group of keys", None),
        ("{name: x, users: true}", "PG203", "true", "`product.users` must be a whole number, got `true`", None),
        ("{name: x, price: '€ 1,200'}", "PG203", "'€ 1,200'", "`product.price` must be a number, got text `€ 1,200`", "write `1200` or `1.2`, whichever is meant, without quotes or signs"),
        ("{name: x, price: '320,50'}", "PG203", "'320,50'", "`product.price` must be a number, got text `320,50`", "write the number alone, without signs or separators: `320.50`"),
        ("{name: x, price: 4.400 €}", "PG203", "4.400 €", "`product.price` must be a number, got text `4.400 €`", "write `4400` or `4.4`, whichever is meant, without quotes or signs"),
        ("{name: x, sso: yes}", "PG203", "yes", "`product.sso` must be true or false, got text `yes`", "write `true` without quotes"),
        ("{name: x, sso: 'false'}", "PG203", "'false'", "`product.sso` must be true or false, got text `false`", "write `false` without quotes"),
        ("{name: x, edition: 1.10}", "PG203", "1.10", "`product.edition` must be text, got the number `1.1`", 'put it in quotes: `"1.10"`'),
        ("{name: x, regions: DE}", "PG203", "DE", "`product.regions` must be a list, got text `DE`", "write it as a list: `[DE]`"),
        ("{name: x, regions: 3}", "PG203", "3", "`product.regions` must be a list, got the number `3`", "write it as a list: `[3]`"),
        ("{name: x, since: 2026}", "PG203", "2026", "`product.since` must be a day, got the number `2026`", "write year-month-day and a day that exists, as in `2026-11-30`"),
        ("{name: null}", "PG203", "null", "`product.name` must be text, got nothing", "write a value after the `:`"),
        ("[x]", "PG203", "[x]", "`product` must be a group of keys, got a list", None),
        # days
        ("{name: x, since: 2026-13-02}", "PG206", "2026-13-02", "`2026-13-02` is not a calendar day", "write year-month-day and a day that exists, as in `2026-11-30`"),
        ("{name: x, since: 30.11.2026}", "PG206", "30.11.2026", "`30.11.2026` is not a calendar day", "write year-month-day: `2026-11-30`"),
        ("{name: x, since: 11/30/2026}", "PG206", "11/30/2026", "`11/30/2026` is not a calendar day", "write year-month-day: `2026-11-30`"),
        ("{name: x, since: 11/12/2026}", "PG206", "11/12/2026", "`11/12/2026` is not a calendar day", "write year-month-day and a day that exists, as in `2026-11-30`"),
        ("{name: x, since: 2026/1/2}", "PG206", "2026/1/2", "`2026/1/2` is not a calendar day", "write year-month-day: `2026-01-02`"),
        # values
        ("{name: x, status: Activ}", "PG204", "Activ", "`Activ` is not a value of `product.status`", "did you mean `active`? choose one of `active`, `trial`, `ended`"),
        ("{name: x, status: 3}", "PG204", "3", "`3` is not a value of `product.status`", "choose one of `active`, `trial`, `ended`"),
        ("{name: x, status: [active]}", "PG204", "[active]", "`product.status` must be one of certain words, got a list", "write the value without brackets or `-`"),
        ("{name: x, users: -1}", "PG207", "-1", "`product.users` must be at least 0, got `-1`", None),
        ("{name: x, regions: [DE, ZZ]}", "PG204", "ZZ", "`ZZ` is not a value of entry 2 of `regions`", "choose one of `DE`, `FR`, `US`"),
        ("{name: x, regions: [DE, US, DE]}", "PG208", "DE", "`DE` is listed twice in `product.regions`", "remove one of them"),
        ("{name: x, regions: []}", "PG208", "[]", "`product.regions` must not be empty", "add an entry, or leave the key out"),
        ("{name: ''}", "PG205", "''", "`product.name` must not be empty", "write a text, or leave the key out"),
        ("{name: xxxxxxxxxxxxxxxxxxxxxxx}", "PG205", "x" * 23, "`product.name` must have at most 20 characters, got 23", None),
        ("{name: x, site: example}", "PG205", "example", "`example` is not a web address", "write it in full, as in `https://example.com`"),
        # facts with their source
        ("{name: x, users: {value: '7'}}", "PG203", "'7'", "`product.users.value` must be a whole number, got text `7`", "remove the quotes"),
        ("{name: x, users: {source: it}}", "PG201", "users", "`value` is missing in `product.users`", None),
        ("{name: x, users: {valu: 7}}", "PG202", "valu", "`valu` is not known here, and `value` is missing", "did you mean `value`?"),
        ("{name: x, users: {value: 7, sorce: it}}", "PG202", "sorce", "`sorce` is not known here", "did you mean `source`?"),
        ("{name: x, users: {value: 7, source: vendr}}", "PG204", "vendr", "`vendr` is not a value of `product.users.source`", "did you mean `vendor`? choose one of `measured`, `vendor`, `it`"),
        ("{name: x, users: {value: 7, as_of: soon}}", "PG206", "soon", "`soon` is not a calendar day", "write year-month-day and a day that exists, as in `2026-11-30`"),
        ("{name: x, regions: {value: [ZZ]}}", "PG204", "ZZ", "`ZZ` is not a value of entry 1 of `value`", "choose one of `DE`, `FR`, `US`"),
    ],
)  # fmt: skip
def test_one_mistake_gives_one_diagnostic_in_plain_words(
    written: str, code: str, at: str, message: str, hint: str | None
) -> None:
    (problem,) = check(f"{HEAD}product: {written}\n")
    assert (problem.code, problem.message, problem.hint) == (code, message, hint)
    assert marked(problem) == at


@pytest.mark.parametrize(
    ("text", "code", "at", "message", "hint"),
    [
        ("version: 1\n", "PG201", "version: 1", "`kind` is missing", "write `purchase`"),
        ("kind: vendor\nversion: 1\n", "PG210", "vendor", "`kind` must be `purchase`, got `vendor`", "write `purchase`"),
        ("kind: purchase\nversion: '1'\n", "PG204", "'1'", "`version` must be `1`, got text `1`", "remove the quotes"),
        ("- a\n", "PG203", "- a", "the file must be a group of keys, got a list", None),
        (f"{HEAD}capabilities: {{survey: full}}", "PG204", "survey", "`survey` cannot stand here as a key", "did you mean `surveys`? choose one of `surveys`, `forms`"),
        (f"{HEAD}capabilities: {{forms: ful}}", "PG204", "ful", "`ful` is not a value of `capabilities.forms`", "did you mean `full`? choose one of `full`, `partial`"),
        (f"{HEAD}tools: [{{id: Form Wise}}]", "PG205", "Form Wise", "`Form Wise` is not of the form expected of `id`", "write `form-wise`"),
        (f"{HEAD}tools: [{{id: '???'}}]", "PG205", "'???'", "`???` is not of the form expected of `id`", "it must match the pattern `^[a-z0-9]+(-[a-z0-9]+)*$`"),
        (f"{HEAD}tools: [{{id: a}}, {{}}]", "PG201", "{}", "`id` is missing in entry 2 of `tools`", None),
        (f"{HEAD}tools: [{{id: a, share: 2}}]", "PG207", "2", "`share` must be at most 1, got `2`", None),
        (f"{HEAD}tools: [{{id: a, share: 0}}]", "PG207", "0", "`share` must be more than 0, got `0`", None),
        (f"{HEAD}tools: [{{id: a, share: 0.3}}]", "PG207", "0.3", "`share` must be a multiple of 0.25, got `0.3`", None),
        (f"{HEAD}tools: [a, b]", "PG203", "a", "entry 1 of `tools` must be a group of keys, got text `a`", None),
        (f"{HEAD}rule: {{kind: fre}}", "PG210", "fre", "`fre` is not a value of `rule.kind`", "did you mean `free`? choose one of `fixed`, `free`"),
        (f"{HEAD}rule: {{}}", "PG201", "rule", "`kind` is missing in `rule`", "choose one of `fixed`, `free`"),
        (f"{HEAD}rule: {{kind: free, limit: x}}", "PG203", "x", "`rule.limit` must be a whole number, got text `x`", None),
        (f"{HEAD}retired: 1", "PG202", "retired", "`retired` cannot stand here", "remove it"),
        (f"{HEAD}data:\n", "PG203", "data", "`data` must be a group of keys, got nothing", "write a value after the `:`"),
    ],
)  # fmt: skip
def test_the_rest_of_a_file_is_told_as_plainly(text: str, code: str, at: str, message: str, hint: str | None) -> None:
    problem = check(text)[0]
    assert (problem.code, problem.message, problem.hint) == (code, message, hint)
    assert marked(problem) == at


def test_problems_come_in_the_order_of_the_file_and_once() -> None:
    found = check("version: 2\nproduct: {status: x, nam: y, users: '1'}\nzz: 1\nkind: purchase\n")
    starts = [problem.span.start for problem in found if problem.span is not None]
    assert starts == sorted(starts)
    assert len(found) == 5
    assert len(set(found)) == 5


def test_a_hundred_problems_are_listed_and_the_rest_is_announced() -> None:
    found = check(HEAD + "".join(f"k{number}: 1\n" for number in range(300)))
    assert len(found) == 101
    assert found[-1].code == "PG119"


def test_a_schema_that_is_not_valid_is_refused() -> None:
    with pytest.raises(ValueError, match="foo"):
        Validator({"type": "foo"})


def test_a_schema_is_never_fetched() -> None:
    with pytest.raises(ValueError, match="another file"):
        Validator({"$ref": "https://example.com/schema.json"})


def test_a_rule_without_words_of_its_own_is_still_a_diagnostic() -> None:
    problems: list[Diagnostic] = []
    document = read_document("a.yaml", b"a: 1", problems)
    assert document is not None
    assert not check_schema(document, Validator({"not": {"type": "object"}, "description": "Anything else."}), problems)
    assert [(problem.code, problem.hint) for problem in problems] == [("PG209", "anything else")]


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["x", "active", "2026-01-01", "", "7", "yes"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["value", "source", "kind", "id", "name", "users", "sso", "since", "regions", "product", "zz"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@settings(deadline=None, max_examples=200)
@given(
    data=st.dictionaries(st.sampled_from([*SCHEMA["properties"], "zz"]), VALUES, max_size=5)
    | st.builds(lambda product: {"kind": "purchase", "version": 1, "product": product}, VALUES)
)
def test_every_refusal_by_the_schema_is_explained_and_nothing_else(data: Any) -> None:  # noqa: ANN401 -- any data at all
    problems: list[Diagnostic] = []
    document = read_document("a.json", json.dumps(data).encode(), problems)
    assert document is not None
    assert check_schema(document, VALIDATOR, problems) == VALIDATOR.accepts(data)
    assert bool(problems) != VALIDATOR.accepts(data)
    for problem in problems:
        assert problem.code in CODES
        assert problem.position is not None
        assert not problem.message.endswith(".")
        excerpt(problem)


def test_a_document_without_mistakes_does_not_load_what_only_mistakes_need() -> None:
    child = (
        "import sys\nfrom procureguard.source.read import read_document\n"
        "from procureguard.source.validator import Validator\n"
        "from procureguard.source.schema import check_schema\n"
        "document = read_document('a.yaml', b'a: 1', [])\n"
        "assert check_schema(document, Validator({'type': 'object'}), [])\n"
        "assert 'difflib' not in sys.modules"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", child], check=True, env=environment, timeout=60)  # noqa: S603 -- our own text
