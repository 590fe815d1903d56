"""zen-engine (GoRules), the usual way: one decision of an expression node for the definitions and a table of rules.

Every rule is a row of the table whose only cell says when the rule is broken. A row whose cell cannot be computed does
not match; a definition that cannot be computed fails the whole decision.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any, cast

from zen import ZenDecisionContent, ZenEngine

from benchmarks.by_hand import (
    ADEQUATE,
    ADEQUATE_OR_US,
    CALIFORNIA,
    CALLS_AND_TEXTS,
    CARD_PROOF_DAYS,
    CERTIFICATES,
    CONFIDENTIAL,
    CONVERSATION,
    CUSTOMERS,
    EUROPE,
    EXCLUSIVE,
    MEDIA,
    ON_ITS_OWN,
    ON_THE_DEVICE,
    PERSONAL,
    PROHIBITED,
    REPORT_DAYS,
    REPORTS,
    SENSITIVE,
    TRACKING,
)
from benchmarks.peers import Outcomes
from benchmarks.requests import Request
from benchmarks.workload import DAY, IDENTITIES

TITLE = "zen-engine, decision table"
RULES = "40 of 40, in its own language"
DISTRIBUTIONS = ("zen-engine",)


def _any(facts: str, values: frozenset[str]) -> str:
    return f"some({facts}, # in {sorted(values)})"


def _since(days: timedelta) -> str:
    return f"date('{DAY - days}')"


def _proof(reports: Iterable[str]) -> str:
    recent = f"#.kind in {sorted(reports)} and date(#.issued_on) >= {_since(REPORT_DAYS)}"
    valid = f"#.kind in {sorted(CERTIFICATES)} and date(#.expires_on) >= {_since(timedelta())}"
    return f"some(vendor.attestations, ({recent}) or ({valid}))"


DEFINITIONS = {
    "annual": "contract.period == 'free' ? 0 : contract.amount"
    " * (contract.period == 'month' ? 12 : contract.period == 'quarter' ? 4 : 1)"
    " * (contract.currency == 'EUR' ? 1.16 : contract.currency == 'GBP' ? 1.34 : 1)",
    "personal": _any("data.categories", PERSONAL),
    "sensitive": _any("data.categories", SENSITIVE),
    "customers": _any("data.categories", CUSTOMERS),
    "confidential": _any("data.categories", CONFIDENTIAL),
    "card": "'payment_card' in data.categories",
    "sends": "len(messaging.channels) > 0",
    "connected": "len(integration.systems) > 0",
    "bulk": "'email' in messaging.channels and messaging.daily_volume >= 5000",
    "reaches": "@personal or @sends",
    "europe": f"(@reaches and {_any('data.regions', EUROPE)}) or (web.loads_on_site and {_any('web.regions', EUROPE)})",
    "media": _any("ai.functions", MEDIA),
    "alone": _any("ai.functions", ON_ITS_OWN),
    "critical": "@sensitive or @card or @annual >= 100000 or " + _any("request.capabilities", EXCLUSIVE),
    "high": "@critical or (@connected and integration.writes_records) or (@personal and data.people > 100000)"
    f" or @annual >= 25000 or (ai.used and @alone) or {_any('messaging.channels', CALLS_AND_TEXTS)} or @bulk",
    "standard": "@high or @personal or @confidential or web.loads_on_site or @connected or @sends or @annual >= 5000"
    f" or {_any('product.delivery', ON_THE_DEVICE)} or (ai.used and @media and ai.imitates_people)",
    "light": "@standard or @annual > 500 or request.users > 10 or contract.term_months > 12",
}
"""Each after those it is made of; `@name` stands for a definition."""

BROKEN = {
    "card-data-attestation": "@card and not some(vendor.attestations,"
    f" #.kind == 'pci_aoc' and date(#.issued_on) >= {_since(CARD_PROOF_DAYS)})",
    "encryption": "@standard and (@personal or @confidential)"
    " and not (product.encrypted_in_transit and product.encrypted_at_rest)",
    "independent-assurance": "@high and not " + _proof({"soc2_type2"}),
    "security-self-assessment": "@standard and not @high and not " + _proof(REPORTS),
    "second-factor": "@standard and not product.sso_on_plan and not (product.mfa in ['enforced', 'available'])",
    "single-sign-on": "@standard and request.users > 5 and not product.sso_on_plan",
    "breach-notice": "@personal and @standard and contract.breach_notice_hours > 72",
    "deletion-deadline": "@personal and contract.deletion_days > 90",
    "impact-assessment": "@sensitive and not (data.impact_assessment in ['started', 'done'])",
    "input-masking": "web.loads_on_site and 'session-replay' in request.capabilities and not web.masks_input",
    "no-health-tracking": "'health' in data.categories"
    f" and ({_any('request.capabilities', TRACKING)} or web.cookies == 'advertising')",
    "person-requests": "@personal and @standard and not product.person_requests",
    "subprocessor-notice": "@personal and @standard"
    " and not (vendor.subprocessor_list and contract.subprocessor_notice_days >= 14)",
    "vendor-reuse": "@personal and (data.vendor_reuses or not (data.vendor_role in ['processor', 'service_provider']))",
    "dpa-offered": "@personal"
    " and (data.vendor_role == 'processor' or (data.vendor_role == 'service_provider' and @europe))"
    " and not (contract.dpa in ['offered', 'signed'])",
    "dpa-signed": "@personal and contract.dpa != 'none' and contract.dpa != 'signed'",
    "lawful-transfer": "@personal and @europe"
    f" and (some(data.stored_in, not (# in {sorted(ADEQUATE)}))"
    f" or some(data.accessed_from, not (# in {sorted(ADEQUATE)})))"
    " and not (contract.standard_clauses or vendor.binding_rules or (vendor.privacy_framework"
    f" and all(data.stored_in, # in {sorted(ADEQUATE_OR_US)})"
    f" and all(data.accessed_from, # in {sorted(ADEQUATE_OR_US)})))",
    "tracking-consent": "web.loads_on_site and @europe and web.cookies in ['analytics', 'advertising']"
    " and not web.consent_gated",
    "california-terms": f"@personal and ((@reaches and {_any('data.regions', CALIFORNIA)})"
    f" or (web.loads_on_site and {_any('web.regions', CALIFORNIA)}))"
    " and data.vendor_role in ['processor', 'service_provider'] and not contract.california_terms",
    "message-permission": "@sends and @europe and not (messaging.eu_permission in ['opt_in', 'soft_opt_in'])",
    "one-click-unsubscribe": "@bulk and not messaging.one_click_unsubscribe",
    "sender-authentication": "@bulk and not (messaging.spf and messaging.dkim_aligned"
    " and messaging.dmarc in ['none', 'quarantine', 'reject'])",
    "text-message-consent": "'sms' in messaging.channels"
    " and ((@reaches and some(data.regions, startsWith(#, 'US')))"
    " or (web.loads_on_site and some(web.regions, startsWith(#, 'US'))))"
    " and not (messaging.sms_permission == 'written' and messaging.quiet_hours and messaging.sms_opt_out)",
    "ai-on-a-leash": "ai.used and @alone and not (ai.approval_step and ai.spend_cap and ai.off_switch)",
    "chatbot-disclosure": f"ai.used and {_any('ai.functions', CONVERSATION)} and @europe and not ai.disclosed",
    "media-marking": f"@standard and ai.used and @media and ({_since(timedelta())} >= date('2026-12-02')"
    " or date(product.on_market_since) >= date('2026-08-02')) and not ai.output_marked",
    "prohibited-ai": f"ai.used and {_any('ai.functions', PROHIBITED)}",
    "training-on-our-data": "ai.used and (@personal or @confidential)"
    " and not (ai.trains_on_our_data in ['never', 'opt_in_only', 'opted_out'])",
    "it-time-booked": "@connected and integration.effort_days > 5 and not integration.scheduled",
    "least-privilege": "@connected and integration.admin_rights",
    "manual-files": "@personal and @standard and request.type != 'trial' and integration.method == 'manual_file'",
    "open-interface": "@customers and @standard and request.type != 'trial'"
    " and not (product.api_on_plan or product.connector)",
    "sandbox-test": "@connected and integration.writes_records and not integration.sandbox_tested",
    "budget-line": "@annual > 500 and not (request.budget in ['planned', 'approved'])",
    "leadership-approval": "@annual >= 100000",
    "procurement-review": "@annual >= 25000",
    "short-first-term": "request.type in ['new', 'replacement'] and contract.term_months > 12"
    " and not contract.early_exit",
    "accessible-screens": "@standard and web.consumer_facing"
    " and not (product.accessibility in ['wcag_2_1_aa', 'wcag_2_2_aa'])",
    "success-measures": "@light and not (len(request.metrics) >= 4 or (len(request.metrics) >= 1 and @annual < 25000))",
    "two-owners": "@standard and request.owner == request.it_owner",
}
"""By policy, when it is broken."""


def prepare() -> Callable[[Request], list[dict[str, str]]]:
    """The rows that match."""
    decision = ZenEngine().create_decision(ZenDecisionContent(json.dumps(_graph())))

    def answer(request: Request) -> list[dict[str, str]]:
        return cast("list[dict[str, str]]", decision.evaluate(request)["result"])

    return answer


def _graph() -> Mapping[str, Any]:
    expressions = [
        {"id": name, "key": f"known.{name}", "value": text.replace("@", "$.known.")}
        for name, text in DEFINITIONS.items()
    ]
    rules = [
        {"_id": policy, "broken": text.replace("@", "known."), "policy": f"'{policy}'"}
        for policy, text in BROKEN.items()
    ]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": "broken", "name": "broken"}],
        "outputs": [{"id": "policy", "name": "policy", "field": "policy"}],
        "rules": rules,
    }
    nodes = [
        {"id": "request", "type": "inputNode", "name": "request"},
        _node("definitions", "expressionNode", {"passThrough": True, "expressions": expressions}),
        _node("rules", "decisionTableNode", table),
        {"id": "answer", "type": "outputNode", "name": "answer"},
    ]
    edges = [
        {"id": f"{before['id']}-{after['id']}", "sourceId": before["id"], "targetId": after["id"], "type": "edge"}
        for before, after in pairwise(nodes)
    ]
    return {"nodes": nodes, "edges": edges}


def _node(identity: str, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": identity, "type": kind, "name": identity, "content": content}


def _outcomes(rows: list[dict[str, str]]) -> Outcomes:
    return dict.fromkeys(IDENTITIES, "pass") | {row["policy"]: "fail" for row in rows}


READINGS = {"": _outcomes}
