"""How well vendors of two public registries are told from each other, by web domain and by name."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby
from typing import NamedTuple

from benchmarks.data import Record, missing, records
from benchmarks.table import Table, installed
from procureguard.source.origin import Origin
from procureguard.stack.manifest import VendorManifest
from procureguard.stack.names import Proposal, host_of, name_key, propose
from procureguard.stack.vendors import Catalogue

REGISTRIES = ("trustlists", "probo_third_parties", "diodb", "twofactorauth", "simple_icons")
"""From the smallest to the largest; of each pair the smaller one is looked up in the larger one."""

PRECISE = 0.95
"""What a company could accept without a look: one wrong link in twenty."""

ADDRESSES = ("website", "url", "domain", "domains", "additional-domains")
"""Where records name web addresses; the first that is there is their own."""

BY_DOMAIN = ("registries", "same domain", "precision", "recall", "recall, equal addresses", "names alike")
CURVE = ("best F1", "precision", "recall", f"recall at {PRECISE}", "F1 of all")
BY_NAME = ("registries", "same domain", "hit@1", "hit@5")
LINKED = ("registries", *CURVE, *(f"{name}, 1:1" for name in (CURVE[0], *CURVE[3:])))
EQUAL_NAMES = ("registries", "equal names", "on different domains", "share")


class Vendor(NamedTuple):
    """A record of a registry; `owners` are the registrable domains of its addresses, that of the first one first."""

    identity: str
    name: str
    addresses: tuple[str, ...]
    owners: tuple[str, ...]


class Link(NamedTuple):
    """That two records are said to be one vendor, how sure that is, and whether their domains agree."""

    own: str
    other: str
    likeness: float
    right: bool


class Curve(NamedTuple):
    """The best trade of precision against recall, the recall where few links are wrong, and F1 without a threshold."""

    f1: float
    precision: float
    recall: float
    recall_if_precise: float
    f1_of_all: float


class Pair(NamedTuple):
    """Two registries of which the first is looked up in the second."""

    title: str
    ones: tuple[Vendor, ...]
    others: tuple[Vendor, ...]

    @property
    def truth(self) -> Mapping[str, str]:
        """Who is who: the records with a registrable domain in common."""
        owners = {owner: other.identity for other in self.others for owner in other.owners}
        found = ((one.identity, [owners[owner] for owner in one.owners if owner in owners]) for one in self.ones)
        return {identity: others[0] for identity, others in found if others}


def measure() -> list[Table]:
    """What an address tells, what a name tells, and how often equal names are different vendors."""
    reason = missing(*REGISTRIES)
    if reason is None:
        try:
            pairs = list(pairs_of({name: registry(records(name), registrable()) for name in REGISTRIES}))
        except ModuleNotFoundError as error:
            reason = f"SKIPPED: {error.name} is not installed"
        else:
            return [by_domain(pairs), *by_name(pairs), equal_names(pairs)]
    return [Table("Vendors of two registries", ("registries",), (), (reason,))]


def registrable() -> Callable[[str], str | None]:
    """What tells the registrable domain of a host, by the list of public suffixes with those of private owners."""
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - need not be installed

    domain_of: Callable[[str], str | None] = PublicSuffixList().privatesuffix
    return domain_of


def registry(found: Iterable[Record], domain_of: Callable[[str], str | None]) -> tuple[Vendor, ...]:
    """The records with a domain of their own; several on one domain cannot be told apart by it and are left out."""
    vendors = [vendor for record in found if (vendor := _vendor(record, domain_of)) is not None]
    counts = Counter(owner for vendor in vendors for owner in vendor.owners)
    return tuple(
        vendor._replace(owners=tuple(owner for owner in vendor.owners if counts[owner] == 1))
        for vendor in vendors
        if counts[vendor.owners[0]] == 1
    )


def pairs_of(registries: Mapping[str, tuple[Vendor, ...]]) -> Iterator[Pair]:
    """Every pair of registries, the first looked up in the second."""
    for (one, ones), (other, others) in combinations(registries.items(), 2):
        yield Pair(f"{one} in {other}", ones, others)


def by_domain(pairs: Sequence[Pair]) -> Table:
    """What the catalogue makes of the addresses of records."""
    rows = tuple((pair.title, len(pair.truth), *_identified(pair)) for pair in pairs)
    return Table(
        "Vendors identified by web address",
        BY_DOMAIN,
        rows,
        (
            "Right: a registrable domain in common. Missed are those that are known by an address below it only.",
            "Equal addresses: compared as they are written. Names alike: of the right links, how many a name proposes.",
        ),
        installed("publicsuffixlist"),
    )


def by_name(pairs: Sequence[Pair]) -> list[Table]:
    """How good names are at proposing, and what would come of believing the best proposal."""
    hits, curves = [], []
    for pair in pairs:
        proposals = {one.identity: _proposals(one, pair) for one in pair.ones}
        links, truth = list(_links(pair, proposals)), pair.truth
        hits.append((pair.title, len(truth), *_hits(proposals, truth)))
        alone, mutual = (curve(found, len(truth)) for found in (links, list(_mutual(links, proposals))))
        curves.append((pair.title, *alone, mutual.f1, mutual.recall_if_precise, mutual.f1_of_all))
    proposed = ("hit: of the records that are in both registries, how often the right one is proposed so early.",)
    believed = (
        "Right: a registrable domain in common, so that one vendor on two domains counts as a wrong link.",
        f"Thresholds are the best in hindsight: for F1, and for the most recall at a precision of {PRECISE}.",
        "1:1: believed only if each is the other's best proposal. All: whatever is proposed.",
    )
    return [
        Table("Vendors proposed by name alone", BY_NAME, tuple(hits), proposed),
        Table("Vendors linked by name alone", LINKED, tuple(curves), believed, installed("publicsuffixlist")),
    ]


def equal_names(pairs: Sequence[Pair]) -> Table:
    """How often records of the same name stand on different domains."""
    rows = []
    for pair in pairs:
        domains: dict[str, set[str]] = {}
        for other in pair.others:
            domains.setdefault(name_key(other.name), set()).update(other.owners)
        equal = [one for one in pair.ones if name_key(one.name) in domains]
        apart = sum(domains[name_key(one.name)].isdisjoint(one.owners) for one in equal)
        rows.append((pair.title, len(equal), apart, apart / len(equal) if equal else None))
    notes = ("Equal without case, accents, punctuation and legal form.",)
    return Table("Equal names on different domains", EQUAL_NAMES, tuple(rows), notes, installed("publicsuffixlist"))


def curve(links: Iterable[Link], truth: int) -> Curve:
    """Believing all links from some likeness on, the best in hindsight; `truth` is how many there are to find."""
    figures = [_figures(right, count, truth) for right, count in _counts(links)] or [(0.0, 0.0, 0.0)]
    recall_if_precise = max((recall for _, precision, recall in figures if precision >= PRECISE), default=0.0)
    return Curve(*max(figures), recall_if_precise, figures[-1][0])


def _counts(links: Iterable[Link]) -> Iterator[tuple[int, int]]:
    """How many links are right, and how many there are, from every likeness on; equally like ones come together."""
    right = count = 0
    for _, equal in groupby(sorted(links, key=lambda link: -link.likeness), key=lambda link: link.likeness):
        found = [link.right for link in equal]
        right, count = right + sum(found), count + len(found)
        yield right, count


def _figures(right: int, count: int, truth: int) -> tuple[float, float, float]:
    """F1, precision and recall."""
    return 2 * right / (count + truth), right / count, right / truth if truth else 0.0


def _identified(pair: Pair) -> tuple[float | None, ...]:
    """Precision and recall of identification, the recall of comparing addresses as they are, and names alike."""
    catalogue, truth = Catalogue.of(map(_manifest, pair.others)), pair.truth
    found = {one.identity: catalogue.identify(one.addresses[0]) for one in pair.ones}
    linked = {own: other for own, other in found.items() if other is not None}
    right = [own for own, other in linked.items() if truth.get(own) == other]
    plain = {address: other.identity for other in pair.others for address in other.addresses}
    equal = sum(plain.get(one.addresses[0]) == truth[one.identity] for one in pair.ones if one.identity in truth)
    names = {vendor.identity: vendor.name for vendor in pair.ones}
    known = {vendor.identity: vendor.name for vendor in pair.others}
    alike = sum(bool(propose(names[own], [(linked[own], known[linked[own]])])) for own in right)
    return (
        _share(len(right), len(linked)),
        _share(len(right), len(truth)),
        _share(equal, len(truth)),
        _share(alike, len(right)),
    )


def _proposals(one: Vendor, pair: Pair) -> tuple[Proposal, ...]:
    """All that are alike enough, the best first."""
    return propose(one.name, ((other.identity, other.name) for other in pair.others), len(pair.others))


def _links(pair: Pair, proposals: Mapping[str, Sequence[Proposal]]) -> Iterator[Link]:
    truth = pair.truth
    for own, found in proposals.items():
        if found:
            yield Link(own, found[0].identity, found[0].likeness, truth.get(own) == found[0].identity)


def _mutual(links: Iterable[Link], proposals: Mapping[str, Sequence[Proposal]]) -> Iterator[Link]:
    """The links in which the other one has no likelier partner; of equal ones the first by id."""
    best: dict[str, tuple[float, str]] = {}
    for own, found in proposals.items():
        for proposal in found:
            candidate = (-proposal.likeness, own)
            best[proposal.identity] = min(best.get(proposal.identity, candidate), candidate)
    return (link for link in links if best[link.other][1] == link.own)


def _hits(proposals: Mapping[str, Sequence[Proposal]], truth: Mapping[str, str]) -> Iterator[float | None]:
    for most in (1, 5):
        hits = sum(other in [found.identity for found in proposals[own][:most]] for own, other in truth.items())
        yield _share(hits, len(truth))


def _vendor(record: Record, domain_of: Callable[[str], str | None]) -> Vendor | None:
    """The vendor of a record whose first address has an owner."""
    named = (record.get(field) or () for field in ADDRESSES)
    words = (word for stated in named for word in ([stated] if isinstance(stated, str) else stated))
    addresses = tuple(dict.fromkeys(words))
    hosts = [host_of(address) for address in addresses]
    owners = [domain_of(host) if host is not None else None for host in hosts]
    if not owners or owners[0] is None:
        return None
    known = dict.fromkeys(owner for owner in owners if owner is not None)
    return Vendor(str(record["id"]), str(record["name"]), addresses, tuple(known))


def _manifest(vendor: Vendor) -> VendorManifest:
    facts = {"name": vendor.name, "domains": list(vendor.addresses)}
    return VendorManifest(Origin(vendor.identity, vendor.identity), {"id": vendor.identity, "vendor": facts}, {})


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
