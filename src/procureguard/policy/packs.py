"""Packs: folders of policies that both sides have agreed, of which an organisation chooses those in use."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import PurePath
from typing import Any

from procureguard.policy.model import Pack
from procureguard.policy.written import WrittenPolicy
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import check_kind
from procureguard.source.mending import Mistake
from procureguard.stack.organisation import Organisation

UNPACKED = Pack("", "Policies of no pack", "cost", "", (), None, None, None)


def load_packs(documents: Iterable[Document], problems: list[Diagnostic]) -> dict[str, Pack]:
    """Packs by the folder they stand in; every problem is added."""
    packs: dict[str, Pack] = {}
    first: dict[str, Document] = {}
    for document in documents:
        if check_kind(document, "pack", problems):
            pack = packs[folder_of(document)] = _pack(document)
            other = first.setdefault(pack.identity, document)
            if other is not document:
                message = f"the pack `{pack.identity}` stands twice, first in {other.source.name}"
                span, hint = document.value_span("/id"), "give one of them another id"
                problems.append(Diagnostic.error("PG303", message, document.source, span, hint))
    return packs


def in_use(
    written: tuple[WrittenPolicy, ...], packs: Iterable[Pack], owner: Organisation, problems: list[Diagnostic]
) -> tuple[WrittenPolicy, ...]:
    """The policies of the packs that the organisation has chosen, and those of no pack; every problem is added."""
    if owner.packs is None or owner.document is None:
        return written
    known = sorted(pack.identity for pack in packs)
    document, before = owner.document, len(problems)
    for place, identity in enumerate(owner.packs):
        if identity not in known:
            mistake = Mistake("PG314", f"there is no pack `{identity}`", document, f"/packs/{place}")
            problems.append(mistake.misspelt(identity, known, _all_of(known)))
    chosen = tuple(found for found in written if found.policy.pack in {UNPACKED.identity, *owner.packs})
    if written and not chosen and len(problems) == before:
        span = document.value_span("/packs")
        message, hint = "no policy is left, so every purchase would be approved", _all_of(known)
        problems.append(Diagnostic.error("PG314", message, document.source, span, hint))
    return chosen


def folder_of(document: Document) -> str:
    """The folder a policy or the manifest of a pack stands in."""
    return PurePath(document.source.name).parent.as_posix()


def _pack(document: Document) -> Pack:
    data: Any = document.data
    return Pack(
        data["id"],
        data["title"],
        data["domain"],
        str(data["release"]),
        tuple(data.get("agreed_by") or ()),
        _day(data, "agreed_on"),
        _day(data, "review_by"),
        data.get("jurisdiction"),
    )


def _day(data: Mapping[str, Any], key: str) -> date | None:
    return date.fromisoformat(data[key]) if data.get(key) else None


def _all_of(known: Iterable[str]) -> str:
    return f"the packs are {', '.join(known) or 'none here'}"
