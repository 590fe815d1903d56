"""The mapping profile: how an export of another system is read as tools of an inventory."""

from typing import Annotated, Literal

from pydantic import Field

from procureguard.vocabulary.kinds import Closed, Kind, Many, Named, Slug, Version, may_be_absent
from procureguard.vocabulary.policies import Title
from procureguard.vocabulary.tool import ToolStatus

RowMeaning = Annotated[Literal["tool", "assignment", "payment"], Kind("RowMeaning", "enum")]

ImportField = Annotated[
    Literal[
        "name",
        "vendor",
        "website",
        "department",
        "owner",
        "status",
        "active",
        "category",
        "description",
        "seats",
        "seats_used",
        "amount",
        "annual_cost",
        "currency",
        "billing_cycle",
        "renews_on",
        "notice_days",
        "person",
        "unassigned_on",
        "last_sign_in",
        "paid_on",
    ],
    Kind("ImportField", "enum"),
]

BillingCycle = Annotated[Literal["month", "quarter", "half_year", "year", "once"], Kind("BillingCycle", "enum")]


class ImportWords(Closed):
    """What the other system calls things of which only a few are possible."""

    status: Named[ToolStatus, Many[Title]] = may_be_absent(
        title="Words for the stage of life", examples=[{"active": ["live"], "retired": ["cancelled"]}]
    )
    billing_cycle: Named[BillingCycle, Many[Title]] = may_be_absent(
        title="Words for how often is paid", examples=[{"month": ["monthly"], "year": ["annual", "per year"]}]
    )


class MappingProfile(Closed):
    """How the rows and columns of an export of another system become tools of an inventory."""

    kind: Literal["mapping"] = Field(title="Kind of document", description="Always `mapping`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    id: Slug = Field(title="Identifier", examples=["saas-list"])
    title: Title = Field(title="Title", examples=["A list with one line for each tool"])
    row: RowMeaning = Field(title="What one row is", examples=["tool"])
    columns: Named[ImportField, Many[Title]] = Field(
        title="Headings of columns",
        description="By field; case and punctuation make no difference, and similar headings are proposed.",
        examples=[{"name": ["Application", "Tool"], "seats": ["Licences"]}],
    )
    defaults: Named[ImportField, Title] = may_be_absent(
        title="Values where a row states none", examples=[{"status": "active", "currency": "EUR"}]
    )
    words: ImportWords = may_be_absent(
        title="Words of the other system", examples=[{"billing_cycle": {"month": ["monthly"]}}]
    )
    only: Named[ImportField, Many[Title]] = may_be_absent(
        title="Rows that count",
        description="By field, the words of which one must stand there; a row that states none counts too.",
        examples=[{"category": ["Software", "Subscriptions"]}],
    )
