"""Documents written down in tests: plain data becomes a file's text, and that what procureguard reads from it."""

import json
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from procureguard import Guard, Report
from procureguard.facts.derived import shipped_schema
from procureguard.facts.extension import extension_types
from procureguard.facts.gather import Facts, gather
from procureguard.facts.schema import FactSchema, to_value
from procureguard.policy.load import load_policies
from procureguard.policy.written import WrittenPolicies
from procureguard.purchase import Purchase, load_purchase
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.read import read_document
from procureguard.stack.card_payments import load_card_payments
from procureguard.stack.check_vendors import Manifested, collect_vendors
from procureguard.stack.decisions import load_decisions
from procureguard.stack.inventory import load_inventory
from procureguard.stack.organisation import load_organisation
from procureguard.stack.own_capabilities import taxonomy_of
from procureguard.stack.requests import load_request
from procureguard.stack.stack import Stack
from procureguard.stack.vendors import Catalogue, load_vendor

Json: TypeAlias = Any
"""Anything that JSON can hold."""

Kleene: TypeAlias = bool | None

Data = dict[str, Any]
DAY = date(2026, 11, 21)

Told = tuple[str, str, str | None, tuple[int, int] | None]
"""A diagnostic as tests name it: code, message, hint, line and column."""


def told(problems: list[Diagnostic] | tuple[Diagnostic, ...]) -> list[Told]:
    return [(problem.code, problem.message, problem.hint, place(problem)) for problem in problems]


def place(problem: Diagnostic) -> tuple[int, int] | None:
    position = problem.position
    return None if position is None else (position.line, position.column)


def written(text: str, name: str = "file.yaml") -> Document:
    problems = list[Diagnostic]()
    document = read_document(name, text.encode(), problems)
    assert document is not None, problems
    return document


def kind(name: str, data: Data) -> Document:
    return written(json.dumps({"kind": name, "version": 1, **data}), f"{name}.yaml")


def purchase(data: Data) -> Purchase:
    problems = list[Diagnostic]()
    found = load_purchase(kind("purchase", data), problems)
    assert found is not None, problems
    return found


def manifested(data: Data) -> Manifested:
    problems = list[Diagnostic]()
    document = kind("vendor", data)
    found = load_vendor(document, problems)
    assert found is not None, problems
    assert problems == []
    return Manifested(found, document)


def catalogue(*vendors: Data) -> Catalogue:
    problems = list[Diagnostic]()
    found = collect_vendors([manifested(data) for data in vendors], problems)
    assert problems == []
    return found


def stack(
    organisation: Data | None = None,
    inventory: Data | None = None,
    vendors: list[Data] | None = None,
    requests: list[Data] | None = None,
    decisions: list[Data] | None = None,
    payments: list[Data] | None = None,
) -> Stack:
    problems = list[Diagnostic]()
    owner = load_organisation(None if organisation is None else kind("organisation", organisation), problems)
    owned = None if inventory is None else load_inventory(kind("inventory", inventory), problems)
    asked = None if requests is None else [load_request(kind("purchase", data), problems) for data in requests]
    assert owner is not None, problems
    log = None if decisions is None else load_decisions(kind("decisions", {"decisions": decisions}), value_of)
    paid = None if payments is None else load_card_payments(kind("card-payments", {"payments": payments}))
    known = catalogue(*(vendors or ()))
    open_requests = None if asked is None else [request for request in asked if request is not None]
    taxonomy = taxonomy_of(owner, problems)
    assert not [problem for problem in problems if problem.severity == "error"], problems
    return Stack(known, owned, owner, taxonomy, open_requests, log, paid and paid.known_to(known))


def value_of(path: str, data: Json) -> Json:
    return to_value(shipped_schema()[path], data)


def facts(data: Data, around: Stack | None = None, as_of: date = DAY) -> Facts:
    around = around or stack()
    return gather(purchase(data), around, schema_of(around), as_of)


def schema_of(around: Stack) -> FactSchema:
    return shipped_schema().with_types(extension_types(around.organisation, []))


def tool(identity: str, **stated: Json) -> Data:
    return {"id": identity, "status": "active", "capabilities": {}, **stated}


def policy(identity: str = "tested", **stated: Json) -> Data:
    """A policy on one fact with its examples; what is stated replaces or adds to it, None removes."""
    whole = {
        "id": identity,
        "title": "The tool opens accounts itself",
        "effect": "condition",
        "role": "it",
        "require": "product.scim",
        "message": "Accounts are made by hand.",
        "why": "Hands forget.",
        "remedy": "Ask for SCIM.",
        "examples": [
            {"name": "it does", "given": {"product": {"scim": True}}, "expect": "pass"},
            {"name": "it does not", "given": {"product": {"scim": False}}, "expect": "fail"},
            {"name": "nobody knows", "given": {}, "expect": "unknown", "asks": ["product.scim"]},
        ],
        **stated,
    }
    return {name: value for name, value in whole.items() if value is not None}


def rule(identity: str, fact: str, good: Json, bad: Json, **stated: Json) -> Data:
    """A policy that wants a fact to have the good value; what is stated replaces or adds to it."""
    section, name = fact.split(".")
    wanted = {True: fact, False: f"!{fact}"}[good] if isinstance(good, bool) else f"{fact} == {json.dumps(good)}"
    found = {"pass": good, "fail": bad}
    examples = [{"name": out, "given": {section: {name: value}}, "expect": out} for out, value in found.items()]
    unknown = {"name": "nobody knows", "given": {}, "expect": "unknown", "asks": [fact]}
    told = {"title": f"{identity} holds", "message": f"{identity} does not hold.", "require": wanted}
    return policy(identity, **{**told, "examples": [*examples, unknown], **stated})


def policy_document(data: Data, folder: str = "policies") -> Document:
    return written(json.dumps(data), f"{folder}/{data['id']}.yaml")


def definitions(*entries: Data, **more: Json) -> Document:
    return kind("definitions", {"definitions": list(entries), **more})


def loaded(documents: list[Document], organisation: Data | None = None) -> tuple[WrittenPolicies, list[Diagnostic]]:
    problems = list[Diagnostic]()
    around = stack(organisation)
    return load_policies(documents, schema_of(around), around.organisation, problems), problems


OF_THEIR_OWN: dict[str, Data] = {
    "policies/definitions.yaml": {
        "kind": "definitions",
        "version": 1,
        "definitions": [{"name": "uses_ai", "title": "AI is used", "is": "ai.used"}],
    }
}
"""A file that makes the policies in a folder a set of their own, without the shipped ones."""


def folder(path: Path, files: dict[str, Any]) -> Path:
    """A folder with files by name, text as it stands and data as JSON, which is YAML too."""
    for name, content in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def guarded(path: Path, policies: list[Data], **around: Json) -> Guard:
    """A guard over files in a folder: policies by their ids, and what stands around them."""
    files: dict[str, Any] = {f"policies/{data['id']}.yaml": data for data in policies}
    for name in ("organisation", "inventory"):
        if name in around:
            files[f"{name}.yaml"] = {"kind": name, "version": 1, **around[name]}
    if "definitions" in around:
        files["policies/definitions.yaml"] = {"kind": "definitions", "version": 1, **around["definitions"]}
    for data in around.get("vendors", ()):
        files[f"vendors/{data['id']}.yaml"] = {"kind": "vendor", "version": 1, **data}
    for name in ("decisions", "card-payments"):
        if name in around:
            files[f"{name}.yaml"] = {"kind": name, "version": 1, **around[name]}
    folder(path, files)
    return Guard.load(
        path / "policies",
        path / "inventory.yaml" if "inventory" in around else None,
        path / "organisation.yaml" if "organisation" in around else None,
        sorted((path / "vendors").glob("*.yaml")),
        decisions=path / "decisions.yaml" if "decisions" in around else None,
        card_payments=path / "card-payments.yaml" if "card-payments" in around else None,
    )


def checked(guard: Guard, data: Data, as_of: date = DAY) -> Report:
    return guard.check({"kind": "purchase", "version": 1, **data}, as_of)
