"""Cedar through cedarpy: one `forbid` for each rule; the ids of those that fired are the reasons of the decision.

Cedar knows no fractions, no quantifier over records and no size of a set, and its conditions have no names. So the host
computes the annual cost in cents, the number of kinds of measure and which proofs of security count, takes out the
amount and the records, and definitions are written out. A policy whose condition cannot be computed is skipped.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from cedarpy import Entities, PolicySet, is_authorized

from benchmarks.by_hand import (
    ADEQUATE,
    ADEQUATE_OR_US,
    AI_ACT_SINCE,
    CALIFORNIA,
    CALLS_AND_TEXTS,
    CARD_PROOF_DAYS,
    CERTIFICATES,
    CONFIDENTIAL,
    CONVERSATION,
    CUSTOMERS,
    EUROPE,
    EXCHANGE_RATES,
    EXCLUSIVE,
    MARKING_FOR_ALL_SINCE,
    MEDIA,
    ON_ITS_OWN,
    ON_THE_DEVICE,
    PERIODS_A_YEAR,
    PERSONAL,
    PROHIBITED,
    REPORT_DAYS,
    REPORTS,
    SENSITIVE,
    TRACKING,
)
from benchmarks.peers import Outcomes
from benchmarks.requests import Request
from benchmarks.workload import DAY, IDENTITIES, guard, policies

TITLE = "Cedar (cedarpy)"
DISTRIBUTIONS = ("cedarpy",)


def _set(values: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in sorted(values)) + "]"


def _any(facts: str, values: Iterable[str]) -> str:
    return f"context.{facts}.containsAny({_set(values)})"


def _in(fact: str, *values: str) -> str:
    return f"{_set(values)}.contains(context.{fact})"


def _states() -> list[str]:
    """Cedar cannot look into the elements of a set, so every region of the United States is named."""
    return [region for region in guard().schema["data.regions"].values or () if region.startswith("US")]


DEFINITIONS = {
    "personal": _any("data.categories", PERSONAL),
    "sensitive": _any("data.categories", SENSITIVE),
    "customers": _any("data.categories", CUSTOMERS),
    "confidential": _any("data.categories", CONFIDENTIAL),
    "card": 'context.data.categories.contains("payment_card")',
    "sends": "!context.messaging.channels.isEmpty()",
    "connected": "!context.integration.systems.isEmpty()",
    "bulk": 'context.messaging.channels.contains("email") && context.messaging.daily_volume >= 5000',
    "reaches": "@personal || @sends",
    "europe": f"(@reaches && {_any('data.regions', EUROPE)})"
    f" || (context.web.loads_on_site && {_any('web.regions', EUROPE)})",
    "media": _any("ai.functions", MEDIA),
    "alone": _any("ai.functions", ON_ITS_OWN),
    "critical": f"@sensitive || @card || context.host.annual >= 10000000 || {_any('request.capabilities', EXCLUSIVE)}",
    "high": "@critical || (@connected && context.integration.writes_records)"
    " || (@personal && context.data.people > 100000) || context.host.annual >= 2500000"
    f" || (context.ai.used && @alone) || {_any('messaging.channels', CALLS_AND_TEXTS)} || @bulk",
    "standard": "@high || @personal || @confidential || context.web.loads_on_site || @connected || @sends"
    f" || context.host.annual >= 500000 || {_any('product.delivery', ON_THE_DEVICE)}"
    " || (context.ai.used && @media && context.ai.imitates_people)",
    "light": "@standard || context.host.annual > 50000 || context.request.users > 10"
    " || context.contract.term_months > 12",
}

BROKEN = {
    "card-data-attestation": "@card && !context.host.card_proof",
    "encryption": "@standard && (@personal || @confidential)"
    " && !(context.product.encrypted_in_transit && context.product.encrypted_at_rest)",
    "independent-assurance": "@high && !context.host.audited",
    "security-self-assessment": "@standard && !(@high) && !context.host.assessed",
    "second-factor": f"@standard && !context.product.sso_on_plan && !{_in('product.mfa', 'enforced', 'available')}",
    "single-sign-on": "@standard && context.request.users > 5 && !context.product.sso_on_plan",
    "breach-notice": "@personal && @standard && context.contract.breach_notice_hours > 72",
    "deletion-deadline": "@personal && context.contract.deletion_days > 90",
    "impact-assessment": f"@sensitive && !{_in('data.impact_assessment', 'started', 'done')}",
    "input-masking": 'context.web.loads_on_site && context.request.capabilities.contains("session-replay")'
    " && !context.web.masks_input",
    "no-health-tracking": 'context.data.categories.contains("health")'
    f' && ({_any("request.capabilities", TRACKING)} || context.web.cookies == "advertising")',
    "person-requests": "@personal && @standard && !context.product.person_requests",
    "subprocessor-notice": "@personal && @standard"
    " && !(context.vendor.subprocessor_list && context.contract.subprocessor_notice_days >= 14)",
    "vendor-reuse": "@personal"
    f" && (context.data.vendor_reuses || !{_in('data.vendor_role', 'processor', 'service_provider')})",
    "dpa-offered": '@personal && (context.data.vendor_role == "processor"'
    ' || (context.data.vendor_role == "service_provider" && @europe))'
    f" && !{_in('contract.dpa', 'offered', 'signed')}",
    "dpa-signed": '@personal && context.contract.dpa != "none" && context.contract.dpa != "signed"',
    "lawful-transfer": f"@personal && @europe && !({_set(ADEQUATE)}.containsAll(context.data.stored_in)"
    f" && {_set(ADEQUATE)}.containsAll(context.data.accessed_from))"
    " && !(context.contract.standard_clauses || context.vendor.binding_rules || (context.vendor.privacy_framework"
    f" && {_set(ADEQUATE_OR_US)}.containsAll(context.data.stored_in)"
    f" && {_set(ADEQUATE_OR_US)}.containsAll(context.data.accessed_from)))",
    "tracking-consent": f"context.web.loads_on_site && @europe && {_in('web.cookies', 'analytics', 'advertising')}"
    " && !context.web.consent_gated",
    "california-terms": f"@personal && ((@reaches && {_any('data.regions', CALIFORNIA)})"
    f" || (context.web.loads_on_site && {_any('web.regions', CALIFORNIA)}))"
    f" && {_in('data.vendor_role', 'processor', 'service_provider')} && !context.contract.california_terms",
    "message-permission": f"@sends && @europe && !{_in('messaging.eu_permission', 'opt_in', 'soft_opt_in')}",
    "one-click-unsubscribe": "@bulk && !context.messaging.one_click_unsubscribe",
    "sender-authentication": "@bulk && !(context.messaging.spf && context.messaging.dkim_aligned"
    f" && {_in('messaging.dmarc', 'none', 'quarantine', 'reject')})",
    "text-message-consent": 'context.messaging.channels.contains("sms")'
    f" && ((@reaches && {_any('data.regions', _states())})"
    f" || (context.web.loads_on_site && {_any('web.regions', _states())}))"
    ' && !(context.messaging.sms_permission == "written" && context.messaging.quiet_hours'
    " && context.messaging.sms_opt_out)",
    "ai-on-a-leash": "context.ai.used && @alone"
    " && !(context.ai.approval_step && context.ai.spend_cap && context.ai.off_switch)",
    "chatbot-disclosure": f"context.ai.used && {_any('ai.functions', CONVERSATION)} && @europe"
    " && !context.ai.disclosed",
    "media-marking": "@standard && context.ai.used && @media && context.host.marking && !context.ai.output_marked",
    "prohibited-ai": f"context.ai.used && {_any('ai.functions', PROHIBITED)}",
    "training-on-our-data": "context.ai.used && (@personal || @confidential)"
    f" && !{_in('ai.trains_on_our_data', 'never', 'opt_in_only', 'opted_out')}",
    "it-time-booked": "@connected && context.integration.effort_days > 5 && !context.integration.scheduled",
    "least-privilege": "@connected && context.integration.admin_rights",
    "manual-files": '@personal && @standard && context.request.type != "trial"'
    ' && context.integration.method == "manual_file"',
    "open-interface": '@customers && @standard && context.request.type != "trial"'
    " && !(context.product.api_on_plan || context.product.connector)",
    "sandbox-test": "@connected && context.integration.writes_records && !context.integration.sandbox_tested",
    "budget-line": f"context.host.annual > 50000 && !{_in('request.budget', 'planned', 'approved')}",
    "leadership-approval": "context.host.annual >= 10000000",
    "procurement-review": "context.host.annual >= 2500000",
    "short-first-term": f"{_in('request.type', 'new', 'replacement')} && context.contract.term_months > 12"
    " && !context.contract.early_exit",
    "accessible-screens": "@standard && context.web.consumer_facing"
    f" && !{_in('product.accessibility', 'wcag_2_1_aa', 'wcag_2_2_aa')}",
    "success-measures": "@light"
    " && !(context.host.measures >= 4 || (context.host.measures >= 1 && context.host.annual < 2500000))",
    "two-owners": "@standard && context.request.owner == context.request.it_owner",
}


def _written_out(text: str) -> str:
    return re.sub("@([a-z]+)", lambda found: f"({_written_out(DEFINITIONS[found[1]])})", text)


_WITH_HOST = sum("context.host." in _written_out(text) for text in BROKEN.values())
RULES = f"40 of 40, {_WITH_HOST} of them with values the host computes"


def prepare() -> Callable[[Request], list[str]]:
    """The names of the policies that fired."""
    assert BROKEN.keys() == policies().keys()
    rules = (f"forbid(principal, action, resource) when {{ {_written_out(text)} }};" for text in BROKEN.values())
    known = PolicySet.from_str("\n".join([*rules, "permit(principal, action, resource);"]))
    nobody = Entities.from_json_str("[]")
    who = {
        "principal": {"type": "Team", "id": "marketing"},
        "action": {"type": "Action", "id": "buy"},
        "resource": {"type": "Product", "id": "tool"},
    }

    def answer(request: Request) -> list[str]:
        reasons: list[str] = is_authorized({**who, "context": _context(request)}, known, nobody).diagnostics.reasons
        return reasons

    return answer


def _context(request: Request) -> Request:
    """The purchase as Cedar can hold it, with what the host has to compute."""
    contract, vendor = request["contract"], request["vendor"]
    host = dict(_computed(request))
    return {
        **request,
        "contract": {name: value for name, value in contract.items() if name != "amount"},
        "vendor": {name: value for name, value in vendor.items() if name != "attestations"},
        "host": host,
    }


def _computed(request: Request) -> Iterator[tuple[str, Any]]:
    """Each value on its own, so that a missing fact costs only what needs it."""
    for name, compute in _COMPUTED.items():
        try:
            yield name, compute(request)
        except KeyError:
            continue


def _annual(request: Request) -> int:
    contract = request["contract"]
    if contract["period"] == "free":
        return 0
    cents: int = round(
        100 * contract["amount"] * PERIODS_A_YEAR[contract["period"]] * EXCHANGE_RATES[contract["currency"]]
    )
    return cents


def _card_proof(request: Request) -> bool:
    return any(
        found["kind"] == "pci_aoc" and date.fromisoformat(found["issued_on"]) + CARD_PROOF_DAYS >= DAY
        for found in request["vendor"]["attestations"]
    )


def _proven(request: Request, reports: frozenset[str]) -> bool:
    return any(
        (found["kind"] in reports and date.fromisoformat(found["issued_on"]) + REPORT_DAYS >= DAY)
        or (found["kind"] in CERTIFICATES and date.fromisoformat(found["expires_on"]) >= DAY)
        for found in request["vendor"]["attestations"]
    )


_COMPUTED: dict[str, Callable[[Request], Any]] = {
    "annual": _annual,
    "measures": lambda request: len(request["request"]["metrics"]),
    "card_proof": _card_proof,
    "audited": lambda request: _proven(request, frozenset({"soc2_type2"})),
    "assessed": lambda request: _proven(request, REPORTS),
    "marking": lambda request: (
        DAY >= MARKING_FOR_ALL_SINCE or date.fromisoformat(request["product"]["on_market_since"]) >= AI_ACT_SINCE
    ),
}


def _outcomes(reasons: list[str]) -> Outcomes:
    """The library numbers policies in the order of the text."""
    names = list(BROKEN)
    fired = [names[place] for reason in reasons if (place := int(reason.removeprefix("policy"))) < len(names)]
    return dict.fromkeys(IDENTITIES, "pass") | dict.fromkeys(fired, "fail")


READINGS = {"": _outcomes}
