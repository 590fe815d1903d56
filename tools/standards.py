"""The page of standards and laws: which policy answers each of their ids, or why none does.

The ids and the words for them are in `pages/standards.yaml`; which policy answers an id, the policies themselves say.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from page_parts import joined
from procureguard import Guard
from procureguard.policy.model import Policy
from procureguard.render.markdown import anchor, table
from procureguard.render.policy_pages import heading
from procureguard.source.diagnostic import did_you_mean

ROOT = Path(__file__).resolve().parents[1]
POLICIES = ROOT / "policies"
DATA = ROOT / "tools" / "pages" / "standards.yaml"

WITHOUT_POLICY = ("elsewhere", "unchecked", "not_yet")
"""What an id says that no policy cites."""

LEADS = {
    "partly": "*Partly:*",
    "elsewhere": "*In the program:*",
    "unchecked": "*Not checked:*",
    "not_yet": "*Not yet:*",
}
"""What a remark on an id begins with."""


class Id(NamedTuple):
    """One id of a source, as `references` write it, what it asks for, and a remark on how it is answered."""

    identity: str
    asks: str
    kind: str | None
    remark: str


class Source(NamedTuple):
    """A standard or law with those of its ids that matter."""

    heading: str
    name: str
    edition: str
    in_force: str
    ids: tuple[Id, ...]


class Ahead(NamedTuple):
    """A day to come, what begins on it, and the policies it concerns."""

    day: date
    what: str
    policies: tuple[Policy, ...]


class Standards(NamedTuple):
    """All sources, the policies by the ids they cite, and the days to come."""

    sources: tuple[Source, ...]
    citing: Mapping[str, tuple[Policy, ...]]
    ahead: tuple[Ahead, ...]
    policies: tuple[Policy, ...]


@cache
def shipped() -> Standards:
    """The standards behind the shipped policies.

    Raises:
        SystemExit: sources and policies contradict one another; every contradiction is named.
    """
    data = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    loaded = Guard.load(POLICIES).policies
    cited = {policy.identity: policy.references for policy in loaded.policies}
    if found := list(contradictions(data, cited)):
        raise SystemExit("\n".join(f"{DATA.relative_to(ROOT)}: {problem}" for problem in found))
    citing = {name: tuple(each for each in loaded.policies if name in each.references) for name in all_ids(data)}
    agreed = max(pack.agreed_on for pack in loaded.packs.values() if pack.agreed_on)
    sources = tuple(_source(entry) for entry in data["sources"])
    return Standards(
        sources, citing, tuple(days_ahead(data["dates"], citing, loaded.policies, agreed)), loaded.policies
    )


def contradictions(data: Mapping[str, Any], cited: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What is wrong between the sources and the references of policies, by their ids."""
    known = list(all_ids(data))
    yield from (f"`{name}` stands there {count} times" for name, count in Counter(known).items() if count > 1)
    for policy, references in cited.items():
        for name in references:
            if name not in known:
                hint = did_you_mean(name, known) or "add it with what it asks for"
                yield f"`{policy}` cites `{name}`, which no source has: {hint}"
    answered = {name for references in cited.values() for name in references}
    for source in data["sources"]:
        for name, entry in source["ids"].items():
            yield from _wrong(name, set(entry), answered=name in answered)
    for entry in data["dates"]:
        yield from (f"a date names `{name}`, which no source has" for name in entry["references"] if name not in known)


def _wrong(name: str, keys: set[str], *, answered: bool) -> Iterator[str]:
    if others := keys - {"asks", *LEADS}:
        yield f"`{name}` has the key `{min(others)}`, which means nothing"
    remarks = keys & set(LEADS)
    if "asks" not in keys or len(remarks) > 1:
        yield f"`{name}` needs `asks` and one remark at most"
    if answered and remarks - {"partly"}:
        yield f"`{name}` is cited by a policy: what that leaves open is said under `partly`"
    if not answered and not remarks & set(WITHOUT_POLICY):
        yield f"no policy cites `{name}`: say why under one of {', '.join(WITHOUT_POLICY)}"


def all_ids(data: Mapping[str, Any]) -> Iterator[str]:
    """The ids of all sources in their order."""
    return (name for source in data["sources"] for name in source["ids"])


def _source(entry: Mapping[str, Any]) -> Source:
    ids = (_id(name, inside) for name, inside in entry["ids"].items())
    return Source(entry["heading"], entry["name"], entry.get("edition", ""), entry.get("in_force", ""), tuple(ids))


def _id(name: str, entry: Mapping[str, str]) -> Id:
    kind = next((kind for kind in LEADS if kind in entry), None)
    return Id(name, entry["asks"], kind, entry[kind] if kind else "")


def days_ahead(
    told: Iterable[Mapping[str, Any]],
    citing: Mapping[str, tuple[Policy, ...]],
    policies: Sequence[Policy],
    after: date,
) -> Iterator[Ahead]:
    """Days to come that sources tell of, and those on which policies turn by themselves; each with its policies."""
    whats = {entry["on"]: entry["what"] for entry in told}
    concerned = {
        entry["on"]: {each.identity for name in entry["references"] for each in citing[name]} for entry in told
    }
    for policy in policies:
        for day in _days(policy):
            concerned.setdefault(day, set()).add(policy.identity)
            whats.setdefault(day, policy.title)
    for day in sorted(whats):
        if day > after:
            yield Ahead(day, whats[day], tuple(policy for policy in policies if policy.identity in concerned[day]))


def _days(policy: Policy) -> Iterator[date]:
    """The days of the calendar from which a policy is another one."""
    if policy.effective_from is not None:
        yield policy.effective_from
    if policy.effective_to is not None:
        yield policy.effective_to + timedelta(days=1)
    yield from (date.fromordinal(turn.days) for turn in policy.turns if turn.fact is None and turn.days is not None)


def overview() -> str:
    """All sources with how many of their ids are answered in which way."""
    citing = shipped().citing
    rows = []
    for source in shipped().sources:
        kinds = Counter("cited" if citing[each.identity] else each.kind for each in source.ids)
        numbers = [str(kinds[kind] or "") for kind in ("cited", *WITHOUT_POLICY)]
        rows.append((f"[{source.heading}](#{anchor(source.heading)})", source.edition, *numbers))
    return table(("source", "edition", "by policies", "in the program", "not checked", "not yet"), rows)


def dates() -> str:
    """The days to come."""
    rows = ((str(each.day), each.what, _links(each.policies) or "none") for each in shipped().ahead)
    return table(("from", "what begins", "policies on it"), rows)


def begun() -> str:
    """The policies that apply from a day on."""
    found = sorted((policy.effective_from, policy) for policy in shipped().policies if policy.effective_from)
    rows = ((str(day), _links([policy]), ", ".join(policy.references)) for day, policy in found)
    return table(("since", "policy", "because of"), rows)


def unverified() -> str:
    """What the packs say nobody has verified."""
    packs = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(POLICIES.glob("*/pack.yaml")))
    rows = (
        (f"`{pack['id']}`", point, str(pack["review_by"])) for pack in packs for point in pack.get("unverified", ())
    )
    return table(("pack", "to be looked up", "by"), rows)


def sections() -> str:
    """Each source with its ids and what answers them."""
    return joined(text for source in shipped().sources for text in _section(source))


def _section(source: Source) -> Iterator[str]:
    yield f"## {source.heading}"
    yield " ".join(f"{text.rstrip('.')}." for text in (source.name, source.edition, source.in_force) if text)
    yield table(("id", "asks for", "answered by"), (_row(each) for each in source.ids))


def _row(each: Id) -> tuple[str, str, str]:
    remark = f"{LEADS[each.kind]} {each.remark}" if each.kind else ""
    answered = _links(shipped().citing[each.identity])
    return each.identity, each.asks, ". ".join(text for text in (answered, remark) if text)


def _links(policies: Iterable[Policy]) -> str:
    return ", ".join(f"[{each.identity}](policies/{each.pack}.md#{anchor(heading(each))})" for each in policies)


PARTS: Mapping[str, Callable[[], str]] = {
    "begun": begun,
    "dates": dates,
    "overview": overview,
    "sections": sections,
    "unverified": unverified,
}
"""What the page may call for: `<!-- standards dates -->` is `PARTS["dates"]()`."""
