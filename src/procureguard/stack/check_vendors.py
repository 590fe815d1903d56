"""What can be wrong in and between vendor manifests: words, domains, families and observations that contradict."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from procureguard.likeness import runs
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.stated import is_stated, plain
from procureguard.stack.families import Families
from procureguard.stack.manifest import Testimony, VendorManifest
from procureguard.stack.names import Proposal, endings_of, host_of, name_key, propose
from procureguard.stack.vendors import Catalogue


class Manifested(NamedTuple):
    """A manifest with the document it was read from."""

    manifest: VendorManifest
    document: Document


def collect_vendors(
    read: Iterable[Manifested], problems: list[Diagnostic], around: Iterable[VendorManifest] = ()
) -> Catalogue:
    """The catalogue of all manifests; every problem in and between those that were read is added.

    Those around count too, but are not checked themselves; one that was read stands in place of one of its id.
    """
    by_identity: dict[str, Manifested] = {}
    for found in read:
        first = by_identity.setdefault(found.manifest.identity, found)
        if first is not found:
            message = (
                f"the vendor `{found.manifest.identity}` is described twice, first in {first.document.source.name}"
            )
            problems.append(_error(found, "PG223", message, "/id", "keep one manifest for each vendor"))
    unique = list(by_identity.values())
    others = [manifest for manifest in around if manifest.identity not in by_identity]
    catalogue = Catalogue.of([*others, *(found.manifest for found in unique)])
    problems += [*_shared_words(unique, others), *_domains_as_words(unique, others), *_shared_domains(unique, others)]
    problems += [*_circles(unique, catalogue), *_parents_not_known(unique, catalogue)]
    for found in unique:
        problems += [*_days_out_of_order(found), *_contradictions(found)]
    return catalogue


def _shared_words(read: list[Manifested], around: list[VendorManifest]) -> Iterator[Diagnostic]:
    owners = {word.casefold(): manifest.identity for manifest in around for word in manifest.aliases}
    owners |= {identity: identity for identity in _identities(read, around)}
    for found in read:
        for place, word in enumerate(found.manifest.aliases):
            owner = owners.setdefault(word.casefold(), found.manifest.identity)
            if owner != found.manifest.identity:
                message = f"the word `{word}` stands for the vendor `{owner}` too"
                yield _error(found, "PG223", message, f"/aliases/{place}", "keep it with the vendor it stands for")


def _identities(read: list[Manifested], around: list[VendorManifest]) -> list[str]:
    return [manifest.identity for manifest in (*around, *(found.manifest for found in read))]


def _domains_as_words(read: list[Manifested], around: list[VendorManifest]) -> Iterator[Diagnostic]:
    """A word that lies in the domain of another vendor would take its addresses away from it."""
    owners: dict[str, set[str]] = {}
    for manifest in (*around, *(found.manifest for found in read)):
        for domain in manifest.domains:
            owners.setdefault(domain, set()).add(manifest.identity)
    for found in read:
        for place, word in enumerate(found.manifest.aliases):
            host = host_of(word)
            endings = endings_of(host) if host is not None else ()
            within = next((ending for ending in endings if ending in owners), None)
            if within is not None and found.manifest.identity not in owners[within]:
                message = f"the word `{word}` lies in the domain `{within}` of the vendor `{min(owners[within])}`"
                yield _error(found, "PG223", message, f"/aliases/{place}", "keep it with the vendor whose domain it is")


def _shared_domains(read: list[Manifested], around: list[VendorManifest]) -> Iterator[Diagnostic]:
    owners = {domain: manifest.identity for manifest in around for domain in manifest.domains}
    for found in read:
        for domain in found.manifest.domains:
            owner = owners.setdefault(domain, found.manifest.identity)
            if owner != found.manifest.identity:
                message = f"the domain `{domain}` is listed for the vendor `{owner}` too"
                hint = "a domain of two vendors tells neither from the other; keep it with one"
                yield _warning(found, "PG230", message, "/vendor/domains", hint)


def _circles(read: list[Manifested], catalogue: Catalogue) -> Iterator[Diagnostic]:
    families = catalogue.families
    for found in read:
        vendor = found.manifest.identity
        circle = families.circle(vendor) if _leads_back(vendor, families) else None
        if circle is not None:
            way = " to ".join(f"`{member}`" for member in (*circle, circle[0]))
            message = f"the vendor would belong to itself: {way}"
            hint = "say with `ended` when an earlier tie ended, or take one of them out"
            yield _error(found, "PG231", message, "/family", hint)


def _leads_back(vendor: str, families: Families) -> bool:
    """Whether ties lead from a vendor back to it, on whatever days they hold; few need a look at every day."""
    reached: set[str] = set()
    ahead = [vendor]
    while ahead:
        parents = {tie.parent for tie in families.ties.get(ahead.pop(), ())} - reached
        reached |= parents
        ahead += parents
    return vendor in reached


def _parents_not_known(read: list[Manifested], catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A parent need not be described, but one that is nearly called like a vendor may be a slip of the hand."""
    ties = ((found, *tie) for found in read for tie in enumerate(found.manifest.data.get("family", ())))
    unknown = [(found, place, tie["parent"]) for found, place, tie in ties if not catalogue.identify(tie["parent"])]
    if not unknown:
        return
    proposals = _proposals(catalogue)
    for found, place, parent in unknown:
        likest = (known.identity for known in proposals(parent))
        meant = next((vendor for vendor in likest if vendor != found.manifest.identity), None)
        if meant is not None:
            message = f"no manifest describes the vendor `{parent}`"
            yield _warning(found, "PG222", message, f"/family/{place}/parent", f"did you mean `{meant}`?")


def _proposals(catalogue: Catalogue) -> Callable[[str], tuple[Proposal, ...]]:
    """The proposals of the catalogue for many names: only those with a run of characters in common are compared."""
    by_run: dict[str, set[tuple[str, str]]] = {}
    for pair in catalogue.index.names:
        for run in runs(name_key(pair[1])):
            by_run.setdefault(run, set()).add(pair)
    return cache(lambda name: propose(name, {pair for run in runs(name_key(name)) for pair in by_run.get(run, ())}))


def _days_out_of_order(found: Manifested) -> Iterator[Diagnostic]:
    for place, tie in enumerate(found.manifest.data.get("family", ())):
        for earlier, later in (("announced", "closed"), ("closed", "ended")):
            if tie.get(later, "9999") < tie.get(earlier, ""):
                message = f"the tie is {later} on {tie[later]}, but {earlier} on {tie[earlier]} only"
                yield _error(found, "PG235", message, f"/family/{place}/{later}", "look at both days")


def _contradictions(found: Manifested) -> Iterator[Diagnostic]:
    """What one source says of one fact on one day in two ways, so that nothing tells which of them counts."""
    for level in _levels(found.manifest):
        first: dict[tuple[str, str, str | None], Any] = {}
        for said in level:
            for name, data in said.block.facts.items():
                value, path = plain(data), f"{said.block.section}.{name}"
                own = data if is_stated(data) else {}
                key = (path, own.get("source", said.source), own.get("as_of", said.as_of))
                if value is not None and not _equal(first.setdefault(key, value), value):
                    message = f"the same source says something else of `{path}` on the same day"
                    hint = "give the day or source that tells which counts"
                    yield _error(found, "PG234", message, said.block.value_pointer(name), hint)


def _levels(manifest: VendorManifest) -> Iterator[list[Testimony]]:
    """What is said of the vendor itself, of each product itself, and of each plan itself."""
    general = list(manifest.testimony())
    yield general
    for place, product in enumerate(manifest.data.get("products", ())):
        with_product = list(manifest.testimony(place))
        yield with_product[len(general) :]
        for plan in range(len(product.get("plans", ()))):
            yield list(manifest.testimony(place, plan))[len(with_product) :]


def _equal(one: Any, other: Any) -> bool:  # noqa: ANN401 - values of any fact
    """Whether two values are the same; lists are, in whatever order."""
    if isinstance(one, list) and isinstance(other, list):
        return all(item in other for item in one) and all(item in one for item in other)
    return bool(one == other)


def _error(found: Manifested, code: str, message: str, pointer: str, hint: str) -> Diagnostic:
    return Diagnostic.error(code, message, found.document.source, found.document.value_span(pointer), hint)


def _warning(found: Manifested, code: str, message: str, pointer: str, hint: str) -> Diagnostic:
    return Diagnostic.warning(code, message, found.document.source, found.document.value_span(pointer), hint)
