"""The documents that say what is demanded: policy, definitions and the manifest of a pack."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from procureguard.vocabulary.choices import Role
from procureguard.vocabulary.kinds import (
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
    YesNo,
    may_be_absent,
    whole,
)

Effect = Annotated[Literal["advise", "condition", "review", "deny"], Kind("Effect", "enum")]

ParameterType = Annotated[
    Literal["bool", "int", "double", "string", "list(int)", "list(string)"],
    Kind("ParameterType", "enum"),
]

DefinitionType = Annotated[
    Literal["bool", "int", "decimal", "double", "string", "list(int)", "list(string)"],
    Kind("DefinitionType", "enum"),
]

ParameterName = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$", max_length=60), Kind("ParameterName", "string")]

Path = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=100), Kind("Path", "string")]

Figure = Annotated[float, Field(ge=-100_000_000_000, le=100_000_000_000), Kind("Figure", "decimal")]

Item = YesNo | Figure | Text

ParameterValue = Item | Items[Item]

WaiverDays = Annotated[int, Field(ge=1, le=3650), BeforeValidator(whole), Kind("WaiverDays", "int")]

Title = Annotated[str, Field(min_length=1, max_length=100), Kind("Title", "string")]

Expression = Annotated[str, Field(min_length=1, max_length=2000), Kind("Expression", "string")]


Agreed = Many[Annotated[Literal["marketing", "it"], Kind("Party", "enum")]]


class Condition(Closed):
    """Expressions joined by one of `all`, `any` and `none`; each may again be such a tree."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    all: "Branches" = Field(
        default_factory=list, title="All of these hold", examples=[["risk.standard", "request.users > 5"]]
    )
    any: "Branches" = Field(default_factory=list, title="At least one of these holds", examples=[["web.loads_on_site"]])
    none: "Branches" = Field(default_factory=list, title="None of these holds", examples=[["vendor.recent_breach"]])

    @model_validator(mode="after")
    def _one_key(self) -> "Condition":
        if len(self.model_fields_set) != 1:
            raise ValueError("exactly one of all, any and none")
        return self


Branches = Annotated[list[Expression | Condition], Field(min_length=1, max_length=MOST_ITEMS)]

Test = YesNo | Expression | Condition


class Parameter(Closed):
    """A value that an organisation may change without touching the policy."""

    type: ParameterType = Field(title="Type", examples=["int"])
    value: ParameterValue = Field(title="Value as shipped", examples=[5])
    about: Text = Field(title="What it is for", examples=["teams of this size may go without"])


class Example(Closed):
    """A purchase in small, and what the policy has to make of it; example, test and documentation in one."""

    name: Text = Field(title="Name", description="What is special about it.", examples=["a team of five"])
    given: Named[ParameterName, Free] = may_be_absent(
        title="Facts given",
        description="By section, written plainly; computed facts such as `cost.annual` may be given too.",
        examples=[{"request": {"users": 5}, "cost": {"annual": 6000}}],
    )
    as_of: Day = may_be_absent(
        title="Day of the check", description="Without it the policy counts as in force.", examples=["2026-12-02"]
    )
    expect: Literal["pass", "fail", "unknown", "not_applicable"] = Field(title="Outcome expected", examples=["fail"])
    asks: Many[Path] = may_be_absent(
        title="Facts asked for",
        description="The facts that keep the outcome unknown; only with `expect: unknown`.",
        examples=[["product.sso_on_plan"]],
    )


class PolicyFile(Closed):
    """One policy: when it applies, what it demands, what happens otherwise, and how to get to a yes."""

    kind: Literal["policy"] = may_be_absent(title="Kind of document", description="`policy`, or left out.")
    version: Version = may_be_absent(title="Version of the format", description="1, or left out.")
    id: Slug = Field(
        title="Identifier",
        description="Also the name of the file; reads well after the words: exempt from.",
        examples=["single-sign-on"],
    )
    title: Title = Field(title="Title", description="What holds when it passes.", examples=["Logins are protected"])
    effect: Effect = Field(
        title="Effect",
        description="What follows when it fails, from the mildest: advise, condition, review, deny.",
        examples=["condition"],
    )
    role: Role = Field(
        title="Role that answers for it", description="Its approval settles the finding.", examples=["it"]
    )
    waivable: YesNo = may_be_absent(title="May be waived", description="Yes when left out.", examples=[False])
    max_days: WaiverDays = may_be_absent(title="Longest waiver in days", examples=[180])
    effective_from: Day = may_be_absent(title="First day in force", examples=["2026-12-02"])
    effective_to: Day = may_be_absent(title="Last day in force", examples=["2027-12-31"])
    when: Test = may_be_absent(
        title="When it applies",
        description="An expression, or a tree of all, any and none; always when left out.",
        examples=["risk.standard"],
    )
    require: Test = Field(
        title="What must hold",
        description="An expression, or a tree of all, any and none.",
        examples=["product.sso_on_plan"],
    )
    params: Named[ParameterName, Parameter] = may_be_absent(
        title="Parameters", examples=[{"exempt_users": {"type": "int", "value": 5, "about": "small teams"}}]
    )
    message: Text = Field(
        title="Message when it fails",
        description="One sentence; {fact} stands for the value of that fact.",
        examples=["The {product.plan} plan has no company login."],
    )
    why: Text = Field(title="Reason", description="Why it matters, in 25 words at most.")
    remedy: Text = Field(title="Way to a yes", description="What the reader can do about it.")
    ask: Text = may_be_absent(title="Question to the vendor", description="Left out when nobody outside can answer.")
    due: Literal["before_signature", "before_data", "before_go_live", "at_renewal"] = may_be_absent(
        title="When the condition is due", description="`before_go_live` when left out.", examples=["before_data"]
    )
    evidence: Literal["measured", "contract", "report", "vendor", "it"] = may_be_absent(
        title="Weakest source that proves it",
        description="From high risk on, a pass resting on less is an open condition.",
        examples=["vendor"],
    )
    root: Slug = may_be_absent(
        title="Root cause", description="Findings with one root are shown together.", examples=["weak-accounts"]
    )
    references: Many[Title] = may_be_absent(
        title="Standards and laws it comes from", examples=[["MVSP 2.1", "CAIQ IAM-14"]]
    )
    examples: Items[Example] = may_be_absent(
        title="Examples",
        description="At least one each for pass, fail, unknown and, with `when`, not_applicable.",
    )


class Definition(Closed):
    """An expression with a name, for policies and other definitions to use."""

    name: Path = Field(title="Name", examples=["personal_data", "risk.high"])
    title: Title = Field(title="How it reads in a sentence", examples=["personal data goes in"])
    is_: Test = Field(
        alias="is",
        title="Meaning",
        description="An expression, or a tree of all, any and none.",
        examples=["size(messaging.channels) > 0"],
    )
    type: DefinitionType = may_be_absent(title="Type", description="`bool` when left out.", examples=["int"])
    about: Text = may_be_absent(title="Remark for whoever writes policies")


class DefinitionsFile(Closed):
    """Names for expressions, and the root causes that findings are grouped by."""

    kind: Literal["definitions"] = Field(title="Kind of document", description="Always `definitions`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    definitions: Items[Definition] = may_be_absent(title="Definitions")
    roots: Named[Slug, Title] = may_be_absent(
        title="Root causes", description="Identifier and heading.", examples=[{"weak-accounts": "Loose accounts"}]
    )


class PackManifest(Closed):
    """What stands beside the policies of a folder: whom they bind, and who agreed to them until when."""

    kind: Literal["pack"] = Field(title="Kind of document", description="Always `pack`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    id: Slug = Field(title="Identifier", description="Also the name of the folder.", examples=["privacy-eu"])
    title: Title = Field(title="Title", examples=["Accounts and access"])
    domain: Literal["security", "privacy", "integration", "cost"] = Field(
        title="Heading in the summary", examples=["security"]
    )
    jurisdiction: Title | None = Field(None, title="Where it is the law", examples=["EEA, UK"])
    release: Annotated[str, Field(pattern=r"^[0-9]{4}\.[0-9]{2}(\.[0-9]+)?$")] = Field(
        title="Release", description="Year, month and, if need be, a number.", examples=["2026.11"]
    )
    agreed_by: Agreed = may_be_absent(
        title="Who agreed to it",
        description="Policies are meant to be agreed by both.",
        examples=[["marketing", "it"]],
    )
    agreed_on: Day = may_be_absent(title="Day of the agreement", examples=["2026-11-02"])
    review_by: Day = may_be_absent(title="Day by which to look again", examples=["2027-11-02"])
    unverified: Many[Text] = may_be_absent(
        title="What nobody has verified yet",
        description="Points of law or fact that the policies rest on, to be looked up by the next review.",
        examples=[["Which states have made the browser's opt-out signal binding."]],
    )
