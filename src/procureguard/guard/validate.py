"""Validation: whether files are well formed, each for itself and policies together."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from procureguard.capabilities import Taxonomy
from procureguard.facts.check import check_values
from procureguard.facts.schema import FactSchema, stated_facts
from procureguard.guard.own_types import own_types
from procureguard.guard.policy_files import shared_policies
from procureguard.purchase import load_purchase
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import check_stated_kind, kind_of
from procureguard.stack.organisation import Organisation, load_organisation
from procureguard.stack.own_capabilities import taxonomy_of

POLICY_KINDS = frozenset({"policy", "definitions", "pack", "form"})


class _Vocabulary(NamedTuple):
    """What an organisation lets other files say: its own facts and capabilities beside those that are shipped."""

    organisation: Organisation
    schema: FactSchema
    taxonomy: Taxonomy


def validate_documents(documents: list[Document], problems: list[Diagnostic], around: Iterable[Document] = ()) -> None:
    """Checks documents of any kind; everything wrong with any of them is added to the problems.

    Each is checked against the organisation that is nearest above it, among the documents or those around, which are
    themselves not checked.

    Raises:
        InvalidInput: what policies among them stand among cannot be read; all others are checked by then.
    """
    by_kind: dict[str | None, list[Document]] = {}
    for document in documents:
        by_kind.setdefault(kind_of(document), []).append(document)
    known = [
        *_vocabularies([None, *around], []),
        *_vocabularies(by_kind.pop("organisation", []), problems),
    ]
    _validate_vendors(by_kind.pop("vendor", []), known, problems)
    for document in by_kind.pop("purchase", []):
        _validate_purchase(document, _nearest(document, known), problems)
    for document in by_kind.pop("inventory", []):
        _validate_inventory(document, _nearest(document, known), problems)
    _validate_registers(by_kind, known, problems)
    for document in by_kind.pop("mapping", []):
        from procureguard.imports.profile import load_profile  # noqa: PLC0415 - few files are profiles

        load_profile(document, problems)
    for document in by_kind.pop("answers", []):
        from procureguard.guard.answers_file import load_answers  # noqa: PLC0415 - few files are answers

        nearest = _nearest(document, known)
        load_answers(document, nearest.schema, nearest.taxonomy, problems)
    policies = [document for kind in POLICY_KINDS for document in by_kind.pop(kind, [])]
    for rest in by_kind.values():
        for document in rest:
            check_stated_kind(document, problems)
    if policies:
        from procureguard.guard.validate_policies import validate_policies  # noqa: PLC0415 - needs the whole language

        organisation = _nearest(policies[0], known).organisation
        validate_policies(policies, own_types(organisation, []), shared_policies(organisation), problems)


def _vocabularies(documents: Iterable[Document | None], problems: list[Diagnostic]) -> list[_Vocabulary]:
    """What each valid organisation lets other files say; None stands for nobody's."""
    found: list[_Vocabulary] = []
    for document in documents:
        organisation = load_organisation(document, problems)
        if organisation is not None:
            taxonomy = taxonomy_of(organisation, problems)
            if document is not None:
                check_values(document, organisation.blocks(), stated_facts(), taxonomy, problems)
            found.append(
                _Vocabulary(organisation, stated_facts().with_types(own_types(organisation, problems)), taxonomy)
            )
    return found


def _nearest(document: Document, known: list[_Vocabulary]) -> _Vocabulary:
    """That of the organisation in the deepest folder above a document, else of the last one."""
    if len(known) == 1:
        return known[0]
    folders = Path(document.source.name).resolve().parents
    above = [
        (len(folder.parts), place)
        for place, vocabulary in enumerate(known)
        if vocabulary.organisation.document is not None
        and (folder := Path(vocabulary.organisation.document.source.name).resolve().parent) in folders
    ]
    return known[max(above)[1] if above else -1]


def _validate_vendors(documents: list[Document], known: list[_Vocabulary], problems: list[Diagnostic]) -> None:
    if not documents:
        return
    from procureguard.stack.check_vendors import Manifested, collect_vendors  # noqa: PLC0415 - purchases need none
    from procureguard.stack.vendors import load_vendor  # noqa: PLC0415 - as above

    loaded = ((load_vendor(document, problems), document) for document in documents)
    read = [Manifested(manifest, document) for manifest, document in loaded if manifest is not None]
    collect_vendors(read, problems)
    for manifest, document in read:
        nearest = _nearest(document, known)
        check_values(document, manifest.blocks(), nearest.schema, nearest.taxonomy, problems)


def _validate_inventory(document: Document, nearest: _Vocabulary, problems: list[Diagnostic]) -> None:
    from procureguard.stack.inventory import load_inventory  # noqa: PLC0415 - few files are inventories

    inventory = load_inventory(document, problems)
    if inventory is not None:
        check_values(document, inventory.blocks(), nearest.schema, nearest.taxonomy, problems)


def _validate_registers(
    by_kind: dict[str | None, list[Document]], known: list[_Vocabulary], problems: list[Diagnostic]
) -> None:
    logs, payments = by_kind.pop("decisions", []), by_kind.pop("card-payments", [])
    if logs or payments:
        from procureguard.facts.check_registers import (  # noqa: PLC0415 - few files are registers
            check_card_payments,
            check_decisions,
        )

        for document in logs:
            organisation, schema, taxonomy = _nearest(document, known)
            check_decisions(document, organisation, schema, taxonomy, problems)
        for document in payments:
            check_card_payments(document, problems)


def _validate_purchase(document: Document, nearest: _Vocabulary, problems: list[Diagnostic]) -> None:
    purchase = load_purchase(document, problems)
    if purchase is None:
        return
    blocks = list(purchase.blocks())
    check_values(document, blocks, nearest.schema, nearest.taxonomy, problems)
    for block in blocks:
        if block.section == "ext" and nearest.organisation.extension_schema is not None:
            from procureguard.facts.extension import check_extension  # noqa: PLC0415 - few purchases have any

            check_extension(document, nearest.organisation, problems)
