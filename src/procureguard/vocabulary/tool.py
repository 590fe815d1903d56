"""The tool: one item of the inventory of what the organisation owns."""

from typing import Annotated, Literal

from pydantic import Field

from procureguard.vocabulary.choices import CapabilityLevels, DataCategory, Operator
from procureguard.vocabulary.fact import Said, Section, Told, fact, required_fact
from procureguard.vocabulary.kinds import Closed, Day, Id, Kind, Many, Number, Text, WholeNumber

ToolStatus = Annotated[
    Literal["planned", "trial", "active", "ending", "retired"],
    Kind(
        "ToolStatus",
        "enum",
        {
            "planned": "Bought, not in use yet",
            "trial": "Being tried out",
            "active": "In use",
            "ending": "Being wound down",
            "retired": "No longer in use",
        },
    ),
]

SupportLevel = Annotated[
    Literal["full", "best_effort", "none"],
    Kind(
        "SupportLevel",
        "enum",
        {
            "full": "IT helps with everything",
            "best_effort": "IT helps when there is time",
            "none": "IT does not help",
        },
    ),
]

ConditionState = Annotated[
    Literal["open", "met", "overdue"],
    Kind(
        "ConditionState",
        "enum",
        {
            "open": "Not done yet, and not due",
            "met": "Done",
            "overdue": "Not done, and the day has passed",
        },
    ),
]


class ToolCondition(Closed):
    """Something promised when the tool was approved."""

    policy: Text | None = Field(
        None,
        title="Policy that asked for it",
        description="The identifier of the policy.",
        examples=["exit-plan", "two-owners"],
    )
    text: Text | None = Field(
        None,
        title="What was promised",
        description="In a sentence, as the approval had it.",
        examples=["Write down how to leave the tool", "Name somebody in IT who answers for it"],
    )
    role: Text | None = Field(
        None,
        title="Role that checks it",
        description="Who looks whether the promise was kept.",
        examples=["it", "privacy"],
    )
    due_on: Day | None = Field(
        None,
        title="Day by which it is due",
        description="From the day after on it is overdue.",
        examples=["2027-01-31", "2027-06-30"],
    )
    state: ConditionState | None = Field(None, title="How far it is", description="As of the day of the inventory.")


class ToolFacts(Section):
    """A tool the organisation owns: one item of its inventory."""

    id: Id = required_fact(
        "Identifier of the tool",
        ask="By which identifier is the tool known in the inventory?",
        stated_by="organisation",
        examples=("house-crm", "newsletter"),
        derives_from=("CSF ID.AM-02", "ISO27001 A.5.9"),
    )
    name: Said[Text] = fact(
        "Name of the tool",
        ask="What do people call the tool?",
        stated_by="organisation",
        examples=("House CRM",),
        derives_from=("CSF ID.AM-02",),
    )
    vendor: Said[Text] = fact(
        "Vendor behind the tool",
        ask="Which vendor did the tool come from?",
        stated_by="organisation",
        unit="vendor id",
        examples=("formwise",),
        derives_from=("CSF ID.AM-02",),
    )
    product: Said[Text] = fact(
        "Product behind the tool",
        ask="Which of the vendor's products is the tool?",
        stated_by="organisation",
        unit="product id",
        examples=("formwise",),
        derives_from=("CSF ID.AM-02",),
    )
    plan: Said[Text] = fact(
        "Plan in use",
        ask="Which price plan do you have?",
        stated_by="organisation",
        unit="plan id",
        examples=("business",),
        derives_from=("CSF ID.AM-02",),
    )
    department: Said[Text] = fact(
        "Owning department",
        ask="Which department pays for the tool and decides about it?",
        stated_by="organisation",
        unit="department id",
        examples=("events",),
        derives_from=("CSF ID.AM-02",),
    )
    owner: Said[Text] = fact(
        "Tool's responsible person in marketing",
        ask="Which colleague in marketing answers for the tool?",
        stated_by="organisation",
        unit="mail address",
        examples=("ana@example.com",),
        derives_from=("ISO27001 A.5.9",),
    )
    it_owner: Said[Text] = fact(
        "Tool's responsible person in IT",
        ask="Which colleague in IT answers for the tool?",
        stated_by="it",
        unit="mail address",
        examples=("jonas@example.com",),
        derives_from=("ISO27001 A.5.9",),
    )
    operator: Said[Operator] = fact(
        "Daily operator",
        ask="Who keeps the tool running from day to day?",
        stated_by="organisation",
        derives_from=("CSF GV.SC-02",),
    )
    status: Told[ToolStatus] = required_fact(
        "Stage of life",
        ask="Which stage has the tool reached: planned, tried out, in use, being wound down, or gone?",
        stated_by="organisation",
        derives_from=("CSF ID.AM-08",),
    )
    # A latent capability is owned and has not been switched on.
    capabilities: Told[CapabilityLevels] = required_fact(
        "Capabilities in use",
        ask="Which jobs does the tool do, and is each one complete, partial or not switched on yet?",
        stated_by="organisation",
        examples=({"crm": "full", "lead-scoring": "latent"},),
        derives_from=("CSF ID.AM-04",),
    )
    cleared_for: Said[Many[DataCategory]] = fact(
        "Categories of data it is cleared for",
        ask="What kinds of data has the tool been cleared to hold?",
        stated_by="organisation",
        derives_from=("ISO27001 A.5.12",),
    )
    seats: Said[WholeNumber] = fact(
        "Number of seats we pay for",
        ask="For how many seats do you pay?",
        stated_by="organisation",
        unit="seats",
        examples=(180,),
        derives_from=("CSF ID.AM-02",),
    )
    seats_used: Said[WholeNumber] = fact(
        "People active in the last 90 days",
        ask="How many different people were active in it during the past 90 days?",
        stated_by="organisation",
        unit="people in 90 days",
        examples=(142,),
    )
    annual_cost: Said[Number] = fact(
        "Cost per year",
        ask="How much does the tool cost you in a year?",
        stated_by="organisation",
        unit="organisation.currency a year",
        examples=(97200,),
    )
    renews_on: Said[Day] = fact(
        "Date of its next renewal",
        ask="When does its contract renew next?",
        stated_by="organisation",
        examples=("2027-06-30",),
    )
    notice_days: Said[WholeNumber] = fact(
        "Days of notice its contract asks for",
        ask="How many days ahead of the renewal must a cancellation be sent?",
        stated_by="organisation",
        unit="days",
        examples=(90,),
    )
    systems: Said[Many[Text]] = fact(
        "Systems it exchanges data with",
        ask="With which of your other tools does it exchange data?",
        stated_by="it",
        unit="tool ids",
        examples=(["newsletter"],),
        derives_from=("CSF ID.AM-03",),
    )
    support: Said[SupportLevel] = fact(
        "Support given by IT",
        ask="How much help can users of the tool expect from IT?",
        stated_by="it",
        derives_from=("CSF GV.SC-09",),
    )
    conditions: Said[Many[ToolCondition]] = fact(
        "Conditions set at its approval",
        ask="Which conditions came with its approval, and how far is each of them?",
        stated_by="organisation",
        examples=([{"policy": "exit-plan", "text": "Write the exit plan", "state": "open"}],),
        derives_from=("ISO27001 A.5.22",),
    )
    decision: Said[Text] = fact(
        "Decision behind the tool",
        ask="Under which decision was the tool bought?",
        stated_by="organisation",
        unit="decision id",
        examples=("D-2026-014",),
        derives_from=("CSF GV.SC-07",),
    )
