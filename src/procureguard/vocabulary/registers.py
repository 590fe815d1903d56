"""Registers of what happened: decisions on purchases, and payments by card or expense claim."""

from typing import Annotated, Literal

from pydantic import Field

from procureguard.vocabulary.documents import PurchaseFacts
from procureguard.vocabulary.kinds import Closed, Currency, Day, Id, Kind, Number, Text, Version, may_be_absent

MOST_ENTRIES = 10_000
"""How many decisions or payments a file may list."""


class PastDecision(Closed):
    """One decision on one purchase, and the facts it rests on."""

    purchase: Text = Field(
        title="Reference of the purchase",
        description="As `request.id` of the purchase has it.",
        examples=["2026-03-surveys", "TW-1187"],
    )
    tool: Id = may_be_absent(
        title="Tool it was about", description="The id of the tool in the inventory.", examples=["askwell", "house-crm"]
    )
    decided_on: Day = Field(
        title="Day of the decision",
        description="The latest decision on a purchase counts.",
        examples=["2026-03-14", "2026-10-02"],
    )
    outcome: Annotated[
        Literal["approved", "refused"],
        Kind(
            "DecisionOutcome",
            "enum",
            {
                "approved": "The purchase got its yes",
                "refused": "The purchase got its no",
            },
        ),
    ] = Field(title="What was decided", description="In the end, conditions or not.")
    facts: PurchaseFacts | None = Field(
        None,
        title="Facts it rests on",
        description="When one of them changes, what was approved is no longer what is being bought.",
    )


class Decisions(Closed):
    """The decisions on earlier purchases. It counts as complete: what is missing from it was never decided."""

    kind: Literal["decisions"] = Field(title="Kind of document", description="Always `decisions`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    decisions: list[PastDecision] = Field(
        title="Decisions",
        description="One item for each; an empty list states that nothing was decided yet.",
        max_length=MOST_ENTRIES,
    )


class CardPayment(Closed):
    """One payment by company card or expense claim."""

    vendor: Text = Field(
        title="Vendor paid",
        description="Its id, an alias, or a web address of its manifest.",
        examples=["formwise", "formwise.example"],
    )
    paid_on: Day = Field(
        title="Day of the payment",
        description="As the statement of the card or the claim has it.",
        examples=["2026-10-02", "2026-11-14"],
    )
    amount: Number = Field(title="Amount paid", description="In the currency below.", examples=[49, 20.75])
    currency: Currency = Field(title="Currency", description="Three capitals as in ISO 4217.", examples=["USD", "EUR"])


class CardPayments(Closed):
    """Payments by card or expense claim. It counts as complete for the last twelve months."""

    kind: Literal["card-payments"] = Field(title="Kind of document", description="Always `card-payments`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    payments: list[CardPayment] = Field(
        title="Payments",
        description="One item for each; an empty list states that nothing was paid that way.",
        max_length=MOST_ENTRIES,
    )
