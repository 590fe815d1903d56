"""Lists of values that several sections share."""

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field

from procureguard.vocabulary.kinds import Capability, Kind, Named, not_value

# `EU` stands for the European Economic Area; `US` alone for a state that is not known.
Region = Annotated[
    Literal[
        "EU",
        "UK",
        "CH",
        "US",
        "US-AK",
        "US-AL",
        "US-AR",
        "US-AZ",
        "US-CA",
        "US-CO",
        "US-CT",
        "US-DC",
        "US-DE",
        "US-FL",
        "US-GA",
        "US-HI",
        "US-IA",
        "US-ID",
        "US-IL",
        "US-IN",
        "US-KS",
        "US-KY",
        "US-LA",
        "US-MA",
        "US-MD",
        "US-ME",
        "US-MI",
        "US-MN",
        "US-MO",
        "US-MS",
        "US-MT",
        "US-NC",
        "US-ND",
        "US-NE",
        "US-NH",
        "US-NJ",
        "US-NM",
        "US-NV",
        "US-NY",
        "US-OH",
        "US-OK",
        "US-OR",
        "US-PA",
        "US-RI",
        "US-SC",
        "US-SD",
        "US-TN",
        "US-TX",
        "US-UT",
        "US-VA",
        "US-VT",
        "US-WA",
        "US-WI",
        "US-WV",
        "US-WY",
        "CA",
        "BR",
        "AU",
        "JP",
        "IN",
        "CN",
        "OTHER",
    ],
    Kind(
        "Region",
        "region",
        {
            "EU": "European Economic Area",
            "UK": "United Kingdom",
            "CH": "Switzerland",
            "US": "United States, state not known",
            "US-AK": "Alaska, United States",
            "US-AL": "Alabama, United States",
            "US-AR": "Arkansas, United States",
            "US-AZ": "Arizona, United States",
            "US-CA": "California, United States",
            "US-CO": "Colorado, United States",
            "US-CT": "Connecticut, United States",
            "US-DC": "District of Columbia, United States",
            "US-DE": "Delaware, United States",
            "US-FL": "Florida, United States",
            "US-GA": "Georgia, United States",
            "US-HI": "Hawaii, United States",
            "US-IA": "Iowa, United States",
            "US-ID": "Idaho, United States",
            "US-IL": "Illinois, United States",
            "US-IN": "Indiana, United States",
            "US-KS": "Kansas, United States",
            "US-KY": "Kentucky, United States",
            "US-LA": "Louisiana, United States",
            "US-MA": "Massachusetts, United States",
            "US-MD": "Maryland, United States",
            "US-ME": "Maine, United States",
            "US-MI": "Michigan, United States",
            "US-MN": "Minnesota, United States",
            "US-MO": "Missouri, United States",
            "US-MS": "Mississippi, United States",
            "US-MT": "Montana, United States",
            "US-NC": "North Carolina, United States",
            "US-ND": "North Dakota, United States",
            "US-NE": "Nebraska, United States",
            "US-NH": "New Hampshire, United States",
            "US-NJ": "New Jersey, United States",
            "US-NM": "New Mexico, United States",
            "US-NV": "Nevada, United States",
            "US-NY": "New York, United States",
            "US-OH": "Ohio, United States",
            "US-OK": "Oklahoma, United States",
            "US-OR": "Oregon, United States",
            "US-PA": "Pennsylvania, United States",
            "US-RI": "Rhode Island, United States",
            "US-SC": "South Carolina, United States",
            "US-SD": "South Dakota, United States",
            "US-TN": "Tennessee, United States",
            "US-TX": "Texas, United States",
            "US-UT": "Utah, United States",
            "US-VA": "Virginia, United States",
            "US-VT": "Vermont, United States",
            "US-WA": "Washington, United States",
            "US-WI": "Wisconsin, United States",
            "US-WV": "West Virginia, United States",
            "US-WY": "Wyoming, United States",
            "CA": "Canada",
            "BR": "Brazil",
            "AU": "Australia",
            "JP": "Japan",
            "IN": "India",
            "CN": "China",
            "OTHER": "Anywhere else",
        },
    ),
]

_IN_A_SENTENCE = {
    "EU": "the EU",
    "UK": "the UK",
    "US": "the US",
    "US-DC": "the District of Columbia",
    "OTHER": "other parts of the world",
}


def for_each_region(sentence: str) -> dict[str, str]:
    """A sentence about `{value}`, for every region by the name it has in a sentence."""
    (kind,) = (mark for mark in get_args(Region) if isinstance(mark, Kind))
    names = {code: words.removesuffix(", United States") for code, words in kind.words.items()}
    return {code: sentence.replace("{value}", name) for code, name in {**names, **_IN_A_SENTENCE}.items()}


Role = Annotated[
    Literal[
        "it",
        "security",
        "privacy",
        "legal",
        "finance",
        "procurement",
        "marketing_operations",
        "accessibility",
        "owner",
        "leaders",
    ],
    Kind(
        "Role",
        "enum",
        {
            "it": "IT",
            "security": "Information security",
            "privacy": "Data protection",
            "legal": "Legal department",
            "finance": "Finance",
            "procurement": "Procurement",
            "marketing_operations": "Marketing operations",
            "accessibility": "Access for people with disabilities",
            "owner": "The person in marketing who answers for the tool",
            "leaders": "The heads of marketing and IT",
        },
    ),
]

Operator = Annotated[
    Literal["team", "agency", "vendor", "it", "nobody"],
    Kind(
        "Operator",
        "enum",
        {
            "team": "The team that uses it",
            "agency": "An agency we work with",
            "vendor": "The vendor",
            "it": "IT",
            "nobody": "Nobody has been found yet",
        },
    ),
]

DataCategory = Annotated[
    Literal[
        "public_content",
        "employee_login",
        "confidential_business",
        "credentials",
        "employee",
        "prospect_contact",
        "customer_contact",
        "behaviour",
        "device_ids",
        "precise_location",
        "financial",
        "payment_card",
        "health",
        "biometric",
        "special_category",
        "children",
    ],
    Kind(
        "DataCategory",
        "enum",
        {
            "public_content": "What anybody may see anyway",
            "employee_login": "Names and mail addresses of employees, for signing in",
            "confidential_business": "Secrets of the business: plans, prices, contracts",
            "credentials": "Passwords and keys to other systems",
            "employee": "Other data about employees",
            "prospect_contact": "How to reach people who might become customers",
            "customer_contact": "How to reach customers",
            "behaviour": "What people did: opens, clicks, visits, purchases",
            "device_ids": "Marks by which a device is known again, such as cookies",
            "precise_location": "Where somebody is, to within some hundred metres",
            "financial": "Money matters of people: bank accounts, income, debts",
            "payment_card": "Numbers of payment cards",
            "health": "About the health of people",
            "biometric": "Faces, voices or fingerprints that identify people",
            "special_category": "Religion, origin, politics, union or sexual life",
            "children": "About children",
        },
    ),
]

MetricKind = Annotated[
    Literal["system_performance", "provider_performance", "usage", "financial", "customer"],
    Kind(
        "MetricKind",
        "enum",
        {
            "system_performance": "How well the system runs: speed, outages",
            "provider_performance": "How well the vendor works: support, promises kept",
            "usage": "How much it is used, and by whom",
            "financial": "What it costs and brings in",
            "customer": "What customers notice of it",
        },
    ),
]

Period = Annotated[
    Literal["month", "quarter", "year", "once", "free"],
    Kind(
        "Period",
        "enum",
        {
            "month": "Every month",
            "quarter": "Every three months",
            "year": "Every year",
            "once": "Only once",
            "free": "Never: it costs nothing",
        },
    ),
]

Pricing = Annotated[
    Literal["seat", "usage", "flat"],
    Kind(
        "Pricing",
        "enum",
        {
            "seat": "The price depends on the number of seats",
            "usage": "The price depends on how much is used",
            "flat": "The price depends on neither",
        },
    ),
]

Level = Annotated[
    Literal["full", "partial", "latent"],
    Kind(
        "Level",
        "enum",
        {
            "full": "Does the whole job",
            "partial": "Does part of the job",
            "latent": "Could do the job, but is not switched on",
        },
    ),
]

# A key `value` could not be told from a value that is stated with its source.
CapabilityKey = Annotated[Capability, AfterValidator(not_value), Field(json_schema_extra={"not": {"const": "value"}})]

CapabilityLevels = Annotated[Named[CapabilityKey, Level], Kind("CapabilityLevels", "map")]
