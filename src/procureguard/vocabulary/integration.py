"""The integration: how the product is joined to the systems the company runs."""

from typing import Annotated, Literal

from procureguard.vocabulary.fact import Change, Said, Section, fact
from procureguard.vocabulary.kinds import Kind, Many, Text, WholeNumber, YesNo

ConnectionMethod = Annotated[
    Literal["connector", "api", "integration_platform", "manual_file", "none"],
    Kind(
        "ConnectionMethod",
        "enum",
        {
            "connector": "A ready connector of the vendor",
            "api": "A programming interface (API)",
            "integration_platform": "A platform between the two systems",
            "manual_file": "Files carried by hand",
            "none": "It is joined to nothing",
        },
    ),
]


class IntegrationFacts(Section):
    """How it is joined to the systems the company runs."""

    systems: Said[Many[Text]] = fact(
        "Systems of ours it connects to",
        ask="Which of our systems will it exchange data with, if any?",
        stated_by="requester",
        unit="tool ids",
        examples=(["house-crm"],),
        derives_from=("CAIQ IPY-01", "CSF ID.AM-03"),
        changeable_by="buyer",
        change=Change("remove", says="Leave it unconnected to {value}"),
        effort=4,
    )
    method: Said[ConnectionMethod] = fact(
        "Type of connection",
        ask="How does data move: by a ready connector, an interface (API), a platform in between, or by hand?",
        stated_by="it",
        derives_from=("CAIQ IPY-02", "ISO27001 A.5.14"),
        changeable_by="internal",
        change=Change(
            "set",
            to=("connector", "api", "integration_platform"),
            says="Have IT connect it by {value}",
            value_says={
                "connector": "Have IT connect it through the vendor's ready connector",
                "api": "Have IT connect it through a programming interface (API)",
                "integration_platform": "Have IT connect it through our integration platform",
            },
        ),
        effort=3,
    )
    writes_records: Said[YesNo] = fact(
        "Write access to a system of record",
        ask="Will it create or change records in one of our leading systems, such as the one for customers (CRM)?",
        stated_by="it",
        derives_from=("ISO27001 A.8.32", "CSF PR.AA-05"),
        changeable_by="buyer",
        change=Change("set", to=(False,), says="Let it read our systems of record, not write to them"),
        effort=3,
    )
    admin_rights: Said[YesNo] = fact(
        "Request for administrator rights",
        ask="Does it need the rights of an administrator to make the connection work?",
        stated_by="it",
        derives_from=("CAIQ IAM-05", "RFC 6749 3.3"),
        changeable_by="internal",
        change=Change("set", to=(False,), says="Have IT connect it without administrator rights"),
        effort=2,
    )
    customer_key: Said[YesNo] = fact(
        "Customer key in every record",
        ask="Will each of its records hold our customer key, so that we can match it?",
        stated_by="it",
        derives_from=("CAIQ IPY-01", "CSF ID.AM-03"),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have IT put our customer key into each record"),
        effort=3,
    )
    sandbox_tested: Said[YesNo] = fact(
        "Trial run in a test environment",
        ask="Did the connection work in a test environment before it touches real data?",
        stated_by="it",
        derives_from=("ISO27001 A.8.31", "ISO27001 A.8.32"),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have IT try the connection in a test environment first"),
        effort=3,
    )
    effort_days: Said[WholeNumber] = fact(
        "Days of IT work needed",
        ask="How many working days must IT put in until the connection runs?",
        stated_by="it",
        unit="days",
        examples=(5,),
    )
    scheduled: Said[YesNo] = fact(
        "Reserved time slot in IT",
        ask="Is the IT work for this connection on IT's calendar?",
        stated_by="it",
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have IT put the connection on its calendar"),
        effort=4,
    )
    extension_reviewed: Said[YesNo] = fact(
        "Permission from IT to install it",
        ask="Did IT look at what has to be installed and give permission?",
        stated_by="it",
        derives_from=("ISO27001 A.8.19",),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have IT look at what gets installed and permit it"),
        effort=3,
    )
