"""The forty rules as a good engineer would write them in plain Python: two-valued, for one company, no reasons.

The thresholds are the company's, the numbers the policies' own. A fact nobody has stated is a KeyError. It is one long
function because that is the fastest way to write it, and it is what others are measured against.
"""

from datetime import date, timedelta
from typing import Any

INSTANT_LIMIT, INSTANT_USERS, INSTANT_MONTHS = 500, 10, 12
IT_LIMIT, PROCUREMENT_LIMIT, LEADERS_LIMIT = 5_000, 25_000, 100_000
LARGE_AUDIENCE = 100_000
EXCHANGE_RATES = {"USD": 1.0, "EUR": 1.16, "GBP": 1.34}
PERIODS_A_YEAR = {"month": 12, "quarter": 4, "year": 1, "once": 1}

SENSITIVE = frozenset({"special_category", "health", "biometric", "children", "precise_location"})
PERSONAL = SENSITIVE | {
    *("employee", "prospect_contact", "customer_contact", "behaviour"),
    *("device_ids", "financial", "payment_card"),
}
CUSTOMERS = frozenset({"customer_contact", "prospect_contact", "behaviour"})
CONFIDENTIAL = frozenset({"confidential_business", "credentials"})
EUROPE = frozenset({"EU", "UK", "CH"})
CALIFORNIA = frozenset({"US", "US-CA"})
ADEQUATE = frozenset(
    {
        *("AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU"),
        *("MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO", "GB", "CH", "AD", "AR", "CA", "FO"),
        *("GG", "IL", "IM", "JP", "JE", "NZ", "KR", "UY", "BR"),
    }
)
ADEQUATE_OR_US = ADEQUATE | {"US"}
EXCLUSIVE = frozenset(
    {
        *("consent-management", "crm", "customer-data-platform", "digital-asset-management", "ecommerce-platform"),
        *("identity-resolution", "marketing-automation", "product-information"),
    }
)
TRACKING = frozenset(
    {
        *("session-replay", "web-analytics", "product-analytics", "retargeting", "programmatic-buying"),
        *("paid-social-management", "customer-data-platform", "audience-activation"),
    }
)
MEDIA = frozenset({"generate_image", "generate_video", "generate_audio", "clone_voice"})
ON_ITS_OWN = frozenset({"acts_in_systems", "spends_money"})
CONVERSATION = frozenset({"chatbot", "voice_assistant"})
PROHIBITED = frozenset(
    {
        *("emotion_recognition_at_work", "biometric_categorisation", "subliminal_manipulation"),
        *("exploits_vulnerability", "social_scoring", "face_scraping"),
    }
)
CALLS_AND_TEXTS = frozenset({"sms", "voice", "whatsapp"})
ON_THE_DEVICE = frozenset({"browser_extension", "desktop_app"})
CERTIFICATES = frozenset({"iso27001", "csa_star_2", "hitrust"})
REPORTS = frozenset(
    {
        *("soc2_type1", "soc2_type2", "csa_star_1", "mvsp_self", "caiq"),
        *("hecvat", "sig", "vsa", "vsaq"),
    }
)
CARD_PROOF_DAYS, REPORT_DAYS = timedelta(days=365), timedelta(days=455)

ONE_CLICK_SINCE, AUTHENTICATION_SINCE = date(2024, 6, 1), date(2024, 2, 1)
PROHIBITED_SINCE, ACCESSIBILITY_SINCE, AI_ACT_SINCE = date(2025, 2, 2), date(2025, 6, 28), date(2026, 8, 2)
MARKING_FOR_ALL_SINCE = date(2026, 12, 2)


def failing(purchase: dict[str, Any], today: date) -> list[str]:  # noqa: C901, PLR0912, PLR0915 - see above
    """The ids of the rules a purchase breaks on a day."""
    request, vendor, product, data = purchase["request"], purchase["vendor"], purchase["product"], purchase["data"]
    integration, web, messaging = purchase["integration"], purchase["web"], purchase["messaging"]
    ai, contract = purchase["ai"], purchase["contract"]
    categories, regions, site_regions = data["categories"], data["regions"], web["regions"]
    capabilities, channels, functions = request["capabilities"], messaging["channels"], ai["functions"]
    loads_on_site, uses_ai, delivery = web["loads_on_site"], ai["used"], product["delivery"]

    period, annual = contract["period"], 0.0
    if period != "free":
        annual = contract["amount"] * PERIODS_A_YEAR[period] * EXCHANGE_RATES[contract["currency"]]
    personal = not PERSONAL.isdisjoint(categories)
    sensitive = not SENSITIVE.isdisjoint(categories)
    customers = not CUSTOMERS.isdisjoint(categories)
    confidential = not CONFIDENTIAL.isdisjoint(categories)
    sends, connected = bool(channels), bool(integration["systems"])
    bulk_email = "email" in channels and messaging["daily_volume"] >= 5_000
    reaches = personal or sends
    in_europe = (reaches and not EUROPE.isdisjoint(regions)) or (loads_on_site and not EUROPE.isdisjoint(site_regions))
    makes_media, acts_alone = not MEDIA.isdisjoint(functions), not ON_ITS_OWN.isdisjoint(functions)
    is_trial = request["type"] == "trial"

    critical = (
        sensitive or "payment_card" in categories or annual >= LEADERS_LIMIT or not EXCLUSIVE.isdisjoint(capabilities)
    )
    high = (
        critical
        or (connected and integration["writes_records"])
        or (personal and data["people"] > LARGE_AUDIENCE)
        or annual >= PROCUREMENT_LIMIT
        or (uses_ai and acts_alone)
        or not CALLS_AND_TEXTS.isdisjoint(channels)
        or bulk_email
    )
    standard = (
        high
        or personal
        or confidential
        or loads_on_site
        or connected
        or sends
        or annual >= IT_LIMIT
        or not ON_THE_DEVICE.isdisjoint(delivery)
        or (uses_ai and makes_media and ai["imitates_people"])
    )
    light = (
        standard
        or annual > INSTANT_LIMIT
        or request["users"] > INSTANT_USERS
        or contract["term_months"] > INSTANT_MONTHS
    )

    failed = []
    # Security
    if "payment_card" in categories and not any(
        found["kind"] == "pci_aoc" and date.fromisoformat(found["issued_on"]) + CARD_PROOF_DAYS >= today
        for found in vendor["attestations"]
    ):
        failed.append("card-data-attestation")
    if (
        standard
        and (personal or confidential)
        and not (product["encrypted_in_transit"] and product["encrypted_at_rest"])
    ):
        failed.append("encryption")
    if high:
        if not any(
            (found["kind"] == "soc2_type2" and date.fromisoformat(found["issued_on"]) + REPORT_DAYS >= today)
            or (found["kind"] in CERTIFICATES and date.fromisoformat(found["expires_on"]) >= today)
            for found in vendor["attestations"]
        ):
            failed.append("independent-assurance")
    elif standard and not any(
        (found["kind"] in REPORTS and date.fromisoformat(found["issued_on"]) + REPORT_DAYS >= today)
        or (found["kind"] in CERTIFICATES and date.fromisoformat(found["expires_on"]) >= today)
        for found in vendor["attestations"]
    ):
        failed.append("security-self-assessment")
    if standard and not product["sso_on_plan"]:
        if product["mfa"] not in ("enforced", "available"):
            failed.append("second-factor")
        if request["users"] > 5:
            failed.append("single-sign-on")

    # Privacy
    if personal:
        role, dpa = data["vendor_role"], contract["dpa"]
        if contract["breach_notice_hours"] > 72:
            failed.append("breach-notice")
        if contract["deletion_days"] > 90:
            failed.append("deletion-deadline")
        if not product["person_requests"]:
            failed.append("person-requests")
        if not (vendor["subprocessor_list"] and contract["subprocessor_notice_days"] >= 14):
            failed.append("subprocessor-notice")
        if data["vendor_reuses"] or role not in ("processor", "service_provider"):
            failed.append("vendor-reuse")
        bound = role == "processor" or (role == "service_provider" and in_europe)
        if bound and dpa not in ("offered", "signed"):
            failed.append("dpa-offered")
        if dpa == "offered":
            failed.append("dpa-signed")
        if in_europe:
            countries = {*data["stored_in"], *data["accessed_from"]}
            if not countries <= ADEQUATE and not (
                contract["standard_clauses"]
                or vendor["binding_rules"]
                or (vendor["privacy_framework"] and countries <= ADEQUATE_OR_US)
            ):
                failed.append("lawful-transfer")
        if (
            (not CALIFORNIA.isdisjoint(regions) or (loads_on_site and not CALIFORNIA.isdisjoint(site_regions)))
            and role in ("processor", "service_provider")
            and not contract["california_terms"]
        ):
            failed.append("california-terms")
        if standard and not is_trial and integration["method"] == "manual_file":
            failed.append("manual-files")
    if sensitive and data["impact_assessment"] not in ("started", "done"):
        failed.append("impact-assessment")
    if loads_on_site:
        if "session-replay" in capabilities and not web["masks_input"]:
            failed.append("input-masking")
        if in_europe and web["cookies"] in ("analytics", "advertising") and not web["consent_gated"]:
            failed.append("tracking-consent")
    if "health" in categories and (not TRACKING.isdisjoint(capabilities) or web["cookies"] == "advertising"):
        failed.append("no-health-tracking")

    # Messaging
    if sends and in_europe and messaging["eu_permission"] not in ("opt_in", "soft_opt_in"):
        failed.append("message-permission")
    if bulk_email:
        if today >= ONE_CLICK_SINCE and not messaging["one_click_unsubscribe"]:
            failed.append("one-click-unsubscribe")
        if today >= AUTHENTICATION_SINCE and not (
            messaging["spf"] and messaging["dkim_aligned"] and messaging["dmarc"] in ("none", "quarantine", "reject")
        ):
            failed.append("sender-authentication")
    if (
        "sms" in channels
        and (
            any(region.startswith("US") for region in regions)
            or (loads_on_site and any(region.startswith("US") for region in site_regions))
        )
        and not (messaging["sms_permission"] == "written" and messaging["quiet_hours"] and messaging["sms_opt_out"])
    ):
        failed.append("text-message-consent")

    # Artificial intelligence
    if uses_ai:
        if acts_alone and not (ai["approval_step"] and ai["spend_cap"] and ai["off_switch"]):
            failed.append("ai-on-a-leash")
        if today >= AI_ACT_SINCE:
            if in_europe and not CONVERSATION.isdisjoint(functions) and not ai["disclosed"]:
                failed.append("chatbot-disclosure")
            if (
                standard
                and makes_media
                and (today >= MARKING_FOR_ALL_SINCE or date.fromisoformat(product["on_market_since"]) >= AI_ACT_SINCE)
                and not ai["output_marked"]
            ):
                failed.append("media-marking")
        if today >= PROHIBITED_SINCE and not PROHIBITED.isdisjoint(functions):
            failed.append("prohibited-ai")
        if (personal or confidential) and ai["trains_on_our_data"] not in ("never", "opt_in_only", "opted_out"):
            failed.append("training-on-our-data")

    # Integration
    if connected:
        if integration["effort_days"] > 5 and not integration["scheduled"]:
            failed.append("it-time-booked")
        if integration["admin_rights"]:
            failed.append("least-privilege")
        if integration["writes_records"] and not integration["sandbox_tested"]:
            failed.append("sandbox-test")
    if customers and standard and not is_trial and not (product["api_on_plan"] or product["connector"]):
        failed.append("open-interface")

    # Cost
    if annual > INSTANT_LIMIT and request["budget"] not in ("planned", "approved"):
        failed.append("budget-line")
    if annual >= LEADERS_LIMIT:
        failed.append("leadership-approval")
    if annual >= PROCUREMENT_LIMIT:
        failed.append("procurement-review")
    if request["type"] in ("new", "replacement") and contract["term_months"] > 12 and not contract["early_exit"]:
        failed.append("short-first-term")

    # Governance
    if (
        today >= ACCESSIBILITY_SINCE
        and standard
        and web["consumer_facing"]
        and product["accessibility"] not in ("wcag_2_1_aa", "wcag_2_2_aa")
    ):
        failed.append("accessible-screens")
    if light:
        kinds = len(request["metrics"])
        if kinds < 4 and not (kinds >= 1 and annual < PROCUREMENT_LIMIT):
            failed.append("success-measures")
    if standard and request["owner"] == request["it_owner"]:
        failed.append("two-owners")
    return failed
