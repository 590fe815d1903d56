"""The catalogue: all vendor manifests at hand, found by whatever tells a vendor from all others."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import check_kind
from procureguard.source.origin import Origin
from procureguard.stack.families import Families, Tie
from procureguard.stack.manifest import Offer, VendorManifest
from procureguard.stack.names import Proposal, endings_of, host_of, propose
from procureguard.stack.shelf import Shelf, packed, unpacked

_Tie = tuple[str, str, int | None, int | None]


class Offered(NamedTuple):
    """An offer of a vendor, by the vendor's id."""

    vendor: str
    offer: Offer


class _Index(NamedTuple):
    """Manifests by what is asked for; a word or domain of two vendors belongs to neither (None)."""

    identities: Mapping[str, int]
    aliases: Mapping[str, str | None]
    domains: Mapping[str, str | None]
    doing: Mapping[str, tuple[tuple[str, int, int | None], ...]]
    ties: Mapping[str, tuple[_Tie, ...]]
    files: Mapping[str, str]
    digest: str
    offers: int
    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """All vendor manifests at hand."""

    manifests: Shelf[VendorManifest]
    index: _Index
    families: Families
    """Which vendor belongs to which."""

    @classmethod
    def of(cls, manifests: Iterable[VendorManifest] = ()) -> "Catalogue":
        """The catalogue of some manifests; of several with one id, the first."""
        unique: dict[str, VendorManifest] = {}
        for manifest in manifests:
            unique.setdefault(manifest.identity, manifest)
        listed = [unique[identity] for identity in sorted(unique)]
        identities = unique.keys()
        aliases = _owners((word.casefold(), found.identity) for found in listed for word in found.aliases)
        doing: dict[str, list[tuple[str, int, int | None]]] = {}
        for manifest in listed:
            for offer in manifest.offers():
                for name in manifest.capabilities(offer.product):
                    doing.setdefault(name, []).append((manifest.identity, *offer))
        index = _Index(
            {manifest.identity: number for number, manifest in enumerate(listed)},
            aliases,
            _owners((domain, manifest.identity) for manifest in listed for domain in manifest.domains),
            {name: tuple(offers) for name, offers in doing.items()},
            {
                manifest.identity: tuple(_ties(manifest, identities, aliases))
                for manifest in listed
                if manifest.data.get("family")
            },
            {manifest.identity: manifest.origin.name for manifest in listed},
            hashlib.sha256("".join(manifest.origin.digest for manifest in listed).encode()).hexdigest(),
            sum(1 for manifest in listed for _ in manifest.offers()),
            tuple((manifest.identity, name) for manifest in listed for name in manifest.names),
        )
        entries = (packed((tuple(found.origin), found.data, found.places)) for found in listed)
        return cls(Shelf(entries, _opened), index, _families(index))

    def to_bytes(self) -> bytes:
        """Everything of it, for a cache."""
        return packed((self.manifests.packed, tuple(self.index)))

    @classmethod
    def from_bytes(cls, content: bytes) -> "Catalogue":
        """What `to_bytes` has packed."""
        entries, fields = unpacked(content)
        index = _Index(*fields)
        return cls(Shelf(entries, _opened), index, _families(index))

    @property
    def identities(self) -> Collection[str]:
        """The ids of all vendors."""
        return self.index.identities.keys()

    def get(self, vendor: str | None) -> VendorManifest | None:
        """The manifest of the vendor of that id, or None where there is none."""
        number = self.index.identities.get(vendor or "")
        return None if number is None else self.manifests[number]

    def identify(self, word: str | None) -> str | None:
        """The id of the vendor that a word stands for: an id, an alias, or a domain or address below one of its.

        A name is none of these: two companies may share it.
        """
        if not word:
            return None
        if word in self.index.identities:
            return word
        if (owner := self.index.aliases.get(word.casefold())) is not None:
            return owner
        host = host_of(word)
        endings = endings_of(host) if host is not None else ()
        return next((self.index.domains[ending] for ending in endings if ending in self.index.domains), None)

    def known_as(self, word: str) -> str:
        """The id of the vendor that a word stands for, or the word in lower case, in which it may be an id."""
        return self.identify(word) or word.casefold()

    def resolve(self, word: str | None) -> VendorManifest | None:
        """The manifest of the vendor that a word stands for."""
        return self.get(self.identify(word))

    def proposals(self, name: str) -> tuple[Proposal, ...]:
        """The vendors somebody may mean by a name, best first, five at most."""
        return propose(name, self.index.names)

    def doing(self, capabilities: Iterable[str]) -> Iterator[Offered]:
        """The offers that state at least one of these capabilities, in the order of vendors, products and plans."""
        found = {offer for name in capabilities for offer in self.index.doing.get(name, ())}
        ordered = sorted(found, key=lambda offer: (offer[0], offer[1], -1 if offer[2] is None else offer[2]))
        return (Offered(vendor, Offer(product, plan)) for vendor, product, plan in ordered)


def load_vendor(document: Document, problems: list[Diagnostic]) -> VendorManifest | None:
    """The vendor a document describes, or None with everything wrong with it added to the problems."""
    if not check_kind(document, "vendor", problems):
        return None
    manifest = VendorManifest.of(document)
    products = manifest.data.get("products", ())
    _check_ids(document, "/products", "product", products, problems)
    for place, product in enumerate(products):
        _check_ids(document, f"/products/{place}/plans", "plan", product.get("plans", ()), problems)
    return manifest


def _check_ids(
    document: Document, pointer: str, what: str, entries: Iterable[Mapping[str, Any]], problems: list[Diagnostic]
) -> None:
    """Ids and aliases are words for one entry only."""
    first: dict[str, str] = {}
    for place, entry in enumerate(entries):
        words = {f"{pointer}/{place}/id": entry["id"]} | {
            f"{pointer}/{place}/aliases/{number}": word for number, word in enumerate(entry.get("aliases", ()))
        }
        for own, word in words.items():
            earlier = first.setdefault(word.casefold(), own)
            if earlier != own and not (earlier.startswith(f"{pointer}/{place}/")):
                line = document.source.position(document.value_span(earlier).start).line
                message = f"the {what} `{word}` stands twice, first in line {line}"
                hint = f"give each {what} words of its own"
                problems.append(Diagnostic.error("PG223", message, document.source, document.value_span(own), hint))


def _owners(pairs: Iterable[tuple[str, str]]) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for word, identity in pairs:
        found[word] = identity if found.get(word, identity) == identity else None
    return found


def _ties(manifest: VendorManifest, identities: Collection[str], aliases: Mapping[str, str | None]) -> Iterator[_Tie]:
    for tie in manifest.data.get("family", ()):
        named = tie["parent"]
        parent = named if named in identities else aliases.get(named.casefold()) or named
        yield (parent, tie["kind"], _ordinal(tie.get("closed")), _ordinal(tie.get("ended")))


def _families(index: _Index) -> Families:
    ties = {child: tuple(Tie(*tie) for tie in found) for child, found in index.ties.items()}
    return Families(ties)


def _ordinal(day: str | None) -> int | None:
    return None if day is None else date.fromisoformat(day).toordinal()


def _opened(entry: tuple[Any, Mapping[str, Any], Any]) -> VendorManifest:
    origin, data, places = entry
    return VendorManifest(Origin(*origin), data, places)
