"""The tool: one item of the inventory of what the organisation owns."""

from typing import Annotated, Literal

from pydantic import Field

from procureguard.vocabulary.choices import CapabilityLevels, DataCategory, Operator
from procureguard.vocabulary.fact import Said, Section, Told, fact, required_fact
from procureguard.vocabulary.kinds import Closed, Day, Id, Kind, Many, Number, Text, WholeNumber

ToolStatus = Annotated[
    Literal["planned", "trial", "active", "ending", "retired"],
    Kind("ToolStatus", "enum"),
]

SupportLevel = Annotated[
    Literal["full", "best_effort", "none"],
    Kind("SupportLevel", "enum"),
]

ConditionState = Annotated[
    Literal["open", "met", "overdue"],
    Kind("ConditionState", "enum"),
]


class ToolCondition(Closed):
    """Something promised when the tool was approved."""

    policy: Text | None = Field(None, title="Policy that asked for it")
    text: Text | None = Field(None, title="What was promised")
    role: Text | None = Field(None, title="Role that checks it")
    due_on: Day | None = Field(None, title="Day by which it is due")
    state: ConditionState | None = Field(None, title="How far it is")


class ToolFacts(Section):
    """A tool the organisation owns: one item of its inventory."""

    id: Id = required_fact(
        "Identifier of the tool",
        ask="By which identifier is the tool known in the inventory?",
        stated_by="organisation",
        derives_from=("CSF ID.AM-02", "ISO27001 A.5.9"),
    )
    name: Said[Text] = fact(
        "Name of the tool",
        ask="What do people call the tool?",
        stated_by="organisation",
        derives_from=("CSF ID.AM-02",),
    )
    vendor: Said[Text] = fact(
        "Vendor behind the tool",
        ask="Which vendor did the tool come from?",
        stated_by="organisation",
        unit="vendor id",
        derives_from=("CSF ID.AM-02",),
    )
    product: Said[Text] = fact(
        "Product behind the tool",
        ask="Which of the vendor's products is the tool?",
        stated_by="organisation",
        unit="product id",
        derives_from=("CSF ID.AM-02",),
    )
    plan: Said[Text] = fact(
        "Plan in use",
        ask="Which price plan do you have?",
        stated_by="organisation",
        unit="plan id",
        derives_from=("CSF ID.AM-02",),
    )
    department: Said[Text] = fact(
        "Owning department",
        ask="Which department pays for the tool and decides about it?",
        stated_by="organisation",
        unit="department id",
        derives_from=("CSF ID.AM-02",),
    )
    owner: Said[Text] = fact(
        "Tool's responsible person in marketing",
        ask="Which colleague in marketing answers for the tool?",
        stated_by="organisation",
        unit="mail address",
        derives_from=("ISO27001 A.5.9",),
    )
    it_owner: Said[Text] = fact(
        "Tool's responsible person in IT",
        ask="Which colleague in IT answers for the tool?",
        stated_by="it",
        unit="mail address",
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
        derives_from=("CSF ID.AM-02",),
    )
    seats_used: Said[WholeNumber] = fact(
        "People active in the last 90 days",
        ask="How many different people were active in it during the past 90 days?",
        stated_by="organisation",
        unit="people in 90 days",
    )
    annual_cost: Said[Number] = fact(
        "Cost per year",
        ask="How much does the tool cost you in a year?",
        stated_by="organisation",
        unit="organisation.currency a year",
    )
    renews_on: Said[Day] = fact(
        "Date of its next renewal",
        ask="When does its contract renew next?",
        stated_by="organisation",
    )
    notice_days: Said[WholeNumber] = fact(
        "Days of notice its contract asks for",
        ask="How many days ahead of the renewal must a cancellation be sent?",
        stated_by="organisation",
        unit="days",
    )
    systems: Said[Many[Text]] = fact(
        "Systems it exchanges data with",
        ask="With which of your other tools does it exchange data?",
        stated_by="it",
        unit="tool ids",
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
        derives_from=("ISO27001 A.5.22",),
    )
    decision: Said[Text] = fact(
        "Decision behind the tool",
        ask="Under which decision was the tool bought?",
        stated_by="organisation",
        unit="decision id",
        derives_from=("CSF GV.SC-07",),
    )
