"""Lists of values that several sections share."""

from typing import Annotated, Literal

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
    Kind("Region", "region"),
]

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
    Kind("Role", "enum"),
]

Operator = Annotated[
    Literal["team", "agency", "vendor", "it", "nobody"],
    Kind("Operator", "enum"),
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
    Kind("DataCategory", "enum"),
]

MetricKind = Annotated[
    Literal["system_performance", "provider_performance", "usage", "financial", "customer"],
    Kind("MetricKind", "enum"),
]

Period = Annotated[
    Literal["month", "quarter", "year", "once", "free"],
    Kind("Period", "enum"),
]

Pricing = Annotated[
    Literal["seat", "usage", "flat"],
    Kind("Pricing", "enum"),
]

Level = Annotated[
    Literal["full", "partial", "latent"],
    Kind("Level", "enum"),
]

# A key `value` could not be told from a value that is stated with its source.
CapabilityKey = Annotated[Capability, AfterValidator(not_value), Field(json_schema_extra={"not": {"const": "value"}})]

CapabilityLevels = Annotated[Named[CapabilityKey, Level], Kind("CapabilityLevels", "map")]
