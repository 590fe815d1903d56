"""The mapping profile: how an export of another system is read as tools of an inventory."""

from typing import Annotated, Literal

from pydantic import Field

from procureguard.vocabulary.kinds import Closed, Kind, Many, Named, Slug, Version, may_be_absent
from procureguard.vocabulary.policies import Title
from procureguard.vocabulary.tool import ToolStatus

RowMeaning = Annotated[
    Literal["tool", "assignment", "payment"],
    Kind(
        "RowMeaning",
        "enum",
        {
            "tool": "One row for each tool",
            "assignment": "One row for each person and tool",
            "payment": "One row for each payment",
        },
    ),
]

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
    Kind(
        "ImportField",
        "enum",
        {
            "name": "Name of the tool",
            "vendor": "Name of the company that sells it",
            "website": "Web address of the tool or vendor",
            "department": "Department that has it",
            "owner": "Person who answers for it",
            "status": "Stage of life, in words",
            "active": "Whether it is in use, yes or no",
            "category": "Heading it is filed under",
            "description": "What it is for",
            "seats": "Seats that are paid for",
            "seats_used": "Seats that are used",
            "amount": "What is paid each time",
            "annual_cost": "What it costs a year",
            "currency": "Currency of the amounts",
            "billing_cycle": "How often is paid",
            "renews_on": "Day of the next renewal",
            "notice_days": "Days of notice before the renewal",
            "person": "Person who has access",
            "unassigned_on": "Day on which access ended",
            "last_sign_in": "Day of the last sign-in",
            "paid_on": "Day of the payment",
        },
    ),
]

BillingCycle = Annotated[
    Literal["month", "quarter", "half_year", "year", "once"],
    Kind(
        "BillingCycle",
        "enum",
        {
            "month": "Every month",
            "quarter": "Every three months",
            "half_year": "Every six months",
            "year": "Every year",
            "once": "Only once",
        },
    ),
]


class ImportWords(Closed):
    """What the other system calls things of which only a few are possible."""

    status: Named[ToolStatus, Many[Title]] = may_be_absent(
        title="Words for the stage of life",
        description="By the stage, every word that the export has for it.",
        examples=[{"active": ["live"], "retired": ["cancelled"]}, {"trial": ["pilot", "test"]}],
    )
    billing_cycle: Named[BillingCycle, Many[Title]] = may_be_absent(
        title="Words for how often is paid",
        description="By the cycle, every word that the export has for it.",
        examples=[{"month": ["monthly"], "year": ["annual", "per year"]}, {"quarter": ["quarterly"]}],
    )


class MappingProfile(Closed):
    """How the rows and columns of an export of another system become tools of an inventory."""

    kind: Literal["mapping"] = Field(title="Kind of document", description="Always `mapping`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    id: Slug = Field(
        title="Identifier", description="By which it is chosen for an import.", examples=["saas-list", "cards"]
    )
    title: Title = Field(
        title="Title",
        description="What is exported, and from where.",
        examples=["A list with one line for each tool", "Payments by company card"],
    )
    row: RowMeaning = Field(title="What one row is", description="Rows about one tool are taken together.")
    columns: Named[ImportField, Many[Title]] = Field(
        title="Headings of columns",
        description="By field; case and punctuation make no difference, and similar headings are proposed.",
        examples=[
            {"name": ["Application", "Tool"], "seats": ["Licences"]},
            {"vendor": ["Merchant"], "amount": ["Amount"], "paid_on": ["Date"]},
        ],
    )
    defaults: Named[ImportField, Title] = may_be_absent(
        title="Values where a row states none",
        description="By field, what then holds.",
        examples=[{"status": "active", "currency": "EUR"}, {"billing_cycle": "year"}],
    )
    words: ImportWords = may_be_absent(
        title="Words of the other system", description="What it calls stages of life and cycles of payment."
    )
    only: Named[ImportField, Many[Title]] = may_be_absent(
        title="Rows that count",
        description="By field, the words of which one must stand there; a row that states none counts too.",
        examples=[{"category": ["Software", "Subscriptions"]}, {"status": ["live"]}],
    )
