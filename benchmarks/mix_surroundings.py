"""Everything the purchases of a company are checked beside, as files: manifests, and each register there is."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.chance import Chance
from benchmarks.mix_company import Company, most_wanted
from benchmarks.mix_purchases import draw_purchase
from benchmarks.mix_vendors import day_in, manifest
from benchmarks.workload import DAY
from procureguard import Guard

Json = dict[str, Any]

ROLES = (
    "it",
    "security",
    "privacy",
    "legal",
    "finance",
    "procurement",
    "marketing_operations",
    "accessibility",
    "leaders",
)
"""The company names one person for each role that answers for a policy."""

PLAN_DAYS = timedelta(days=730)
"""How far the investment plan reaches, half of it behind: longer than the eighteen months it has to."""


def guard_of(company: Company, folder: Path, purchases: int) -> Guard:
    """The shipped policies beside all that the company knows; of the first purchases, some were approved before."""
    manifests = (
        manifest(vendor, Chance(company.seed, vendor.identity)) for vendor in company.vendors if vendor.covered
    )
    return Guard.load(
        organisation=_written(folder / "organisation.json", _organisation(company)),
        inventory=_written(folder / "inventory.json", _inventory(company)),
        vendors=[_written(folder / f"{found['id']}.vendor.json", found) for found in manifests],
        requests=[_written(folder / f"open-{place}.json", asked) for place, asked in enumerate(_requests(company))],
        decisions=_written(folder / "decisions.json", _decisions(company, purchases)),
        card_payments=_written(folder / "card-payments.json", _card_payments(company)),
    )


def _organisation(company: Company) -> Json:
    shares, chance = company.mix.company, Chance(company.seed, "lists")
    owned = {tool.offer.vendor.identity for tool in company.tools}
    others = [vendor.identity for vendor in company.vendors if vendor.identity not in owned]
    listed = chance.some(others, shares.banned + shares.sanctioned)
    return {
        "kind": "organisation",
        "version": 1,
        "preset": "mid-us-eu",
        "organisation": {
            "exchange_rates": shares.exchange_rates,
            "systems_of_record": list(company.systems_of_record),
            "banned_vendors": listed[: shares.banned],
            "sanctioned_vendors": listed[shares.banned :],
            "roles": {role: [f"{role.replace('_', '.')}@company.example"] for role in ROLES},
        },
        "plan": {
            "first_day": (DAY - PLAN_DAYS / 2).isoformat(),
            "last_day": (DAY + PLAN_DAYS / 2).isoformat(),
            "agreed_by": ["marketing", "it"],
            "lines": [{"id": line} for line in shares.plan_items],
        },
        "registers": {"families": "manifests"},
    }


def _inventory(company: Company) -> Json:
    tools = [tool.entry for tool in company.tools]
    return {"kind": "inventory", "version": 1, "as_of": DAY.isoformat(), "tools": tools}


def _requests(company: Company) -> Iterator[Json]:
    mix, chance = company.mix, Chance(company.seed, "requests")
    for _ in range(mix.company.requests):
        wanted = most_wanted(chance, mix, chance.one(mix.request.capabilities.count))
        asked = {"department": chance.any_of(mix.company.departments), "capabilities": wanted, "must": wanted[:1]}
        yield {"kind": "purchase", "version": 1, "request": asked}


def _decisions(company: Company, purchases: int) -> Json:
    entries = [*_approved_tools(company), *_approved_before(company, purchases)]
    return {"kind": "decisions", "version": 1, "decisions": entries}


def _approved_tools(company: Company) -> Iterator[Json]:
    """What the tools owned were approved for; some are older than the log."""
    shares, chance = company.mix.company, Chance(company.seed, "decisions")
    for tool in company.tools:
        if chance.likely(shares.logged):
            day = day_in(-chance.between(*shares.approved_days))
            offer = {"vendor": tool.offer.vendor.identity, "id": tool.offer.product.identity}
            found = {"purchase": f"buy-{tool.identity}", "decided_on": day, "outcome": "approved"}
            yield found | {"tool": tool.identity, "facts": {"product": offer}}


def _approved_before(company: Company, purchases: int) -> Iterator[Json]:
    """Purchases that come back after they were approved, some with more users than then."""
    again = company.mix.request.approved_before
    for number in range(purchases):
        chance = Chance(company.seed, "approved", number)
        if chance.likely(again.share):
            facts = draw_purchase(company, number).facts
            users = facts["request.users"]
            then = max(0, users - 1 - users // 4) if chance.likely(again.grown) else users
            rests_on = {"request": {"users": then}, "data": {"categories": facts["data.categories"]}}
            day = day_in(-chance.between(*again.days))
            found = {"purchase": facts["request.id"], "decided_on": day, "outcome": "approved", "facts": rests_on}
            yield found | ({"tool": facts["request.tool"]} if "request.tool" in facts else {})


def _card_payments(company: Company) -> Json:
    return {"kind": "card-payments", "version": 1, "payments": list(_payments(company))}


def _payments(company: Company) -> Iterator[Json]:
    """Subscriptions paid month by month, and single payments, all in the past year."""
    shares, chance = company.mix.company.card_payments, Chance(company.seed, "card payments")
    for place in range(shares.subscriptions + shares.single):
        vendor, amount = chance.any_of(company.vendors).identity, chance.of(shares.amount)
        first = chance.between(0, 359)
        days = range(first % 30, 360, 30) if place < shares.subscriptions else (first,)
        for day in days:
            yield {"vendor": vendor, "paid_on": day_in(-day), "amount": amount, "currency": "USD"}


def _written(path: Path, data: Json) -> Path:
    path.write_text(json.dumps(data), encoding="utf-8")
    return path
