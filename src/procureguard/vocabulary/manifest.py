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

TieKind = Annotated[Literal["owns", "merged", "renamed"], Kind("TieKind", "enum")]


class PlanFacts(Closed):
    """Facts that hold for a product or for one of its plans, by section; an empty section is as good as none."""

    product: ProductFacts | None = Field(None, title="About the product")
    data: DataFacts | None = Field(None, title="About the data")
    integration: IntegrationFacts | None = Field(None, title="About the integration")
    web: WebFacts | None = Field(None, title="About the website")
    messaging: MessagingFacts | None = Field(None, title="About messages")
    ai: AiFacts | None = Field(None, title="About artificial intelligence")
    contract: ContractFacts | None = Field(None, title="About the contract")


class Price(Closed):
    """What a plan costs."""

    amount: Number = Field(title="Amount", description="What is paid each period.", examples=[20.75])
    currency: Currency = Field(title="Currency", description="Three capitals as in ISO 4217.", examples=["USD"])
    period: Period = Field(title="Period", description="How often the amount is due.", examples=["month"])
    per: Literal["seat", "flat", "usage"] = Field(
        title="Charged by",
        description="Whether each seat, the whole plan or what is used is charged.",
        examples=["seat"],
    )


class Observation(Closed):
    """What somebody found out about a product or a plan on one day, beside what the manifest says itself."""

    source: Provenance = Field(title="Who says so", examples=["report"])
    as_of: Day = Field(title="Day on which it was true", examples=["2026-08-14"])
    evidence: Text = may_be_absent(title="Where it is written", examples=["Report of the audit, page 4"])
    facts: PlanFacts = Field(title="What was found", examples=[{"product": {"encrypted_at_rest": True}}])


class VendorObservation(Closed):
    """What somebody found out about the vendor on one day, beside what the manifest says itself."""

    source: Provenance = Field(title="Who says so", examples=["measured"])
    as_of: Day = Field(title="Day on which it was true", examples=["2026-08-14"])
    evidence: Text = may_be_absent(title="Where it is written", examples=["Register of companies"])
    vendor: VendorFacts = Field(title="What was found", examples=[{"disclosure_policy": True}])


class FamilyTie(Closed):
    """That the vendor became part of another one; it counts from the day it was closed until it ended."""

    parent: Id = Field(title="Identifier of the other vendor", examples=["bigger-forms"])
    kind: TieKind = Field(
        title="Kind of tie",
        description="Owned by it, merged into it, or renamed: the same company under another name.",
        examples=["owns"],
    )
    announced: Day = may_be_absent(title="Day on which it was announced")
    closed: Day = may_be_absent(
        title="Day from which on it holds", description="Leave it out while it is only announced."
    )
    ended: Day = may_be_absent(title="Last day on which it holds", description="For a vendor that was sold again.")
    source: Provenance = may_be_absent(title="Who says so")
    evidence: Text = may_be_absent(title="Where it is written", examples=["Press release of 2 March 2026"])


class Plan(Closed):
    """One plan of a product: its price and what is true of this plan only."""

    id: Id = Field(title="Identifier of the plan", examples=["business"])
    aliases: Aliases = may_be_absent(title="Other words for the plan", examples=[["team"]])
    price: Price = may_be_absent(title="Price", description="Leave it out when the vendor names none.")
    facts: PlanFacts = may_be_absent(title="Facts of this plan only", examples=[{"product": {"sso_on_plan": True}}])
    observations: Items[Observation] = may_be_absent(title="Further observations of this plan")


class Product(Closed):
    """One product of the vendor, with what is true of every plan of it."""

    id: Id = Field(title="Identifier of the product", examples=["formwise"])
    aliases: Aliases = may_be_absent(
        title="Other words for the product", description="Former ids and names.", examples=[["wiseforms"]]
    )
    description: Text = may_be_absent(
        title="What it is for", description="One sentence.", examples=["Surveys and forms for teams"]
    )
    capabilities: CapabilityLevels = may_be_absent(
        title="What it does",
        description="For each capability whether it is full, partial or latent (there, but not switched on).",
        examples=[{"surveys": "full", "forms": "partial"}],
    )
    facts: PlanFacts = may_be_absent(
        title="Facts of every plan", examples=[{"product": {"name": "Formwise", "encrypted_at_rest": True}}]
    )
    observations: Items[Observation] = may_be_absent(title="Further observations of every plan")
    plans: Items[Plan] = may_be_absent(title="Plans")


class VendorManifest(Closed):
    """What is known of a vendor, its products and their plans; many purchases can rest on it."""

    kind: Literal["vendor"] = Field(title="Kind of document", description="Always `vendor`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    id: Id = Field(title="Identifier of the vendor", description="Purchases name it.", examples=["formwise"])
    aliases: Aliases = may_be_absent(
        title="Other words for the vendor",
        description="By which purchases and inventories may name it as well as by its id.",
        examples=[["wise-forms"]],
    )
    source: Provenance = may_be_absent(
        title="Who says so",
        description="Holds for every plain value below; `catalogue` when left out.",
        examples=["vendor"],
    )
    as_of: Day = may_be_absent(
        title="Day on which it was true",
        description="Holds for every plain value below.",
        examples=["2026-09-30"],
    )
    vendor: VendorFacts = may_be_absent(
        title="About the vendor", examples=[{"name": "Formwise", "domains": ["formwise.example"]}]
    )
    family: Items[FamilyTie] = may_be_absent(
        title="Vendors it belongs to",
        description="An empty list states that it belongs to nobody.",
        examples=[[{"parent": "bigger-forms", "kind": "owns", "closed": "2026-03-02"}]],
    )
    observations: Items[VendorObservation] = may_be_absent(title="Further observations of the vendor")
    products: Items[Product] = may_be_absent(title="Products")
