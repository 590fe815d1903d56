"""Vendor manifests checked alone: reading them, and putting them in place of those that were loaded."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from procureguard.compile.program import Program
from procureguard.facts.check import check_values
from procureguard.facts.schema import FactSchema
from procureguard.guard.policies import refuse
from procureguard.guard.provenance import digests
from procureguard.plans import evaluate_plans
from procureguard.report.plans import VendorSubject, build_vendor_report
from procureguard.report.vendor_contract import VendorReport
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.document import Document
from procureguard.stack.check_vendors import Manifested, collect_vendors
from procureguard.stack.stack import Stack
from procureguard.stack.vendors import Catalogue, load_vendor
from procureguard.version import __version__


def read_manifests(
    documents: Iterable[Document], stack: Stack, schema: FactSchema, problems: list[Diagnostic]
) -> list[Manifested]:
    """The manifests that documents describe; everything wrong with any of them is added.

    That is also what is wrong between them, and between them and those of the catalogue, which are not checked again.
    """
    read = []
    for document in documents:
        manifest = load_vendor(document, problems)
        if manifest is not None:
            check_values(document, manifest.blocks(), schema, stack.taxonomy, problems)
            read.append(Manifested(manifest, document))
    collect_vendors(read, problems, stack.catalogue.manifests)
    return read


def with_manifests(stack: Stack, manifests: Sequence[Manifested]) -> Stack:
    """The stack with these manifests in its catalogue, each in place of the one of its id."""
    own = {found.manifest.identity: found.manifest for found in manifests}
    others = [manifest for manifest in stack.catalogue.manifests if manifest.identity not in own]
    return replace(stack, catalogue=Catalogue.of([*others, *own.values()]))


def only_manifest(document: Document, stack: Stack, schema: FactSchema) -> tuple[Manifested, Stack]:
    """The manifest that one document describes, and the stack with it in place.

    Raises:
        InvalidInput: the document is no valid manifest; everything wrong with it is named.
    """
    problems: list[Diagnostic] = []
    read = read_manifests((document,), stack, schema, problems)
    refuse(problems)
    if not read:
        raise InvalidInput(problems)
    return read[0], with_manifests(stack, read)


def vendor_report(found: Manifested, stack: Stack, schema: FactSchema, program: Program, as_of: date) -> VendorReport:
    """The report on a manifest that the catalogue of the stack holds."""
    plans = evaluate_plans(found.manifest, stack, schema, program, as_of)
    went_in = digests("vendor", found.document.source.text, stack, program.policies)
    subject = VendorSubject(found.manifest, plans, stack, program.policies, schema, went_in)
    return build_vendor_report(subject, __version__)
