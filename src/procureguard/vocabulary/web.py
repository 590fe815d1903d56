"""The web: what the product does on pages of the website and to their visitors."""

from typing import Annotated, Literal

from procureguard.vocabulary.choices import Region, for_each_region
from procureguard.vocabulary.fact import Change, Said, Section, fact
from procureguard.vocabulary.kinds import Kind, Many, WholeNumber, YesNo

Cookies = Annotated[
    Literal["none", "essential", "analytics", "advertising"],
    Kind(
        "Cookies",
        "enum",
        {
            "none": "None at all",
            "essential": "Those without which the page does not work",
            "analytics": "Those for statistics too",
            "advertising": "Those for advertising too",
        },
    ),
]


class WebFacts(Section):
    """What happens on our website because of it."""

    loads_on_site: Said[YesNo] = fact(
        "Presence on our website",
        ask="Will any of its code run on pages of our website?",
        stated_by="requester",
        derives_from=("ePrivacy 5(3)", "PCI DSS 6.4.3"),
        changeable_by="buyer",
        change=Change("set", to=(False,), says="Load nothing on our website"),
        effort=4,
    )
    consumer_facing: Said[YesNo] = fact(
        "Screens that customers see",
        ask="Will customers themselves look at or work with its screens?",
        stated_by="requester",
        derives_from=("Directive (EU) 2019/882",),
    )
    regions: Said[Many[Region]] = fact(
        "Home regions of the page's visitors",
        ask="From which parts of the world do people visit the pages it runs on?",
        stated_by="requester",
        derives_from=("ePrivacy 5(3)", "11 CCR 7025"),
        changeable_by="buyer",
        change=Change(
            "remove",
            says="Keep it off pages visited from {value}",
            value_says=for_each_region("Keep it off pages visited from {value}"),
        ),
        effort=4,
    )
    cookies: Said[Cookies] = fact(
        "Most intrusive kind of cookie set",
        ask="Which trackers does it set at most: none, needed ones, ones for statistics, or ones for advertising?",
        stated_by="vendor",
        derives_from=("ePrivacy 5(3)",),
        changeable_by="buyer",
        change=Change(
            "set",
            to=("essential", "none"),
            says="Allow it {value} cookies only",
            value_says={
                "none": "Allow it no cookies at all",
                "essential": "Allow it essential cookies only",
            },
        ),
        effort=3,
        fresh_for_days=365,
    )
    via_tag_manager: Said[YesNo] = fact(
        "Delivery through our tag manager",
        ask="Is our tag manager what puts its code on the page?",
        stated_by="it",
        derives_from=("PCI DSS 6.4.3", "ISO27001 A.8.26"),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have IT load it through our tag manager"),
        effort=1,
    )
    consent_gated: Said[YesNo] = fact(
        "Start only after consent",
        ask="Does it stay silent until a visitor has given consent?",
        stated_by="it",
        derives_from=("ePrivacy 5(3)", "GDPR 7", "TCF 2.3"),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have IT keep it silent until a visitor consents"),
        effort=2,
    )
    opt_out_signal: Said[YesNo] = fact(
        "Respect for the browser's opt-out signal",
        ask="Does it stop selling and sharing when a browser sends Global Privacy Control?",
        stated_by="vendor",
        derives_from=("11 CCR 7025",),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have IT make it obey the browser's opt-out signal"),
        effort=2,
        fresh_for_days=365,
    )
    masks_input: Said[YesNo] = fact(
        "Masking of what visitors type",
        ask="Does it hide what visitors type unless we say otherwise?",
        stated_by="vendor",
        derives_from=("GDPR 25",),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have IT hide what visitors type"),
        effort=1,
        fresh_for_days=365,
    )
    tcf_id: Said[WholeNumber] = fact(
        "Number in the IAB vendor list",
        ask="Under which number does the global list of ad vendors (IAB) carry you?",
        stated_by="vendor",
        examples=(755,),
        derives_from=("TCF 2.3",),
    )
