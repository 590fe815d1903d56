"""Vendor manifests checked alone: reading them, and putting them in place of those that were loaded."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from procureguard.facts.check import check_values
from procureguard.guard.policies import refuse
from procureguard.guard.provenance import digests
from procureguard.plans import evaluate_plans
from procureguard.report.plans import VendorSubject, build_vendor_report
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.document import Document
from procureguard.stack.check_vendors import Manifested, collect_vendors
from procureguard.stack.vendors import Catalogue, load_vendor
from procureguard.version import __version__

if TYPE_CHECKING:
    from procureguard.guard.guard import Guard
    from procureguard.report.vendor_contract import VendorReport


def read_manifests(guard: "Guard", documents: Iterable[Document], problems: list[Diagnostic]) -> list[Manifested]:
    """The manifests that documents describe; everything wrong with any of them, or between them, is added."""
    read = []
    for document in documents:
        manifest = load_vendor(document, problems)
        if manifest is not None:
            check_values(document, manifest.blocks(), guard.schema, guard.stack.taxonomy, problems)
            read.append(Manifested(manifest, document))
    collect_vendors(read, problems)
    return read


def with_manifests(guard: "Guard", manifests: Sequence[Manifested]) -> "Guard":
    """The guard with these manifests in its catalogue, each in place of the one of its id."""
    own = {found.manifest.identity: found.manifest for found in manifests}
    others = [manifest for manifest in guard.stack.catalogue.manifests if manifest.identity not in own]
    return replace(guard, stack=replace(guard.stack, catalogue=Catalogue.of([*others, *own.values()])))


def only_manifest(guard: "Guard", document: Document) -> tuple["Guard", Manifested]:
    """The manifest that one document describes, and the guard with it in place.

    Raises:
        InvalidInput: the document is no valid manifest; everything wrong with it is named.
    """
    problems: list[Diagnostic] = []
    read = read_manifests(guard, (document,), problems)
    refuse(problems)
    if not read:
        raise InvalidInput(problems)
    return with_manifests(guard, read), read[0]


def vendor_report(guard: "Guard", found: Manifested, as_of: date) -> "VendorReport":
    """The report on a manifest that the catalogue of the guard holds."""
    plans = evaluate_plans(found.manifest, guard.stack, guard.schema, guard.program, as_of)
    went_in = digests("vendor", found.document.source.text, guard.stack, guard.policies)
    subject = VendorSubject(found.manifest, plans, guard.stack, guard.policies, guard.schema, went_in)
    return build_vendor_report(subject, __version__)
