"""Full purchases as plain data, the same ones for the same seed."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

from benchmarks.workload import DAY

Request = dict[str, Any]

SEED = 20261121

_CATEGORIES = (
    ("public_content",),
    ("employee_login",),
    ("prospect_contact", "customer_contact"),
    ("customer_contact", "behaviour", "device_ids"),
    ("prospect_contact", "behaviour"),
    ("employee", "employee_login"),
    ("confidential_business", "public_content"),
    ("customer_contact", "payment_card", "financial"),
    ("customer_contact", "health"),
    ("behaviour", "precise_location"),
)
_CAPABILITIES = (
    "email-campaigns",
    "forms",
    "surveys",
    "landing-pages",
    "session-replay",
    "web-analytics",
    "retargeting",
    "social-listening",
    "customer-data-platform",
    "crm",
)
_REGIONS = (["EU"], ["EU", "UK"], ["US"], ["US-CA", "US-NY"], ["EU", "US"], ["AU"], ["CA", "BR"])
_COUNTRIES = (["DE"], ["IE", "NL"], ["US"], ["DE", "US"], ["IN"], ["GB"], ["US", "PH"])
_PEOPLE = ("ana", "ben", "chloe", "dario", "emre", "farah")
_CERTIFICATES = frozenset({"iso27001", "csa_star_2", "hitrust"})
_REPORTS = ("soc2_type1", "soc2_type2", "csa_star_1", "pci_aoc", "caiq", "mvsp_self")
_AI_FUNCTIONS = (
    "generate_text",
    "generate_image",
    "generate_video",
    "chatbot",
    "voice_assistant",
    "scoring",
    "personalisation",
    "acts_in_systems",
    "spends_money",
    "emotion_recognition_at_work",
    "social_scoring",
)


def requests(count: int, seed: int = SEED) -> list[Request]:
    """That many purchases in which every fact the forty policies read is stated."""
    random = Random(seed)
    return [_Draw(random, number).purchase() for number in range(count)]


def without(request: Request, path: str) -> Request:
    """The same purchase with one fact not stated."""
    section, _, name = path.partition(".")
    return {**request, section: {key: value for key, value in request[section].items() if key != name}}


def with_value(request: Request, path: str, value: object) -> Request:
    """The same purchase with another value of one fact."""
    section, _, name = path.partition(".")
    return {**request, section: {**request[section], name: deepcopy(value)}}


class _Draw:
    """One purchase, drawn."""

    def __init__(self, random: Random, number: int) -> None:
        self.random = random
        self.number = number

    def likely(self, chance: float = 0.85) -> bool:
        return self.random.random() < chance

    def one(self, *values: Any) -> Any:  # noqa: ANN401 - values of every type
        return self.random.choice(values)

    def some(self, values: tuple[str, ...], least: int, most: int) -> list[str]:
        return self.random.sample(values, self.random.randint(least, most))

    def day(self, least: int, most: int) -> str:
        """A day so many days before (negative) or after the day of the check."""
        return (DAY + timedelta(days=self.random.randint(least, most))).isoformat()

    def purchase(self) -> Request:
        return {
            "kind": "purchase",
            "version": 1,
            "request": self.request(),
            "vendor": self.vendor(),
            "product": self.product(),
            "data": self.data(),
            "integration": self.integration(),
            "web": self.web(),
            "messaging": self.messaging(),
            "ai": self.ai(),
            "contract": self.contract(),
        }

    def request(self) -> Request:
        capabilities = self.some(_CAPABILITIES, 1, 3)
        return {
            "id": f"purchase-{self.number}",
            "type": self.one("new", "new", "trial", "renewal", "expansion", "replacement"),
            "purpose": "Ask customers what they think of the new shop",
            "capabilities": capabilities,
            "must": capabilities[:1],
            "department": self.one("brand", "demand-gen", "customer-success"),
            "requester": f"{self.one(*_PEOPLE)}@tarnwick.example",
            "owner": f"{self.one(*_PEOPLE)}@tarnwick.example",
            "it_owner": f"{self.one(*_PEOPLE)}@tarnwick.example",
            "operator": self.one("team", "agency", "vendor"),
            "users": self.one(2, 4, 5, 6, 12, 40, 250),
            "metrics": self.some(
                ("system_performance", "usage", "financial", "customer", "provider_performance"), 0, 5
            ),
            "budget": self.one("planned", "approved", "approved", "none"),
            "needed_by": self.day(10, 120),
            "trial_days": self.one(0, 14, 30, 45),
            "exit_plan": self.likely(),
        }

    def vendor(self) -> Request:
        return {
            "name": f"Vendor {self.number}",
            "domains": [f"vendor{self.number}.example"],
            "country": self.one("DE", "US", "IE", "IN"),
            "attestations": list(self.attestations()),
            "subprocessor_list": self.likely(),
            "privacy_framework": self.likely(0.5),
            "binding_rules": self.likely(0.1),
        }

    def attestations(self) -> Iterator[Request]:
        for kind in self.some((*_REPORTS, *sorted(_CERTIFICATES)), 0, 4):
            issued = {"kind": kind, "issued_on": self.day(-700, -5), "scope": "all services"}
            yield {**issued, "expires_on": self.day(-90, 700)} if kind in _CERTIFICATES else issued

    def product(self) -> Request:
        return {
            "vendor": f"vendor-{self.number}",
            "id": f"product-{self.number}",
            "name": f"Product {self.number}",
            "plan": self.one("team", "business", "enterprise"),
            "delivery": self.one(["web_app"], ["web_app", "mobile_app"], ["desktop_app"], ["browser_extension"]),
            "sso_on_plan": self.likely(0.6),
            "mfa": self.one("enforced", "available", "none"),
            "encrypted_in_transit": self.likely(0.95),
            "encrypted_at_rest": self.likely(0.9),
            "api_on_plan": self.likely(0.6),
            "connector": self.likely(0.5),
            "data_export": self.likely(),
            "person_requests": self.likely(),
            "accessibility": self.one("none", "wcag_2_1_a", "wcag_2_1_aa", "wcag_2_2_aa"),
            "end_announced": self.likely(0.05),
            "on_market_since": self.one("2019-03-01", "2024-06-15", "2026-08-02", "2026-09-01"),
        }

    def data(self) -> Request:
        return {
            "categories": list(self.one(*_CATEGORIES)),
            "regions": list(self.one(*_REGIONS)),
            "people": self.one(0, 500, 6_000, 100_000, 100_001, 2_000_000),
            "sources": ["own"],
            "source_lawful": True,
            "vendor_role": self.one("processor", "processor", "service_provider", "controller"),
            "stored_in": list(self.one(*_COUNTRIES)),
            "accessed_from": list(self.one(*_COUNTRIES)),
            "vendor_reuses": self.likely(0.15),
            "impact_assessment": self.one("none", "started", "done"),
        }

    def integration(self) -> Request:
        return {
            "systems": self.some(("rolobarn", "tidewhistle", "onecairn"), 0, 2),
            "method": self.one("connector", "api", "integration_platform", "manual_file"),
            "writes_records": self.likely(0.4),
            "admin_rights": self.likely(0.15),
            "customer_key": self.likely(0.7),
            "sandbox_tested": self.likely(0.6),
            "effort_days": self.one(0, 2, 5, 6, 20),
            "scheduled": self.likely(0.6),
        }

    def web(self) -> Request:
        return {
            "loads_on_site": self.likely(0.4),
            "consumer_facing": self.likely(0.4),
            "regions": list(self.one(*_REGIONS)),
            "cookies": self.one("none", "essential", "analytics", "advertising"),
            "via_tag_manager": self.likely(0.5),
            "consent_gated": self.likely(0.7),
            "masks_input": self.likely(0.7),
        }

    def messaging(self) -> Request:
        return {
            "channels": self.one([], [], [], ["email"], ["email", "sms"], ["push"], ["sms"]),
            "daily_volume": self.one(0, 200, 4_999, 5_000, 80_000),
            "spf": self.likely(),
            "dkim_aligned": self.likely(),
            "dmarc": self.one("missing", "none", "quarantine", "reject"),
            "one_click_unsubscribe": self.likely(0.7),
            "opt_out_sync": self.likely(),
            "eu_permission": self.one("opt_in", "soft_opt_in", "none"),
            "sms_permission": self.one("written", "opt_in", "imported"),
            "quiet_hours": self.likely(0.7),
            "sms_opt_out": self.likely(),
        }

    def ai(self) -> Request:
        return {
            "used": self.likely(0.5),
            "functions": self.some(_AI_FUNCTIONS, 0, 3),
            "imitates_people": self.likely(0.1),
            "trains_on_our_data": self.one("always", "opt_out_possible", "opted_out", "opt_in_only", "never"),
            "output_marked": self.likely(0.5),
            "disclosed": self.likely(0.6),
            "approval_step": self.likely(0.7),
            "spend_cap": self.likely(0.7),
            "off_switch": self.likely(),
        }

    def contract(self) -> Request:
        yearly = self.random.choice((0, 240, 499, 500, 996.5, 4_800, 25_000, 31_250.75, 99_999, 100_000, 140_000))
        period = self.one("month", "quarter", "year", "year", "once", "free")
        return {
            "amount": round(yearly / {"month": 12, "quarter": 4}.get(period, 1), 2),
            "currency": self.one("USD", "USD", "EUR", "GBP"),
            "period": period,
            "pricing": self.one("seat", "usage", "flat"),
            "seats": self.one(4, 10, 40),
            "term_months": self.one(1, 12, 12, 13, 24, 36),
            "payment": self.one("purchase_order", "card"),
            "auto_renew": self.likely(0.5),
            "notice_days": self.one(30, 60, 90),
            "renews_on": date(DAY.year + 1, DAY.month, DAY.day).isoformat(),
            "early_exit": self.likely(0.5),
            "dpa": self.one("none", "offered", "offered", "signed"),
            "standard_clauses": self.likely(0.6),
            "california_terms": self.likely(0.6),
            "deletion_days": self.one(30, 90, 91, 180),
            "breach_notice_hours": self.one(24, 72, 96),
            "subprocessor_notice_days": self.one(7, 14, 30),
        }
