"""A fact that a document states otherwise than before."""

from typing import NamedTuple

from procureguard.facts.fact import SOURCES
from procureguard.source.document import Data
from procureguard.source.stated import is_stated, plain

REQUESTER = "requester"
"""Who says what stands plain in a purchase."""


class Replaced(NamedTuple):
    """What a purchase said of a fact, and what it says now, each plain or with its source; null is unknown."""

    path: str
    before: Data
    after: Data

    @property
    def sources(self) -> tuple[str, str]:
        """Who spoke before, and who speaks now."""
        return source_of(self.before), source_of(self.after)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is lost by it: what was unknown is stated, or the same is said on a word as good."""
        return plain(self.before) is None or (plain(self.before) == plain(self.after) and not self.is_weaker)

    @property
    def is_weaker(self) -> bool:
        """Whether a better source spoke before."""
        before, after = self.sources
        return SOURCES.index(before) > SOURCES.index(after)


def source_of(data: Data) -> str:
    """Who says what a purchase states."""
    source = data.get("source") if isinstance(data, dict) and is_stated(data) else None
    return source if isinstance(source, str) else REQUESTER
