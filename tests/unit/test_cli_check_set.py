import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard import Guard, InvalidInput
from procureguard.guard.settings import canonical, check_settings, read_settings, settings_of, with_settings
from procureguard.report.contract import Report
from written import DAY, OF_THEIR_OWN, Data, Json, folder, guarded, policy, told, written

PURCHASE = """\
kind: purchase
version: 1
product: {scim: false}
contract:
  dpa: {value: offered, source: vendor, evidence: a letter}
"""
VENDORS: list[Data] = [{"id": "v", "products": [{"id": "p", "facts": {"product": {"scim": True}}}]}]
OWN: Data = {
    "ext": {
        "type": "object",
        "properties": {
            "green": {"type": "boolean"},
            "team": {"enum": ["a", "b"]},
            "tags": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["green"],
    }
}


@pytest.fixture(name="place")
def _place(tmp_path: Path) -> Path:
    return folder(tmp_path, {**OF_THEIR_OWN, "policies/tested.yaml": policy(), "a.purchase.yaml": PURCHASE})


def run(place: Path, *arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "procureguard", "check", *arguments, "--as-of", "2026-11-21"]
    environment = {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1", "PROCUREGUARD_CACHE": ""}
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=place, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_a_setting_changes_the_answer_and_is_named_in_it(place: Path) -> None:
    before = run(place, "a.purchase.yaml")
    code, shown, said = run(place, "a.purchase.yaml", "--set", "product.scim=true")
    assert before[1].startswith("Yes, if")
    assert (code, said) == (0, "")
    assert shown.startswith("Yes.\n")
    assert "  a.purchase.yaml, as of 2026-11-21\n  what if: product.scim=true\n" in shown
    assert "what if" not in before[1]


def test_null_takes_a_statement_back(place: Path) -> None:
    _, shown, _ = run(place, "a.purchase.yaml", "--set", "product.scim=null", "--format", "json")
    assert json.loads(shown)["findings"][0]["waits_for"] == ["product.scim"]


def test_a_setting_that_is_none_is_wrong_usage_and_no_file_is_blamed(place: Path) -> None:
    folder(place, {"b.purchase.yaml": "kind: purchase\nwibble: 1\n"})
    code, shown, said = run(place, "b.purchase.yaml", "a.purchase.yaml", "--set", "contract.dpaa=signed")
    assert (code, shown) == (2, "")
    assert said == (
        "--set:1:1: PG227 error: there is no fact `contract.dpaa`\n"
        "  hint: did you mean `contract.dpa`?\n"
        "  1 | contract.dpaa=signed\n"
        "    | ^^^^^^^^^^^^^\n"
    )


FORM = "write FACT=VALUE, as in `contract.dpa=signed`; `null` stands for: nobody has stated it"
REFUSED = [
    ("contract.dpa", "PG227", "this is no fact with a value", FORM, 1),
    ("contract.dpa=", "PG227", "this is no fact with a value", FORM, 1),
    ("=signed", "PG227", "this is no fact with a value", FORM, 1),
    ("", "PG227", "this is no fact with a value", FORM, 1),
    ("zzz=1", "PG227", "there is no fact `zzz`", "name a fact of the purchase, such as `contract.dpa`", 1),
    ("contract=1", "PG227", "there is no fact `contract`", None, 1),
    ("today=2026-01-01", "PG227", "`today` is computed, not stated", "use `--as-of`", 1),
    (
        "cost.total=5",
        "PG227",
        "`cost.total` is computed, not stated",
        "set what it is computed from: cost.annual, contract.term_months, contract.period",
        1,
    ),
    (
        "organisation.in_eu=true",
        "PG227",
        "no purchase states `organisation.in_eu`",
        "state it in the organisation file",
        1,
    ),
    ("tool.name=x", "PG227", "no purchase states `tool.name`", "state it in the inventory", 1),
    ("request.users=four", "PG203", "`request.users` must be a whole number, got text `four`", None, 15),
    (
        "contract.dpa=sgned",
        "PG204",
        "`sgned` is not a value of `contract.dpa`",
        "did you mean `signed`? choose one of `none`, `offered`, `signed`",
        14,
    ),
    (
        "contract.renews_on = 2026-02-30",
        "PG206",
        "`2026-02-30` is not a calendar day",
        "write year-month-day and a day that exists, as in `2026-11-30`",
        20,
    ),
    ("data.categories=[a", "PG104", "the `[` opened here is never closed", "close it with `]`", 17),
    ("request.capabilities=[survey]", "PG220", "there is no capability `survey`", "did you mean `surveys`?", 23),
    ("contract.amount=1.23456", "PG221", "`1.23456` has more than four decimal places", "round it to four places", 17),
    ("ext.green=7", "PG227", "`ext.green` cannot have this value", "write a value of type bool", 1),
    ("ext.team=c", "PG227", "`ext.team` cannot have this value", "write one of a, b", 1),
]


@pytest.mark.parametrize(("text", "code", "message", "hint", "column"), REFUSED)
def test_what_cannot_be_set_is_refused_at_its_place(
    tmp_path: Path, text: str, code: str, message: str, hint: str | None, column: int
) -> None:
    guard = guarded(tmp_path, [policy()], organisation=OWN)
    with pytest.raises(InvalidInput) as raised:
        check_settings(read_settings([text], "--set"), guard.schema, guard.stack.taxonomy)
    (problem,) = raised.value.diagnostics
    assert problem.name == "--set"
    assert told([problem])[0][:2] == (code, message)
    assert hint is None or problem.hint == hint
    assert told([problem])[0][3] == (1, column)


def test_all_settings_that_are_wrong_are_named_at_once(tmp_path: Path) -> None:
    guard = guarded(tmp_path, [policy()])
    wrong = {"contract.dpa": "sgned", "cost.annual": 5, "product.scim": True}
    with pytest.raises(InvalidInput) as raised:
        guard.check({"kind": "purchase", "version": 1}, DAY, wrong)
    assert [(found.name, found.code) for found in raised.value.diagnostics] == [
        ("settings", "PG204"),
        ("settings", "PG227"),
    ]


def test_a_fact_is_set_once() -> None:
    with pytest.raises(InvalidInput) as raised:
        read_settings(["contract.dpa=signed", "contract.dpa=signed"])
    assert told(raised.value.diagnostics)[0][:3] == ("PG227", "`contract.dpa` is set twice", "keep one of the two")


def overlaid(data: Data, settings: Mapping[str, Any]) -> Json:
    document = written(json.dumps(data), "a.purchase.json")
    return with_settings(document, settings_of(settings)).data


def test_a_setting_replaces_what_is_stated_with_its_source_and_nothing_else() -> None:
    before: Data = {"contract": {"dpa": {"value": "offered", "source": "vendor"}, "seats": 4}, "web": None}
    after = overlaid(before, {"contract.dpa": "signed", "web.loads_on_site": True, "data.people": 3})
    assert after == {
        "contract": {"dpa": "signed", "seats": 4},
        "web": {"loads_on_site": True},
        "data": {"people": 3},
    }


@pytest.mark.parametrize("broken", [[], "text", {"contract": 5}, {"contract": ["dpa"]}])
def test_what_is_no_purchase_is_left_for_the_checks_to_refuse(broken: Any) -> None:  # noqa: ANN401 - any document
    assert overlaid(broken, {"contract.dpa": "signed"}) == broken


def report(guard: Guard, settings: Mapping[str, Any] | None = None, data: Data | None = None) -> Report:
    purchase = {"kind": "purchase", "version": 1, "product": {"scim": False}}
    return guard.check({**purchase, **(data or {})}, DAY, settings)


def test_the_library_takes_settings_and_the_answer_is_that_of_the_changed_purchase(tmp_path: Path) -> None:
    guard = guarded(tmp_path, [policy()])
    changed = report(guard, {"product.scim": True})
    stated = report(guard, data={"product": {"scim": True}})
    assert (changed.verdict, changed.passed) == (stated.verdict, stated.passed) == ("approve", ("tested",))
    assert report(guard, {}) == report(guard)


def test_the_digest_is_that_of_the_text_and_the_settings_in_any_order(tmp_path: Path) -> None:
    guard = guarded(tmp_path, [policy()])
    plain, one = report(guard), report(guard, {"product.scim": True, "request.users": 4})
    other = report(guard, {"request.users": 4, "product.scim": True})
    assert one == other
    assert one.digests != plain.digests
    assert {**one.digests, "purchase": ""} == {**plain.digests, "purchase": ""}
    assert report(guard, {"product.scim": True}).digests != one.digests
    text = '{"kind": "purchase", "version": 1, "product": {"scim": false}}'
    settings = '{"product.scim": true, "request.users": 4}'
    assert one.digests["purchase"] == hashlib.sha256(f"{text}\0{settings}".encode()).hexdigest()


def test_a_stronger_source_still_counts_unless_the_setting_names_one(tmp_path: Path) -> None:
    guard = guarded(tmp_path, [policy()], vendors=VENDORS)
    named: Data = {"product": {"vendor": "v", "id": "p"}}
    assert report(guard, {"product.scim": False}, named).verdict == "approve"
    contract = {"product.scim": {"value": False, "source": "contract"}}
    assert report(guard, contract, named).verdict == "approve_with_conditions"


def test_the_place_of_a_set_fact_is_where_the_purchase_states_it_or_would(tmp_path: Path) -> None:
    require = 'product.scim || contract.dpa == "signed" || size(request.replaces) > 1 || web.loads_on_site'
    nothing: Data = {"contract": {"dpa": "none"}, "request": {"replaces": []}, "web": {"loads_on_site": False}}
    examples = [
        {"name": "a", "given": {"product": {"scim": True}}, "expect": "pass"},
        {"name": "b", "given": {"product": {"scim": False}, **nothing}, "expect": "fail"},
        {"name": "c", "given": nothing, "expect": "unknown", "asks": ["product.scim"]},
    ]
    guard = guarded(tmp_path, [policy(require=require, examples=examples)])
    text = (
        "kind: purchase\nversion: 1\nproduct:\n  name: X\n  scim: {value: true, source: it}\ncontract:\n  dpa: signed\n"
    )
    folder(tmp_path, {"a.purchase.yaml": text})
    settings = {"product.scim": False, "contract.dpa": "none", "request.replaces": ["a"], "web.loads_on_site": False}
    (finding,) = guard.check(tmp_path / "a.purchase.yaml", DAY, settings).findings
    places = {fact.path: (fact.place.line, fact.place.column) for fact in finding.facts if fact.place is not None}
    assert places == {
        "product.scim": (5, 9),
        "contract.dpa": (7, 8),
        "request.replaces": (1, 1),
        "web.loads_on_site": (1, 1),
    }


def test_own_facts_can_be_set_and_answer_to_the_organisations_schema(tmp_path: Path) -> None:
    guard = guarded(tmp_path, [policy()], organisation=OWN)
    assert report(guard, {"ext.green": True, "ext.tags": ["x"]}).verdict == "approve_with_conditions"
    assert report(guard, {"ext.green": {"value": True, "source": "it"}}).verdict == "approve_with_conditions"
    with pytest.raises(InvalidInput) as raised:
        report(guard, {"ext.team": "a"})
    assert [code for code, *_ in told(raised.value.diagnostics)] == ["PG201"]


@st.composite
def values(draw: st.DrawFn) -> Any:  # noqa: ANN401 - any value of a fact
    letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))
    return draw(st.none() | st.booleans() | st.integers(0, 9) | st.text(letters) | st.lists(st.text(letters)))


@given(st.dictionaries(st.sampled_from(["contract.dpa", "request.users", "ext.x"]), values()))
def test_settings_are_read_as_they_were_given(given: dict[str, Any]) -> None:
    assert json.loads(canonical(settings_of(given))) == given


@given(st.text(max_size=40))
def test_any_text_is_a_setting_or_a_diagnostic(text: str) -> None:
    found = attempt(text)
    assert found.startswith((f"{text.partition('=')[0].strip()}=", "PG"))


def attempt(text: str) -> str:
    try:
        return read_settings([text])[0].source.text
    except InvalidInput as error:
        return error.diagnostics[0].code
