"""The proposed purchase: one file, the request and everything said about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import check_kind
from procureguard.source.stated import Block, blocks_of, plain

SECTIONS = ("request", "vendor", "product", "data", "integration", "web", "messaging", "ai", "contract", "ext")
"""The sections of a purchase in the order in which people read them."""

UNNAMED = "purchase"
"""The identity of a purchase without a reference."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """A purchase as its file states it; its facts are read from the document."""

    document: Document

    @property
    def identity(self) -> str:
        """The requester's reference, or `purchase` where none is stated."""
        return self.text("request", "id") or UNNAMED

    def text(self, section: str, name: str) -> str | None:
        """One text of the file, however it is written, or None where it is not stated."""
        assert isinstance(self.document.data, dict)
        facts = self.document.data.get(section)
        value = plain(facts.get(name)) if isinstance(facts, dict) else None
        return value if isinstance(value, str) else None

    def texts(self, section: str, name: str) -> tuple[str, ...]:
        """The texts of a list of the file, however it is written; none where it is not stated."""
        assert isinstance(self.document.data, dict)
        facts = self.document.data.get(section)
        value = plain(facts.get(name)) if isinstance(facts, dict) else None
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    def blocks(self) -> Iterator[Block]:
        """The facts the purchase states, section by section."""
        return blocks_of("", self.document.data)


def load_purchase(document: Document, problems: list[Diagnostic]) -> Purchase | None:
    """The purchase a document describes, or None with everything wrong with it added to the problems."""
    return Purchase(document) if check_kind(document, "purchase", problems) else None
