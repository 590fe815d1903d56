import json
from functools import cache
from pathlib import Path

import jsonschema
import jsonschema_rs
import pytest

from procureguard import Guard, Report
from procureguard.render.text import render_text
from procureguard.render.view import View
from procureguard.report.headline import listed, number
from written import DAY, Data, Json, checked, guarded, policy, tool

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SCHEMA: Data = json.loads((ROOT / "schemas" / "report.v1.schema.json").read_text("utf-8"))
PURCHASES = sorted(EXAMPLES.rglob("*.purchase.yaml"))


@cache
def example_guard() -> Guard:
    vendors = sorted((EXAMPLES / "vendors").glob("*.yaml"))
    return Guard.load(
        inventory=EXAMPLES / "inventory.yaml", organisation=EXAMPLES / "organisation.yaml", vendors=vendors
    )


def errors(data: Json) -> list[str]:
    """What both validators say, so that neither can be lenient alone."""
    ours = [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(data)]
    theirs = [error.message for error in jsonschema_rs.validator_for(SCHEMA).iter_errors(data)]
    return ours + theirs


def test_the_report_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", PURCHASES, ids=lambda path: path.parent.name)
def test_every_example_gives_a_report_that_answers_to_the_schema(path: Path) -> None:
    assert errors(example_guard().check(path, DAY).to_dict()) == []


def fixed(effect: str, fact: str, **more: Json) -> Data:
    section, name = fact.split(".")
    examples = [
        {"name": "a", "given": {section: {name: True}}, "expect": "pass"},
        {"name": "b", "given": {section: {name: False}}, "expect": "fail"},
        {"name": "c", "given": {}, "expect": "unknown", "asks": [fact]},
    ]
    identity = f"{effect}-{section}"
    return policy(identity, effect=effect, require=fact, examples=examples, title=f"T {identity}", **more)


EFFECTS = {
    "advise": "ai.used",
    "condition": "product.scim",
    "review": "web.loads_on_site",
    "deny": "data.vendor_reuses",
}
ALL = [fixed(effect, fact) for effect, fact in EFFECTS.items()]
FINE = {
    "ai": {"used": True},
    "product": {"scim": True},
    "web": {"loads_on_site": True},
    "data": {"vendor_reuses": True},
}
OWNED = tool("a", name="Askwell", capabilities={"surveys": "full"}, seats=9, seats_used=0)


def but(**changes: bool | None) -> Data:
    data: dict[str, dict[str, bool | None]] = {section: dict(facts.items()) for section, facts in FINE.items()}
    for effect, value in changes.items():
        section, name = EFFECTS[effect].split(".")
        data[section][name] = value
    return {section: {k: v for k, v in facts.items() if v is not None} for section, facts in data.items()}


@pytest.mark.parametrize(
    ("changes", "verdict", "headline", "reasons"),
    [
        ({}, "approve", "Yes.", ()),
        ({"advise": False}, "approve", "Yes.", ()),
        (
            {"condition": False},
            "approve_with_conditions",
            "Yes, if one thing is done: ask for SCIM.",
            ("condition-product",),
        ),
        (
            {"condition": None},
            "approve_with_conditions",
            "Yes, if one thing is confirmed: t condition-product.",
            ("condition-product",),
        ),
        ({"review": None}, "needs_info", "Not yet: one answer missing.", ("review-web",)),
        ({"review": None, "deny": None}, "needs_info", "Not yet: two answers missing.", ("deny-data", "review-web")),
        ({"review": False, "deny": None}, "needs_info", "Not yet: one answer missing.", ("deny-data",)),
        ({"review": False}, "needs_review", "Yes, once IT agrees.", ("review-web",)),
        ({"deny": False}, "deny", "Not as asked; one thing has to change.", ("deny-data",)),
        ({"deny": False, "review": None}, "deny", "Not as asked; one thing has to change.", ("deny-data",)),
    ],
)
def test_the_headline_begins_with_what_is_possible(
    tmp_path: Path, changes: dict[str, bool | None], verdict: str, headline: str, reasons: tuple[str, ...]
) -> None:
    data = but(**changes)
    data["product"] = {**data.get("product", {}), "name": "Named"}
    report = checked(guarded(tmp_path, ALL), data)
    assert (report.verdict, report.headline, report.reasons) == (verdict, headline, reasons)
    assert errors(report.to_dict()) == []


@pytest.mark.parametrize(
    ("changes", "headline"),
    [
        ({"deny": False}, "Not as asked; one tool you own does most of this."),
        ({"review": False}, "Not as asked yet; one tool you own does most of this."),
        ({}, "Yes."),
    ],
)
def test_an_owned_tool_that_does_the_job_comes_first_where_the_answer_is_not_yes(
    tmp_path: Path, changes: dict[str, bool | None], headline: str
) -> None:
    data = {**but(**changes), "request": {"type": "new", "capabilities": ["surveys"], "must": ["surveys"], "users": 2}}
    report = checked(guarded(tmp_path, ALL, inventory={"tools": [OWNED]}), data)
    assert report.headline == headline
    assert errors(report.to_dict()) == []


def test_roles_who_have_to_agree_are_listed_once(tmp_path: Path) -> None:
    policies = [
        fixed("review", "web.loads_on_site", role="legal"),
        {**fixed("review", "ai.used", role="leaders")},
        {**fixed("review", "product.scim", role="legal")},
    ]
    report = checked(
        guarded(tmp_path, policies),
        {"web": {"loads_on_site": False}, "product": {"scim": False}, "ai": {"used": False}},
    )
    assert report.headline == "Yes, once legal and the heads of marketing and IT agree."


def test_a_finding_shows_the_facts_it_read_and_where_they_were_said(tmp_path: Path) -> None:
    vendors = [{"id": "v", "as_of": "2026-05-01", "products": [{"id": "p", "facts": {"product": {"scim": False}}}]}]
    guard = guarded(tmp_path, [policy(message="{product.vendor} has none: {product.scim}.")], vendors=vendors)
    report = checked(guard, {"product": {"vendor": "v", "id": "p"}})
    (finding,) = report.findings
    (fact,) = finding.facts
    assert finding.message == "v has none: no."
    assert (fact.path, fact.value, fact.words, fact.source, fact.as_of) == (
        "product.scim",
        False,
        "no",
        "catalogue",
        "2026-05-01",
    )
    assert fact.place is not None
    assert (fact.place.role, fact.place.document, fact.place.pointer) == (
        "vendor",
        "v",
        "/products/0/facts/product/scim",
    )
    assert (finding.place.role, finding.place.document, finding.place.line, finding.place.column) == (
        "policy",
        "tested",
        1,
        1,
    )


def test_a_fact_on_which_documents_differ_is_shown_with_what_counts_and_what_does_not(tmp_path: Path) -> None:
    vendors = [{"id": "v", "source": "contract", "products": [{"id": "p", "facts": {"product": {"scim": True}}}]}]
    report = checked(
        guarded(tmp_path, [policy()], vendors=vendors), {"product": {"vendor": "v", "id": "p", "scim": False}}
    )
    (dispute,) = report.disputed
    assert (dispute.path, dispute.counts.words, dispute.counts.source) == ("product.scim", "yes", "contract")
    assert [(other.words, other.source) for other in dispute.others] == [("no", "requester")]
    assert report.verdict == "approve"


def test_a_policy_that_was_not_checked_is_named_with_the_register_it_lacks(tmp_path: Path) -> None:
    listed_only = policy(
        require="!vendor.banned",
        examples=[
            {"name": "a", "given": {"vendor": {"banned": False}}, "expect": "pass"},
            {"name": "b", "given": {"vendor": {"banned": True}}, "expect": "fail"},
            {
                "name": "c",
                "given": {"product": {"vendor": "v"}},
                "expect": "unknown",
                "asks": ["organisation.banned_vendors"],
            },
        ],
    )
    report = checked(guarded(tmp_path, [listed_only]), {})
    assert [(gap.policy, gap.registers) for gap in report.not_checked] == [("tested", ("banned_vendors",))]
    assert (report.verdict, report.findings, report.passed) == ("approve", (), ())


def test_parameters_are_shown_in_sentences_as_people_write_them(tmp_path: Path) -> None:
    params = {
        "n": {"type": "int", "value": 1200, "about": "n"},
        "b": {"type": "bool", "value": True, "about": "b"},
        "l": {"type": "list(string)", "value": ["saml", "oidc"], "about": "l"},
        "d": {"type": "double", "value": 0.8, "about": "d"},
    }
    guard = guarded(tmp_path, [policy(params=params, message="{params.n}, {params.b}, {params.l}, {params.d}")])
    (finding,) = checked(guard, {"product": {"scim": False}}).findings
    assert finding.message == "1,200, yes, saml, oidc, 0.8"


def test_digests_name_everything_that_went_in_and_change_with_it(tmp_path: Path) -> None:
    bare = checked(guarded(tmp_path / "a", [policy()]), {})
    assert sorted(bare.digests) == ["policies", "preset", "purchase", "vendors"]
    full = checked(
        guarded(tmp_path / "b", [policy()], organisation={}, inventory={"tools": []}), {"ai": {"used": True}}
    )
    assert sorted(full.digests) == ["inventory", "organisation", "policies", "preset", "purchase", "vendors"]
    assert {role for role in bare.digests if bare.digests[role] != full.digests[role]} == {"purchase"}


def test_plain_data_of_a_report_is_what_its_json_says(tmp_path: Path) -> None:
    report: Report = checked(guarded(tmp_path, ALL), {})
    assert json.loads(json.dumps(report.to_dict())) == report.to_dict()


@pytest.mark.parametrize(
    ("words", "sentence"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_listed_as_in_a_sentence(words: list[str], sentence: str) -> None:
    assert listed(words) == sentence


def test_small_numbers_are_words() -> None:
    assert [number(count) for count in (0, 1, 12, 13)] == ["no", "one", "twelve", "13"]


def test_who_may_still_have_to_agree_is_said_beside_who_has_to(tmp_path: Path) -> None:
    """An open review turns no verdict once another one did not hold; yet keeping quiet must not look better."""
    open_one = policy("legal-reads", require="contract.early_exit", effect="review", role="legal", examples=EXITS)
    guard = guarded(tmp_path, [*ALL, open_one])
    report = checked(guard, {**but(review=False), "product": {"name": "Named", "scim": True}})
    assert (report.verdict, report.headline) == ("needs_review", "Yes, once IT agrees, and perhaps legal.")
    text = render_text(View(report, "purchase.yaml", {}))
    assert "Still open" in text
    settled = checked(
        guard, {**but(review=False), "product": {"name": "Named", "scim": True}, "contract": {"early_exit": True}}
    )
    assert settled.headline == "Yes, once IT agrees."


EXITS: list[Data] = [
    {"name": "yes", "given": {"contract": {"early_exit": True}}, "expect": "pass"},
    {"name": "no", "given": {"contract": {"early_exit": False}}, "expect": "fail"},
    {"name": "open", "given": {}, "expect": "unknown", "asks": ["contract.early_exit"]},
]
