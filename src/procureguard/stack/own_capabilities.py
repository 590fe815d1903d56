"""Capabilities of an organisation: its own ones, and further words for those that come with the package."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from procureguard.capabilities import Capability, Needs, Taxonomy, shipped_taxonomy
from procureguard.likeness import folded
from procureguard.source.diagnostic import Diagnostic, did_you_mean
from procureguard.source.document import Document
from procureguard.source.mending import Mistake
from procureguard.stack.organisation import Organisation

Entry = Mapping[str, Any]


def taxonomy_of(organisation: Organisation, problems: list[Diagnostic]) -> Taxonomy:
    """The shipped taxonomy with what an organisation adds to it; every problem is added, and what is wrong left out."""
    entries = organisation.data.get("capabilities")
    if organisation.document is None or not entries:
        return shipped_taxonomy()
    addition = _Addition(organisation.document, shipped_taxonomy(), problems)
    return addition.made_of(entries)


@dataclass(frozen=True, slots=True)
class _Addition:
    """What is added to a taxonomy, and the file that says so."""

    document: Document
    before: Taxonomy
    problems: list[Diagnostic]

    def made_of(self, entries: list[Entry]) -> Taxonomy:
        """The taxonomy with these entries."""
        first: dict[str, int] = {}
        for place, entry in enumerate(entries):
            if first.setdefault(entry["id"], place) != place:
                self._add_twice(entry["id"], first[entry["id"]], place)
        known = {**dict.fromkeys(self.before.capabilities), **dict.fromkeys(first)}
        found = dict(self.before.capabilities)
        taken = {_key(word): name for name, capability in found.items() for word in _names(capability)}
        for identity, place in first.items():
            own = self._own(f"/capabilities/{place}", entries[place], known)
            free = tuple(self._free(f"/capabilities/{place}", entries[place], identity, taken))
            found[identity] = own._replace(synonyms=tuple(dict.fromkeys((*own.synonyms, *free))))
        return replace(self.before, capabilities=found)

    def _own(self, pointer: str, entry: Entry, known: Mapping[str, object]) -> Capability:
        """The capability with what is stated of it; its synonyms are those it had before."""
        identity = entry["id"]
        before = self.before.capabilities.get(identity)
        if before is None and "title" not in entry:
            message = f"the capability `{identity}` is new and has no title"
            hint = did_you_mean(identity, self.before.capabilities) or "say in a few words what people call it"
            self._add("PG228", message, f"{pointer}/id", hint)
        had = before or Capability(identity, identity, (), (), exclusive=False)
        return had._replace(
            title=entry.get("title", had.title),
            does=entry.get("does", had.does),
            area=self._area(pointer, entry) or had.area,
            implies=tuple(dict.fromkeys((*had.implies, *self._implied(pointer, entry, known)))),
            exclusive=entry.get("exclusive", had.exclusive),
            needs=Needs.of(entry["needs"]) if "needs" in entry else had.needs,
        )

    def _area(self, pointer: str, entry: Entry) -> str | None:
        area: str | None = entry.get("area")
        if area is None or area in self.before.areas:
            return area
        mistake = Mistake("PG228", f"there is no area `{area}`", self.document, f"{pointer}/area")
        hint = "`procureguard capability list` begins every area with its id"
        self.problems.append(mistake.misspelt(area, self.before.areas, hint))
        return None

    def _implied(self, pointer: str, entry: Entry, known: Mapping[str, object]) -> Iterator[str]:
        for place, word in enumerate(entry.get("implies", ())):
            if word in known:
                yield word
            else:
                at = f"{pointer}/implies/{place}"
                mistake = Mistake("PG220", f"there is no capability `{word}`", self.document, at)
                self.problems.append(mistake.misspelt(word, known, "`procureguard capability list` shows them all"))

    def _free(self, pointer: str, entry: Entry, identity: str, taken: dict[str, str]) -> Iterator[str]:
        """The synonyms that lead to no other capability; id and title must not either."""
        for part, word in _words_of(entry):
            owner = taken.setdefault(_key(word), identity)
            if owner != identity:
                hint = f"choose another word, or state what you add under `id: {owner}`"
                self._add("PG228", f"`{word}` leads to the capability `{owner}` already", f"{pointer}/{part}", hint)
            elif part not in {"id", "title"}:
                yield word

    def _add_twice(self, identity: str, first: int, place: int) -> None:
        line = self.document.source.position(self.document.value_span(f"/capabilities/{first}/id").start).line
        message = f"the capability `{identity}` stands twice in the file, first in line {line}"
        self._add("PG223", message, f"/capabilities/{place}/id", "state everything about it in one place")

    def _add(self, code: str, message: str, pointer: str, hint: str) -> None:
        span = self.document.value_span(pointer)
        self.problems.append(Diagnostic.error(code, message, self.document.source, span, hint))


def _words_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """Id, title and synonyms, each with where it stands in the entry."""
    yield "id", entry["id"].replace("-", " ")
    if "title" in entry:
        yield "title", entry["title"]
    for place, word in enumerate(entry.get("synonyms", ())):
        yield f"synonyms/{place}", word


def _names(capability: Capability) -> tuple[str, ...]:
    return (capability.identity.replace("-", " "), capability.title, *capability.synonyms)


def _key(word: str) -> str:
    """A word as it is compared: without case, accents, hyphens and blanks that make no difference."""
    return " ".join(folded(word).replace("-", " ").split())
