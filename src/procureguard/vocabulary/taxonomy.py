"""The document that lists what tools can do."""

from typing import Annotated, Literal

from pydantic import Field

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
from procureguard.vocabulary.policies import Title


class Weights(Closed):
    """How much each part of a need counts."""

    must: Annotated[float, Field(gt=0, le=100)] = Field(title="A capability that is a must")
    nice: Annotated[float, Field(gt=0, le=100)] = Field(title="Any other capability asked for")


class Levels(Closed):
    """How much of a capability a tool covers at each level, from 0 to 1."""

    full: Share = Field(title="Does it completely")
    partial: Share = Field(title="Does part of it")
    latent: Share = Field(title="Could do it once switched on")


class Coverage(Closed):
    """The figures by which a tool is measured against a need."""

    weights: Weights = Field(title="Weights of the need")
    levels: Levels = Field(title="Levels of the tool")
    implied: Share = Field(title="Level of a capability that another one implies")


class Area(Closed):
    """A shelf for browsing capabilities; nothing is judged by it."""

    group: Slug = Field(title="Group it belongs to", examples=["content"])
    title: Title = Field(title="Title", examples=["E-mail"])


class CapabilityEntry(Closed):
    """Something a tool can do."""

    id: Capability = Field(title="Identifier", description="Never changed, never used again.", examples=["surveys"])
    area: Slug = Field(title="Area it belongs to", examples=["feedback-and-community"])
    title: Title = Field(title="Title", examples=["Surveys"])
    does: Title = Field(title="What a tool with it does", examples=["Puts questions to people and sums up the replies"])
    synonyms: Many[Title] = Field(title="Words people type for it", examples=[["nps", "questionnaire"]])
    implies: Many[Capability] = may_be_absent(title="Capabilities that come with it", examples=[["forms"]])
    exclusive: YesNo = may_be_absent(
        title="One system only", description="An organisation wants one system for it; no when left out."
    )


class OwnCapability(Closed):
    """A capability of one organisation, or further words for a shipped one."""

    id: Capability = Field(title="Identifier", examples=["tent-mapping"])
    title: Title = may_be_absent(title="Title", description="Needed for an id that is not shipped.")
    does: Title = may_be_absent(title="What a tool with it does", examples=["Draws where each tent stands"])
    area: Slug = may_be_absent(title="Area it belongs to", examples=["events"])
    synonyms: Many[Title] = may_be_absent(title="Words people type for it", examples=[["pitch planner"]])
    implies: Many[Capability] = may_be_absent(title="Capabilities that come with it", examples=[["event-registration"]])
    exclusive: YesNo = may_be_absent(
        title="One system only", description="An organisation wants one system for it; no when left out."
    )


class CapabilitiesFile(Closed):
    """The taxonomy: every capability, the areas and groups to find it by, and the figures of coverage."""

    kind: Literal["capabilities"] = Field(title="Kind of document", description="Always `capabilities`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    coverage: Coverage = Field(title="Figures of coverage")
    groups: Named[Slug, Title] = Field(title="Groups")
    areas: Named[Slug, Area] = Field(title="Areas")
    capabilities: list[CapabilityEntry] = Field(title="Capabilities", max_length=5000)
