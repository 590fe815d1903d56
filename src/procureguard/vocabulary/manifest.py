"""The manifest of a vendor: what is known of it, of its products and of their plans, by whom and since when."""

from typing import Annotated, Literal

from pydantic import Field

from procureguard.vocabulary.ai import AiFacts
from procureguard.vocabulary.choices import CapabilityLevels, Period
from procureguard.vocabulary.contract import ContractFacts
from procureguard.vocabulary.data import DataFacts
from procureguard.vocabulary.fact import Provenance
from procureguard.vocabulary.integration import IntegrationFacts
from procureguard.vocabulary.kinds import (
    Closed,
    Currency,
    Day,
    Id,
    Items,
    Kind,
    Many,
    Number,
    Text,
    Version,
    may_be_absent,
)
from procureguard.vocabulary.messaging import MessagingFacts
from procureguard.vocabulary.product import ProductFacts
from procureguard.vocabulary.vendor import VendorFacts
from procureguard.vocabulary.web import WebFacts

Aliases = Many[Text]

TieKind = Annotated[
    Literal["owns", "merged", "renamed"],
    Kind(
        "TieKind",
        "enum",
        {
            "owns": "The other vendor owns it",
            "merged": "It was merged into the other vendor",
            "renamed": "It is the same company under another name",
        },
    ),
]


ChargedBy = Annotated[
    Literal["seat", "flat", "usage"],
    Kind(
        "ChargedBy",
        "enum",
        {
            "seat": "The amount is for one seat",
            "flat": "The amount is for the whole plan",
            "usage": "The amount depends on how much is used",
        },
    ),
]

SEEN_ON = ["2026-08-14", "2026-10-02"]


class PlanFacts(Closed):
    """Facts that hold for a product or for one of its plans, by section; an empty section is as good as none."""

    product: ProductFacts | None = Field(None, title="About the product", description="What it is and what it can do.")
    data: DataFacts | None = Field(None, title="About the data", description="What becomes of the data put in.")
    integration: IntegrationFacts | None = Field(
        None, title="About the integration", description="How it is joined to other systems."
    )
    web: WebFacts | None = Field(None, title="About the website", description="What it does on a website.")
    messaging: MessagingFacts | None = Field(None, title="About messages", description="What it sends, and how.")
    ai: AiFacts | None = Field(
        None, title="About artificial intelligence", description="What its artificial intelligence does."
    )
    contract: ContractFacts | None = Field(None, title="About the contract", description="What the vendor signs.")


class Price(Closed):
    """What a plan costs."""

    amount: Number = Field(title="Amount", description="What is paid each period.", examples=[20.75, 996])
    currency: Currency = Field(title="Currency", description="Three capitals as in ISO 4217.", examples=["USD", "EUR"])
    period: Period = Field(title="Period", description="How often the amount is due.")
    per: ChargedBy = Field(
        title="Charged by", description="Whether each seat, the whole plan or what is used is charged."
    )


class Observation(Closed):
    """What somebody found out about a product or a plan on one day, beside what the manifest says itself."""

    source: Provenance = Field(title="Who says so", description="How strong the word is; the strongest counts.")
    as_of: Day = Field(title="Day on which it was true", description="The day on which it was seen.", examples=SEEN_ON)
    evidence: Text = may_be_absent(
        title="Where it is written",
        description="Enough for somebody else to find it.",
        examples=["Report of the audit, page 4", "https://formwise.example/trust"],
    )
    facts: PlanFacts = Field(title="What was found", description="Facts by section, written plainly.")


class VendorObservation(Closed):
    """What somebody found out about the vendor on one day, beside what the manifest says itself."""

    source: Provenance = Field(title="Who says so", description="How strong the word is; the strongest counts.")
    as_of: Day = Field(title="Day on which it was true", description="The day on which it was seen.", examples=SEEN_ON)
    evidence: Text = may_be_absent(
        title="Where it is written",
        description="Enough for somebody else to find it.",
        examples=["Register of companies", "https://formwise.example/imprint"],
    )
    vendor: VendorFacts = Field(title="What was found", description="Facts about the vendor, written plainly.")


class FamilyTie(Closed):
    """That the vendor became part of another one; it counts from the day it was closed until it ended."""

    parent: Id = Field(
        title="Identifier of the other vendor",
        description="As its own manifest and the inventory have it.",
        examples=["bigger-forms", "forms-holding"],
    )
    kind: TieKind = Field(
        title="Kind of tie",
        description="Owned by it, merged into it, or renamed: the same company under another name.",
    )
    announced: Day = may_be_absent(
        title="Day on which it was announced",
        description="It holds only from the day it was closed.",
        examples=["2026-01-20", "2025-11-03"],
    )
    closed: Day = may_be_absent(
        title="Day from which on it holds",
        description="Leave it out while it is only announced.",
        examples=["2026-03-02", "2026-01-01"],
    )
    ended: Day = may_be_absent(
        title="Last day on which it holds",
        description="For a vendor that was sold again.",
        examples=["2026-06-30", "2026-12-31"],
    )
    source: Provenance = may_be_absent(title="Who says so", description="How strong the word is.")
    evidence: Text = may_be_absent(
        title="Where it is written",
        description="Enough for somebody else to find it.",
        examples=["Press release of 2 March 2026", "Register of companies"],
    )


class Plan(Closed):
    """One plan of a product: its price and what is true of this plan only."""

    id: Id = Field(title="Identifier of the plan", description="Purchases name it.", examples=["business", "free"])
    aliases: Aliases = may_be_absent(
        title="Other words for the plan",
        description="Former names, and what order forms call it.",
        examples=[["team"], ["pro", "professional"]],
    )
    price: Price = may_be_absent(title="Price of the plan", description="Leave it out when the vendor names none.")
    facts: PlanFacts = may_be_absent(
        title="Facts of this plan only", description="By section, what holds of no other plan."
    )
    observations: Items[Observation] = may_be_absent(
        title="Further observations of this plan", description="What others found out about it, and when."
    )


class Product(Closed):
    """One product of the vendor, with what is true of every plan of it."""

    id: Id = Field(
        title="Identifier of the product", description="Purchases name it.", examples=["formwise", "formwise-polls"]
    )
    aliases: Aliases = may_be_absent(
        title="Other words for the product",
        description="Former ids and names.",
        examples=[["wiseforms"], ["polls", "quick-polls"]],
    )
    description: Text = may_be_absent(
        title="What it is for",
        description="One sentence.",
        examples=["Surveys and forms for teams", "Quick polls in the newsletter"],
    )
    capabilities: CapabilityLevels = may_be_absent(
        title="What it does",
        description="For each capability whether it is full, partial or latent (there, but not switched on).",
        examples=[{"surveys": "full", "forms": "partial"}, {"webinars": "full"}],
    )
    facts: PlanFacts = may_be_absent(
        title="Facts of every plan", description="By section, what holds whichever plan is bought."
    )
    observations: Items[Observation] = may_be_absent(
        title="Further observations of every plan", description="What others found out about the product, and when."
    )
    plans: Items[Plan] = may_be_absent(title="Plans", description="What can be bought, one item for each plan.")


class VendorManifest(Closed):
    """What is known of a vendor, its products and their plans; many purchases can rest on it."""

    kind: Literal["vendor"] = Field(title="Kind of document", description="Always `vendor`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    id: Id = Field(
        title="Identifier of the vendor", description="Purchases name it.", examples=["formwise", "cloudhost"]
    )
    aliases: Aliases = may_be_absent(
        title="Other words for the vendor",
        description="By which purchases and inventories may name it as well as by its id.",
        examples=[["wise-forms"], ["wiseforms", "wise-forms"]],
    )
    source: Provenance = may_be_absent(
        title="Who says so",
        description="Holds for every plain value below; `catalogue` when left out.",
        json_schema_extra={"default": "catalogue"},
    )
    as_of: Day = may_be_absent(
        title="Day on which it was true",
        description="Holds for every plain value below.",
        examples=["2026-09-30", "2026-11-02"],
    )
    vendor: VendorFacts = may_be_absent(
        title="About the vendor", description="The company, whichever product and plan are bought."
    )
    family: Items[FamilyTie] = may_be_absent(
        title="Vendors it belongs to",
        description="An empty list states that it belongs to nobody.",
    )
    observations: Items[VendorObservation] = may_be_absent(
        title="Further observations of the vendor", description="What others found out about the company, and when."
    )
    products: Items[Product] = may_be_absent(title="Products", description="What the vendor sells, one item for each.")
