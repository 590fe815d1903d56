"""What is said of a plan whatever the purchase is true of every purchase of it."""

import random
from dataclasses import replace
from functools import cache

from drawn_documents import Json
from procureguard import Guard
from procureguard.finding import Outcome
from procureguard.guard.manifests import only_manifest, vendor_report
from property.checking import COMPUTED, DAY, document, miniature_guard, outcomes, simple_values

OF_A_PLAN = ("product", "data", "web", "messaging", "ai", "contract")
OF_A_PURCHASE = ("request", "vendor", *OF_A_PLAN)
NOT_DRAWN = COMPUTED | {"contract.uptime_percent", "contract.price_rise_percent"}
"""What nobody states, and what would need numbers of a range of its own."""

VENDORS = 60
PURCHASES = 12


@cache
def guard() -> Guard:
    return miniature_guard()


def drawn(chance: random.Random, sections: tuple[str, ...], share: float) -> Json:
    """Facts of these sections, each stated with this probability."""
    found: dict[str, dict[str, Json]] = {}
    for path, kind in guard().schema.types.items():
        section, _, name = path.partition(".")
        plain = not kind.is_map and kind.element not in {"record", "string", "capability"}
        if section in sections and plain and path not in NOT_DRAWN and chance.random() < share:
            found.setdefault(section, {})[name] = chance.choice([value for value in simple_values(kind) if value != []])
    return found


def manifest(chance: random.Random) -> Json:
    """One vendor with two plans of one product; it is the strongest source there is."""
    plans = [{"id": name, "facts": drawn(chance, OF_A_PLAN, chance.random())} for name in ("small", "large")]
    vendor = drawn(chance, ("vendor",), chance.random()).get("vendor", {})
    products = [{"id": "drawn", "plans": plans}]
    return {
        "kind": "vendor",
        "version": 1,
        "id": "drawn",
        "source": "measured",
        "as_of": "2026-11-01",
        "vendor": vendor,
        "products": products,
    }


def purchase(chance: random.Random, plan: str) -> Json:
    said = drawn(chance, OF_A_PURCHASE, chance.random())
    product = {**said.pop("product", {}), "vendor": "drawn", "id": "drawn", "plan": plan}
    return {"kind": "purchase", "version": 1, **said, "product": product}


def test_what_fails_whatever_the_purchase_fails_for_every_purchase_of_the_plan() -> None:
    chance = random.Random(4)  # noqa: S311 - cases, no secrets
    failing = 0
    for _ in range(VENDORS):
        found, around = only_manifest(document(manifest(chance), "vendor.json"), guard().stack, guard().schema)
        for plan in vendor_report(found, around, guard().schema, guard().program, DAY).plans:
            assert plan.plan is not None
            for _ in range(PURCHASES):
                other = replace(guard(), stack=around)
                came_out = outcomes(other.facts(document(purchase(chance, plan.plan)), DAY), other)
                failing += len(plan.fails)
                for finding in plan.fails:
                    assert came_out[finding.policy] is Outcome.FAIL, finding.policy
                assert {came_out[policy] for policy in plan.passed} <= {Outcome.PASS, Outcome.NOT_APPLICABLE}
    assert failing >= VENDORS * PURCHASES


def test_an_answer_of_the_vendor_is_asked_for_once_and_a_stated_one_never() -> None:
    chance = random.Random(5)  # noqa: S311 - cases, no secrets
    asked = 0
    for _ in range(VENDORS):
        found, around = only_manifest(document(manifest(chance), "vendor.json"), guard().stack, guard().schema)
        for number, plan in enumerate(vendor_report(found, around, guard().schema, guard().program, DAY).plans):
            facts = [ask.fact for ask in plan.asks]
            stated = found.manifest.data["products"][0]["plans"][number]["facts"]
            known = {f"{section}.{name}" for section, told in stated.items() for name in told}
            assert len(set(facts)) == len(facts)
            assert not known & set(facts)
            assert {guard().schema[path].stated_by for path in facts} <= {"vendor"}
            asked += len(facts)
    assert asked >= VENDORS
