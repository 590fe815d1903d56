"""The vendor: facts about the company, whichever product and plan are bought."""

from typing import Annotated, Literal

from pydantic import Field

from procureguard.vocabulary.fact import Change, Said, Section, fact
from procureguard.vocabulary.kinds import Closed, Country, Day, Kind, Many, Text, WholeNumber, YesNo

AttestationKind = Annotated[
    Literal[
        "soc2_type1",
        "soc2_type2",
        "iso27001",
        "iso27701",
        "iso42001",
        "csa_star_1",
        "csa_star_2",
        "pci_aoc",
        "hitrust",
        "mvsp_self",
        "caiq",
        "hecvat",
        "sig",
        "vsa",
        "vsaq",
    ],
    Kind(
        "AttestationKind",
        "enum",
        {
            "soc2_type1": "SOC 2 report on one day (type I)",
            "soc2_type2": "SOC 2 report on several months (type II)",
            "iso27001": "Certificate for information security",
            "iso27701": "Certificate for the care of personal data",
            "iso42001": "Certificate for the care of artificial intelligence",
            "csa_star_1": "Self-assessment in the register of the Cloud Security Alliance",
            "csa_star_2": "Audited entry in the register of the Cloud Security Alliance",
            "pci_aoc": "Attestation for data of payment cards (PCI DSS)",
            "hitrust": "HITRUST certificate",
            "mvsp_self": "Self-assessment by the Minimum Viable Secure Product list",
            "caiq": "Filled questionnaire of the Cloud Security Alliance",
            "hecvat": "Filled questionnaire of universities",
            "sig": "Filled Standardized Information Gathering questionnaire",
            "vsa": "Filled questionnaire of the Vendor Security Alliance",
            "vsaq": "Filled Vendor Security Assessment Questionnaire",
        },
    ),
]


class Attestation(Closed):
    """A report, certificate or questionnaire that shows how the vendor cares for security."""

    kind: AttestationKind | None = Field(
        None, title="Kind of proof", description="Which report, certificate or list of answers it is."
    )
    issued_on: Day | None = Field(
        None,
        title="End of the audited period, or the day of issue",
        description="How old the proof is counts from this day.",
        examples=["2026-06-30", "2025-12-31"],
    )
    expires_on: Day | None = Field(
        None,
        title="Last day on which it is valid; certificates have one",
        description="Leave it out for a report, which has none.",
        examples=["2028-06-29", "2027-03-31"],
    )
    scope: Text | None = Field(
        None,
        title="Products and places it covers",
        description="As the proof itself says it.",
        examples=["Formwise, all plans", "Data centres in Germany"],
    )
    exceptions: YesNo | None = Field(
        None,
        title="The auditor noted exceptions",
        description="Something that was promised was not done, in the eyes of the auditor.",
    )
    url: Text | None = Field(
        None,
        title="Address where it can be read or requested",
        description="A page of the vendor, or the place where you keep your copy.",
        examples=["https://formwise.example/trust", "https://formwise.example/soc2"],
    )


class Subprocessor(Closed):
    """A company that works on our data for the vendor."""

    name: Text | None = Field(
        None,
        title="Name of the company",
        description="As the vendor's own list names it.",
        examples=["Cloudhost", "Mailcourier"],
    )
    country: Country | None = Field(
        None,
        title="Country in which it works on the data",
        description="Two capitals as in ISO 3166-1.",
        examples=["DE", "US"],
    )
    purpose: Text | None = Field(
        None,
        title="What it does with the data",
        description="In a few words.",
        examples=["Servers and backups", "Sends the mail"],
    )


class VendorFacts(Section):
    """The company that sells it; none of this depends on the plan."""

    name: Said[Text] = fact(
        "Trading name of the vendor",
        ask="Under which name does the company sell?",
        stated_by="vendor",
        examples=("Formwise",),
    )
    legal_names: Said[Many[Text]] = fact(
        "Registered company names",
        ask="Which company names will stand on contract and invoice?",
        stated_by="vendor",
        examples=(["Formwise GmbH"],),
        derives_from=("CSF GV.SC-07",),
    )
    former_names: Said[Many[Text]] = fact(
        "Previous company names",
        ask="Has the company used other names in the past, and which ones?",
        stated_by="vendor",
        examples=(["Wise Forms"],),
    )
    # Vendors are told apart by their domains; a name alone never proves that two are one.
    domains: Said[Many[Text]] = fact(
        "Internet domains of the company",
        ask="Which internet domains does the company own?",
        stated_by="vendor",
        unit="registrable domains",
        examples=(["formwise.example"],),
    )
    country: Said[Country] = fact(
        "Home country of the vendor",
        ask="Which country is the company run from?",
        stated_by="vendor",
        unit="ISO 3166-1 alpha-2",
        examples=("DE",),
        derives_from=("GDPR 44",),
    )
    founded_on: Said[Day] = fact(
        "Day the vendor was founded",
        ask="On which day was the company set up?",
        stated_by="vendor",
        examples=("2014-05-01",),
        derives_from=("CSF GV.SC-06",),
    )
    employees: Said[WholeNumber] = fact(
        "Size of the vendor's staff",
        ask="How many employees does the company have?",
        stated_by="vendor",
        unit="people",
        examples=(120,),
        derives_from=("CSF GV.SC-06",),
        fresh_for_days=365,
    )
    attestations: Said[Many[Attestation]] = fact(
        "Proofs of the vendor's security",
        ask="Which audit reports, certificates and lists of answers are there, and how old is each of them?",
        stated_by="vendor",
        examples=([{"kind": "soc2_type2", "issued_on": "2026-06-30"}],),
        derives_from=("MVSP 1.3", "CSA STAR", "SOC2 CC9.2", "ISO27001 A.5.22"),
        changeable_by="vendor",
        change=Change(
            "add",
            says="Have the vendor send a current proof of its security",
            value_says={
                "soc2_type1": "Have the vendor send a current SOC 2 report (type I)",
                "soc2_type2": "Have the vendor send a current SOC 2 report (type II)",
                "iso27001": "Have the vendor send a valid ISO 27001 certificate",
                "iso27701": "Have the vendor send a valid ISO 27701 certificate",
                "iso42001": "Have the vendor send a valid ISO 42001 certificate",
                "csa_star_1": "Have the vendor join the cloud security register (CSA STAR 1)",
                "csa_star_2": "Have the vendor send a valid cloud security audit (CSA STAR 2)",
                "pci_aoc": "Have the vendor send a current attestation for card data (PCI DSS)",
                "hitrust": "Have the vendor send a valid HITRUST certificate",
                "mvsp_self": "Have the vendor fill in the short security list (MVSP)",
                "caiq": "Have the vendor fill in the security questionnaire CAIQ",
                "hecvat": "Have the vendor fill in the security questionnaire HECVAT",
                "sig": "Have the vendor fill in the security questionnaire SIG",
                "vsa": "Have the vendor fill in the security questionnaire VSA",
                "vsaq": "Have the vendor fill in the security questionnaire VSAQ",
            },
        ),
        effort=4,
    )
    penetration_tested_on: Said[Day] = fact(
        "Date of the latest penetration test",
        ask="When did independent testers last try to break into the product?",
        stated_by="vendor",
        examples=("2026-04-15",),
        derives_from=("MVSP 1.4", "CAIQ TVM-06", "ISO27001 A.8.29"),
        changeable_by="vendor",
        change=Change("later", says="Have the vendor show a penetration test of {value} or later"),
        effort=4,
    )
    disclosure_policy: Said[YesNo] = fact(
        "Public address for reporting weaknesses",
        ask="Is there a public page that tells researchers how to report a weakness to you?",
        stated_by="vendor",
        derives_from=("MVSP 1.1", "RFC 9116"),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor publish an address for reporting weaknesses"),
        effort=2,
        fresh_for_days=365,
    )
    recent_breach: Said[YesNo] = fact(
        "Loss of customer data in the past two years",
        ask="Did customer data get into the wrong hands at your company in the past two years?",
        stated_by="vendor",
        unit="within 24 months",
        derives_from=("CSF GV.SC-07", "ISO27001 A.5.22", "CAIQ SEF-07"),
        fresh_for_days=180,
    )
    subprocessor_list: Said[YesNo] = fact(
        "Public list of sub-processors",
        ask="Is there a public page that names every company you pass our data to?",
        stated_by="vendor",
        derives_from=("GDPR 28(2)", "MVSP 4.3", "CAIQ DSP-13"),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor publish the list of its sub-processors"),
        effort=2,
        fresh_for_days=365,
    )
    subprocessors: Said[Many[Subprocessor]] = fact(
        "Sub-processors of the vendor",
        ask="Who else works on our data on your behalf, in which country, and doing what?",
        stated_by="vendor",
        examples=([{"name": "Cloudhost", "country": "IE", "purpose": "Servers"}],),
        derives_from=("GDPR 28(2),(4)", "CAIQ DSP-14"),
        fresh_for_days=365,
    )
    privacy_framework: Said[YesNo] = fact(
        "Listing in the EU-US Data Privacy Framework",
        ask="Are you on the active list of the EU-US framework for data (Data Privacy Framework)?",
        stated_by="vendor",
        derives_from=("Decision (EU) 2023/1795",),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor join the EU-US Data Privacy Framework"),
        effort=4,
        fresh_for_days=365,
    )
    binding_rules: Said[YesNo] = fact(
        "Approval of binding corporate rules",
        ask="Has a data protection authority approved rules that bind your whole group (binding corporate rules)?",
        stated_by="vendor",
        derives_from=("GDPR 47",),
        fresh_for_days=365,
    )
