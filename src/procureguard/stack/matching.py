"""Which of the known tools and vendors a name stands for.

An id, an alias or a web domain says it; a name alone only proposes, and a person confirms.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from procureguard.stack.inventory import Tool
from procureguard.stack.manifest import VendorManifest
from procureguard.stack.names import PROPOSED, Proposal, name_key, propose
from procureguard.stack.vendors import Catalogue

Kind = Literal["tool", "vendor"]


class Known(NamedTuple):
    """A tool that is owned, or a vendor with a manifest, and everything people may call it.

    Attributes:
        owned: names of the tools owned from a vendor; it is proposed through them, for they carry its names too.
    """

    kind: Kind
    identity: str
    name: str
    names: tuple[str, ...]
    owned: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return f"{self.kind} {self.identity}"


class Things(NamedTuple):
    """All that a name may stand for, by ids."""

    tools: Mapping[str, Known]
    vendors: Mapping[str, Known]
    catalogue: Catalogue

    def named(self, word: str) -> tuple[Known, ...]:
        """What a word identifies: the tool of that id, and the vendor of that id, alias or domain."""
        vendor = self.catalogue.identify(word.strip())
        found = (self.tools.get(word.strip()), self.vendors[vendor] if vendor is not None else None)
        return tuple(thing for thing in found if thing is not None)


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


def known_things(tools: Iterable[Tool], catalogue: Catalogue) -> Things:
    """All tools and vendors by which names are matched, in the order of their ids."""
    listed = sorted(tools, key=lambda tool: tool.identity)
    sellers = {tool.identity: catalogue.resolve(tool.get("vendor")) for tool in listed}
    owned: dict[str, list[str]] = {}
    for tool in listed:
        seller = sellers[tool.identity]
        if seller is not None:
            owned.setdefault(seller.identity, []).append(tool.name)
    vendors = {
        found.identity: Known("vendor", found.identity, found.name, found.names, tuple(owned.get(found.identity, ())))
        for found in catalogue.manifests
    }
    return Things({tool.identity: _tool(tool, sellers[tool.identity]) for tool in listed}, vendors, catalogue)


def match_names(words: Sequence[str], things: Things) -> tuple[Match, ...]:
    """What each word stands for, in their order.

    The likest pair goes first, and what it takes is proposed for no other word, unless it is called just so.
    """
    identities = {word: things.named(word) for word in words}
    taken = {thing.key for found in identities.values() for thing in found}
    known = (*things.tools.values(), *things.vendors.values())
    perhaps = _proposals([word for word, found in identities.items() if not found], known, taken)
    return tuple(Match(word, identities[word], perhaps.get(word, ())) for word in words)


def _tool(tool: Tool, seller: VendorManifest | None) -> Known:
    """A tool goes by the names of its vendor too: invoices name that one."""
    names = (tool.name, tool.identity, tool.get("product"), tool.get("vendor"), *(seller.names if seller else ()))
    return Known("tool", tool.identity, tool.name, tuple(dict.fromkeys(name for name in names if name)))


def _proposals(words: Sequence[str], things: Sequence[Known], taken: set[str]) -> Mapping[str, tuple[Perhaps, ...]]:
    """The likest for each word, without what another word stands for or is likelier to stand for."""
    by_key = {thing.key: thing for thing in things if not thing.owned}
    names = [(key, name) for key, thing in by_key.items() for name in thing.names]
    likely = {word: [_perhaps(found, by_key) for found in propose(word, names, len(names))] for word in words}
    given = _one_to_one(likely, taken)
    return {
        word: tuple(
            found
            for found in sorted(proposals, key=_order)
            if found.likeness == 1 or (found.known.key not in taken and given.get(found.known.key, word) == word)
        )[:PROPOSED]
        for word, proposals in likely.items()
    }


def _perhaps(found: Proposal, by_key: Mapping[str, Known]) -> Perhaps:
    return Perhaps(by_key[found.identity], found.name, found.likeness)


def _one_to_one(likely: Mapping[str, Sequence[Perhaps]], taken: set[str]) -> Mapping[str, str]:
    """The word each thing is given to: the likest pair first, each word and each thing once."""
    pairs = [(found, word) for word, proposals in likely.items() for found in proposals]
    given: dict[str, str] = {}
    served: set[str] = set()
    for found, word in sorted(pairs, key=lambda pair: (*_order(pair[0]), pair[1])):
        key = found.known.key
        if word not in served and key not in given and key not in taken:
            given[key] = word
            served.add(word)
    return given


def _order(found: Perhaps) -> tuple[float, bool, str]:
    """The likest first; of those as like, what goes by that name today before what only did so once."""
    return -found.likeness, name_key(found.name) != name_key(found.known.name), found.known.key
