from dataclasses import replace
from pathlib import Path

import pytest

from procureguard.guard.cache import LOCATION
from procureguard.guard.validate import validate_documents
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.document import Document
from written import OF_THEIR_OWN, Json, Told, definitions, folder, kind, policy, policy_document, told, tool


def problems_of(*documents: Json) -> list[Told]:
    problems = list[Diagnostic]()
    validate_documents(list(documents), problems)
    return told(problems)


def test_documents_of_every_kind_are_checked_together_and_for_themselves() -> None:
    documents = [
        kind("purchase", {"request": {"must": ["survey"]}}),
        kind("inventory", {"tools": [tool("a", capabilities={"form": "full"})]}),
        kind("vendor", {"id": "v"}),
        kind("vendor", {"id": "v"}),
        kind("organisation", {"organisation": {"it_limit": 1.23456}}),
        kind("polcy", {}),
        policy_document(policy(require="product.scimm")),
    ]
    assert sorted(problem[0] for problem in problems_of(*documents)) == [
        "PG220",
        "PG220",
        "PG221",
        "PG223",
        "PG225",
        "PG302",
    ]


def test_own_facts_are_checked_where_an_organisation_describes_them() -> None:
    bought = kind("purchase", {"ext": {"floor": "high"}})
    assert problems_of(bought) == []
    described = kind("organisation", {"ext": {"properties": {"floor": {"type": "number"}}}})
    assert [problem[0] for problem in problems_of(described, bought)] == ["PG203"]


def test_answers_are_checked_as_what_a_purchase_says() -> None:
    given = kind(
        "answers", {"request": {"must": ["survey"]}, "contract": {"amount": 1.23456}, "ext": {"floor": "high"}}
    )
    assert [problem[0] for problem in problems_of(given)] == ["PG220", "PG221"]
    described = kind("organisation", {"ext": {"properties": {"floor": {"type": "number"}}, "required": ["brand"]}})
    own = kind("answers", {"ext": {"floor": "high", "flor": 3}})
    assert [problem[:3] for problem in problems_of(described, own)] == [
        ("PG224", "`ext.floor` cannot have this value", "write a value of type decimal"),
        ("PG224", "there is no fact `ext.flor`", "did you mean `ext.floor`?"),
    ]
    assert problems_of(described, kind("answers", {"ext": {"floor": None}, "data": {"people": None}})) == []


def test_policies_that_were_not_fetched_hide_no_mistake_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LOCATION, "")
    monkeypatch.chdir(tmp_path)
    source = f"https://policies.example/a.tar.gz#sha256={'0' * 64}"
    documents = [kind("organisation", {"policies": source}), policy_document(policy()), kind("purchasee", {})]
    problems = list[Diagnostic]()
    with pytest.raises(InvalidInput, match="PG321"):
        validate_documents(documents, problems)
    assert [problem.name for problem in problems] == ["purchasee.yaml"]


OWN = kind("organisation", {"capabilities": [{"id": "tent-mapping", "title": "Tent mapping"}]})
NEEDS_OWN = [
    kind("purchase", {"request": {"capabilities": ["tent-mapping"]}}),
    kind("inventory", {"tools": [tool("a", capabilities={"tent-mapping": "full"})]}),
    kind("vendor", {"id": "v", "products": [{"id": "p", "capabilities": {"tent-mapping": "full"}}]}),
    kind("organisation", {"organisation": {"exclusive_capabilities": ["tent-mapping"]}}),
]


def test_own_capabilities_are_known_to_files_beside_their_organisation() -> None:
    assert [problem[:2] for problem in problems_of(*NEEDS_OWN)] == [
        ("PG220", "there is no capability `tent-mapping`")
    ] * len(NEEDS_OWN)
    stating = {**OWN.data, "organisation": {"exclusive_capabilities": ["tent-mapping"]}}  # type: ignore[dict-item] # a mapping
    assert problems_of(*NEEDS_OWN[:3], kind("organisation", stating)) == []
    problems = list[Diagnostic]()
    validate_documents(NEEDS_OWN[:3], problems, around=[OWN])
    assert problems == []


def test_own_capabilities_are_those_of_the_nearest_organisation() -> None:
    def at(name: str, document: Document) -> Document:
        return replace(document, source=replace(document.source, name=name))

    nothing = kind("organisation", {})
    tree = [
        at("organisation.yaml", OWN),
        at("purchases/a.yaml", NEEDS_OWN[0]),
        at("branch/organisation.yaml", nothing),
        at("branch/purchases/b.yaml", NEEDS_OWN[0]),
    ]
    for documents in (tree, tree[::-1]):
        problems = list[Diagnostic]()
        validate_documents(documents, problems)
        assert [problem.name for problem in problems] == ["branch/purchases/b.yaml"]


def test_what_is_wrong_with_own_capabilities_is_told_once_and_of_one_around_not_at_all() -> None:
    wrong = kind("organisation", {"capabilities": [{"id": "tent-mapping"}]})
    assert [problem[0] for problem in problems_of(wrong, NEEDS_OWN[0])] == ["PG228"]
    problems = list[Diagnostic]()
    validate_documents(NEEDS_OWN[:1], problems, around=[wrong])
    assert problems == []


def test_examples_of_policies_are_run_with_the_definitions_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    below = definitions({"name": "offers", "title": "it offers accounts", "is": "product.scim"})
    tested = policy_document(policy(require="offers"))
    assert problems_of(below, tested) == []
    wrong = policy(require="!offers")
    assert [problem[0] for problem in problems_of(below, policy_document(wrong))] == ["PG306", "PG306"]


def test_part_of_a_policy_set_is_checked_among_the_whole_from_within_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = [{**found, "given": {**found["given"], "ai": {"used": True}}} for found in policy()["examples"]]
    rule = policy(when="uses_ai", examples=examples)
    files = {**OF_THEIR_OWN, ".git/config": "", "policies/cost/accounts.yaml": rule}
    monkeypatch.chdir(folder(tmp_path, files) / "policies" / "cost")
    assert problems_of(policy_document(rule, ".")) == []


def test_a_policy_alone_is_checked_with_the_shipped_definitions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = policy(when="risk.light && request.users > 10")
    data["examples"] = [
        {"name": "a", "given": {"product": {"scim": True}}, "expect": "pass"},
        {"name": "b", "given": {"product": {"scim": False}, "request": {"users": 50}}, "expect": "fail"},
        {"name": "c", "given": {"request": {"users": 50}}, "expect": "unknown", "asks": ["product.scim"]},
    ]
    assert problems_of(policy_document(data)) == []


def test_what_is_wrong_elsewhere_does_not_keep_examples_from_being_run() -> None:
    examples = policy()["examples"]
    wrong = policy_document(policy("wrong", examples=[{**examples[0], "expect": "fail"}, *examples]), "somewhere")
    below = definitions({"name": "unsound", "title": "unsound", "is": "product.scimm"})
    on_it = policy_document(policy("on-it", require="unsound && product.scim"), "somewhere")
    found = problems_of(below, wrong, on_it, policy_document(policy("other", require="nope"), "somewhere"))
    assert sorted(problem[0] for problem in found) == ["PG302", "PG302", "PG306"]
