from pathlib import Path

import pytest

from procureguard.guard.validate import validate_documents
from procureguard.source.diagnostic import Diagnostic
from written import Json, Told, definitions, kind, policy, policy_document, told, tool


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


def test_examples_of_policies_are_run_with_the_definitions_at_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    below = definitions({"name": "offers", "title": "it offers accounts", "is": "product.scim"})
    tested = policy_document(policy(require="offers"))
    assert problems_of(below, tested) == []
    wrong = policy(require="!offers")
    assert [problem[0] for problem in problems_of(below, policy_document(wrong))] == ["PG306", "PG306"]


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
