import json
from pathlib import Path
from typing import Any

import pytest

from procureguard.analysis.changes import ChangedPart, PolicyChanges, compare
from procureguard.analysis.sayings import PACK_KEYS, Change
from procureguard.policy.written import WrittenPolicies
from procureguard.source.document import Document
from written import Data, Json, definitions, kind, loaded, policy, policy_document

SCHEMAS = Path(__file__).parents[2] / "schemas"
PACK: Data = {"id": "accounts", "title": "Accounts", "domain": "security", "release": "2026.11"}
PARAMS: Data = {"days": {"type": "int", "value": 30, "about": "longest notice"}}
WHOLE = policy(
    when="request.users > 5",
    params=PARAMS,
    effective_from="2026-01-01",
    effective_to="2027-01-01",
    evidence="contract",
    due="before_signature",
    waivable=True,
    max_days=90,
    root="tie-in",
    ask="Do you offer SCIM?",
    references=["MVSP 2.1"],
    examples=[*policy()["examples"], {"name": "few", "given": {"request": {"users": 2}}, "expect": "not_applicable"}],
)
OTHERWISE: dict[str, Any] = {
    "title": "Accounts come and go by themselves",
    "effect": "review",
    "role": "security",
    "when": "request.users > 6",
    "require": "product.sso_on_plan",
    "params": {"days": {**PARAMS["days"], "about": "notice we live with"}},
    "effective_from": "2026-02-01",
    "effective_to": None,
    "evidence": "report",
    "due": "before_data",
    "waivable": False,
    "max_days": 60,
    "root": None,
    "message": "Somebody types.",
    "why": "Fingers slip.",
    "remedy": "Ask for accounts.",
    "never_suggest": ["product.plan"],
    "ask": None,
    "references": ["MVSP 2.2"],
    "examples": policy()["examples"],
}
SAYS_NOTHING = {"kind", "version", "id"}
"""Keys that every policy has, or that name it."""


def policy_set(*documents: Document) -> WrittenPolicies:
    found, problems = loaded(list(documents))
    assert problems == []
    return found


def written(**stated: Json) -> WrittenPolicies:
    return policy_set(policy_document(policy(**stated)))


def only(found: PolicyChanges) -> tuple[str, tuple[Change, ...]]:
    [changed] = found.policies
    assert (found.definitions, found.packs, found.roots, found.form) == ((), (), (), ())
    return changed.kind, changed.changes


def properties(name: str, part: str | None = None) -> set[str]:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    return set((schema["$defs"][part] if part else schema)["properties"])


def test_no_key_of_a_policy_can_change_unseen() -> None:
    assert OTHERWISE.keys() == properties("policy") - SAYS_NOTHING


@pytest.mark.parametrize("key", OTHERWISE)
def test_each_key_of_a_policy_is_told_and_nothing_else(key: str) -> None:
    changed = {name: value for name, value in {**WHOLE, key: OTHERWISE[key]}.items() if value is not None}
    found = compare(policy_set(policy_document(WHOLE)), policy_set(policy_document(changed)))
    _, [change] = only(found)
    assert change.aspect == key
    assert change.before != change.after


def test_no_key_of_a_pack_can_change_unseen() -> None:
    assert set(PACK_KEYS) == properties("pack") - SAYS_NOTHING


def test_a_stronger_effect_is_stricter_and_a_weaker_one_milder() -> None:
    assert only(compare(written(), written(effect="deny")))[0] == "stricter"
    assert only(compare(written(), written(effect="advise")))[0] == "milder"
    assert only(compare(written(), written(evidence="contract")))[0] == "different"
    assert only(compare(written(), written(why="Fingers slip.")))[0] == "reworded"


def test_a_policy_in_another_pack_decides_differently_for_organisations_choose_packs() -> None:
    names = ("accounts", "money")
    packs = [policy_document({"kind": "pack", "version": 1, **PACK, "id": name}, name) for name in names]
    before, after = (policy_set(*packs, policy_document(policy(), name)) for name in names)
    changed, [change] = only(compare(before, after))
    assert (changed, change) == ("different", Change("pack", None, None, ("accounts",), ("money",)))


def test_expressions_are_told_as_they_read() -> None:
    kinds, [change] = only(compare(written(), written(require={"all": ["product.scim", "request.users > 3"]})))
    assert kinds == "different"
    assert change.before == ("automatic account removal (SCIM)",)
    assert change.after == (*change.before, "number of people with a login is more than 3")


def test_what_is_written_otherwise_but_means_the_same_is_no_change() -> None:
    assert not compare(
        written(require="product.scim && ai.used"), written(require={"all": ["product.scim", "(ai.used)"]})
    )


def test_expressions_that_read_alike_are_told_as_they_are_written() -> None:
    before, after = "ai.used && (ai.used && product.scim)", "(ai.used && ai.used) && product.scim"
    _, [change] = only(compare(written(require=before), written(require=after)))
    assert (change.before, change.after) == ((before,), (after,))


def test_a_parameter_is_told_with_what_it_is_about_and_not_again_in_the_expression() -> None:
    rule = {"require": "contract.notice_days <= params.days", "examples": EXAMPLES}
    other = {**rule, "params": {"days": {**PARAMS["days"], "value": 60}}}
    _, found = only(compare(written(params=PARAMS, **rule), written(**other)))
    assert found == (Change("params", "days", "longest notice", ("30",), ("60",)),)


EXAMPLES = [
    {"name": "short", "given": {"contract": {"notice_days": 10}}, "expect": "pass"},
    {"name": "long", "given": {"contract": {"notice_days": 100}}, "expect": "fail"},
    {"name": "open", "given": {}, "expect": "unknown", "asks": ["contract.notice_days"]},
]


def test_examples_are_counted_and_those_of_another_kind_too() -> None:
    first, second, third = policy()["examples"]
    _, [change] = only(compare(written(), written(examples=[first, {**second, "name": "never"}, third, EXAMPLES[2]])))
    assert (change.before, change.after) == (("3",), ("4, 2 of them new or changed",))


def test_a_policy_that_only_goes_by_another_id_is_renamed() -> None:
    found = compare(written(identity="old"), written(identity="fresh"))
    [changed] = found.policies
    assert (changed.kind, changed.policy.identity, changed.former, changed.changes) == ("renamed", "fresh", "old", ())
    assert found.renamed == {"old": "fresh"}
    found = compare(written(identity="old"), written(identity="fresh", why="Fingers slip."))
    assert [(changed.kind, changed.policy.identity) for changed in found.policies] == [
        ("new", "fresh"),
        ("gone", "old"),
    ]


def test_a_definition_is_told_with_all_that_rests_on_it() -> None:
    def of(users: int) -> WrittenPolicies:
        entries = (
            {"name": "many", "title": "many log in", "is": f"request.users > {users}"},
            {"name": "risky", "title": "it is risky", "is": "many && ai.used"},
        )
        direct, through = policy("direct", when="many"), policy("through", require="risky || product.scim")
        free = policy("free")
        return policy_set(definitions(*entries), *map(policy_document, (direct, through, free)))

    found = compare(of(5), of(6))
    [part] = found.definitions
    assert (part.kind, part.identity, part.title, part.policies) == (
        "different",
        "many",
        "many log in",
        ("direct", "through"),
    )
    assert [change.aspect for change in part.changes] == ["is"]
    assert found.policies == ()


def test_packs_and_roots_are_told_beside_policies() -> None:
    def of(release: str, roots: Data) -> WrittenPolicies:
        pack = kind("pack", {**PACK, "release": release})
        return policy_set(pack, definitions(roots=roots), policy_document(policy(), "."))

    found = compare(of("2026.11", {"a": "One", "b": "Two"}), of("2026.12", {"a": "Other", "c": "Three"}))
    assert found.packs[0].changes == (Change("release", None, None, ("2026.11",), ("2026.12",)),)
    assert [(part.kind, part.identity, part.title) for part in found.roots] == [
        ("different", "a", "Other"),
        ("gone", "b", "Two"),
        ("new", "c", "Three"),
    ]


def test_what_tells_most_comes_first_within_a_pack() -> None:
    before = [policy("a"), policy("b"), policy("c"), policy("d"), policy("e", why="Hands slip.")]
    after = [
        policy("a", why="Fingers slip."),
        policy("b", effect="advise"),
        policy("c", effect="deny"),
        policy("d", role="legal", evidence="report"),
        policy("f", title="Accounts are made by machines"),
    ]
    found = compare(policy_set(*map(policy_document, before)), policy_set(*map(policy_document, after)))
    told = [(changed.kind, changed.policy.identity) for changed in found.policies]
    assert told == [
        ("stricter", "c"),
        ("new", "f"),
        ("different", "d"),
        ("milder", "b"),
        ("gone", "e"),
        ("reworded", "a"),
    ]


WHO: Data = {
    "ask": "Who signs in?",
    "facts": ["request.users", "request.external_users"],
    "asked_if": {"request.users": "ai.used"},
}
WHAT: Data = {"ask": "What is it?", "facts": ["product.name"]}
COST: Data = {"ask": "What does it cost?", "facts": ["contract.amount", "contract.currency"]}
ASKED_OTHERWISE: dict[str, Any] = {
    "ask": "Who has a login?",
    "facts": ["request.external_users", "request.users"],
    "asked_if": {"request.users": "product.scim"},
}


def form(*questions: Data, quick: int = 1) -> WrittenPolicies:
    return policy_set(policy_document(policy()), kind("form", {"quick": quick, "questions": list(questions)}))


def form_changes(before: WrittenPolicies, after: WrittenPolicies) -> list[ChangedPart]:
    found = compare(before, after)
    assert (found.policies, found.definitions, found.packs, found.roots) == ((), (), (), ())
    return list(found.form)


DEFINED: Data = {"name": "small", "title": "it is small", "is": "request.users < 5", "about": "Logins."}
DEFINED_OTHERWISE: dict[str, Any] = {
    "title": "it is very small",
    "is": "request.users < 4",
    "type": "int",
    "never_suggest": ["contract.seats"],
    "about": "People.",
}


def test_no_key_of_a_definition_can_change_unseen() -> None:
    assert DEFINED_OTHERWISE.keys() == properties("definitions", "Definition") - {"name"}


@pytest.mark.parametrize("key", DEFINED_OTHERWISE)
def test_each_key_of_a_definition_is_told_and_nothing_else(key: str) -> None:
    changed = {**DEFINED, **({"is": "request.users"} if key == "type" else {}), key: DEFINED_OTHERWISE[key]}
    before, after = (policy_set(definitions(each), policy_document(policy())) for each in (DEFINED, changed))
    [part] = compare(before, after).definitions
    assert {change.aspect for change in part.changes} == {key, *(["is"] if key == "type" else [])}
    assert all(change.before != change.after for change in part.changes)


def test_no_key_of_the_form_can_change_unseen() -> None:
    assert properties("form") - SAYS_NOTHING == {"quick", "questions"}
    assert properties("form", "FormQuestion") == ASKED_OTHERWISE.keys()


@pytest.mark.parametrize("key", ASKED_OTHERWISE)
def test_each_key_of_a_question_is_told_and_nothing_else(key: str) -> None:
    [part] = form_changes(form(WHAT, WHO), form(WHAT, {**WHO, key: ASKED_OTHERWISE[key]}))
    [change] = part.changes
    assert (part.kind, part.identity) == ("different", "question 2")
    assert change.aspect == ("question" if key == "ask" else key)
    assert change.before != change.after


def test_the_form_is_told_by_its_quick_questions_and_their_order() -> None:
    [part] = form_changes(form(WHAT, WHO), form(WHAT, WHO, quick=2))
    assert part == ChangedPart("different", "form", "form", (), (Change("quick", None, None, ("1",), ("2",)),))
    [part] = form_changes(form(WHAT, WHO, COST), form(WHO, {**WHAT, "ask": WHAT["ask"]}, COST))
    first, second, third = (found["ask"] for found in (WHAT, WHO, COST))
    assert part.changes == (Change("questions", None, None, (first, second, third), (second, first, third)),)


def test_a_condition_is_told_as_it_reads_with_the_fact_that_is_asked() -> None:
    [part] = form_changes(form(WHO), form({**WHO, "asked_if": {}}))
    assert part.changes == (Change("asked_if", "request.users", None, ("use of artificial intelligence",), ()),)


def test_questions_come_and_go_and_the_others_stay_who_they_are() -> None:
    found = form_changes(form(WHAT, WHO), form(COST, WHO))
    assert [(part.kind, part.identity, part.title) for part in found] == [
        ("new", "question 1", "What does it cost?"),
        ("gone", "former question 1", "What is it?"),
    ]


def test_a_question_that_is_split_is_the_one_in_the_same_words() -> None:
    amount, currency = ({**COST, "ask": "How much?", "facts": [COST["facts"][0]]}, {**COST, "facts": COST["facts"][1:]})
    found = form_changes(form(COST), form(amount, currency))
    assert [(part.kind, part.identity) for part in found] == [("new", "question 1"), ("different", "question 2")]


def test_a_form_is_new_or_gone_with_its_questions() -> None:
    without = policy_set(policy_document(policy()))
    for before, after, told in ((without, form(WHO), "new"), (form(WHO), without, "gone")):
        assert [part.kind for part in form_changes(before, after)] == [told, told]
