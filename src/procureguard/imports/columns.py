"""Columns matched to fields: by headings that a profile knows, else by likeness and by what can be read in them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from procureguard.imports.fields import KINDS
from procureguard.imports.profile import Profile
from procureguard.imports.table import Table
from procureguard.imports.unreadable import Unreadable
from procureguard.imports.values import Cell, Formats, formats_of, is_unknown, read_value
from procureguard.imports.words import word_key
from procureguard.stack.names import likeness

SURE = 1.0
USED = 0.6
"""Columns that are less sure than this are not used."""

PERHAPS = 0.35
"""Columns that are less sure than this are not even mentioned."""

_TRIED = 500
_EXAMPLES = 3
_LONGEST_HEADING = 80
_LIKEST = 0.95


class Match(NamedTuple):
    """A column taken for a field, how sure that is from 0 to 1, and how its days and numbers are written."""

    place: int
    field: str
    confidence: float
    formats: Formats


class Matching(NamedTuple):
    """Columns in use, by field, and those that are perhaps a field and are not used."""

    used: Mapping[str, Match]
    perhaps: tuple[Match, ...]

    @property
    def fit(self) -> float:
        """How well the columns answer the profile: what is sure of all that is used."""
        return sum(match.confidence for match in self.used.values())


def match_columns(table: Table, profile: Profile, wished: Formats) -> Matching:
    """Each column for one field at most and each field from one column at most, the surest pairs first.

    Of equally sure columns, that counts whose heading stands first in the profile.
    """
    columns = {place: table.column(place) for place in range(len(table.columns))}
    pairs = sorted(_pairs(table, columns, profile, wished), key=lambda pair: _order(pair, table, profile))
    chosen = _one_to_one(pair for pair in pairs if pair.confidence >= USED)
    taken = {match.place for match in chosen}
    perhaps = _one_to_one(pair for pair in pairs if pair.confidence < USED and pair.place not in taken)
    fields = {match.field for match in chosen}
    return Matching(
        {match.field: match for match in chosen}, tuple(match for match in perhaps if match.field not in fields)
    )


def best_profile(table: Table, profiles: Iterable[Profile], wished: Formats) -> tuple[Profile, Matching]:
    """The profile that the columns fit best: first one with all it needs, then the surest, then the first by id."""
    matched = ((profile, match_columns(table, profile, wished)) for profile in profiles)
    return min(matched, key=lambda pair: (_lacking(*pair), -pair[1].fit, pair[0].identity))


def examples_of(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The first different values of a column."""
    return tuple(dict.fromkeys(cell for cell in cells if not is_unknown(cell)))[:_EXAMPLES]


def _lacking(profile: Profile, matching: Matching) -> int:
    return sum(name not in matching.used for name in profile.row.needed)


def _pairs(table: Table, columns: Mapping[int, list[Cell]], profile: Profile, wished: Formats) -> Iterable[Match]:
    known = profile.known_headings
    for place, heading in enumerate(map(word_key, table.columns)):
        for field, headings in profile.headings.items():
            alike = _alike(heading, headings, known)
            if alike >= PERHAPS:
                formats = formats_of(columns[place], KINDS[field], wished)
                share = SURE if alike == SURE else _readable(columns[place], field, formats, profile)
                if alike * share >= PERHAPS:
                    yield Match(place, field, alike * share, formats)


def _alike(heading: str, headings: Sequence[str], known: frozenset[str]) -> float:
    """How alike a heading is to those that mean a field, from 0 to 1; one that is known means what it says."""
    if heading in known:
        return SURE if heading in headings else 0.0
    if len(heading) > _LONGEST_HEADING:
        return 0.0
    return min(_LIKEST, max((likeness(heading, other) for other in headings), default=0.0))


def _readable(cells: Sequence[Cell], field: str, formats: Formats, profile: Profile) -> float:
    """The share of the values of a column that can be read as a field's; 0 where there is none."""
    stated = [cell for cell in cells if not is_unknown(cell)][:_TRIED]
    return sum(_can_be_read(cell, field, formats, profile) for cell in stated) / len(stated) if stated else 0.0


def _can_be_read(cell: Cell, field: str, formats: Formats, profile: Profile) -> bool:
    try:
        read_value(KINDS[field], cell, formats, profile.words.get(field, {}))
    except Unreadable:
        return False
    return True


def _one_to_one(pairs: Iterable[Match]) -> list[Match]:
    chosen: list[Match] = []
    for pair in pairs:
        if all(pair.place != other.place and pair.field != other.field for other in chosen):
            chosen.append(pair)
    return chosen


def _order(match: Match, table: Table, profile: Profile) -> tuple[float, int, int, str]:
    headings, heading = profile.headings[match.field], word_key(table.columns[match.place])
    rank = headings.index(heading) if heading in headings else len(headings)
    return -match.confidence, rank, match.place, match.field
