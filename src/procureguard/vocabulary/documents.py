"""The documents a buyer, a vendor or the organisation writes: purchase, vendor manifest, inventory, organisation."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from procureguard.vocabulary.ai import AiFacts
from procureguard.vocabulary.choices import Role
from procureguard.vocabulary.contract import ContractFacts
from procureguard.vocabulary.data import DataFacts
from procureguard.vocabulary.integration import IntegrationFacts
from procureguard.vocabulary.kinds import (
    ID_PATTERN,
    MOST_ITEMS,
    Closed,
    Day,
    Free,
    Items,
    Many,
    Named,
    Slug,
    Text,
    Version,
    may_be_absent,
)
from procureguard.vocabulary.messaging import MessagingFacts
from procureguard.vocabulary.organisation import OrganisationFacts
from procureguard.vocabulary.policies import Agreed, Effect, ParameterName, ParameterValue
from procureguard.vocabulary.product import ProductFacts
from procureguard.vocabulary.request import RequestFacts
from procureguard.vocabulary.taxonomy import OwnCapability
from procureguard.vocabulary.tool import ToolFacts
from procureguard.vocabulary.vendor import VendorFacts
from procureguard.vocabulary.web import WebFacts

MOST_TOOLS = 10_000
"""How many tools an inventory may have."""


class PurchaseFacts(Closed):
    """Everything that can be said of a purchase, section by section; what is left out or null is not known yet."""

    request: RequestFacts | None = Field(
        None,
        title="About the request",
        examples=[
            {"type": "new", "department": "events", "capabilities": ["webinars"], "must": ["webinars"], "users": 3}
        ],
    )
    vendor: VendorFacts | None = Field(None, title="About the vendor", examples=[{"name": "Formwise", "country": "DE"}])
    product: ProductFacts | None = Field(
        None, title="About the product", examples=[{"vendor": "formwise", "id": "formwise", "plan": "business"}]
    )
    data: DataFacts | None = Field(
        None, title="About the data", examples=[{"categories": ["prospect_contact"], "regions": ["EU"], "people": 6000}]
    )
    integration: IntegrationFacts | None = Field(
        None, title="About the integration", examples=[{"systems": ["house-crm"], "method": "connector"}]
    )
    web: WebFacts | None = Field(None, title="About the website", examples=[{"loads_on_site": False}])
    messaging: MessagingFacts | None = Field(None, title="About messages", examples=[{"channels": []}])
    ai: AiFacts | None = Field(None, title="About artificial intelligence", examples=[{"used": False}])
    contract: ContractFacts | None = Field(
        None, title="About the contract", examples=[{"amount": 996, "currency": "USD", "period": "year", "seats": 4}]
    )
    ext: Free = may_be_absent(
        title="Facts of your organisation",
        description="Facts that only your organisation knows of; its own document says what may stand here.",
        examples=[{"cost_centre": "4711"}],
    )


class PurchaseHeader(Closed):
    """What a file begins with that proposes a purchase."""

    kind: Literal["purchase"] = Field(title="Kind of document", description="Always `purchase`.")
    version: Version = Field(title="Version of the format", description="Always 1.")


class Purchase(PurchaseFacts, PurchaseHeader):
    """A purchase somebody proposes; what is left out or null is not known yet."""


class Inventory(Closed):
    """The tools an organisation owns. It counts as complete: what is missing from it is not owned."""

    kind: Literal["inventory"] = Field(title="Kind of document", description="Always `inventory`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    as_of: Day = may_be_absent(
        title="Day of the inventory", description="Holds for every plain value below.", examples=["2026-11-01"]
    )
    tools: list[ToolFacts] = Field(
        title="Tools",
        description="One item for each tool; an empty list states that nothing is owned.",
        max_length=MOST_TOOLS,
        examples=[[{"id": "house-crm", "capabilities": {"crm": "full"}, "status": "active"}]],
    )


class Override(Closed):
    """What an organisation does differently from a policy as it is shipped."""

    effect: Effect = may_be_absent(title="Effect here", examples=["review"])
    role: Role = may_be_absent(title="Role that answers for it here", examples=["security"])
    params: Named[ParameterName, ParameterValue] = may_be_absent(
        title="Values of its parameters here", examples=[{"exempt_users": 3}]
    )


PolicySource = Annotated[str, Field(min_length=1, max_length=2000)]
"""An `https` address and the digest of the pack that lies there; its reader says what is wrong with one."""

SOURCE_EXAMPLE = f"https://policies.example/tarnwick-3.tar.gz#sha256={'0123456789abcdef' * 4}"


class PoliciesInUse(BaseModel):
    """Where policies come from, and what is changed of them, by the identifier of the policy."""

    model_config = ConfigDict(
        frozen=True,
        extra="allow",
        strict=True,
        json_schema_extra={"propertyNames": {"pattern": ID_PATTERN, "maxLength": 100}, "maxProperties": MOST_ITEMS},
    )
    __pydantic_extra__: dict[Slug, Override]

    from_: PolicySource = may_be_absent(
        alias="from", title="Where the policies come from", description="The shipped ones when left out."
    )

    @model_validator(mode="after")
    def _not_too_many(self) -> Self:
        if len(self.model_fields_set) > MOST_ITEMS:
            raise ValueError("too many policies are changed")
        return self


class Registers(Closed):
    """Registers that are empty, or complete elsewhere. One that is neither supplied nor named here is unknown."""

    inventory: Literal["none"] = may_be_absent(title="No tools are owned")
    requests: Literal["none"] = may_be_absent(title="No other requests are open")
    decisions: Literal["none"] = may_be_absent(title="Nothing was decided before")
    card_payments: Literal["none"] = may_be_absent(title="Nothing was paid by card or expense claim")
    families: Literal["none", "manifests"] = may_be_absent(
        title="Which vendors belong together", description="`manifests`: the vendor manifests name every family."
    )
    banned_vendors: Literal["none"] = may_be_absent(title="No vendor is banned")
    sanctioned_vendors: Literal["none"] = may_be_absent(title="No vendor is sanctioned")


class PlanLine(Closed):
    """One line of the investment plan, for large purchases to name."""

    id: Text = Field(title="Identifier", description="What a purchase names as `request.plan_item`.")
    title: Text = may_be_absent(title="What it is for")
    owner: Text = may_be_absent(title="Who answers for it")


class Plan(Closed):
    """What marketing and IT mean to invest in; its lines count once both have agreed to them."""

    first_day: Day = Field(title="First day", examples=["2026-07-01"])
    last_day: Day = Field(title="Last day", description="18 months later or more.", examples=["2028-06-30"])
    agreed_by: Agreed = may_be_absent(title="Who agreed to it", examples=[["marketing", "it"]])
    agreed_on: Day = may_be_absent(title="Day of the agreement", examples=["2026-06-12"])
    lines: Items[PlanLine] = Field(title="Lines", examples=[[{"id": "2027-loyalty", "title": "Loyalty programme"}]])


class Organisation(Closed):
    """What an organisation says once for every purchase: facts, limits, and what it changes in policies."""

    kind: Literal["organisation"] = Field(title="Kind of document", description="Always `organisation`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    preset: Slug = may_be_absent(
        title="Preset",
        description="A set of limits that comes with the package; facts stated below go before it.",
        examples=["mid-us-eu"],
    )
    organisation: OrganisationFacts = may_be_absent(
        title="About the organisation", examples=[{"name": "Acme", "in_eu": True, "currency": "USD"}]
    )
    plan: Plan = may_be_absent(
        title="Investment plan",
        description="States `organisation.plan_items`.",
        examples=[
            {
                "first_day": "2026-07-01",
                "last_day": "2028-06-30",
                "agreed_by": ["marketing", "it"],
                "lines": [{"id": "2027-loyalty"}],
            }
        ],
    )
    registers: Registers = may_be_absent(title="Empty registers", examples=[{"inventory": "none"}])
    packs: Many[Slug] = may_be_absent(
        title="Packs in use",
        description="By their identifiers; all packs when left out. Policies of no pack are always in use.",
        examples=[["security", "privacy", "privacy-eu"]],
    )
    policies: PolicySource | PoliciesInUse = may_be_absent(
        title="Policies in use",
        description="Where they come from, as text; or what you change of them, by the identifier of the policy.",
        examples=[
            {"single-sign-on": {"effect": "review", "params": {"exempt_users": 3}}},
            SOURCE_EXAMPLE,
            {"from": SOURCE_EXAMPLE, "single-sign-on": {"effect": "review"}},
        ],
    )
    capabilities: Items[OwnCapability] = may_be_absent(
        title="Your own capabilities",
        description="Added to the shipped ones; an id that is known already gets further synonyms.",
        examples=[[{"id": "tent-mapping", "title": "Tent mapping", "synonyms": ["pitch planner"]}]],
    )
    ext: Free = may_be_absent(
        title="Kinds of your own facts",
        description="A JSON Schema for what may stand under `ext` in a purchase.",
        examples=[{"type": "object", "properties": {"cost_centre": {"type": "string", "title": "Cost centre"}}}],
    )
