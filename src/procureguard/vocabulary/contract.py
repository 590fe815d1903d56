"""The contract: price, term and the promises the vendor signs."""

from typing import Annotated, Literal

from procureguard.vocabulary.choices import Period, Pricing
from procureguard.vocabulary.fact import Change, Said, Section, fact
from procureguard.vocabulary.kinds import Currency, Day, Kind, Number, Percent, PercentChange, WholeNumber, YesNo

Payment = Annotated[
    Literal["purchase_order", "card", "expense", "free"],
    Kind(
        "Payment",
        "enum",
        {
            "purchase_order": "By purchase order and invoice",
            "card": "By company card",
            "expense": "Somebody pays and gets it back",
            "free": "There is nothing to pay",
        },
    ),
]

DataAgreement = Annotated[
    Literal["none", "offered", "signed"],
    Kind(
        "DataAgreement",
        "enum",
        {
            "none": "There is no agreement",
            "offered": "The vendor offers one; it is not signed yet",
            "signed": "Both sides have signed it",
        },
    ),
]


class ContractFacts(Section):
    """What is paid, for how long, and what the vendor puts its name to."""

    amount: Said[Number] = fact(
        "Amount on the offer",
        ask="How much is the price on the offer?",
        stated_by="requester",
        unit="contract.currency",
        examples=(996,),
    )
    currency: Said[Currency] = fact(
        "Currency of the offer",
        ask="Is the price in dollars, euros or which other currency?",
        stated_by="requester",
        unit="ISO 4217",
        examples=("USD",),
        derives_from=("ISO 4217",),
    )
    period: Said[Period] = fact(
        "Billing period",
        ask="How often is that amount due: each month, quarter or year, only once, or never?",
        stated_by="requester",
    )
    pricing: Said[Pricing] = fact(
        "Basis of the price",
        ask="Does the price depend on the number of seats, on usage, or on neither?",
        stated_by="requester",
    )
    seats: Said[WholeNumber] = fact(
        "Number of seats in the order",
        ask="How many seats does the order contain?",
        stated_by="requester",
        unit="seats",
        examples=(4,),
        changeable_by="buyer",
        change=Change(
            "down",
            at_least="request.users",
            says="Order {value} seats instead of {now}",
            value_says={"1": "Order 1 seat instead of {now}"},
        ),
        effort=1,
    )
    term_months: Said[WholeNumber] = fact(
        "Months of commitment",
        ask="How many months must we stay before we can leave?",
        stated_by="requester",
        unit="months",
        examples=(12,),
        derives_from=("Data Act 25",),
        changeable_by="buyer",
        change=Change(
            "down",
            between=(1, 12),
            says="Sign for {value} months instead of {now}",
            value_says={"1": "Sign for 1 month instead of {now}"},
        ),
        effort=2,
    )
    payment: Said[Payment] = fact(
        "Payment route",
        ask="Does the money go by purchase order, company card or expense claim, or is there nothing to pay?",
        stated_by="requester",
    )
    auto_renew: Said[YesNo] = fact(
        "Automatic renewal",
        ask="Will the contract be extended if nobody does anything?",
        stated_by="requester",
        derives_from=("Data Act 25",),
        changeable_by="vendor",
        change=Change("set", to=(False,), says="Have the vendor take out the automatic renewal"),
        effort=2,
    )
    notice_days: Said[WholeNumber] = fact(
        "Days of notice to cancel",
        ask="How long before the end, in days, does a cancellation have to reach you?",
        stated_by="vendor",
        unit="days",
        examples=(30,),
        derives_from=("Data Act 25(2)(d)",),
        changeable_by="vendor",
        change=Change(
            "down",
            says="Have the vendor accept {value} days of notice instead of {now}",
            value_says={"1": "Have the vendor accept 1 day of notice instead of {now}"},
        ),
        effort=3,
    )
    renews_on: Said[Day] = fact(
        "Date of the next renewal",
        ask="When does the contract renew next?",
        stated_by="organisation",
        examples=("2027-11-30",),
    )
    price_cap_percent: Said[Number] = fact(
        "Highest price rise allowed at renewal",
        ask="What is the most, in percent, that you may raise the price at a renewal?",
        stated_by="vendor",
        unit="percent a year",
        examples=(5,),
        changeable_by="vendor",
        change=Change("down", between=(0, 7), says="Have the vendor cap price rises at {value} percent a year"),
        effort=3,
    )
    # Below zero when the price fell.
    price_rise_percent: Said[PercentChange] = fact(
        "Change in price since last year",
        ask="By how many percent does your renewal offer differ from last year's price?",
        stated_by="vendor",
        unit="percent",
        examples=(7.5,),
        changeable_by="vendor",
        change=Change("down", says="Have the vendor raise the price by {value} percent instead of {now}"),
        effort=3,
    )
    usage_cap: Said[YesNo] = fact(
        "Limit or alert for usage costs",
        ask="Can we be warned or stopped before usage costs run away?",
        stated_by="vendor",
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor set a limit or alert for usage costs"),
        effort=2,
    )
    early_exit: Said[YesNo] = fact(
        "Right to leave before the term ends",
        ask="May we end the contract early?",
        stated_by="vendor",
        derives_from=("Data Act 25",),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor let us leave before the term ends"),
        effort=3,
    )
    trial_converts: Said[YesNo] = fact(
        "Automatic switch from trial to paid plan",
        ask="Will money be taken when the trial is over and nobody cancels, for instance from a card you left?",
        stated_by="requester",
        changeable_by="buyer",
        change=Change("set", to=(False,), says="Choose a trial that ends without a charge"),
        effort=1,
    )
    dpa: Said[DataAgreement] = fact(
        "State of the data processing agreement",
        ask="How far is the data processing agreement: missing, offered by you, or signed by both?",
        stated_by="vendor",
        derives_from=("GDPR 28(3)", "GDPR 28(9)", "CAIQ DSP-13"),
        changeable_by="vendor",
        change=Change(
            "set",
            to=("offered", "signed"),
            says="Have the vendor sign a data processing agreement",
            value_says={
                "offered": "Have the vendor offer a data processing agreement",
                "signed": "Have the vendor sign a data processing agreement",
            },
        ),
        effort=2,
    )
    standard_clauses: Said[YesNo] = fact(
        "Standard contractual clauses of the EU",
        ask="Are the EU's standard contractual clauses part of the agreement?",
        stated_by="vendor",
        derives_from=("Decision (EU) 2021/914",),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor add the EU's standard contractual clauses"),
        effort=2,
    )
    uk_addendum: Said[YesNo] = fact(
        "Addendum for transfers from the UK",
        ask="Is the UK's transfer addendum part of the agreement?",
        stated_by="vendor",
        derives_from=("UK GDPR 46",),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor add the UK's transfer addendum"),
        effort=2,
    )
    california_terms: Said[YesNo] = fact(
        "Service-provider terms for California",
        ask="Does the contract hold the terms that California law asks of a service provider?",
        stated_by="vendor",
        derives_from=("11 CCR 7051(a)",),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor add the service-provider terms for California"),
        effort=2,
    )
    deletion_days: Said[WholeNumber] = fact(
        "Days until deletion after the contract",
        ask="How many days after the contract ends is the last copy of our data gone, backups too?",
        stated_by="vendor",
        unit="days",
        examples=(30,),
        derives_from=("GDPR 28(3)(g)", "MVSP 1.8", "CAIQ DSP-16"),
        changeable_by="vendor",
        change=Change(
            "down",
            says="Have the vendor delete our data within {value} days instead of {now}",
            value_says={"1": "Have the vendor delete our data within 1 day instead of {now}"},
        ),
        effort=3,
    )
    breach_notice_hours: Said[WholeNumber] = fact(
        "Hours until a breach is reported to us",
        ask="If our data leaks, how many hours may pass before you tell us?",
        stated_by="vendor",
        unit="hours",
        examples=(48,),
        derives_from=("MVSP 1.7", "GDPR 33(2)", "CAIQ SEF-07"),
        changeable_by="vendor",
        change=Change(
            "down",
            says="Have the vendor report breaches within {value} hours instead of {now}",
            value_says={"1": "Have the vendor report breaches within 1 hour instead of {now}"},
        ),
        effort=3,
    )
    subprocessor_notice_days: Said[WholeNumber] = fact(
        "Days of warning before a new sub-processor",
        ask="How many days in advance do we learn that another company will get our data?",
        stated_by="vendor",
        unit="days",
        examples=(30,),
        derives_from=("GDPR 28(2)", "CAIQ STA-07"),
        changeable_by="vendor",
        change=Change(
            "up",
            says="Have the vendor announce new sub-processors {value} days ahead instead of {now}",
            value_says={"1": "Have the vendor announce new sub-processors 1 day ahead instead of {now}"},
        ),
        effort=3,
    )
    switching_terms: Said[YesNo] = fact(
        "Switching terms under the EU Data Act",
        ask="Are the EU Data Act's rules on changing provider written into the contract?",
        stated_by="vendor",
        derives_from=("Data Act 25", "Data Act 29"),
        changeable_by="vendor",
        change=Change("set", to=(True,), says="Have the vendor add the EU's terms for changing provider"),
        effort=2,
    )
    switching_charge: Said[YesNo] = fact(
        "Fee for taking our data elsewhere",
        ask="Would we have to pay you for moving our data to another provider?",
        stated_by="vendor",
        derives_from=("Data Act 29",),
        changeable_by="vendor",
        change=Change("set", to=(False,), says="Have the vendor drop the fee for taking our data elsewhere"),
        effort=3,
    )
    uptime_percent: Said[Percent] = fact(
        "Availability guaranteed per month",
        ask="What percentage of each month do you guarantee the service to be up?",
        stated_by="vendor",
        unit="percent a month",
        examples=(99.9,),
        derives_from=("CAIQ BCR-08", "SOC2 A1.2"),
        changeable_by="vendor",
        change=Change("up", says="Have the vendor guarantee to be up {value} percent a month"),
        effort=4,
    )
    recovery_hours: Said[WholeNumber] = fact(
        "Hours to recovery after a disaster",
        ask="After a disaster, how many hours at most until we can work again?",
        stated_by="vendor",
        unit="hours",
        examples=(24,),
        derives_from=("MVSP 4.4", "CAIQ BCR-08"),
    )
    liability_cap: Said[Number] = fact(
        "Maximum the vendor is liable for",
        ask="Up to which sum do you pay for damage you cause?",
        stated_by="vendor",
        unit="organisation.currency",
        examples=(100000,),
        changeable_by="vendor",
        change=Change("up", says="Have the vendor accept liability of up to {value}"),
        effort=5,
    )
