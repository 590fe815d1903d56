"""Answers to questions about a purchase, as somebody fills them in and sends them back."""

from typing import Literal

from pydantic import Field

from procureguard.vocabulary.documents import PurchaseFacts
from procureguard.vocabulary.fact import Provenance
from procureguard.vocabulary.kinds import Closed, Day, Text, Version


class AnswersHeader(Closed):
    """What a file of answers begins with: what it is about, and who gives them."""

    kind: Literal["answers"] = Field(title="Kind of document", description="Always `answers`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    purchase: Text | None = Field(
        None,
        title="Reference of the purchase",
        description="As `request.id` of the purchase has it.",
        examples=["2026-11-surveys", "TW-1187"],
    )
    source: Provenance | None = Field(
        None, title="Who gives these answers", description="Holds for every value below that names nobody itself."
    )
    as_of: Day | None = Field(
        None,
        title="Day of the answers",
        description="Holds for every value below that names no day itself.",
        examples=["2026-11-02", "2026-11-22"],
    )
    evidence: Text | None = Field(
        None,
        title="Where it is written",
        description="A document, a page, a mail; holds for every value below that names nothing itself.",
        examples=["Mail from Jo, 12 November", "https://formwise.example/security"],
    )


class Answers(PurchaseFacts, AnswersHeader):
    """Answers to questions about a purchase; what is left out or empty stays open."""
