"""Expressions in plain English."""

import pytest
from hypothesis import given, settings

from procureguard.cel.checker import Checked, check
from procureguard.cel.english import bullets, describe
from procureguard.cel.parser import parse
from procureguard.cel.types import BOOL, DATE, DECIMAL, DOUBLE, INT, STRING, Declaration, list_of, record_of
from property.cel_facts import ENVIRONMENT as SAMPLED
from property.evaluating import checked
from property.expressions import Batch, batches

REPORT = record_of({"kind": STRING, "expires_on": DATE})
ENVIRONMENT = {
    "request.seats": Declaration(INT, "Seats", minimum=0, maximum=10_000),
    "request.trial_days": Declaration(INT, "Length of the trial", minimum=0, maximum=10_000),
    "product.saml": Declaration(BOOL, "SAML"),
    "product.oidc": Declaration(BOOL, "OIDC sign-on"),
    "risk.high": Declaration(BOOL, "The risk is high"),
    "product.mfa": Declaration(STRING, "Second factor", values=("always_on", "off", "optional")),
    "cost.annual": Declaration(DECIMAL, "Annual cost"),
    "today": Declaration(DATE, "Today"),
    "contract.renews_on": Declaration(DATE, "Next renewal day"),
    "data.categories": Declaration(list_of(STRING), "Kinds of data that go in"),
    "vendor.reports": Declaration(
        list_of(REPORT), "Security reports", fields={"expires_on": Declaration(DATE, "Last valid day")}
    ),
    "params.kinds": Declaration(list_of(STRING), "kinds", constant=("soc2", "iso_27001", "pci")),
    "params.pack": Declaration(INT, "pack", constant=10),
    "params.limit": Declaration(DOUBLE, "limit", constant=1234.5),
}

PHRASES = {
    "request.seats > 5 && !(product.saml || product.oidc)": "more than 5 seats, and neither SAML nor OIDC sign-on",
    "!(request.seats > 5)": "at most 5 seats",
    "request.trial_days >= 30": "length of the trial is at least 30",
    "cost.annual > 25000.0": "annual cost is more than 25,000",
    "cost.annual <= params.limit": "annual cost is at most 1,234.5",
    'product.mfa in ["always_on", "optional"]': "second factor is one of always on or optional",
    'product.mfa in ["always_on"]': "second factor is always on",
    '!(product.mfa in ["always_on", "off"])': "second factor is none of always on or off",
    'product.mfa != "off"': "second factor is not off",
    '"health" in data.categories': "health is among kinds of data that go in",
    "size(data.categories) > 0": "at least one of kinds of data that go in",
    "size(data.categories) == 0": "none of kinds of data that go in",
    "size(data.categories) > 3": "more than 3 of kinds of data that go in",
    'data.categories.all(c, c.startsWith("h"))': "every one of kinds of data that go in begins with h",
    '!data.categories.exists(c, c == "health")': "none of kinds of data that go in is health",
    "vendor.reports.exists(r, r.kind in params.kinds && r.expires_on >= today)": (
        "at least one of security reports has (kind is one of soc2, iso 27001 or pci, and last valid day is on or "
        "after today)"
    ),
    "contract.renews_on - today < days(90)": "the time from today to next renewal day is less than 90 days",
    'today >= date("2026-12-02")': "today is on or after 2026-12-02",
    "product.saml && (product.oidc || risk.high)": "SAML, and (OIDC sign-on, or the risk is high)",
    "product.saml && (product.oidc && risk.high)": "SAML, and OIDC sign-on, and the risk is high",
    "!(product.saml && risk.high)": "not (SAML, and the risk is high)",
    "request.seats / 12 > 5": "seats divided by 12 is more than 5",
    "request.seats % params.pack == 0": "the remainder of seats divided by 10 is 0",
    "(request.seats + 5) / 12 * 2 > 5": "(((seats plus 5) divided by 12) times 2) is more than 5",
    "request.seats + 5 / 12 > 5": "seats plus (5 divided by 12) is more than 5",
    "-(request.seats / 2) > 5": "minus (seats divided by 2) is more than 5",
    "(request.seats > 5) == product.saml": "(seats is more than 5) is SAML",
    'data.categories.all(c, c == "a") == risk.high': (
        "(every one of kinds of data that go in is a) is the risk is high"
    ),
    'size(data.categories.filter(c, c == "a")) > 1': "more than 1 of kinds of data that go in for which (it is a)",
    'size(data.categories.filter(c, c == "a")) / 2 == 1': (
        "the number of kinds of data that go in for which (it is a) divided by 2 is 1"
    ),
    '"b" in data.categories.filter(c, c != "a")': (
        "b is among those of kinds of data that go in for which (it is not a)"
    ),
    '!("b" in data.categories.filter(c, c != "a"))': (
        "b is not among those of kinds of data that go in for which (it is not a)"
    ),
    'data.categories.filter(c, c != "a") == []': (
        "those of kinds of data that go in for which (it is not a) is nothing"
    ),
    'vendor.reports.filter(r, r.kind == "pci").exists(r, r.expires_on >= today)': (
        "at least one of those of security reports for which (kind is pci) has (last valid day is on or after today)"
    ),
    '"b" in (risk.high ? data.categories.filter(c, c != "a") : data.categories)': (
        "b is among (if the risk is high, then those of kinds of data that go in for which (it is not a), "
        "otherwise kinds of data that go in)"
    ),
    "risk.high ? product.saml : product.oidc": "if the risk is high, then SAML, otherwise OIDC sign-on",
}


def typed(text: str) -> Checked:
    tree = parse(text)
    assert not isinstance(tree, tuple), tree
    found = check(tree, ENVIRONMENT, BOOL)
    assert isinstance(found, Checked), found
    return found


@pytest.mark.parametrize("text", PHRASES)
def test_expression_reads_out(text: str) -> None:
    assert describe(typed(text)) == PHRASES[text]


def test_what_must_hold_together_is_listed() -> None:
    assert bullets(typed("product.saml && (risk.high && product.oidc)")) == ["SAML", "the risk is high", "OIDC sign-on"]
    assert bullets(typed("product.saml || risk.high")) == ["SAML, or the risk is high"]


@settings(max_examples=20, deadline=None)
@given(batch=batches(40, 1, depth=5))
def test_brackets_are_balanced_and_nothing_of_the_language_shows(batch: Batch) -> None:
    for sample in batch.samples:
        text = describe(checked(sample.text, SAMPLED))
        assert text.count("(") == text.count(")"), text
        assert not any(sign in text for sign in ("&&", "||", "==", "!=", "params.", "size(")), text
