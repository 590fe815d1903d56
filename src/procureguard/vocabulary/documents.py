"""The documents a buyer, a vendor or the organisation writes: purchase, vendor manifest, inventory, organisation."""

from typing import Annotated, Any, Literal, Self

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
    Kind,
    Many,
    Named,
    Slug,
    Text,
    Version,
    may_be_absent,
)
from procureguard.vocabulary.messaging import MessagingFacts
from procureguard.vocabulary.organisation import OrganisationFacts
from procureguard.vocabulary.packs import Agreed
from procureguard.vocabulary.policies import Effect, ParameterName, ParameterValue
from procureguard.vocabulary.product import ProductFacts
from procureguard.vocabulary.request import RequestFacts
from procureguard.vocabulary.taxonomy import OwnCapability
from procureguard.vocabulary.tool import ToolFacts
from procureguard.vocabulary.vendor import VendorFacts
from procureguard.vocabulary.web import WebFacts

MOST_TOOLS = 10_000
"""How many tools an inventory may have."""


def _section(subject: str, about: str) -> Any:  # noqa: ANN401  # stands for the default of any section
    """A section that may be left out; it has no example, for editors write examples into the file."""
    article = "" if subject in {"messages", "artificial intelligence"} else "the "
    return Field(None, title=f"About {article}{subject}", description=about)


class PurchaseFacts(Closed):
    """Everything that can be said of a purchase, section by section; what is left out or null is not known yet."""

    request: RequestFacts | None = _section("request", "Who wants what, what for, and until when.")
    vendor: VendorFacts | None = _section(
        "vendor", "The company that sells it; best left to the vendor manifest, where there is one."
    )
    product: ProductFacts | None = _section(
        "product", "What is bought, on which plan; what the vendor manifest says of the plan need not be repeated."
    )
    data: DataFacts | None = _section("data", "Which data goes in, whose it is, and what becomes of it.")
    integration: IntegrationFacts | None = _section("integration", "How it is joined to the systems you run.")
    web: WebFacts | None = _section("website", "What happens on your website because of it.")
    messaging: MessagingFacts | None = _section("messages", "What it sends, to whom, and with whose permission.")
    ai: AiFacts | None = _section("artificial intelligence", "What its artificial intelligence does, if it has any.")
    contract: ContractFacts | None = _section("contract", "The price, the term and what the vendor signs.")
    ext: Free = may_be_absent(
        title="Facts of your organisation",
        description="Facts that only your organisation knows of; its own document says what may stand here.",
        examples=[{"cost_centre": "4711"}, {"brand": "outdoor"}],
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
        title="Day of the inventory",
        description="Holds for every plain value below.",
        examples=["2026-11-01", "2027-02-01"],
    )
    tools: list[ToolFacts] = Field(
        title="Tools",
        description="One item for each tool; an empty list states that nothing is owned.",
        max_length=MOST_TOOLS,
    )


class Override(Closed):
    """What an organisation does differently from a policy as it is shipped."""

    effect: Effect = may_be_absent(
        title="Effect here", description="What follows here when the policy fails; as shipped when left out."
    )
    role: Role = may_be_absent(
        title="Role that answers for it here", description="Whose approval settles it here; as shipped when left out."
    )
    params: Named[ParameterName, ParameterValue] = may_be_absent(
        title="Values of its parameters here",
        description="By the name of the parameter; those left out stay as shipped.",
        examples=[{"exempt_users": 3}, {"exempt_users": 10}],
    )


def _none(title: str) -> Any:  # noqa: ANN401  # stands for the default of any register
    return may_be_absent(title=title, description="`none` states it; leave it out when you do not know.")


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
        alias="from",
        title="Where the policies come from",
        description="The shipped ones when left out.",
        examples=[SOURCE_EXAMPLE, SOURCE_EXAMPLE.replace("-3", "-4")],
    )

    @model_validator(mode="after")
    def _not_too_many(self) -> Self:
        if len(self.model_fields_set) > MOST_ITEMS:
            raise ValueError("too many policies are changed")
        return self


class Registers(Closed):
    """Registers that are empty, or complete elsewhere. One that is neither supplied nor named here is unknown."""

    inventory: Literal["none"] = _none("No tools are owned")
    requests: Literal["none"] = _none("No other requests are open")
    decisions: Literal["none"] = _none("Nothing was decided before")
    card_payments: Literal["none"] = _none("Nothing was paid by card or expense claim")
    families: Annotated[
        Literal["none", "manifests"],
        Kind(
            "Families",
            "enum",
            {"none": "No vendor belongs to another", "manifests": "The vendor manifests name every family"},
        ),
    ] = may_be_absent(
        title="Which vendors belong together", description="Where it is known which vendor belongs to which other."
    )
    banned_vendors: Literal["none"] = _none("No vendor is banned")
    sanctioned_vendors: Literal["none"] = _none("No vendor is sanctioned")


class PlanLine(Closed):
    """One line of the investment plan, for large purchases to name."""

    id: Text = Field(
        title="Identifier",
        description="What a purchase names as `request.plan_item`.",
        examples=["2027-loyalty", "2027-web-shop"],
    )
    title: Text = may_be_absent(
        title="What it is for",
        description="As marketing and IT call it.",
        examples=["Loyalty programme", "A faster web shop"],
    )
    owner: Text = may_be_absent(
        title="Who answers for it",
        description="A mail address or a name.",
        examples=["ana@example.com", "jonas@example.com"],
    )


class Plan(Closed):
    """What marketing and IT mean to invest in; its lines count once both have agreed to them."""

    first_day: Day = Field(
        title="First day", description="The plan counts from this day on.", examples=["2026-07-01", "2027-01-01"]
    )
    last_day: Day = Field(
        title="Last day", description="18 months later or more.", examples=["2028-06-30", "2028-12-31"]
    )
    agreed_by: Agreed = may_be_absent(title="Who agreed to it", description="Its lines count once both have.")
    agreed_on: Day = may_be_absent(
        title="Day of the agreement",
        description="The day on which the later of them agreed.",
        examples=["2026-06-12", "2026-11-30"],
    )
    lines: Items[PlanLine] = Field(title="Lines", description="What is meant to be bought, one item for each.")


class Organisation(Closed):
    """What an organisation says once for every purchase: facts, limits, and what it changes in policies."""

    kind: Literal["organisation"] = Field(title="Kind of document", description="Always `organisation`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    preset: Slug = may_be_absent(
        title="Preset",
        description="A set of limits that comes with the package; facts stated below go before it.",
        examples=["mid-us-eu", "small-eu", "regulated"],
    )
    organisation: OrganisationFacts = may_be_absent(
        title="About the organisation", description="Facts, limits and lists that hold for every purchase."
    )
    plan: Plan = may_be_absent(title="Investment plan", description="States `organisation.plan_items`.")
    registers: Registers = may_be_absent(
        title="Empty registers", description="What is known to be empty, or to be complete elsewhere."
    )
    packs: Many[Slug] = may_be_absent(
        title="Packs in use",
        description="By their identifiers; all packs when left out. Policies of no pack are always in use.",
        examples=[["security", "privacy", "privacy-eu"], ["security", "cost"]],
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
    )
    ext: Free = may_be_absent(
        title="Kinds of your own facts",
        description="A JSON Schema for what may stand under `ext` in a purchase.",
        examples=[
            {"type": "object", "properties": {"cost_centre": {"type": "string", "title": "Cost centre"}}},
            {"type": "object", "properties": {"brand": {"type": "string", "title": "Brand"}}},
        ],
    )
