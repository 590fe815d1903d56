"""What can be wrong between vendor manifests: words, domains and families of several."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.stack.manifest import VendorManifest
from procureguard.stack.vendors import Catalogue


class Manifested(NamedTuple):
    """A manifest with the document it was read from."""

    manifest: VendorManifest
    document: Document


def collect_vendors(read: Iterable[Manifested], problems: list[Diagnostic]) -> Catalogue:
    """The catalogue of all manifests; every problem between them is added."""
    by_identity: dict[str, Manifested] = {}
    for found in read:
        first = by_identity.setdefault(found.manifest.identity, found)
        if first is not found:
            message = (
                f"the vendor `{found.manifest.identity}` is described twice, first in {first.document.source.name}"
            )
            problems.append(_error(found, "PG223", message, "/id", "keep one manifest for each vendor"))
    unique = list(by_identity.values())
    problems += [*_shared_words(unique), *_shared_domains(unique)]
    catalogue = Catalogue.of(found.manifest for found in unique)
    problems += _circles(unique, catalogue)
    return catalogue


def _shared_words(read: list[Manifested]) -> Iterator[Diagnostic]:
    owners: dict[str, Manifested] = {found.manifest.identity: found for found in read}
    for found in read:
        for place, word in enumerate(found.manifest.data.get("aliases", ())):
            owner = owners.setdefault(word.casefold(), found)
            if owner is not found:
                message = f"the word `{word}` stands for the vendor `{owner.manifest.identity}` too"
                yield _error(found, "PG223", message, f"/aliases/{place}", "keep it with the vendor it stands for")


def _shared_domains(read: list[Manifested]) -> Iterator[Diagnostic]:
    owners: dict[str, Manifested] = {}
    for found in read:
        for domain in found.manifest.domains:
            owner = owners.setdefault(domain, found)
            if owner is not found:
                message = f"the domain `{domain}` is listed for the vendor `{owner.manifest.identity}` too"
                hint = "a domain of two vendors tells neither from the other; keep it with one"
                span = found.document.value_span("/vendor/domains")
                yield Diagnostic.warning("PG230", message, found.document.source, span, hint)


def _circles(read: list[Manifested], catalogue: Catalogue) -> Iterator[Diagnostic]:
    families = catalogue.families
    for found in read:
        circle = families.circle(found.manifest.identity) if found.manifest.data.get("family") else None
        if circle is not None:
            way = " to ".join(f"`{vendor}`" for vendor in (*circle, circle[0]))
            message = f"the vendor would belong to itself: {way}"
            hint = "say with `ended` when an earlier tie ended, or take one of them out"
            yield _error(found, "PG231", message, "/family", hint)


def _error(found: Manifested, code: str, message: str, pointer: str, hint: str) -> Diagnostic:
    return Diagnostic.error(code, message, found.document.source, found.document.value_span(pointer), hint)
