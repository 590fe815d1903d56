"""The document that lists what tools can do."""

from typing import Annotated, Literal

from pydantic import Field

from procureguard.vocabulary.ai import AiFunction
from procureguard.vocabulary.choices import DataCategory
from procureguard.vocabulary.kinds import (
    Capability,
    Closed,
    Many,
    Named,
    Share,
    Slug,
    Version,
    YesNo,
    may_be_absent,
)
from procureguard.vocabulary.messaging import Channel
from procureguard.vocabulary.policies import Title


class Weights(Closed):
    """How much each part of a need counts."""

    must: Annotated[float, Field(gt=0, le=100)] = Field(
        title="A capability that is a must", description="Only its ratio to the other weight matters.", examples=[3, 2]
    )
    nice: Annotated[float, Field(gt=0, le=100)] = Field(
        title="Any other capability asked for",
        description="Only its ratio to the other weight matters.",
        examples=[1, 0.5],
    )


class Levels(Closed):
    """How much of a capability a tool covers at each level, from 0 to 1."""

    full: Share = Field(title="Does it completely", description="Of a capability that is full.", examples=[1, 0.9])
    partial: Share = Field(title="Does part of it", description="Of a capability that is partial.", examples=[0.5, 0.6])
    latent: Share = Field(
        title="Could do it once switched on", description="Of a capability that is latent.", examples=[0.8, 0.7]
    )


class Coverage(Closed):
    """The figures by which a tool is measured against a need."""

    weights: Weights = Field(title="Weights of the need", description="How much what is asked for counts.")
    levels: Levels = Field(title="Levels of the tool", description="How much what a tool does counts.")
    implied: Share = Field(
        title="Level of a capability that another one implies",
        description="Of a capability that a tool is not said to have, though one that comes with it.",
        examples=[0.5, 0.6],
    )


class Area(Closed):
    """A shelf for browsing capabilities; nothing is judged by it."""

    group: Slug = Field(title="Group it belongs to", description="One of the groups.", examples=["content", "data"])
    title: Title = Field(title="Title", description="What stands on the shelf.", examples=["E-mail", "Events"])


class Needs(Closed):
    """What of a purchase a capability cannot do without; of each list any one will do."""

    categories: Many[DataCategory] = may_be_absent(
        title="Kinds of data",
        description="One of these has to go in.",
        examples=[["prospect_contact", "customer_contact"], ["behaviour", "device_ids"]],
    )
    channels: Many[Channel] = may_be_absent(
        title="Message channels",
        description="It has to send on one of these.",
        examples=[["email"], ["sms", "whatsapp"]],
    )
    ai: Many[AiFunction] = may_be_absent(
        title="Tasks of artificial intelligence",
        description="Artificial intelligence has to do one of these.",
        examples=[["chatbot"], ["generate_image"]],
    )
    loads_on_site: YesNo = may_be_absent(
        title="Presence on our website",
        description="Its code has to run there; no when left out.",
        json_schema_extra={"default": False},
    )
    connects: YesNo = may_be_absent(
        title="Connection to our systems",
        description="It has to be linked to one of them; no when left out.",
        json_schema_extra={"default": False},
    )


class CapabilityEntry(Closed):
    """Something a tool can do."""

    id: Capability = Field(
        title="Identifier", description="Never changed, never used again.", examples=["surveys", "crm"]
    )
    area: Slug = Field(
        title="Area it belongs to", description="One of the areas.", examples=["feedback-and-community", "events"]
    )
    title: Title = Field(title="Title", description="What people call it.", examples=["Surveys", "Webinars"])
    does: Title = Field(
        title="What a tool with it does",
        description="A sentence without its subject.",
        examples=["Puts questions to people and sums up the replies", "Shows a talk to people at their desks"],
    )
    synonyms: Many[Title] = Field(
        title="Words people type for it",
        description="In small letters; no word stands for two capabilities.",
        examples=[["nps", "questionnaire"], ["online talk"]],
    )
    implies: Many[Capability] = may_be_absent(
        title="Capabilities that come with it",
        description="Whatever tool has the one has part of the other.",
        examples=[["forms"], ["landing-pages", "forms"]],
    )
    exclusive: YesNo = may_be_absent(
        title="One system only",
        description="An organisation wants one system for it; no when left out.",
        json_schema_extra={"default": False},
    )
    needs: Needs = may_be_absent(
        title="What it cannot do without",
        description="A smaller purchase that lacks it is never suggested to whoever must have the capability.",
    )


class OwnCapability(Closed):
    """A capability of one organisation, or further words for a shipped one."""

    id: Capability = Field(
        title="Identifier",
        description="A new one, or that of a shipped capability that gets further words.",
        examples=["tent-mapping", "surveys"],
    )
    title: Title = may_be_absent(
        title="Title",
        description="Needed for an id that is not shipped.",
        examples=["Tent mapping", "Boat booking"],
    )
    does: Title = may_be_absent(
        title="What a tool with it does",
        description="A sentence without its subject.",
        examples=["Draws where each tent stands", "Lends boats by the hour"],
    )
    area: Slug = may_be_absent(
        title="Area it belongs to",
        description="One of the shipped areas.",
        examples=["events", "feedback-and-community"],
    )
    synonyms: Many[Title] = may_be_absent(
        title="Words people type for it",
        description="In small letters; no word stands for two capabilities.",
        examples=[["pitch planner"], ["camp map", "site plan"]],
    )
    implies: Many[Capability] = may_be_absent(
        title="Capabilities that come with it",
        description="Whatever tool has the one has part of the other.",
        examples=[["event-registration"], ["forms"]],
    )
    exclusive: YesNo = may_be_absent(
        title="One system only",
        description="An organisation wants one system for it; no when left out.",
        json_schema_extra={"default": False},
    )
    needs: Needs = may_be_absent(
        title="What it cannot do without",
        description="A smaller purchase that lacks it is never suggested to whoever must have the capability.",
    )


class CapabilitiesFile(Closed):
    """The taxonomy: every capability, the areas and groups to find it by, and the figures of coverage."""

    kind: Literal["capabilities"] = Field(title="Kind of document", description="Always `capabilities`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    coverage: Coverage = Field(title="Figures of coverage", description="How a tool is measured against a need.")
    groups: Named[Slug, Title] = Field(
        title="Groups",
        description="Identifier and title.",
        examples=[{"content": "Content"}, {"data": "Data and insight"}],
    )
    areas: Named[Slug, Area] = Field(
        title="Areas",
        description="By their identifiers.",
        examples=[{"e-mail": {"group": "content", "title": "E-mail"}}, {"crm": {"group": "data", "title": "CRM"}}],
    )
    capabilities: list[CapabilityEntry] = Field(title="Capabilities", description="One item for each.", max_length=5000)
