"""Validation: whether files are well formed, each for itself and policies together."""

from collections.abc import Mapping
from pathlib import Path, PurePath

from procureguard.capabilities import shipped_taxonomy
from procureguard.compile import compile_policies
from procureguard.examples import check_examples
from procureguard.facts import FactSchema, check_extension, check_values, extension_types, shipped_schema
from procureguard.guard.files import policies_in, read_file
from procureguard.policy import load_policies
from procureguard.purchase import load_purchase
from procureguard.source import Diagnostic, Document, check_stated_kind, kind_of, shipped
from procureguard.stack import (
    Organisation,
    Stack,
    collect_vendors,
    load_inventory,
    load_organisation,
    load_vendor,
)

POLICY_KINDS = frozenset({"policy", "definitions", "pack"})


def validate_documents(documents: list[Document], problems: list[Diagnostic]) -> None:
    """Checks documents of any kind; everything wrong with any of them is added to the problems."""
    by_kind: dict[str | None, list[Document]] = {}
    for document in documents:
        by_kind.setdefault(kind_of(document), []).append(document)
    organisation = _organisation(by_kind.pop("organisation", []), problems)
    schema = shipped_schema().with_types(extension_types(organisation, problems))
    _validate_vendors(by_kind.pop("vendor", []), schema, problems)
    for document in by_kind.pop("purchase", []):
        _validate_purchase(document, organisation, schema, problems)
    for document in by_kind.pop("inventory", []):
        inventory = load_inventory(document, problems)
        if inventory is not None:
            check_values(document, inventory.blocks(), schema, shipped_taxonomy(), problems)
    _validate_policies([document for kind in POLICY_KINDS for document in by_kind.pop(kind, [])], schema, problems)
    for rest in by_kind.values():
        for document in rest:
            check_stated_kind(document, problems)


def _organisation(documents: list[Document], problems: list[Diagnostic]) -> Organisation:
    """The last organisation that is valid: own facts of the other files are checked against it."""
    shipped_one = load_organisation(None, problems)
    assert shipped_one is not None
    found = shipped_one
    for document in documents:
        organisation = load_organisation(document, problems)
        if organisation is not None:
            check_values(document, organisation.blocks(), shipped_schema(), shipped_taxonomy(), problems)
            found = organisation
    return found


def _validate_vendors(documents: list[Document], schema: FactSchema, problems: list[Diagnostic]) -> None:
    loaded = [load_vendor(document, problems) for document in documents]
    manifests = [manifest for manifest in loaded if manifest is not None]
    collect_vendors(manifests, problems)
    for manifest in manifests:
        check_values(manifest.document, manifest.all_blocks(), schema, shipped_taxonomy(), problems)


def _validate_purchase(
    document: Document, organisation: Organisation, schema: FactSchema, problems: list[Diagnostic]
) -> None:
    purchase = load_purchase(document, problems)
    if purchase is None:
        return
    blocks = list(purchase.blocks())
    check_values(document, blocks, schema, shipped_taxonomy(), problems)
    for block in blocks:
        if block.section == "ext" and organisation.extension_schema is not None:
            check_extension(document, organisation, problems)


def _validate_policies(documents: list[Document], schema: FactSchema, problems: list[Diagnostic]) -> None:
    """Policies need their definitions: those of the folder `policies` they lie in, or the shipped ones."""
    if not documents:
        return
    organisation = load_organisation(None, problems)
    assert organisation is not None
    named = {document.source.name: document for document in documents}
    everything = {**_companions(documents), **named}
    found: list[Diagnostic] = []
    loaded = load_policies(list(everything.values()), schema, organisation, found)
    stack = Stack(collect_vendors([], found), None, organisation, shipped_taxonomy())
    check_examples(compile_policies(loaded), schema, stack, found)
    problems.extend(problem for problem in found if problem.name in named)


def _companions(documents: list[Document]) -> Mapping[str, Document]:
    folders = {_root(document) for document in documents}
    read = _read_all([path for folder in sorted(folders) for path in policies_in(folder)])
    if not any(kind_of(document) == "definitions" for document in [*read.values(), *documents]):
        shipped_ones = _read_all(list(policies_in(shipped("policies"))))
        read |= {name: document for name, document in shipped_ones.items() if kind_of(document) != "policy"}
    return read


def _root(document: Document) -> Path:
    """The folder called `policies` that a policy lies in, or its own folder."""
    path = PurePath(document.source.name)
    return Path(next((parent for parent in path.parents if parent.name == "policies"), path.parent))


def _read_all(paths: list[Path]) -> dict[str, Document]:
    read = {str(path): read_file(path, []) for path in paths}
    return {name: document for name, document in read.items() if document is not None}
