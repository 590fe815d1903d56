"""Messaging: what the product sends, with whose permission and under whose name."""

from typing import Annotated, Literal

from procureguard.vocabulary.fact import Change, Said, Section, fact
from procureguard.vocabulary.kinds import Kind, Many, Share, WholeNumber, YesNo

Channel = Annotated[
    Literal["email", "sms", "whatsapp", "push", "voice", "post"],
    Kind(
        "Channel",
        "enum",
        {
            "email": "E-mail",
            "sms": "Text messages to phones",
            "whatsapp": "WhatsApp",
            "push": "Notices in an app or browser",
            "voice": "Phone calls",
            "post": "Letters and parcels",
        },
    ),
]

DmarcPolicy = Annotated[
    Literal["missing", "none", "quarantine", "reject"],
    Kind(
        "DmarcPolicy",
        "enum",
        {
            "missing": "There is no such record",
            "none": "The record asks for nothing",
            "quarantine": "Forged mail goes to the spam folder",
            "reject": "Forged mail is turned away",
        },
    ),
]

EuropeanPermission = Annotated[
    Literal["opt_in", "soft_opt_in", "none"],
    Kind(
        "EuropeanPermission",
        "enum",
        {
            "opt_in": "They have consented",
            "soft_opt_in": "They bought something similar from us and may object",
            "none": "There is nothing yet",
        },
    ),
]

TextPermission = Annotated[
    Literal["written", "opt_in", "imported", "none"],
    Kind(
        "TextPermission",
        "enum",
        {
            "written": "They agreed in writing, and it is on record",
            "opt_in": "They agreed, though not in writing",
            "imported": "The numbers come from somewhere else",
            "none": "They have not agreed",
        },
    ),
]


class MessagingFacts(Section):
    """Messages it sends: on which channels, to whom, with which permission and signature."""

    channels: Said[Many[Channel]] = fact(
        "Message channels used",
        ask="On which channels will it send messages to people, if on any?",
        stated_by="requester",
        derives_from=("CAN-SPAM 16 CFR 316", "ePrivacy 13"),
        changeable_by="buyer",
        change=Change(
            "remove",
            says="Send no {value} with it",
            value_says={
                "email": "Send no e-mail with it",
                "sms": "Send no text messages with it",
                "whatsapp": "Send no WhatsApp messages with it",
                "push": "Send no push messages with it",
                "voice": "Make no phone calls with it",
                "post": "Send no letters with it",
            },
        ),
        effort=4,
    )
    daily_volume: Said[WholeNumber] = fact(
        "Most messages sent in a day",
        ask="How many messages will go out on your busiest day?",
        stated_by="requester",
        unit="messages a day",
        examples=(4000,),
        derives_from=("Gmail sender rules",),
        changeable_by="buyer",
        change=Change(
            "down",
            says="Send at most {value} messages a day instead of {now}",
            value_says={"1": "Send at most 1 message a day instead of {now}"},
        ),
        effort=4,
    )
    spf: Said[YesNo] = fact(
        "Entry for the vendor in our SPF record",
        ask="Does the record of our sending domain (SPF) allow this vendor's servers?",
        stated_by="it",
        derives_from=("RFC 7208",),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have IT let the vendor send our mail (SPF)"),
        effort=2,
        fresh_for_days=30,
    )
    dkim_aligned: Said[YesNo] = fact(
        "Signature of mail with our domain (DKIM)",
        ask="Is mail from this tool signed (DKIM) by the domain in its sender address?",
        stated_by="it",
        derives_from=("RFC 6376",),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have IT sign this mail with our own domain (DKIM)"),
        effort=2,
        fresh_for_days=30,
    )
    # `none` is a published record that asks for nothing; `missing` is no record at all.
    dmarc: Said[DmarcPolicy] = fact(
        "Published DMARC policy",
        ask="What does the record of the sending domain (DMARC) tell receivers to do?",
        stated_by="it",
        derives_from=("RFC 7489",),
        changeable_by="internal",
        change=Change(
            "set",
            to=("none", "quarantine", "reject"),
            says="Have IT publish a DMARC record with policy {value}",
            value_says={
                "none": "Have IT publish a DMARC record that only watches",
                "quarantine": "Have IT publish a DMARC record that quarantines forged mail",
                "reject": "Have IT publish a DMARC record that rejects forged mail",
            },
        ),
        effort=2,
        fresh_for_days=30,
    )
    one_click_unsubscribe: Said[YesNo] = fact(
        "One-click unsubscribe in every mail",
        ask="Does every bulk mail carry the header that lets people unsubscribe with one click?",
        stated_by="vendor",
        derives_from=("RFC 8058", "RFC 2369"),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor put one-click unsubscribe into every bulk mail"),
        effort=2,
        fresh_for_days=365,
    )
    own_subdomain: Said[YesNo] = fact(
        "Separate sub-domain for this mail",
        ask="Does this mail go out from a sub-domain used for nothing else?",
        stated_by="it",
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have IT set up a sub-domain for this mail alone"),
        effort=2,
    )
    opt_out_sync: Said[YesNo] = fact(
        "Exchange of opt-outs with our master list",
        ask="Will opt-outs flow in both directions between this tool and our master list from the first send on?",
        stated_by="it",
        derives_from=("16 CFR 316", "GDPR 21(3)"),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have IT exchange opt-outs with our master list"),
        effort=3,
    )
    eu_permission: Said[EuropeanPermission] = fact(
        "Consent basis for recipients in Europe",
        ask="What lets you write to people in Europe: their consent, an earlier sale to them, or nothing yet?",
        stated_by="requester",
        derives_from=("ePrivacy 13", "PECR 22"),
        changeable_by="buyer",
        change=Change(
            "set",
            to=("opt_in", "soft_opt_in"),
            says="Write in Europe only to people with {value}",
            value_says={
                "opt_in": "Write in Europe only to people who consented",
                "soft_opt_in": "Write in Europe only to earlier buyers who can object",
            },
        ),
        effort=3,
    )
    sms_permission: Said[TextPermission] = fact(
        "Consent basis for texts in the US",
        ask="How did recipients in the US agree to get texts, and is that on record?",
        stated_by="requester",
        derives_from=("47 CFR 64.1200(a)(2)",),
        changeable_by="buyer",
        change=Change("set", to=("written",), says="Text people in the US only with their written consent"),
        effort=3,
    )
    quiet_hours: Said[YesNo] = fact(
        "Night-time pause for texts",
        ask="Does it hold texts back before 8 in the morning and after 9 in the evening where the recipient lives?",
        stated_by="vendor",
        derives_from=("47 CFR 64.1200(c)(1)",),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have a colleague switch on the night-time pause for texts"),
        effort=1,
        fresh_for_days=365,
    )
    sms_opt_out: Said[YesNo] = fact(
        "Opt-out from texts in any wording",
        ask="Does a stop sent by text work in whatever words, and within ten working days?",
        stated_by="vendor",
        derives_from=("47 CFR 64.1200(a)(10)",),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor honour opt-outs from texts in any wording"),
        effort=2,
        fresh_for_days=365,
    )
    sender_registered: Said[YesNo] = fact(
        "Carrier registration of our texts",
        ask="Have the mobile carriers our brand and campaign on their register?",
        stated_by="vendor",
        derives_from=("CTIA 10DLC",),
        changeable_by="internal",
        change=Change("set", to=(True,), says="Have a colleague register our texts with the mobile carriers"),
        effort=3,
        fresh_for_days=365,
    )
    complaint_rate: Said[Share] = fact(
        "Share of mail marked as spam",
        ask="Out of all mails delivered, which share do recipients mark as spam?",
        stated_by="it",
        unit="share of mails, 0 to 1",
        examples=(0.001,),
        derives_from=("Gmail sender rules",),
        fresh_for_days=30,
    )
