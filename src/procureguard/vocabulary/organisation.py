"""The organisation: its limits, lists and duties, stated once for every purchase."""

from typing import Annotated, Literal

from pydantic import Field

from procureguard.vocabulary.choices import MetricKind, Region, Role
from procureguard.vocabulary.fact import Said, Section, fact
from procureguard.vocabulary.kinds import (
    Capability,
    Closed,
    Currency,
    Day,
    Kind,
    Many,
    Named,
    Number,
    Text,
    WholeNumber,
    YesNo,
)

RiskTier = Annotated[
    Literal["instant", "light", "standard", "high", "critical"],
    Kind(
        "RiskTier",
        "enum",
        {
            "instant": "Decided at once, by nobody",
            "light": "A short look",
            "standard": "The usual review",
            "high": "A thorough review, and words need proof",
            "critical": "The most thorough review",
        },
    ),
]

ExchangeRates = Annotated[Named[Currency, Number], Kind("ExchangeRates", "map")]

RoleHolders = Annotated[Named[Role, Many[Text]], Kind("RoleHolders", "map")]

ResponseDays = Annotated[Named[RiskTier, WholeNumber], Kind("ResponseDays", "map")]


class MetricDefinition(Closed):
    """One metric, defined so that everybody reckons it the same way."""

    id: Text | None = Field(
        None,
        title="Identifier of the metric",
        description="A short name that nothing else has.",
        examples=["active-people", "campaign-return"],
    )
    kind: MetricKind | None = Field(
        None, title="Kind of metric", description="What it looks at; requests name the kinds they will be measured by."
    )
    title: Text | None = Field(
        None,
        title="Name of the metric",
        description="As people say it.",
        examples=["People who use a tool", "Return on campaigns"],
    )
    formula: Text | None = Field(
        None,
        title="How it is worked out",
        description="So exactly that two people come to the same figure.",
        examples=["different people who signed in during the past 90 days", "(margin - cost) / cost"],
    )
    unit: Text | None = Field(
        None, title="Unit it is given in", description="What one of it is.", examples=["people", "percent"]
    )
    source: Text | None = Field(
        None,
        title="Where the figures come from",
        description="The tool or list that holds them.",
        examples=["house-crm", "sign-in log"],
    )
    owner: Text | None = Field(
        None,
        title="Who answers for it",
        description="A mail address or a name.",
        examples=["ana@example.com", "jonas@example.com"],
    )


class OrganisationFacts(Section):
    """Facts about the organisation itself, its limits and its lists; stated once for every purchase."""

    name: Said[Text] = fact(
        "Name of the organisation",
        ask="What name does your organisation go by?",
        stated_by="organisation",
        examples=("Tarnwick Outdoor",),
    )
    in_eu: Said[YesNo] = fact(
        "Establishment in the EU",
        ask="Does the organisation have an office, branch or company in the EU?",
        stated_by="organisation",
        derives_from=("GDPR 3", "AI Act 2"),
    )
    regions: Said[Many[Region]] = fact(
        "Regions with customers",
        ask="In which parts of the world do you have or seek customers?",
        stated_by="organisation",
        derives_from=("GDPR 3",),
    )
    california_business: Said[YesNo] = fact(
        "Duty under California privacy law",
        ask="Do you have to keep California's privacy law?",
        stated_by="organisation",
        derives_from=("Civ. 1798.140",),
    )
    accessibility_act: Said[YesNo] = fact(
        "Duty under the European Accessibility Act",
        ask="Do you sell anything that EU law wants all people to be able to use (European Accessibility Act)?",
        stated_by="organisation",
        derives_from=("Directive (EU) 2019/882",),
    )
    public_sector: Said[YesNo] = fact(
        "Status as a public body",
        ask="Are you a public body?",
        stated_by="organisation",
        derives_from=("EN 301 549",),
    )
    currency: Said[Currency] = fact(
        "House currency",
        ask="In which currency do you set limits and compare prices?",
        stated_by="organisation",
        unit="ISO 4217",
        examples=("EUR",),
        derives_from=("ISO 4217",),
    )
    exchange_rates: Said[ExchangeRates] = fact(
        "Exchange rates into the house currency",
        ask="How much of your house currency is one unit of each other currency worth, and on which day?",
        stated_by="organisation",
        unit="per unit, with a date",
        examples=({"USD": 0.86, "GBP": 1.15},),
    )
    instant_limit: Said[Number] = fact(
        "Highest yearly cost for an instant yes",
        ask="What may a purchase cost a year and still be decided without anybody looking?",
        stated_by="organisation",
        unit="organisation.currency a year",
        examples=(1000,),
    )
    instant_users: Said[WholeNumber] = fact(
        "Most users for an instant yes",
        ask="How many people may use a tool that gets its yes before anyone has looked?",
        stated_by="organisation",
        unit="people",
        examples=(10,),
    )
    instant_months: Said[WholeNumber] = fact(
        "Longest commitment for an instant yes",
        ask="For how many months may a purchase bind you and still get its yes before anyone has looked?",
        stated_by="organisation",
        unit="months",
        examples=(12,),
    )
    it_limit: Said[Number] = fact(
        "Yearly cost at which IT reviews",
        ask="From which cost a year on does IT want to see a purchase?",
        stated_by="organisation",
        unit="organisation.currency a year",
        examples=(10000,),
    )
    procurement_limit: Said[Number] = fact(
        "Yearly cost at which procurement steps in",
        ask="From which cost a year on does procurement lead the negotiation?",
        stated_by="organisation",
        unit="organisation.currency a year",
        examples=(25000,),
    )
    leaders_limit: Said[Number] = fact(
        "Yearly cost at which both leaders decide",
        ask="From which cost a year on must the heads of marketing and IT both agree?",
        stated_by="organisation",
        unit="organisation.currency a year",
        examples=(100000,),
    )
    large_audience: Said[WholeNumber] = fact(
        "Number of people called a large audience",
        ask="More than how many people make an audience a large one for you?",
        stated_by="organisation",
        unit="people",
        examples=(100000,),
        derives_from=("GDPR 35",),
    )
    exclusive_capabilities: Said[Many[Capability]] = fact(
        "Capabilities reserved for one system",
        ask="For which jobs do you want exactly one system in the whole organisation?",
        stated_by="organisation",
        examples=(["crm"],),
        derives_from=("CSF ID.AM-05",),
    )
    systems_of_record: Said[Many[Text]] = fact(
        "Leading systems",
        ask="Which of your tools hold the version of the data that counts?",
        stated_by="organisation",
        unit="tool ids",
        examples=(["house-crm"],),
        derives_from=("CSF ID.AM-05",),
    )
    customer_key: Said[Text] = fact(
        "Key that identifies a customer",
        ask="Which key tells all systems that two records are the same customer?",
        stated_by="organisation",
        examples=("customer number",),
        derives_from=("CSF ID.AM-03",),
    )
    identity_provider: Said[Text] = fact(
        "Identity provider of the company",
        ask="Which service do employees use to sign in to company tools?",
        stated_by="organisation",
        examples=("Gatepostern",),
        derives_from=("ISO27001 A.5.16",),
    )
    banned_vendors: Said[Many[Text]] = fact(
        "Vendors nobody may buy from",
        ask="Which vendors has the organisation ruled out?",
        stated_by="organisation",
        unit="vendor ids or domains",
        examples=(["leadweasel", "clickshrike.example"],),
        derives_from=("CSF GV.SC-06",),
    )
    sanctioned_vendors: Said[Many[Text]] = fact(
        "Vendors under sanctions",
        ask="Which vendors stand on a sanctions list, and of which day is that list?",
        stated_by="organisation",
        unit="vendor ids, domains or legal names",
        examples=(["borealis-adserve.example"],),
        derives_from=("CSF GV.SC-06",),
        fresh_for_days=30,
    )
    plan_items: Said[Many[Text]] = fact(
        "Entries of the investment plan",
        ask="Which entries are there in the investment plan?",
        stated_by="organisation",
        unit="plan line ids",
        examples=(["2027-loyalty"],),
    )
    roles: Said[RoleHolders] = fact(
        "People behind each role",
        ask="Who are the people to ask in each reviewing role?",
        stated_by="organisation",
        unit="role to people",
        examples=({"it": ["jonas@example.com"]},),
        derives_from=("CSF GV.SC-02",),
    )
    response_days: Said[ResponseDays] = fact(
        "Answer times promised per risk tier",
        ask="How many business days do reviewers have in each risk tier?",
        stated_by="organisation",
        unit="business days per risk tier",
        examples=({"light": 1, "standard": 5},),
    )
    holidays: Said[Many[Day]] = fact(
        "Holidays",
        ask="On which dates, such as public holidays, is nobody at work?",
        stated_by="organisation",
        examples=(["2026-12-25"],),
    )
    metrics: Said[Many[MetricDefinition]] = fact(
        "Agreed definitions of metrics",
        ask="How exactly is each metric worked out, from which source, and who answers for it?",
        stated_by="organisation",
        examples=([{"id": "active-people", "kind": "usage", "unit": "people"}],),
    )
