"""Which of the known tools and vendors a name stands for.

An id, an alias or a web domain says it; a name alone only proposes, and a person confirms.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from procureguard.source.stated import plain
from procureguard.stack.inventory import Tool
from procureguard.stack.names import PROPOSED, Proposal, endings_of, host_of, propose
from procureguard.stack.vendors import VendorManifest

Kind = Literal["tool", "vendor"]


class Known(NamedTuple):
    """A tool that is owned, or a vendor with a manifest, and what it goes by.

    Attributes:
        words: ids and aliases, each of which says for certain that it is meant.
        domains: hosts that belong to it.
        names: everything people may call it.
        owned: names of the tools owned from a vendor; it is proposed through them, for they carry its names too.
    """

    kind: Kind
    identity: str
    name: str
    words: frozenset[str]
    domains: frozenset[str]
    names: tuple[str, ...]
    owned: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return f"{self.kind} {self.identity}"


class Perhaps(NamedTuple):
    """What a word may stand for, the name by which it was found, and how alike the two are, from 0 to 1."""

    known: Known
    name: str
    likeness: float


class Match(NamedTuple):
    """What one word stands for, or else what it may stand for, the likest first."""

    word: str
    identities: tuple[Known, ...]
    proposals: tuple[Perhaps, ...]


def known_things(tools: Iterable[Tool], manifests: Iterable[VendorManifest]) -> tuple[Known, ...]:
    """All tools and vendors by which names are matched, in the order of their ids."""
    listed = sorted(tools, key=lambda tool: tool.identity)
    vendors = [_vendor(manifest) for manifest in sorted(manifests, key=lambda manifest: manifest.identity)]
    certain, domains = _by_word(vendors), _by_domain(vendors)
    sellers = {tool.identity: _identities(tool.get("vendor") or "", certain, domains) for tool in listed}
    owned: dict[str, list[str]] = {}
    for tool in listed:
        for vendor in sellers[tool.identity]:
            owned.setdefault(vendor.key, []).append(tool.name)
    return (
        *(_tool(tool, sellers[tool.identity]) for tool in listed),
        *(vendor._replace(owned=tuple(owned.get(vendor.key, ()))) for vendor in vendors),
    )


def match_names(words: Sequence[str], known: Iterable[Known]) -> tuple[Match, ...]:
    """What each word stands for, in their order.

    Nothing is proposed for two words: the likest pair goes first, and what it takes is no longer there for others.
    """
    things = sorted(known, key=lambda thing: thing.key)
    certain, domains = _by_word(things), _by_domain(things)
    identities = {word: _identities(word, certain, domains) for word in words}
    taken = {thing.key for found in identities.values() for thing in found}
    perhaps = _proposals([word for word, found in identities.items() if not found], things, taken)
    return tuple(Match(word, identities[word], perhaps.get(word, ())) for word in words)


def _tool(tool: Tool, sellers: Iterable[Known]) -> Known:
    """A tool goes by the names of its vendor too: invoices name that one."""
    names = [tool.name, tool.identity, tool.get("product"), tool.get("vendor")]
    names += [name for vendor in sellers for name in vendor.names]
    return Known("tool", tool.identity, tool.name, frozenset({tool.identity.casefold()}), frozenset(), _distinct(names))


def _vendor(manifest: VendorManifest) -> Known:
    words = frozenset(word.casefold() for word in (manifest.identity, *manifest.data.get("aliases", ())))
    hosts = (host_of(domain) for domain in _said(manifest, "domains"))
    domains = frozenset(host for host in hosts if host is not None)
    return Known("vendor", manifest.identity, manifest.name, words, domains, _distinct(_names(manifest)))


def _names(manifest: VendorManifest) -> Iterator[str | None]:
    yield from (manifest.name, manifest.identity, *manifest.data.get("aliases", ()))
    yield from (*_said(manifest, "legal_names"), *_said(manifest, "former_names"))
    for product in manifest.data.get("products", ()):
        yield from (product["id"], *product.get("aliases", ()))
        yield plain(((product.get("facts") or {}).get("product") or {}).get("name"))


def _said(manifest: VendorManifest, name: str) -> Any:  # noqa: ANN401 - a list of texts by the schema
    return plain((manifest.data.get("vendor") or {}).get(name)) or ()


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _by_word(things: Iterable[Known]) -> Mapping[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for thing in things:
        for word in thing.words:
            found.setdefault(word, []).append(thing)
    return found


def _by_domain(things: Iterable[Known]) -> Mapping[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    for thing in things:
        for domain in thing.domains:
            found.setdefault(domain, []).append(thing)
    return found


def _identities(word: str, certain: Mapping[str, list[Known]], domains: Mapping[str, list[Known]]) -> tuple[Known, ...]:
    """By id or alias, or else by the longest domain an address lies below."""
    if found := certain.get(word.strip().casefold()):
        return tuple(found)
    host = host_of(word)
    endings = endings_of(host) if host is not None else ()
    return tuple(next((domains[ending] for ending in endings if ending in domains), ()))


def _proposals(words: Sequence[str], things: Sequence[Known], taken: set[str]) -> Mapping[str, tuple[Perhaps, ...]]:
    """The likest for each word, without what is known or likelier to be meant by another word."""
    by_key = {thing.key: thing for thing in things if thing.key not in taken and not thing.owned}
    names = [(key, name) for key, thing in by_key.items() for name in thing.names]
    likely = {word: propose(word, names, len(names)) for word in words}
    given = _one_to_one(likely)
    return {
        word: tuple(
            Perhaps(by_key[found.identity], found.name, found.likeness)
            for found in proposals
            if given.get(found.identity, word) == word
        )[:PROPOSED]
        for word, proposals in likely.items()
    }


def _one_to_one(likely: Mapping[str, Sequence[Proposal]]) -> Mapping[str, str]:
    """The word each thing is given to: the likest pair first, each word and each thing once."""
    pairs = sorted((-found.likeness, word, found.identity) for word, proposals in likely.items() for found in proposals)
    given: dict[str, str] = {}
    served: set[str] = set()
    for _, word, key in pairs:
        if word not in served and key not in given:
            given[key] = word
            served.add(word)
    return given
