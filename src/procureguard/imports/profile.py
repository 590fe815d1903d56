"""Mapping profiles: what a row of an export is, and which headings mean which field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from procureguard.imports.fields import CHOICES, KINDS, ROWS, Row
from procureguard.imports.unreadable import Unreadable
from procureguard.imports.values import DEFAULT_FORMATS, Value, read_value
from procureguard.imports.words import word_key
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import check_kind
from procureguard.source.read import read_document

_PROFILES = Path(__file__).with_name("profiles")


@dataclass(frozen=True, slots=True)
class Profile:
    """A mapping profile; headings and words are kept as keys, see `word_key`."""

    identity: str
    title: str
    row: Row
    meaning: str
    headings: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Mapping[str, str]]
    defaults: Mapping[str, Value]
    only: Mapping[str, frozenset[str]]

    @property
    def known_headings(self) -> frozenset[str]:
        """Every heading it knows, as keys."""
        return frozenset(heading for headings in self.headings.values() for heading in headings)


def load_profile(document: Document, problems: list[Diagnostic]) -> Profile | None:
    """The profile a document describes, or None with everything wrong with it added to the problems."""
    if not check_kind(document, "mapping", problems):
        return None
    data: Any = document.data
    row, words = ROWS[data["row"]], _words(data)
    defaults: dict[str, Value] = {}
    found = [*_misplaced(data, row, document), *_missing(data, row, document)]
    for name, text in data.get("defaults", {}).items():
        try:
            defaults[name] = read_value(KINDS[name], text, DEFAULT_FORMATS, words.get(name, {}))
        except Unreadable as error:
            span = document.value_span(f"/defaults/{name}")
            found.append(Diagnostic.error("PG240", error.reason, document.source, span, error.hint))
    problems += found
    only = {name: frozenset(map(word_key, entries)) for name, entries in data.get("only", {}).items()}
    headings = {name: tuple(map(word_key, entries)) for name, entries in data["columns"].items()}
    if found:
        return None
    return Profile(data["id"], data["title"], row, data["row"], headings, words, defaults, only)


def _words(data: Any) -> dict[str, dict[str, str]]:  # noqa: ANN401 - checked against its schema
    """For each field of few values, what each word means; the values' own names always count."""
    stated = data.get("words", {})
    return {
        name: {
            **{word_key(value): value for value in values},
            **{word_key(word): value for value, words in stated.get(name, {}).items() for word in words},
        }
        for name, values in CHOICES.items()
    }


def _misplaced(data: Any, row: Row, document: Document) -> Iterator[Diagnostic]:  # noqa: ANN401 - as above
    for part in ("columns", "defaults", "only"):
        for name in data.get(part, {}):
            if name not in row.fields:
                message = f"a row that is {row.title} has no `{name}`"
                hint = f"it may have {', '.join(row.fields)}"
                yield Diagnostic.error("PG240", message, document.source, document.key_span(f"/{part}/{name}"), hint)


def _missing(data: Any, row: Row, document: Document) -> Iterator[Diagnostic]:  # noqa: ANN401 - as above
    for name in row.needed:
        if name not in data["columns"]:
            message = f"no heading is given for `{name}`, which a row that is {row.title} needs"
            hint = f"add `{name}:` with the headings that mean it"
            yield Diagnostic.error("PG240", message, document.source, document.key_span("/columns"), hint)


@cache
def shipped_profiles() -> Mapping[str, Profile]:
    """The profiles that come with the package, by id."""
    loaded = (_shipped(path) for path in sorted(_PROFILES.glob("*.yaml")))
    return {profile.identity: profile for profile in loaded}


def _shipped(path: Path) -> Profile:
    problems: list[Diagnostic] = []
    document = read_document(f"profile {path.stem}", path.read_bytes(), problems)
    profile = load_profile(document, problems) if document is not None else None
    if profile is None:
        raise AssertionError(problems)
    return profile
