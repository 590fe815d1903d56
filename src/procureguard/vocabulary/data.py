"""The data: what goes in, about whom, and what the vendor does with it."""

from typing import Annotated, Literal

from pydantic import Field

from procureguard.vocabulary.choices import DataCategory, Region, for_each_region
from procureguard.vocabulary.fact import Change, Said, Section, fact
from procureguard.vocabulary.kinds import Country, Kind, Many, WholeNumber, YesNo

DataSource = Annotated[
    Literal["own", "vendor_supplied", "purchased", "scraped"],
    Kind(
        "DataSource",
        "enum",
        {
            "own": "Collected by ourselves",
            "vendor_supplied": "Comes with the product, from the vendor",
            "purchased": "Bought from somebody",
            "scraped": "Gathered from websites",
        },
    ),
]

VendorRole = Annotated[
    Literal["processor", "service_provider", "controller", "joint_controller"],
    Kind(
        "VendorRole",
        "enum",
        {
            "processor": "Uses the data only as we tell it (GDPR)",
            "service_provider": "Uses the data only as we tell it (California)",
            "controller": "Decides by itself what the data is used for",
            "joint_controller": "Decides together with us what the data is used for",
        },
    ),
]

ImpactAssessment = Annotated[
    Literal["none", "started", "done"],
    Kind(
        "ImpactAssessment",
        "enum",
        {
            "none": "Nobody has begun",
            "started": "Somebody is at it",
            "done": "It is finished",
        },
    ),
]

# Public content and nothing else is stated as `[public_content]`; an empty list would leave it in doubt.
DataCategories = Annotated[Many[DataCategory], Field(min_length=1)]


class DataFacts(Section):
    """Which data goes in, whose it is, where it is kept and what becomes of it."""

    categories: Said[DataCategories] = fact(
        "Categories of data put in",
        ask="What kinds of data will you put in, or is it public content and nothing else?",
        stated_by="requester",
        derives_from=("GDPR 4", "GDPR 9", "ISO27001 A.5.12"),
        changeable_by="buyer",
        change=Change(
            "remove",
            says="Leave out {value}",
            value_says={
                "public_content": "Leave out public content",
                "employee_login": "Leave out employee logins",
                "confidential_business": "Leave out business secrets",
                "credentials": "Leave out passwords and keys",
                "employee": "Leave out data about employees",
                "prospect_contact": "Leave out contact details of prospects",
                "customer_contact": "Leave out contact details of customers",
                "behaviour": "Leave out data on what people did",
                "device_ids": "Leave out cookies and other device ids",
                "precise_location": "Leave out precise locations",
                "financial": "Leave out data on people's money",
                "payment_card": "Leave out payment card numbers",
                "health": "Leave out health data",
                "biometric": "Leave out faces, voices and fingerprints",
                "special_category": "Leave out religion, origin, politics, union and sexual life",
                "children": "Leave out data about children",
            },
        ),
        effort=3,
    )
    regions: Said[Many[Region]] = fact(
        "Home regions of the people in the data",
        ask="In which parts of the world are the people whose data this is?",
        stated_by="requester",
        derives_from=("GDPR 3", "US state privacy laws"),
        changeable_by="buyer",
        change=Change(
            "remove", says="Leave out people in {value}", value_says=for_each_region("Leave out people in {value}")
        ),
        effort=4,
    )
    people: Said[WholeNumber] = fact(
        "Number of people in the data",
        ask="Roughly how many people does the data describe?",
        stated_by="requester",
        unit="people",
        examples=(6000,),
        derives_from=("GDPR 35",),
    )
    sources: Said[Many[DataSource]] = fact(
        "Origins of the data",
        ask="How did we get these contacts: ourselves, from the vendor, bought, or gathered from websites?",
        stated_by="requester",
        derives_from=("GDPR 14",),
        changeable_by="buyer",
        change=Change(
            "remove",
            only=("vendor_supplied", "purchased", "scraped"),
            says="Leave out data that was {value}",
            value_says={
                "vendor_supplied": "Leave out data that comes from the vendor",
                "purchased": "Leave out data that was bought",
                "scraped": "Leave out data gathered from websites",
            },
        ),
        effort=3,
    )
    source_lawful: Said[YesNo] = fact(
        "Privacy's clearance of the data's origin",
        ask="Did the privacy team check and accept how this data was gathered?",
        stated_by="organisation",
        derives_from=("GDPR 6", "GDPR 14"),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have privacy check and accept where the data comes from"),
        effort=4,
    )
    vendor_role: Said[VendorRole] = fact(
        "Legal role of the vendor for our data",
        ask="Do you use our data only as we tell you (as a processor), or do you decide on uses yourself?",
        stated_by="vendor",
        derives_from=("GDPR 24-28", "11 CCR 7051"),
        changeable_by="vendor",
        change=Change(
            "set",
            to=("processor", "service_provider"),
            says="Have the vendor act as {value} for our data",
            value_says={
                "processor": "Have the vendor use our data only as we tell it",
                "service_provider": "Have the vendor sign as our service provider under California law",
            },
        ),
        effort=4,
        fresh_for_days=365,
    )
    stored_in: Said[Many[Country]] = fact(
        "Storage countries",
        ask="In which countries do the servers and backups with our data stand?",
        stated_by="vendor",
        unit="ISO 3166-1 alpha-2",
        examples=(["DE", "IE"],),
        derives_from=("GDPR 44", "CAIQ DSP-19"),
        changeable_by="vendor",
        change=Change("set", says="Have the vendor store our data only in {value}"),
        effort=3,
        fresh_for_days=365,
    )
    accessed_from: Said[Many[Country]] = fact(
        "Access countries",
        ask="In which countries do people work who can open our data, for support as well?",
        stated_by="vendor",
        unit="ISO 3166-1 alpha-2",
        examples=(["DE", "IN"],),
        derives_from=("GDPR 44", "CAIQ DSP-19"),
        changeable_by="vendor",
        change=Change("set", says="Have the vendor open our data only from {value}"),
        effort=4,
        fresh_for_days=365,
    )
    vendor_reuses: Said[YesNo] = fact(
        "Use of our data for the vendor's own ends",
        ask="Will you sell or share our data, or use it for anything besides serving us?",
        stated_by="vendor",
        derives_from=("GDPR 28(3)(a)", "11 CCR 7053"),
        changeable_by="vendor",
        change=Change("set", to=(False,), says="Have the vendor use our data for nothing but serving us"),
        effort=3,
        fresh_for_days=365,
    )
    impact_assessment: Said[ImpactAssessment] = fact(
        "State of the privacy impact assessment",
        ask="How far along is the data protection impact assessment?",
        stated_by="organisation",
        derives_from=("GDPR 35", "CAIQ DSP-09"),
        changeable_by="internal",
        change=Change(
            "set",
            to=("started", "done"),
            says="Have privacy do the impact assessment",
            value_says={
                "started": "Have privacy start the impact assessment",
                "done": "Have privacy finish the impact assessment",
            },
        ),
        effort=4,
    )
