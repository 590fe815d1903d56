"""Each rule of the table, on the smallest policy it speaks about and on one it is silent about."""

from datetime import date
from typing import Any

import pytest

from procureguard.policy.lint import RULES, lint
from procureguard.source.codes import CODES
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from written import DAY, Data, Json, definitions, kind, loaded, policy, policy_document, told, written

SILENCE = "PG417"
"""It needs to evaluate, and has its own place and its own tests with law 10."""

NOT_APPLICABLE: Data = {"name": "no AI", "given": {"ai": {"used": False}}, "expect": "not_applicable"}


def good(identity: str = "tested", **stated: Json) -> Data:
    return policy(identity, **{"remedy": "Ask for accounts.", **stated})


def pack(**stated: Json) -> Document:
    whole = {
        "id": "accounts",
        "title": "Accounts",
        "domain": "security",
        "release": "2026.11",
        "agreed_by": ["marketing", "it"],
        "review_by": "2027-04-30",
        **stated,
    }
    return kind("pack", {name: value for name, value in whole.items() if value is not None})


def linted(*documents: Document | Data, as_of: date = DAY) -> list[Diagnostic]:
    read = [entry if isinstance(entry, Document) else policy_document(entry) for entry in documents]
    policies, problems = loaded(read)
    assert problems == []
    return lint(policies, as_of)


def said(*documents: Document | Data, as_of: date = DAY) -> list[tuple[str, str, str | None]]:
    return [(code, message, hint) for code, message, hint, _ in told(linted(*documents, as_of=as_of))]


def marked(found: Diagnostic) -> str:
    assert found.source is not None
    assert found.span is not None
    return found.source.text[found.span.start : found.span.end]


def test_a_good_policy_gets_no_remark() -> None:
    assert linted(good()) == []


def test_every_rule_names_its_code_and_every_code_has_a_rule() -> None:
    codes = {str(rule.__doc__).partition(":")[0] for rule in RULES}
    assert codes == {code for code in CODES if code.startswith("PG4")} - {SILENCE}
    assert len(codes) == len(RULES)


def test_everything_found_is_a_warning() -> None:
    found = linted(good(why="It failed.", root="nowhere", params={"x": {"type": "int", "value": 1, "about": "what"}}))
    assert {warning.severity for warning in found} == {"warning"}
    assert len(found) == 3


@pytest.mark.parametrize("field", ["message", "why", "remedy", "ask"])
def test_a_sentence_of_26_words_is_marked_alone_and_one_of_25_is_fine(field: str) -> None:
    short, long = " ".join(["go"] * 25) + ".", " ".join(["so"] * 26) + "."
    (found,) = [each for each in linted(good(**{field: f"{short} {long}"})) if each.code == "PG401"]
    assert found.message == "this sentence has 26 words"
    assert found.hint == "say one thing, in 25 words at most"
    assert marked(found) == long
    assert linted(good(**{field: short})) == []


@pytest.mark.parametrize("field", ["title", "message", "why", "remedy", "ask"])
def test_every_text_is_read_for_itself_and_brackets_are_for_those_who_need_them(field: str) -> None:
    hard = "Administrative authorisation necessitates comprehensive organisational documentation."
    (found,) = linted(good(**{field: hard}))
    assert found.code == "PG402"
    assert found.message.endswith("years of school")
    assert marked(found) == hard
    assert linted(good(**{field: f"It is so ({hard.removesuffix('.')})."})) == []


def test_an_id_of_several_words_says_nothing_to_a_reader_and_one_of_a_single_word_is_a_word() -> None:
    others = [good("exit-plan", require="product.api_on_plan"), good("encryption", require="product.connector")]
    (found,) = linted(good(why="See exit-plan, encryption, or my-exit-plan-b, with us and with all of them."), *others)
    assert (found.code, found.message) == (
        "PG403",
        "`exit-plan` is the id of a policy, which means nothing to the reader",
    )
    assert marked(found) == "exit-plan"


@pytest.mark.parametrize(
    ("text", "unexplained"),
    [
        ("Send the DPA.", ["DPA"]),
        ("Send the DPA, then sign the DPA.", ["DPA"]),
        ("Send the agreement (DPA), then sign the DPA.", []),
        ("Send the DPA (data agreement).", []),
        ("Pay {contract.currency} to IT in the EU for AI.", []),
        ("Use SSO or MFA.", ["SSO", "MFA"]),
        ("Keep the PDFs.", ["PDFs"]),
        ("Ask LinkedIn for a plan B.", []),
    ],
)
def test_an_abbreviation_is_explained_by_brackets_or_by_being_known_to_all(text: str, unexplained: list[str]) -> None:
    found = linted(good(remedy=text))
    assert [(each.code, marked(each)) for each in found] == [("PG404", word) for word in unexplained]
    assert [marked(each) for each in linted(good(ask=text))] == unexplained


@pytest.mark.parametrize("word", ["violation", "Non-compliant", "noncompliance", "failed", "blocked", "stakeholders"])
def test_words_that_accuse_are_named_where_they_stand(word: str) -> None:
    (found,) = linted(good(why=f"This is {word} here."))
    assert (found.code, found.message, marked(found)) == ("PG405", f"`{word}` sounds like blame or jargon", word)
    assert linted(good(why="A block of flats failing nobody.")) == []


def test_a_pack_is_due_the_day_after_its_review() -> None:
    assert said(good(), pack(), as_of=date(2027, 4, 30)) == []
    message = "the pack `accounts` was to be looked at again by 2027-04-30"
    expected = ("PG406", message, "read its policies, then write a new day")
    assert said(good(), pack(), as_of=date(2027, 5, 1)) == [expected]


def test_a_pack_without_a_day_of_review_is_due_too() -> None:
    message = "nobody has said when the pack `accounts` is looked at again"
    assert said(good(), pack(review_by=None)) == [("PG406", message, "add a line `review_by` with a day")]


@pytest.mark.parametrize(
    ("agreed", "missing"),
    [(["marketing"], "it"), (["it"], "marketing"), (None, "it and marketing"), ([], "it and marketing")],
)
def test_a_pack_needs_both_sides(agreed: list[str] | None, missing: str) -> None:
    message = f"the pack `accounts` is not agreed by {missing}"
    hint = "write `agreed_by: [marketing, it]` once both have"
    assert said(good(), pack(agreed_by=agreed)) == [("PG407", message, hint)]


@pytest.mark.parametrize("domain", ["security", "privacy", "integration", "cost"])
def test_only_rules_about_ones_own_money_need_no_standard(domain: str) -> None:
    manifest = written(pack(domain=domain).source.text, "accounts/pack.yaml")
    found = said(policy_document(good(), "accounts"), manifest)
    hint = "list them under `references`"
    message = "the policy `tested` names no standard or law it comes from"
    assert found == ([] if domain == "cost" else [("PG408", message, hint)])
    assert said(policy_document(good(references=["MVSP 2.1"]), "accounts"), manifest) == []


def entry(name: str, expression: str) -> Data:
    return {"name": name, "title": f"about {name}", "is": expression}


def test_a_definition_is_used_directly_through_another_one_or_as_a_risk_tier() -> None:
    shared = definitions(
        entry("direct", "part && product.scim"),
        entry("part", "product.scim"),
        entry("risk.light", "below"),
        entry("below", "ai.used"),
        entry("lonely", "own_part"),
        entry("own_part", "ai.used"),
    )
    found = linted(good(require="direct"), shared)
    assert [each.code for each in found] == ["PG409", "PG409"]
    assert [marked(each) for each in found] == ['"lonely"', '"own_part"']


def test_root_causes_are_used_and_declared() -> None:
    shared = definitions(entry("one", "product.scim"), roots={"island": "Alone", "tie-in": "Hard to leave"})
    found = linted(good(require="one", root="ilsand"), good("other", require="one && ai.used", root="island"), shared)
    assert told(found) == [
        ("PG410", "no policy names the root cause `tie-in`", "name it, or remove it", told(found)[0][3]),
        ("PG411", "there is no root cause `ilsand`", "did you mean `island`?", told(found)[1][3]),
    ]
    assert [marked(each) for each in found] == ['"tie-in"', '"ilsand"']
    (alone,) = said(good(root="x"))
    assert alone[2] == "declare it under `roots` in a file of kind `definitions`"


@pytest.mark.parametrize(
    "using",
    [
        {"require": "contract.notice_days <= params.days"},
        {"message": "It takes {params.days} days."},
        {"ask": "{params.days}?"},
    ],
)
def test_a_parameter_is_used_by_an_expression_or_by_a_sentence(using: dict[str, Any]) -> None:
    params = {"days": {"type": "int", "value": 5, "about": "time"}}
    assert linted(good(params=params, **using)) == []
    (found,) = linted(good(params=params))
    assert told([found])[0][:3] == (
        "PG412",
        "the policy does not use its parameter `days`",
        "name it as `params.days`, or remove it",
    )


def test_a_mark_that_changes_nothing_is_found_in_policies_and_in_definitions() -> None:
    far = "`contract.seats` is not read here, so that changing it could not help anyway"
    fixed = "nobody can change `request.users`, so that it is not suggested anyway"
    computed = "nobody can change `cost.per_seat`, so that it is not suggested anyway"
    entry = good(require="product.scim && request.users < 9", never_suggest=["contract.seats", "request.users"])
    assert [message for _, message, _ in said(policy_document(entry))] == [far, fixed]
    marks = ["contract.seats", "cost.per_seat"]
    dear = {"name": "dear", "title": "it is dear", "is": "cost.per_seat > 900.0", "never_suggest": marks}
    sound = good(when="dear", never_suggest=["contract.seats"])
    sound["examples"] = [
        *sound["examples"],
        {"name": "c", "given": {"cost": {"per_seat": 1}}, "expect": "not_applicable"},
    ]
    (found,) = linted(definitions(dear), policy_document(sound))
    assert (found.code, found.message, marked(found)) == ("PG419", computed, '"cost.per_seat"')


def test_a_policy_with_a_when_shows_whom_it_leaves_alone() -> None:
    limited = good(when="ai.used")
    message = "no example shows when `tested` does not apply"
    assert said(limited) == [("PG413", message, "add one with `expect: not_applicable`")]
    assert linted({**limited, "examples": [*limited["examples"], NOT_APPLICABLE]}) == []


def test_two_policies_that_ask_the_same_however_it_is_spelled_are_named_once() -> None:
    twin = good("twin", require={"all": ["(product.scim)"]})
    assert said(good(), twin) == [
        ("PG414", "the policy `twin` asks the same as `tested`", "keep one, or say how they differ")
    ]


@pytest.mark.parametrize(
    "difference",
    [
        {"require": "!product.scim"},
        {"effective_from": "2026-12-02"},
        {"effective_to": "2026-12-02"},
    ],
)
def test_policies_that_differ_in_meaning_or_time_are_no_twins(difference: dict[str, Any]) -> None:
    assert linted(good(), good("other", **difference)) == []


def test_the_same_words_with_another_parameter_are_another_policy() -> None:
    def limit(identity: str, days: int) -> Data:
        params = {"days": {"type": "int", "value": days, "about": "time"}}
        return good(identity, require="contract.notice_days <= params.days", params=params)

    assert linted(limit("one", 30), limit("two", 60)) == []
    assert [found.code for found in linted(limit("one", 30), limit("two", 30))] == ["PG414"]


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"require": True}, "`require` is true whatever is known of a purchase"),
        ({"require": "product.scim || 1 < 2"}, "`require` is true whatever is known of a purchase"),
        ({"require": "never"}, "`require` is false whatever is known of a purchase"),
        ({"when": "never && ai.used"}, "`when` is false whatever is known of a purchase"),
    ],
)
def test_an_expression_that_no_fact_can_change_decides_nothing(stated: dict[str, Any], message: str) -> None:
    data = good(**stated)
    data["examples"] = [*data["examples"], NOT_APPLICABLE]
    found = said(data, definitions(entry("never", "1 > 2")))
    assert [each for each in found if each[0] == "PG415"] == [("PG415", message, "name the facts that decide it")]


def test_sentences_are_marked_inside_folded_yaml() -> None:
    text = policy_document(good()).source.text.replace('"why": "Hands forget."', '"why": "Two\\u0020hands failed."')
    (found,) = linted(written(text, "policies/tested.yaml"))
    assert marked(found) == "failed"


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Ask for 30 days.", ["30"]),
        ("Ask for {params.days} days.", []),
        ("Ask for 300 days, or 30.5, at 10:30.", []),
        ("Ask for 30, then 30.", ["30", "30"]),
    ],
)
def test_a_number_that_is_a_parameter_is_written_as_one(text: str, marks: list[str]) -> None:
    days = {"days": {"type": "int", "value": 30, "about": "how long"}}
    entry = good(require="contract.notice_days <= params.days", params=days, remedy=text)
    found = [each for each in linted(entry) if each.code == "PG418"]
    assert [marked(each) for each in found] == marks
    assert {each.hint for each in found} <= {"write `{params.days}`"}
    (titled,) = [each for each in linted(good(**{**entry, "title": "Gone in 30 days"})) if each.code == "PG418"][:1]
    assert titled.hint == "say it without the number"
