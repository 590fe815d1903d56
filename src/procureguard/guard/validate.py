"""Validation: whether files are well formed, each for itself and policies together."""

from procureguard.capabilities import shipped_taxonomy
from procureguard.facts.check import check_values
from procureguard.facts.schema import FactSchema, stated_facts
from procureguard.guard.policies import own_types
from procureguard.purchase import load_purchase
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import check_stated_kind, kind_of
from procureguard.stack.inventory import load_inventory
from procureguard.stack.organisation import Organisation, load_organisation
from procureguard.stack.vendors import collect_vendors, load_vendor

POLICY_KINDS = frozenset({"policy", "definitions", "pack"})


def validate_documents(documents: list[Document], problems: list[Diagnostic]) -> None:
    """Checks documents of any kind; everything wrong with any of them is added to the problems."""
    by_kind: dict[str | None, list[Document]] = {}
    for document in documents:
        by_kind.setdefault(kind_of(document), []).append(document)
    organisation = _organisation(by_kind.pop("organisation", []), problems)
    schema = stated_facts().with_types(own_types(organisation, problems))
    _validate_vendors(by_kind.pop("vendor", []), schema, problems)
    for document in by_kind.pop("purchase", []):
        _validate_purchase(document, organisation, schema, problems)
    for document in by_kind.pop("inventory", []):
        inventory = load_inventory(document, problems)
        if inventory is not None:
            check_values(document, inventory.blocks(), schema, shipped_taxonomy(), problems)
    for document in by_kind.pop("mapping", []):
        from procureguard.imports.profile import load_profile  # noqa: PLC0415 - few files are profiles

        load_profile(document, problems)
    policies = [document for kind in POLICY_KINDS for document in by_kind.pop(kind, [])]
    if policies:
        from procureguard.guard.validate_policies import validate_policies  # noqa: PLC0415 - needs the whole language

        validate_policies(policies, own_types(organisation, []), problems)
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
            check_values(document, organisation.blocks(), stated_facts(), shipped_taxonomy(), problems)
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
            from procureguard.facts.extension import check_extension  # noqa: PLC0415 - few purchases have any

            check_extension(document, organisation, problems)
