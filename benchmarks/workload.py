"""The forty shipped policies every engine runs, and the day and company they are run for."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from procureguard import Guard
from procureguard.facts.gather import gather
from procureguard.guard.library import Library
from procureguard.policy.model import Policy
from procureguard.purchase import Purchase
from procureguard.source.read import read_document
from procureguard.source.shipped import shipped

DAY = date(2026, 11, 21)
"""The day of every check."""

ORGANISATION = Path(__file__).with_name("organisation.yaml")

POLICIES = (
    "security/card-data-attestation",
    "security/encryption",
    "security/independent-assurance",
    "security/second-factor",
    "security/security-self-assessment",
    "security/single-sign-on",
    "privacy/breach-notice",
    "privacy/deletion-deadline",
    "privacy/impact-assessment",
    "privacy/input-masking",
    "privacy/no-health-tracking",
    "privacy/person-requests",
    "privacy/subprocessor-notice",
    "privacy/vendor-reuse",
    "privacy-eu/dpa-offered",
    "privacy-eu/dpa-signed",
    "privacy-eu/lawful-transfer",
    "privacy-eu/tracking-consent",
    "privacy-us/california-terms",
    "messaging/message-permission",
    "messaging/one-click-unsubscribe",
    "messaging/sender-authentication",
    "messaging/text-message-consent",
    "ai/ai-on-a-leash",
    "ai/chatbot-disclosure",
    "ai/media-marking",
    "ai/prohibited-ai",
    "ai/training-on-our-data",
    "integration/it-time-booked",
    "integration/least-privilege",
    "integration/manual-files",
    "integration/open-interface",
    "integration/sandbox-test",
    "cost/budget-line",
    "cost/leadership-approval",
    "cost/procurement-review",
    "cost/short-first-term",
    "governance/accessible-screens",
    "governance/success-measures",
    "governance/two-owners",
)
"""Every domain but duplication: these read stated facts, computed money and dates, and no inventory."""

IDENTITIES = tuple(name.partition("/")[2] for name in POLICIES)


@cache
def library() -> Library:
    """The policies as they are written."""
    return guard().library()


@cache
def guard() -> Guard:
    """A guard that knows these policies and nothing else."""
    folder = shipped("policies")
    packs = sorted({name.partition("/")[0] for name in POLICIES})
    files = [folder / "definitions.yaml", *(folder / pack / "pack.yaml" for pack in packs)]
    return Guard.load(policies=[*files, *(folder / f"{name}.yaml" for name in POLICIES)], organisation=ORGANISATION)


@cache
def policies() -> dict[str, Policy]:
    """The policies by their ids."""
    return {policy.identity: policy for policy in guard().policies.policies}


@cache
def thresholds() -> dict[str, Any]:
    """What the company says, by path, as evaluators hold it."""
    document = read_document("purchase.json", b'{"kind": "purchase", "version": 1}', [])
    assert document is not None
    known = gather(Purchase(document), guard().stack, guard().schema, DAY).known
    return {path: fact.value for path, fact in known.items() if path.startswith("organisation.")}
