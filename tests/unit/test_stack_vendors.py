import pytest

from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.check_vendors import collect_vendors
from procureguard.stack.manifest import VendorManifest
from procureguard.stack.vendors import load_vendor
from written import Data, manifested, told, written

FORMWISE: Data = {
    "id": "formwise",
    "vendor": {"name": {"value": "Formwise", "source": "it"}, "domains": ["formwise.example"]},
    "products": [
        {
            "id": "forms",
            "capabilities": {"forms": "full"},
            "facts": {"product": {"scim": False}},
            "plans": [
                {"id": "team", "facts": {"product": {"sso_on_plan": False}}},
                {"id": "business", "facts": {"product": {"sso_on_plan": True}}},
            ],
        },
        {"id": "polls", "plans": [{"id": "team"}]},
    ],
}


def manifest(data: Data) -> VendorManifest:
    return manifested(data).manifest


def said(found: VendorManifest, product: str | None, plan: str | None) -> list[tuple[str, str]]:
    place = found.product(product)
    testimony = found.testimony(place, None if place is None else found.plan(place, plan))
    return [(each.block.pointer, each.block.section) for each in testimony]


@pytest.mark.parametrize(
    ("product", "plan", "blocks"),
    [
        (None, None, [("/vendor", "vendor")]),
        ("unheard-of", "team", [("/vendor", "vendor")]),
        (
            "forms",
            "unheard-of",
            [("/vendor", "vendor"), ("/products/0", "product"), ("/products/0/facts/product", "product")],
        ),
        (
            "forms",
            "business",
            [
                ("/vendor", "vendor"),
                ("/products/0", "product"),
                ("/products/0/facts/product", "product"),
                ("/products/0/plans/1/facts/product", "product"),
            ],
        ),
        ("polls", "team", [("/vendor", "vendor")]),
    ],
)
def test_a_manifest_speaks_of_one_plan_of_one_product_general_facts_first(
    product: str | None, plan: str | None, blocks: list[tuple[str, str]]
) -> None:
    assert said(manifest(FORMWISE), product, plan) == blocks


def test_everything_in_a_manifest_is_checked_plan_by_plan() -> None:
    assert [block.pointer for block in manifest(FORMWISE).blocks()] == [
        "/vendor",
        "/products/0",
        "/products/0/facts/product",
        "/products/0/plans/0/facts/product",
        "/products/0/plans/1/facts/product",
    ]


def test_a_vendor_is_named_listed_and_dated_by_what_its_file_says() -> None:
    bare = manifest({"id": "bare"})
    assert (bare.name, bare.listed_as, bare.header) == ("bare", ("bare",), ("catalogue", None))
    rich = manifest({**FORMWISE, "source": "contract", "as_of": "2026-05-01"})
    assert (rich.name, rich.listed_as, rich.header) == (
        "Formwise",
        ("formwise", "formwise.example"),
        ("contract", "2026-05-01"),
    )


def test_a_vendor_described_twice_is_a_problem_at_the_second_file() -> None:
    problems = list[Diagnostic]()
    first, second = manifested({"id": "twin"}), manifested({"id": "twin", "as_of": "2026-01-01"})
    assert collect_vendors([first, second], problems).get("twin") == first.manifest
    assert told(problems) == [
        (
            "PG223",
            "the vendor `twin` is described twice, first in vendor.yaml",
            "keep one manifest for each vendor",
            (1, 40),
        )
    ]


def test_a_product_or_plan_described_twice_is_a_problem_at_the_second_one() -> None:
    text = """\
kind: vendor
version: 1
id: twin
products:
  - id: forms
    plans:
      - id: team
      - id: team
  - id: forms
"""
    problems = list[Diagnostic]()
    load_vendor(written(text), problems)
    assert told(problems) == [
        ("PG223", "the product `forms` stands twice, first in line 5", "give each product words of its own", (9, 9)),
        ("PG223", "the plan `team` stands twice, first in line 7", "give each plan words of its own", (8, 13)),
    ]
