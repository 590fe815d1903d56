"""Another plan of the product: its facts, its price, and what is not known any more."""

from typing import Any

import pytest

from procureguard.changes.plan import OF_EVERY_PLAN, OF_THE_PRICE, on_plan, plans_of
from procureguard.facts.derived import shipped_schema
from procureguard.facts.fact import COMPUTED
from procureguard.facts.gather import Facts
from procureguard.facts.schema import to_data
from written import Data, facts, schema_of, stack

SCHEMA = shipped_schema()
VENDOR: Data = {
    "id": "acme",
    "vendor": {"name": "Acme", "employees": 70},
    "products": [
        {
            "id": "thing",
            "facts": {"product": {"name": "Thing", "encrypted_at_rest": True}},
            "plans": [
                {"id": "basic", "facts": {"product": {"sso_on_plan": False}, "contract": {"dpa": "offered"}}},
                {
                    "id": "team",
                    "aliases": ["crew"],
                    "facts": {"product": {"sso_on_plan": True}},
                    "price": {"amount": 10, "currency": "USD", "period": "month", "per": "seat"},
                },
                {"id": "top", "facts": {"product": {"sso_on_plan": True}}},
            ],
        },
        {"id": "single"},
    ],
}
AROUND = stack(organisation={"organisation": {"currency": "USD"}}, vendors=[VENDOR])
ASKED: Data = {
    "request": {"users": 3, "department": "events"},
    "product": {"vendor": "acme", "id": "thing", "plan": "basic", "scim": True},
    "contract": {
        "amount": 50, "currency": "USD", "period": "month", "pricing": "flat", "seats": 4, "term_months": 12,
        "dpa": {"value": "signed", "source": "contract"},
    },
    "data": {"categories": ["behaviour"]},
}  # fmt: skip


def moved(plan: str, data: Data = ASKED) -> Facts:
    start = facts(data, AROUND)
    found = plans_of(start, AROUND)
    assert found is not None
    manifest, offers = found
    (offer,) = [offer for offer in offers if manifest.plan_id(offer) == plan]
    return on_plan(start, manifest, offer, schema_of(AROUND))


def told(after: Facts, *paths: str) -> list[Any]:
    return [None if after.value(path) is None else to_data(SCHEMA[path], after.value(path)) for path in paths]


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        ({"vendor": "acme", "id": "thing", "plan": "basic"}, ["team", "top"]),
        ({"vendor": "acme", "id": "thing", "plan": "crew"}, ["basic", "top"]),
        ({"vendor": "acme", "id": "thing"}, ["basic", "team", "top"]),
        ({"vendor": "acme", "id": "single"}, None),
        ({"vendor": "acme"}, None),
        ({"vendor": "nobody", "id": "thing"}, None),
        ({}, None),
    ],
)
def test_the_other_plans_are_those_of_the_product_that_is_proposed(product: Data, expected: list[str] | None) -> None:
    found = plans_of(facts({"product": product}, AROUND), AROUND)
    assert (None if found is None else [found[0].plan_id(offer) for offer in found[1]]) == expected


def test_a_plan_brings_what_is_true_on_it_and_its_price() -> None:
    after = moved("team")
    assert told(after, "product.plan", "product.sso_on_plan", "product.encrypted_at_rest") == ["team", True, True]
    assert told(after, "contract.amount", "contract.period", "contract.pricing") == [40, "month", "seat"]
    assert told(after, "cost.annual") == [480]


def test_a_plan_without_a_price_costs_nobody_knows_what() -> None:
    after = moved("top")
    assert told(after, *sorted(OF_THE_PRICE), "cost.annual") == [None] * (len(OF_THE_PRICE) + 1)


def test_what_was_said_of_the_plan_goes_and_what_is_said_of_the_purchase_stays() -> None:
    after = moved("team")
    assert told(after, "product.scim", "contract.dpa") == [None, None]
    assert told(after, "contract.seats", "contract.term_months", "request.users") == [4, 12, 3]
    assert told(after, "data.categories", "vendor.employees") == [["behaviour"], 70]


def test_what_a_stronger_source_says_of_every_plan_stays() -> None:
    for source, employees in (("contract", 90), ("requester", 70)):
        said = {"employees": {"value": 90, "source": source}}
        assert told(moved("team", {**ASKED, "vendor": said}), "vendor.employees") == [employees]


@pytest.mark.parametrize("plan", ["team", "top"])
def test_whatever_is_kept_is_what_it_was_or_what_the_manifest_says(plan: str) -> None:
    before, after = facts(ASKED, AROUND), moved(plan)
    for path, fact in after.known.items():
        known = before.known.get(path)
        unchanged = known is not None and known.value == fact.value
        of_the_manifest = fact.place is not None and fact.place.role == "vendor"
        assert unchanged or of_the_manifest or fact.source == COMPUTED or path == "product.plan" or path in OF_THE_PRICE
    assert {path for path in OF_EVERY_PLAN if path in before.known} <= after.known.keys()
