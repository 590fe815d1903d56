"""A fact: one typed value with where it was said, by whom and when."""

from typing import NamedTuple

from procureguard.facts.schema import Value
from procureguard.source.document import Document
from procureguard.source.stated import Places

SOURCES = ("requester", "catalogue", "it", "vendor", "report", "contract", "measured")
"""Who says so, the weakest first."""

ANSWERERS = ("requester", "vendor", "it", "organisation")
"""Who may be asked for a fact, in the order in which they are asked."""

SPEAKS_FOR = {"requester": "requester", "vendor": "vendor", "it": "it", "organisation": "it"}
"""The source of an answer, by who was asked for it."""

COMPUTED = "computed"
"""The source of a derived fact: it says no more than the facts it is computed from."""


class Place(NamedTuple):
    """Where a value stands: role and id of the document, JSON pointer, line and column from 1."""

    role: str
    document: str
    pointer: str
    line: int
    column: int

    @classmethod
    def of(cls, document: Document, role: str, identity: str, pointer: str) -> "Place":
        """The place of the value at a pointer of a document."""
        position = document.source.position(document.value_span(pointer).start)
        return cls(role, identity, pointer, position.line, position.column)

    @classmethod
    def among(cls, places: Places, role: str, identity: str, pointer: str) -> "Place":
        """The place of a value whose line and column are known already."""
        return cls(role, identity, pointer, *places[pointer])


class Fact(NamedTuple):
    """One known value by path; `inputs` are the facts a derived one was computed from."""

    path: str
    value: Value
    source: str
    as_of: str | None = None
    evidence: str | None = None
    place: Place | None = None
    inputs: tuple[str, ...] = ()

    @property
    def strength(self) -> tuple[int, str]:
        """What decides between two statements of one fact: the rank of the source, then the newer day."""
        return SOURCES.index(self.source), self.as_of or ""
