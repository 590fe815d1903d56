"""What names stand for or may stand for, as text and JSON."""

from collections.abc import Iterable, Iterator

from procureguard.render.json import as_json
from procureguard.render.style import wrapped
from procureguard.stack.matching import Known, Match, Perhaps


def matches_text(matches: Iterable[Match]) -> str:
    """Each name with what it is, or what it perhaps is, by likeness."""
    return "".join(f"{line}\n" for match in matches for line in _lines(match))


def matches_json(matches: Iterable[Match]) -> str:
    """Each name with its identities and proposals; likeness from 0 to 1."""
    return as_json(
        [
            {
                "name": match.word,
                "is": [_record(known) for known in match.identities],
                "perhaps": [_proposal(proposal) for proposal in match.proposals],
            }
            for match in matches
        ]
    )


def _lines(match: Match) -> Iterator[str]:
    if not match.identities and not match.proposals:
        yield from wrapped(f"{match.word}: nothing here has a name like this", "", "  ")
        return
    yield from wrapped(f"{match.word}", "", "  ")
    for known in match.identities:
        owned = f"; owned from it: {', '.join(known.owned)}" if known.owned else ""
        yield from wrapped(f"is the {_told(known)}{owned}", "  ", "    ")
    for found in match.proposals:
        by = "" if found.name == found.known.name else f", by the name {found.name}"
        yield from wrapped(f"perhaps the {_told(found.known)}: {found.likeness:.0%} alike{by}", "  ", "    ")


def _told(known: Known) -> str:
    return f"{known.kind} {known.name} ({known.identity})"


def _record(known: Known) -> dict[str, object]:
    record: dict[str, object] = {"kind": known.kind, "id": known.identity, "name": known.name}
    return {**record, "owned": list(known.owned)} if known.kind == "vendor" else record


def _proposal(found: Perhaps) -> dict[str, object]:
    return {**_record(found.known), "by": found.name, "likeness": round(found.likeness, 4)}
