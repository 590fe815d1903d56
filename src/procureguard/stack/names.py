"""Names of companies and products: how alike two are, and which of many somebody may have meant.

A name is never proof that two things are one: it only proposes, and a person confirms.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from procureguard.likeness import folded, runs, share_of

PROPOSED = 5
"""So many proposals hold the right one nearly always, if it is there at all."""

ALIKE = 0.45
"""Names less alike than this are not worth proposing."""

_LEGAL_FORM = re.compile(
    "ab|ag|as|aps|bv|co|company|corp|corporation|gmbh|inc|incorporated|kg|limited|llc|lp|ltd|nv|oyj?|plc|pte|pty|"
    "sa|sarl|sas|spa|srl|ug"
)
_WORD = re.compile(r"[^\W_]+")


class Proposal(NamedTuple):
    """What somebody may have meant, and how alike the names are, from 0 to 1."""

    identity: str
    name: str
    likeness: float


def name_key(name: str) -> str:
    """A name without case, accents, punctuation and legal form; equal keys are as good as equal names."""
    words = _WORD.findall(folded(name))
    return " ".join([word for word in words if not _LEGAL_FORM.fullmatch(word)] or words)


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1: the share of runs of three characters they have in common (Dice)."""
    return share_of(runs(name_key(one)), runs(name_key(other)))


def propose(word: str, known: Iterable[tuple[str, str]], limit: int = PROPOSED) -> tuple[Proposal, ...]:
    """The known things, pairs of id and name, whose name or id is most like a word, best first.

    An id that is known by several names is proposed once, under the likest.
    """
    best: dict[str, Proposal] = {}
    own = runs(name_key(word))
    inside = tuple(run for run in own.elements() if " " not in run)
    for identity, name in known:
        if name.isascii() and _most_alike(inside, own.total(), name.lower()) < ALIKE:
            continue
        found = Proposal(identity, name, share_of(own, runs(name_key(name))))
        if found.likeness >= ALIKE and (identity not in best or _order(found) < _order(best[identity])):
            best[identity] = found
    return tuple(sorted(best.values(), key=_order)[:limit])


def _most_alike(inside: Sequence[str], total: int, name: str) -> float:
    """No less than the likeness to a name in lower case, found without taking it apart: most names are far off.

    Of all the runs of a word, those inside its own words can be looked for; the others count as shared.
    """
    shared = total - len(inside) + sum([run in name for run in inside])
    return 2 * shared / (total + shared) if shared else 0.0


def host_of(address: str) -> str | None:
    """The host of a web address, a mail address or a bare domain, without `www.`; None where there is none."""
    if "." not in address:
        return None
    text = address.strip().casefold()
    place = re.split(r"[/?#\\]", re.sub(r"^[a-z][a-z0-9+.-]*://", "", text), maxsplit=1)[0]
    host = place.rsplit("@", maxsplit=1)[-1].partition(":")[0].strip(".").removeprefix("www.")
    labels = host.split(".")
    return host if len(labels) > 1 and all(_is_label(label) for label in labels) else None


def endings_of(host: str) -> tuple[str, ...]:
    """A host and the domains it lies below, the longest first; single labels such as `com` belong to no one."""
    labels = host.split(".")
    return tuple(".".join(labels[place:]) for place in range(len(labels) - 1))


def _is_label(label: str) -> bool:
    return bool(label) and all(mark.isalnum() or mark == "-" for mark in label)


def _order(found: Proposal) -> tuple[float, str, str]:
    return -found.likeness, found.identity, found.name
