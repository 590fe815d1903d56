import pytest

from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.vendors import Catalogue, VendorManifest, collect_vendors, load_vendor
from written import Data, kind, told, written

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
    problems = list[Diagnostic]()
    found = load_vendor(kind("vendor", data), problems)
    assert found is not None
    assert problems == []
    return found


def said(found: VendorManifest, product: str | None, plan: str | None) -> list[tuple[str, str]]:
    return [(block.pointer, block.section) for block in found.blocks(product, plan)]


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
    assert [block.pointer for block in manifest(FORMWISE).all_blocks()] == [
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


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((None, "forms", "team"), None),
        (("nobody", "forms", "team"), None),
        (("formwise", None, "team"), None),
        (("formwise", "forms", None), None),
        (("formwise", "forms", "team"), None),
        (("formwise", "form", "team"), ("product.id", "form", "did you mean `forms`?")),
        (("formwise", "zzz", None), ("product.id", "zzz", None)),
        (("formwise", "forms", "bussiness"), ("product.plan", "bussiness", "did you mean `business`?")),
        (("formwise", "polls", "business"), ("product.plan", "business", None)),
    ],
)
def test_a_product_or_plan_that_the_manifest_lacks_is_named_with_the_closest_one(
    asked: tuple[str | None, str | None, str | None], expected: tuple[str, str, str | None] | None
) -> None:
    assert Catalogue({"formwise": manifest(FORMWISE)}).misnamed(*asked) == expected


def test_a_vendor_described_twice_is_a_problem_at_the_second_file() -> None:
    problems = list[Diagnostic]()
    first, second = manifest({"id": "twin"}), manifest({"id": "twin", "as_of": "2026-01-01"})
    assert collect_vendors([first, second], problems).get("twin") is first
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
        ("PG223", "the product `forms` stands twice, first in line 5", "give each product an id of its own", (9, 9)),
        ("PG223", "the plan `team` stands twice, first in line 7", "give each plan an id of its own", (8, 13)),
    ]
