"""The documents that say what is demanded: policies, and the definitions they use."""

from typing import Annotated, Any, Literal

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

Effect = Annotated[
    Literal["advise", "condition", "review", "deny"],
    Kind(
        "Effect",
        "enum",
        {
            "advise": "A hint; the answer stays as it is",
            "condition": "A yes under a condition",
            "review": "Somebody has to look at it",
            "deny": "A no",
        },
    ),
]

ParameterType = Annotated[
    Literal["bool", "int", "double", "string", "list(int)", "list(string)"],
    Kind(
        "ParameterType",
        "enum",
        {
            "bool": "Yes or no",
            "int": "A whole number",
            "double": "A number",
            "string": "A text",
            "list(int)": "Whole numbers",
            "list(string)": "Texts",
        },
    ),
]

DefinitionType = Annotated[
    Literal["bool", "int", "decimal", "double", "string", "list(int)", "list(string)"],
    Kind(
        "DefinitionType",
        "enum",
        {
            "bool": "Yes or no",
            "int": "A whole number",
            "decimal": "A number of at most four places, such as an amount",
            "double": "A number",
            "string": "A text",
            "list(int)": "Whole numbers",
            "list(string)": "Texts",
        },
    ),
]

ParameterName = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$", max_length=60), Kind("ParameterName", "string")]

Path = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=100), Kind("Path", "string")]

Figure = Annotated[float, Field(ge=-100_000_000_000, le=100_000_000_000), Kind("Figure", "decimal")]

Item = YesNo | Figure | Text

ParameterValue = Item | Items[Item]

WaiverDays = Annotated[int, Field(ge=1, le=3650), BeforeValidator(whole), Kind("WaiverDays", "int")]

Title = Annotated[str, Field(min_length=1, max_length=100), Kind("Title", "string")]

Expression = Annotated[str, Field(min_length=1, max_length=2000), Kind("Expression", "string")]


ExpectedOutcome = Annotated[
    Literal["pass", "fail", "unknown", "not_applicable"],
    Kind(
        "ExpectedOutcome",
        "enum",
        {
            "pass": "What is demanded holds",
            "fail": "What is demanded does not hold",
            "unknown": "Too little is known to tell",
            "not_applicable": "It does not apply",
        },
    ),
]

DueTime = Annotated[
    Literal["before_signature", "before_data", "before_go_live", "at_renewal"],
    Kind(
        "DueTime",
        "enum",
        {
            "before_signature": "Before the contract is signed",
            "before_data": "Before data goes in",
            "before_go_live": "Before it is used in earnest",
            "at_renewal": "When the contract is renewed",
        },
    ),
]

LeastSource = Annotated[
    Literal["measured", "contract", "report", "vendor", "it"],
    Kind(
        "LeastSource",
        "enum",
        {
            "measured": "Somebody has to have tried it out",
            "contract": "It has to stand in a contract",
            "report": "It has to stand in an auditor's report",
            "vendor": "The vendor's word is enough",
            "it": "The word of our IT is enough",
        },
    ),
]


class Condition(Closed):
    """Expressions joined by one of `all`, `any` and `none`; each may again be such a tree."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    all: "Branches" = Field(
        default_factory=list,
        title="All of these hold",
        description="Expressions, or further trees, joined by and.",
        examples=[["risk.standard", "request.users > 5"], ["web.loads_on_site", "personal_data"]],
    )
    any: "Branches" = Field(
        default_factory=list,
        title="At least one of these holds",
        description="Expressions, or further trees, joined by or.",
        examples=[["product.sso_on_plan", 'product.mfa == "enforced"'], ["web.loads_on_site", "ai.used"]],
    )
    none: "Branches" = Field(
        default_factory=list,
        title="None of these holds",
        description="Expressions, or further trees, of which each has to be false.",
        examples=[["vendor.recent_breach", "product.end_announced"], ["data.vendor_reuses"]],
    )

    @model_validator(mode="after")
    def _one_key(self) -> "Condition":
        if len(self.model_fields_set) != 1:
            raise ValueError("exactly one of all, any and none")
        return self


Branches = Annotated[list[Expression | Condition], Field(min_length=1, max_length=MOST_ITEMS)]

Test = YesNo | Expression | Condition


class Parameter(Closed):
    """A value that an organisation may change without touching the policy."""

    type: ParameterType = Field(title="Type", description="What kind of value it has.")
    value: ParameterValue = Field(
        title="Value as shipped",
        description="What counts where an organisation sets nothing else.",
        examples=[5, ["saml", "oidc"]],
    )
    about: Text = Field(
        title="What it is for",
        description="In a few words, for whoever sets it.",
        examples=["teams of this size may go without", "days the vendor has to delete everything"],
    )


class Example(Closed):
    """A purchase in small, and what the policy has to make of it; example, test and documentation in one."""

    name: Text = Field(
        title="Name", description="What is special about it.", examples=["a team of five", "nobody has said"]
    )
    given: Named[ParameterName, Free] = may_be_absent(
        title="Facts given",
        description="By section, written plainly; computed facts such as `cost.annual` may be given too.",
        examples=[{"request": {"users": 5}, "cost": {"annual": 6000}}, {"ai": {"used": False}}],
    )
    as_of: Day = may_be_absent(
        title="Day of the check",
        description="Without it the policy counts as in force.",
        examples=["2026-12-02", "2027-06-30"],
    )
    expect: ExpectedOutcome = Field(title="Outcome expected", description="What the policy has to make of these facts.")
    asks: Many[Path] = may_be_absent(
        title="Facts asked for",
        description="The facts that keep the outcome unknown; only with `expect: unknown`.",
        examples=[["product.sso_on_plan"], ["data.categories", "data.regions"]],
    )


def _never_suggest() -> Any:  # noqa: ANN401  # stands for the default of a list of paths
    return may_be_absent(
        title="No way to a yes",
        description="Facts whose change is never suggested here, as it would only slip under a limit.",
        examples=[["contract.term_months"], ["messaging.daily_volume"]],
    )


class PolicyFile(Closed):
    """One policy: when it applies, what it demands, what happens otherwise, and how to get to a yes."""

    kind: Literal["policy"] = may_be_absent(title="Kind of document", description="`policy`, or left out.")
    version: Version = may_be_absent(title="Version of the format", description="1, or left out.")
    id: Slug = Field(
        title="Identifier",
        description="Also the name of the file; reads well after the words: exempt from.",
        examples=["single-sign-on", "exit-plan"],
    )
    title: Title = Field(
        title="Title",
        description="What holds when it passes.",
        examples=["Logins are protected", "There is a way out"],
    )
    effect: Effect = Field(
        title="Effect",
        description="What follows when it fails, from the mildest: advise, condition, review, deny.",
    )
    role: Role = Field(title="Role that answers for it", description="Its approval settles the finding.")
    waivable: YesNo = may_be_absent(
        title="May be waived", description="Yes when left out.", json_schema_extra={"default": True}
    )
    max_days: WaiverDays = may_be_absent(
        title="Longest waiver in days",
        description="After so many days it has to be asked for anew.",
        examples=[90, 180],
    )
    effective_from: Day = may_be_absent(
        title="First day in force",
        description="Before it, the policy does not apply; ahead of it, reports announce it.",
        examples=["2026-12-02", "2027-01-01"],
    )
    effective_to: Day = may_be_absent(
        title="Last day in force",
        description="After it, the policy does not apply any more.",
        examples=["2027-12-31", "2028-06-30"],
    )
    when: Test = may_be_absent(
        title="When it applies",
        description="An expression, or a tree of all, any and none; always when left out.",
        examples=["risk.standard", "personal_data && request.users > params.exempt_users"],
    )
    require: Test = Field(
        title="What must hold",
        description="An expression, or a tree of all, any and none.",
        examples=["product.sso_on_plan", "contract.deletion_days <= params.most_days"],
    )
    params: Named[ParameterName, Parameter] = may_be_absent(
        title="Parameters",
        description="Values that an organisation may set; in expressions `params.` and the name.",
        examples=[
            {"exempt_users": {"type": "int", "value": 5, "about": "small teams"}},
            {"most_days": {"type": "int", "value": 30, "about": "days until deletion"}},
        ],
    )
    message: Text = Field(
        title="Message when it fails",
        description="One sentence; {fact} stands for the value of that fact.",
        examples=["The {product.plan} plan has no company login.", "Nobody has written down how to leave the tool."],
    )
    why: Text = Field(
        title="Reason",
        description="Why it matters, in 25 words at most.",
        examples=[
            "An account of its own survives the person who leaves.",
            "Without a way out, the vendor sets the price.",
        ],
    )
    remedy: Text = Field(
        title="Way to a yes",
        description="What the reader can do about it.",
        examples=["Take a plan with company login.", "Write down how the data gets out, and who sees to it."],
    )
    never_suggest: Many[Path] = _never_suggest()
    ask: Text = may_be_absent(
        title="Question to the vendor",
        description="Left out when nobody outside can answer.",
        examples=["Which plan includes company login, and at what price?", "How do we get our data out?"],
    )
    due: DueTime = may_be_absent(
        title="When the condition is due",
        description="`before_go_live` when left out.",
        json_schema_extra={"default": "before_go_live"},
    )
    evidence: LeastSource = may_be_absent(
        title="Weakest source that proves it",
        description="From high risk on, a pass resting on less is an open condition.",
    )
    root: Slug = may_be_absent(
        title="Root cause",
        description="Findings with one root are shown together.",
        examples=["weak-accounts", "no-way-out"],
    )
    references: Many[Title] = may_be_absent(
        title="Standards and laws it comes from",
        description="By their short names and numbers.",
        examples=[["MVSP 2.1", "CAIQ IAM-14"], ["GDPR 28(3)"]],
    )
    examples: Items[Example] = may_be_absent(
        title="Examples",
        description="At least one each for pass, fail, unknown and, with `when`, not_applicable.",
    )


class Definition(Closed):
    """An expression with a name, for policies and other definitions to use."""

    name: Path = Field(
        title="Name", description="By which policies and definitions use it.", examples=["personal_data", "risk.high"]
    )
    title: Title = Field(
        title="How it reads in a sentence",
        description="Policies are read out with it.",
        examples=["personal data goes in", "it sends messages"],
    )
    is_: Test = Field(
        alias="is",
        title="Meaning",
        description="An expression, or a tree of all, any and none.",
        examples=["size(messaging.channels) > 0", "cost.annual >= organisation.it_limit"],
    )
    type: DefinitionType = may_be_absent(
        title="Type", description="`bool` when left out.", json_schema_extra={"default": "bool"}
    )
    never_suggest: Many[Path] = _never_suggest()
    about: Text = may_be_absent(
        title="Remark for whoever writes policies",
        description="What the name and its meaning leave open.",
        examples=["Counts business contacts too.", "Unknown while nobody has said what goes in."],
    )


class DefinitionsFile(Closed):
    """Names for expressions, and the root causes that findings are grouped by."""

    kind: Literal["definitions"] = Field(title="Kind of document", description="Always `definitions`.")
    version: Version = Field(title="Version of the format", description="Always 1.")
    definitions: Items[Definition] = may_be_absent(title="Definitions", description="One item for each name.")
    roots: Named[Slug, Title] = may_be_absent(
        title="Root causes",
        description="Identifier and heading.",
        examples=[{"weak-accounts": "Loose accounts"}, {"no-way-out": "Hard to leave"}],
    )
