"""The manifest of a pack: what stands beside the policies of a folder."""

from typing import Annotated, Literal

from pydantic import Field

from procureguard.vocabulary.kinds import Closed, Day, Kind, Many, Slug, Text, Version, may_be_absent
from procureguard.vocabulary.policies import Title

Domain = Annotated[
    Literal["security", "privacy", "integration", "cost"],
    Kind(
        "Domain",
        "enum",
        {
            "security": "Accounts, access and attacks",
            "privacy": "Data about people",
            "integration": "How tools work together",
            "cost": "Money and contracts",
        },
    ),
]

Agreed = Many[
    Annotated[
        Literal["marketing", "it"],
        Kind(
            "Party",
            "enum",
            {
                "marketing": "The head of marketing",
                "it": "The head of IT",
            },
        ),
    ]
]


class PackManifest(Closed):
    """What stands beside the policies of a folder: whom they bind, and who agreed to them until when."""

    kind: Literal["pack"] = Field(title="Kind of document", description="Always `pack`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    id: Slug = Field(
        title="Identifier", description="Also the name of the folder.", examples=["privacy-eu", "security"]
    )
    title: Title = Field(
        title="Title", description="What its policies are about.", examples=["Accounts and access", "Data and people"]
    )
    domain: Domain = Field(title="Heading in the summary", description="Under which its findings are counted.")
    jurisdiction: Title | None = Field(
        None,
        title="Where it is the law",
        description="Leave it out for what is no law but good sense.",
        examples=["EEA, UK", "California"],
    )
    release: Annotated[str, Field(pattern=r"^[0-9]{4}\.[0-9]{2}(\.[0-9]+)?$")] = Field(
        title="Release", description="Year, month and, if need be, a number.", examples=["2026.11", "2026.11.2"]
    )
    agreed_by: Agreed = may_be_absent(
        title="Who agreed to it",
        description="Policies are meant to be agreed by both.",
    )
    agreed_on: Day = may_be_absent(
        title="Day of the agreement",
        description="The day on which the later of them agreed.",
        examples=["2026-11-02", "2027-01-15"],
    )
    review_by: Day = may_be_absent(
        title="Day by which to look again",
        description="From then on its age is reported.",
        examples=["2027-11-02", "2028-01-15"],
    )
    unverified: Many[Text] = may_be_absent(
        title="What nobody has verified yet",
        description="Points of law or fact that the policies rest on, to be looked up by the next review.",
        examples=[
            ["Which states have made the browser's opt-out signal binding."],
            ["Whether the transfer rules of March still hold."],
        ],
    )
