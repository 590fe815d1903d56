"""The request: what somebody in marketing wants to buy, what for, and until when."""

from typing import Annotated, Literal

from procureguard.vocabulary.choices import MetricKind, Operator
from procureguard.vocabulary.fact import Change, Said, Section, fact
from procureguard.vocabulary.kinds import Capability, Day, Kind, Many, Purpose, Rank, Text, WholeNumber, YesNo

RequestType = Annotated[
    Literal["new", "trial", "renewal", "expansion", "replacement"],
    Kind(
        "RequestType",
        "enum",
        {
            "new": "A tool we do not have",
            "trial": "Trying a tool out",
            "renewal": "Keeping a tool we have",
            "expansion": "More seats or functions of a tool we have",
            "replacement": "A tool in place of one we have",
        },
    ),
]

Budget = Annotated[
    Literal["planned", "approved", "none"],
    Kind(
        "Budget",
        "enum",
        {
            "planned": "The money stands in the plan",
            "approved": "The money was approved as an extra",
            "none": "There is no money for it yet",
        },
    ),
]


class RequestFacts(Section):
    """What somebody wants, what for, and until when."""

    id: Said[Text] = fact(
        "Reference number of the purchase",
        ask="What reference or ticket number does this purchase go by?",
        stated_by="requester",
        examples=("TW-1187",),
    )
    type: Said[RequestType] = fact(
        "Type of request",
        ask="Are you buying a new tool, trying one, renewing, adding to one we own, or swapping one for another?",
        stated_by="requester",
        derives_from=("CSF GV.SC-06",),
    )
    purpose: Said[Purpose] = fact(
        "Goal of the purchase",
        ask="What should be better for your team or your customers once you have it?",
        stated_by="requester",
        unit="up to 280 characters",
        examples=("More people come to our webinars",),
        derives_from=("CSF GV.SC-06",),
    )
    capabilities: Said[Many[Capability]] = fact(
        "Capabilities asked for",
        ask="Which jobs should the tool do for you?",
        stated_by="requester",
        examples=(["webinars", "forms"],),
        derives_from=("CSF ID.AM-04",),
    )
    # Left open, the need itself is open: nothing can then be said to cover it.
    must: Said[Many[Capability]] = fact(
        "Capabilities that are a must",
        ask="Which of those jobs are a must, so that a tool without them is no use to you?",
        stated_by="requester",
        unit="at most 7 advised",
        examples=(["webinars"],),
        derives_from=("CSF ID.AM-04",),
    )
    needed_at_launch: Said[Many[Capability]] = fact(
        "Capabilities needed at launch",
        ask="Which jobs have to work from day one?",
        stated_by="requester",
        examples=(["webinars"],),
    )
    needed_later: Said[Many[Capability]] = fact(
        "Capabilities needed in daily work",
        ask="Which jobs have to work once the tool is in daily use?",
        stated_by="requester",
        examples=(["webinars", "forms"],),
    )
    department: Said[Text] = fact(
        "Requesting department",
        ask="For which department is this purchase?",
        stated_by="requester",
        unit="department id",
        examples=("events",),
        derives_from=("CSF ID.AM-04",),
    )
    customer_group: Said[Text] = fact(
        "Main customer group served",
        ask="Which customers will notice this tool first?",
        stated_by="requester",
        examples=("Families who camp",),
    )
    priority: Said[Rank] = fact(
        "Rank on the department's wish list",
        ask="If your department's open wishes were a list, on which place would this one be?",
        stated_by="requester",
        unit="rank, 1 is first",
        examples=(1,),
    )
    requester: Said[Text] = fact(
        "Name of the requester",
        ask="Whom do we write to about this request?",
        stated_by="requester",
        unit="mail address",
        examples=("mara@example.com",),
    )
    owner: Said[Text] = fact(
        "Responsible person in marketing",
        ask="Which colleague in marketing will answer for this tool until it is switched off?",
        stated_by="requester",
        unit="mail address",
        examples=("ana@example.com",),
        derives_from=("CSF GV.SC-02", "ISO27001 A.5.9"),
        changeable_by="internal",
        change=Change("set", says="Name a colleague in marketing who answers for it"),
        effort=1,
    )
    it_owner: Said[Text] = fact(
        "Responsible person in IT",
        ask="Which colleague in IT will answer for this tool until it is switched off?",
        stated_by="it",
        unit="mail address",
        examples=("jonas@example.com",),
        derives_from=("CSF GV.SC-02", "ISO27001 A.5.9"),
        changeable_by="internal",
        change=Change("set", says="Name a colleague in IT who answers for it"),
        effort=1,
    )
    operator: Said[Operator] = fact(
        "Daily operator of the tool",
        ask="Whose daily work is it to run the tool?",
        stated_by="requester",
        derives_from=("CSF GV.SC-02",),
        changeable_by="internal",
        change=Change(
            "set",
            to=("team", "agency", "vendor", "it"),
            says="Have {value} run it day by day",
            value_says={
                "team": "Have the team that uses it run it day by day",
                "agency": "Have an agency run it day by day",
                "vendor": "Have the vendor run it day by day",
                "it": "Have IT run it day by day",
            },
        ),
        effort=3,
    )
    users: Said[WholeNumber] = fact(
        "Number of people with a login",
        ask="How many people are going to have a login?",
        stated_by="requester",
        unit="people",
        examples=(4,),
        derives_from=("MVSP 2.1",),
    )
    external_users: Said[YesNo] = fact(
        "Logins for people from outside",
        ask="Does anyone who is not an employee, such as an agency or a freelancer, get a login?",
        stated_by="requester",
        derives_from=("ISO27001 A.5.18", "CAIQ IAM-08"),
        changeable_by="buyer",
        change=Change("set", to=(False,), says="Give logins to our own people only"),
        effort=4,
    )
    external_access_ends: Said[Day] = fact(
        "End date of logins from outside",
        ask="When will the logins of people from outside be closed?",
        stated_by="requester",
        examples=("2027-03-31",),
        derives_from=("ISO27001 A.5.18", "CAIQ IAM-08"),
        changeable_by="buyer",
        change=Change("set", says="Close the logins of people from outside on {value}"),
        effort=1,
    )
    metrics: Said[Many[MetricKind]] = fact(
        "Ways success is measured",
        ask="Which kinds of numbers will tell you whether the tool was worth it?",
        stated_by="requester",
        unit="kinds, each once",
        derives_from=("CSF GV.SC-09",),
        changeable_by="buyer",
        change=Change(
            "add",
            says="Measure its success by {value} too",
            value_says={
                "system_performance": "Measure how well the system runs, too",
                "provider_performance": "Measure how well the vendor works, too",
                "usage": "Measure how much it is used, too",
                "financial": "Measure what it costs and brings in, too",
                "customer": "Measure what customers notice of it, too",
            },
        ),
        effort=1,
    )
    budget: Said[Budget] = fact(
        "Budget behind the purchase",
        ask="Is the money already planned, approved as an extra, or still missing?",
        stated_by="requester",
        changeable_by="internal",
        change=Change(
            "set",
            to=("planned", "approved"),
            says="Have the budget {value}",
            value_says={
                "planned": "Have finance put the money into the plan",
                "approved": "Have finance approve the money as an extra",
            },
        ),
        effort=4,
    )
    # The text `none` states that the plan has no such entry.
    plan_item: Said[Text] = fact(
        "Entry in the investment plan",
        ask="Which entry of the investment plan pays for this (write none if it has none)?",
        stated_by="requester",
        unit="id in the investment plan, or none",
        examples=("2027-loyalty",),
        changeable_by="internal",
        change=Change("set", says="Have it entered in the investment plan under {value}"),
        effort=4,
    )
    needed_by: Said[Day] = fact(
        "Date it is needed",
        ask="By which date do you have to be able to use it?",
        stated_by="requester",
        examples=("2027-02-01",),
        changeable_by="buyer",
        change=Change("later", says="Start on {value} instead of {now}"),
        effort=2,
    )
    gap: Said[Text] = fact(
        "Gap left by the tools we own",
        ask="What did you try to do with our own tools that did not work?",
        stated_by="requester",
        unit="up to 500 characters",
        examples=("Our forms cannot ask a question that depends on an earlier answer",),
        derives_from=("CSF ID.AM-04",),
    )
    replaces: Said[Many[Text]] = fact(
        "Tools that will be retired for it",
        ask="Which of our own tools will you stop using because of this one, if any?",
        stated_by="requester",
        unit="tool ids",
        examples=(["old-survey-tool"],),
        derives_from=("CSF ID.AM-08",),
        changeable_by="buyer",
        change=Change("add", says="Stop using {value} once you have it"),
        effort=5,
    )
    tool: Said[Text] = fact(
        "Tool being renewed or expanded",
        ask="Which tool of ours is this renewal or expansion about?",
        stated_by="requester",
        unit="tool id",
        examples=("house-crm",),
        derives_from=("CSF ID.AM-08",),
    )
    trial_days: Said[WholeNumber] = fact(
        "Number of trial days",
        ask="For how many days do you want to try it?",
        stated_by="requester",
        unit="days",
        examples=(30,),
        changeable_by="buyer",
        change=Change(
            "down",
            says="Try it for {value} days instead of {now}",
            value_says={"1": "Try it for 1 day instead of {now}"},
        ),
        effort=1,
    )
    exit_plan: Said[YesNo] = fact(
        "Written plan for leaving the tool",
        ask="Have you written down how we get our data out, what we use instead, and who takes care of it?",
        stated_by="requester",
        derives_from=("CSF GV.SC-10", "ISO27001 A.5.23"),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have its owner write down how to leave it again"),
        effort=2,
    )
