"""The product: facts about one product on one of its plans."""

from typing import Annotated, Literal

from procureguard.vocabulary.choices import CapabilityLevels
from procureguard.vocabulary.fact import Change, Said, Section, fact
from procureguard.vocabulary.kinds import Day, Kind, Many, Text, YesNo

Delivery = Annotated[
    Literal["web_app", "on_premises", "browser_extension", "desktop_app", "mobile_app", "site_plugin"],
    Kind(
        "Delivery",
        "enum",
        {
            "web_app": "Used in the browser; nothing is installed",
            "on_premises": "Runs on servers of our own",
            "browser_extension": "Installed in the browser",
            "desktop_app": "Installed on computers",
            "mobile_app": "Installed on phones",
            "site_plugin": "Installed in our website",
        },
    ),
]

SignOnProtocol = Annotated[
    Literal["saml", "oidc"],
    Kind(
        "SignOnProtocol",
        "enum",
        {
            "saml": "SAML 2.0",
            "oidc": "OpenID Connect",
        },
    ),
]

SecondFactor = Annotated[
    Literal["enforced", "available", "none"],
    Kind(
        "SecondFactor",
        "enum",
        {
            "enforced": "Everybody has to take a second step",
            "available": "A second step can be switched on",
            "none": "There is no second step",
        },
    ),
]

AuditLog = Annotated[
    Literal["none", "screen", "export", "stream"],
    Kind(
        "AuditLog",
        "enum",
        {
            "none": "Nothing is recorded",
            "screen": "It can be read on the screen",
            "export": "It can be downloaded",
            "stream": "It can be passed on as it happens",
        },
    ),
]

Accessibility = Annotated[
    Literal["none", "wcag_2_1_a", "wcag_2_1_aa", "wcag_2_2_aa"],
    Kind(
        "Accessibility",
        "enum",
        {
            "none": "It meets none",
            "wcag_2_1_a": "WCAG 2.1, level A",
            "wcag_2_1_aa": "WCAG 2.1, level AA",
            "wcag_2_2_aa": "WCAG 2.2, level AA",
        },
    ),
]


class ProductFacts(Section):
    """What is bought, on exactly the plan that is bought."""

    vendor: Said[Text] = fact(
        "Identifier of the vendor",
        ask="From which vendor does the product come?",
        stated_by="requester",
        unit="vendor id",
        examples=("formwise",),
    )
    id: Said[Text] = fact(
        "Identifier of the product",
        ask="Which of the vendor's products do you mean?",
        stated_by="requester",
        unit="product id",
        examples=("formwise",),
    )
    name: Said[Text] = fact(
        "Name of the product",
        ask="Under which name is the product sold?",
        stated_by="vendor",
        examples=("Formwise",),
    )
    # Changing it means taking another plan of the same product, with the facts and the price of that plan.
    plan: Said[Text] = fact(
        "Plan being bought",
        ask="Which of the vendor's price plans do you want?",
        stated_by="requester",
        unit="plan id",
        examples=("business",),
        changeable_by="buyer",
        change=Change("set", says="Choose the {value} plan"),
        effort=3,
    )
    # Nothing to install is stated as `[web_app]`.
    delivery: Said[Many[Delivery]] = fact(
        "Forms of delivery",
        ask="Is it used in the browser only, or is something installed on computers, phones, servers or our site?",
        stated_by="requester",
        derives_from=("ISO27001 A.8.19",),
        changeable_by="buyer",
        change=Change("remove", only=("browser_extension", "desktop_app"), says="Do without the {value}"),
        effort=2,
    )
    capabilities: Said[CapabilityLevels] = fact(
        "Capabilities of the product",
        ask="Which jobs can the product do, and is each one complete, partial or waiting to be switched on?",
        stated_by="vendor",
        examples=({"surveys": "full", "forms": "partial"},),
        derives_from=("CSF ID.AM-04",),
    )
    sso_on_plan: Said[YesNo] = fact(
        "Single sign-on included in the plan",
        ask="Can our people sign in with their company account (SAML or OIDC) on exactly this plan?",
        stated_by="vendor",
        derives_from=("MVSP 2.1", "CAIQ IAM-14", "ISO27001 A.5.16"),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor include single sign-on in the plan"),
        effort=3,
        fresh_for_days=180,
    )
    sso_protocols: Said[Many[SignOnProtocol]] = fact(
        "Supported single sign-on protocols",
        ask="Which kinds of company sign-in work on this plan (SAML, OIDC or both)?",
        stated_by="vendor",
        derives_from=("SAML 2.0", "OIDC Core 1.0"),
        fresh_for_days=180,
    )
    mfa: Said[SecondFactor] = fact(
        "Second login factor in the plan",
        ask="Does this plan let us require a second login step from everyone?",
        stated_by="vendor",
        derives_from=("MVSP 2.4", "CAIQ IAM-14", "ISO27001 A.8.5"),
        changeable_by="vendor",
        change=Change(
            "set",
            to=("enforced", "available"),
            says="Have the vendor offer a second login factor",
            value_says={
                "enforced": "Have the vendor require a second login factor of everybody",
                "available": "Have the vendor offer a second login factor",
            },
        ),
        effort=3,
        fresh_for_days=180,
    )
    scim: Said[YesNo] = fact(
        "Automatic account removal (SCIM)",
        ask="Does this plan open and close accounts by itself when people join or leave (SCIM)?",
        stated_by="vendor",
        derives_from=("RFC 7643", "RFC 7644", "CAIQ IAM-07", "ISO27001 A.5.18"),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor include automatic account removal (SCIM) in the plan"),
        effort=3,
        fresh_for_days=180,
    )
    role_permissions: Said[YesNo] = fact(
        "Permissions by role",
        ask="Can we give people different permissions by role on this plan?",
        stated_by="vendor",
        derives_from=("CAIQ IAM-05", "ISO27001 A.5.15"),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor include permissions by role in the plan"),
        effort=3,
        fresh_for_days=180,
    )
    audit_log: Said[AuditLog] = fact(
        "Audit log of user actions",
        ask="Does this plan record who did what, and can we get that record out?",
        stated_by="vendor",
        derives_from=("MVSP 2.7", "CAIQ LOG-08", "ISO27001 A.8.15"),
        changeable_by="vendor",
        change=Change(
            "set",
            to=("export", "stream"),
            says="Have the vendor include an audit log",
            value_says={
                "export": "Have the vendor include an audit log that we can export",
                "stream": "Have the vendor include an audit log that streams to us",
            },
        ),
        effort=3,
        fresh_for_days=180,
    )
    encrypted_in_transit: Said[YesNo] = fact(
        "Encryption of data in transit",
        ask="Is all data encrypted on the way (TLS 1.2 or later)?",
        stated_by="vendor",
        derives_from=("MVSP 2.2", "CAIQ CEK-03", "HECVAT DATA-02"),
        fresh_for_days=365,
    )
    encrypted_at_rest: Said[YesNo] = fact(
        "Encryption of stored data",
        ask="Is our data encrypted on your disks and in your backups?",
        stated_by="vendor",
        derives_from=("MVSP 2.8", "CAIQ CEK-03", "HECVAT DATA-03"),
        fresh_for_days=365,
    )
    api_on_plan: Said[YesNo] = fact(
        "Programming interface (API) in the plan",
        ask="May we use the open interface (API) on exactly this plan?",
        stated_by="vendor",
        derives_from=("CAIQ IPY-02", "CAIQ IPY-03"),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor include the programming interface (API) in the plan"),
        effort=3,
        fresh_for_days=180,
    )
    connector: Said[YesNo] = fact(
        "Ready-made connector to our systems",
        ask="Does a finished connector to our customer systems exist?",
        stated_by="vendor",
        derives_from=("CAIQ IPY-02",),
        fresh_for_days=180,
    )
    event_export: Said[YesNo] = fact(
        "Live feed of opens, clicks and opt-outs",
        ask="Can the product pass opens, clicks and opt-outs on to us right away?",
        stated_by="vendor",
        derives_from=("CAIQ IPY-02",),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor pass on opens, clicks and opt-outs right away"),
        effort=3,
        fresh_for_days=180,
    )
    data_export: Said[YesNo] = fact(
        "Self-service export of all data",
        ask="Can we download everything of ours, without your help, in a format other tools read?",
        stated_by="vendor",
        derives_from=("Data Act 30", "GDPR 20", "CAIQ IPY-04", "HECVAT DATA-05"),
        fresh_for_days=365,
    )
    person_requests: Said[YesNo] = fact(
        "Export and erasure for a single person",
        ask="Can we pull up and erase everything the product holds on a single person?",
        stated_by="vendor",
        derives_from=("GDPR 15-17", "GDPR 28(3)(e)", "CAIQ DSP-11"),
        fresh_for_days=365,
    )
    accessibility: Said[Accessibility] = fact(
        "Accessibility standard met",
        ask="Which version and level of the web access rules (WCAG) does the product meet?",
        stated_by="vendor",
        derives_from=("WCAG 2.1", "EN 301 549", "HECVAT ITAC"),
        fresh_for_days=365,
    )
    accessibility_report_on: Said[Day] = fact(
        "Date on the accessibility report",
        ask="Of which day is your latest report on access for people with disabilities (VPAT)?",
        stated_by="vendor",
        examples=("2026-03-01",),
        derives_from=("EN 301 549",),
        changeable_by="vendor",
        change=Change("later", says="Have the vendor send an accessibility report of {value} or later"),
        effort=3,
    )
    end_announced: Said[YesNo] = fact(
        "Announced end of the product",
        ask="Is there an announcement that the product is going to be shut down?",
        stated_by="vendor",
        derives_from=("ISO27001 A.8.8", "CSF ID.AM-08"),
        fresh_for_days=180,
    )
    ends_on: Said[Day] = fact(
        "Shutdown date of the product",
        ask="What is the last day on which the product can be used?",
        stated_by="vendor",
        examples=("2027-12-31",),
        derives_from=("ISO27001 A.8.8",),
    )
    on_market_since: Said[Day] = fact(
        "First day on the market",
        ask="On which day was the product first sold?",
        stated_by="vendor",
        examples=("2019-09-01",),
        derives_from=("AI Act 50(2)",),
    )
