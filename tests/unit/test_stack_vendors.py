import random
from typing import Any

import pytest

from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.check_vendors import collect_vendors
from procureguard.stack.manifest import VendorManifest
from procureguard.stack.vendors import Catalogue, load_vendor
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


# --- between manifests, and in one ---


def problems_of(*data: Data, around: list[Data] | None = None) -> list[tuple[str, str, str]]:
    """Code, severity and the text the problem stands at."""
    problems = list[Diagnostic]()
    collect_vendors(map(manifested, data), problems, [manifest(other) for other in around or ()])
    found: list[tuple[str, str, str]] = []
    for problem in problems:
        assert problem.source is not None
        assert problem.span is not None
        found.append((problem.code, problem.severity, problem.source.text[problem.span.start : problem.span.end]))
    return found


BIG: Data = {"id": "big", "vendor": {"name": "Big Works", "domains": ["big.example"]}}


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize(
    ("small", "expected"),
    [
        ({"aliases": ["Big"]}, [("PG223", "error", '"Big"')]),
        ({"aliases": ["fine", "big.example"]}, [("PG223", "error", '"big.example"')]),
        ({"aliases": ["Shop.Big.example"]}, [("PG223", "error", '"Shop.Big.example"')]),
        ({"aliases": ["shop.big.example"], "vendor": {"domains": ["shop.big.example"]}}, []),
        ({"aliases": ["small.example"], "vendor": {"domains": ["small.example"]}}, []),
        ({"aliases": ["notbig.example", "Big Works"]}, []),
        ({"vendor": {"domains": ["big.example"]}}, [("PG230", "warning", '["big.example"]')]),
    ],
)
def test_words_and_domains_of_another_vendor_are_found_whether_it_is_read_or_around(
    small: Data,
    expected: list[tuple[str, str, str]],
    alone: bool,  # noqa: FBT001 - a case of the test
) -> None:
    whole = {"id": "small", **small}
    assert (problems_of(whole, around=[BIG]) if alone else problems_of(BIG, whole)) == expected


def test_a_circle_is_found_with_those_around_and_what_is_wrong_with_them_alone_is_not_told() -> None:
    def tied(vendor: str, parent: str) -> Data:
        return {"id": vendor, "family": [{"parent": parent, "kind": "owns", "closed": "2026-03-01"}]}

    others = [tied("b", "c"), tied("c", "a"), tied("d", "d")]
    assert [problem[0] for problem in problems_of(tied("a", "b"), around=others)] == ["PG231"]
    assert problems_of({"id": "b"}, around=[*others, tied("a", "b")]) == []


def seen(value: object, source: str = "report", as_of: str = "2026-08-14") -> Data:
    return {"source": source, "as_of": as_of, "facts": {"product": {"mfa": value}}}


HEADER = {"source": "report", "as_of": "2026-08-14"}


@pytest.mark.parametrize(
    ("header", "plainly", "observations", "contradict"),
    [
        ({}, None, [seen("none"), seen("enforced")], True),
        ({}, None, [seen("none"), seen("none")], False),
        ({}, None, [seen("none"), seen("enforced", as_of="2026-08-15")], False),
        ({}, None, [seen("none"), seen("enforced", source="it")], False),
        ({}, None, [seen("none"), seen({"value": "enforced", "source": "it"})], False),
        ({}, None, [seen("none"), seen({"value": "enforced"}, "report")], True),
        (HEADER, "none", [seen("enforced")], True),
        (HEADER, {"value": "none", "source": "it"}, [seen("enforced")], False),
        ({}, "none", [seen("enforced")], False),
        ({}, {"value": "none", **HEADER}, [seen("enforced")], True),
    ],
)
def test_two_values_by_one_source_on_one_day_contradict_each_other(
    header: Data,
    plainly: Any,  # noqa: ANN401 - a fact in whatever way it is written
    observations: list[Data],
    contradict: bool,  # noqa: FBT001 - what is expected
) -> None:
    facts = {} if plainly is None else {"facts": {"product": {"mfa": plainly}}}
    level = {**facts, "observations": observations}
    for product in ({"id": "p", **level}, {"id": "p", "plans": [{"id": "q"}, {"id": "r", **level}]}):
        found = problems_of({"id": "v", **header, "products": [product]})
        assert found == [("PG234", "error", '"enforced"')] * contradict


def test_levels_do_not_contradict_each_other_and_the_vendor_is_one() -> None:
    plans = [{"id": name, "observations": [seen(value)]} for name, value in (("a", "none"), ("b", "enforced"))]
    product = {"id": "p", "observations": [seen("available")], "plans": plans}
    employees = [{**HEADER, "vendor": {"employees": count}} for count in (70, 80)]
    assert problems_of({"id": "v", "products": [product]}) == []
    assert problems_of({"id": "v", "observations": employees}) == [("PG234", "error", "80")]


def test_the_order_of_a_list_is_no_contradiction() -> None:
    stored = [{**HEADER, "facts": {"data": {"stored_in": places}}} for places in (["US", "IE"], ["IE", "US"], ["IE"])]
    assert problems_of({"id": "v", "products": [{"id": "p", "observations": stored}]}) == [("PG234", "error", '["IE"]')]


@pytest.mark.parametrize(
    ("days", "at"),
    [
        ({"announced": "2026-01-02", "closed": "2026-01-01"}, ["closed"]),
        ({"closed": "2026-01-02", "ended": "2026-01-01"}, ["ended"]),
        ({"announced": "2026-01-03", "closed": "2026-01-02", "ended": "2026-01-01"}, ["closed", "ended"]),
        ({"announced": "2026-01-02", "closed": "2026-01-02", "ended": "2026-01-02"}, []),
        ({"closed": "2026-01-02"}, []),
        ({"ended": "2026-01-02"}, []),
    ],
)
def test_the_days_of_a_tie_follow_one_another(days: Data, at: list[str]) -> None:
    found = problems_of({"id": "v", "family": [{"parent": "w", "kind": "owns", **days}]})
    assert found == [("PG235", "error", f'"{days[name]}"') for name in at]


@pytest.mark.parametrize(
    ("parent", "hint"),
    [("bigg", "did you mean `big`?"), ("big-work", "did you mean `big`?"), ("zzz", None), ("big", None)],
)
def test_a_parent_that_is_nearly_a_vendor_is_warned_of(parent: str, hint: str | None) -> None:
    own = manifested({"id": "small", "family": [{"parent": parent, "kind": "owns"}]})
    problems = list[Diagnostic]()
    collect_vendors([own], problems, [manifest(BIG)])
    assert [(problem.code, problem.severity, problem.hint) for problem in problems] == (
        [("PG222", "warning", hint)] if hint else []
    )


def test_of_two_manifests_of_one_vendor_the_catalogue_keeps_the_first() -> None:
    bare: Data = {"id": "formwise", "products": []}
    for first, second in ((FORMWISE, bare), (bare, FORMWISE)):
        known = Catalogue.of([manifest(first), manifest(second), manifest({"id": "a"})])
        assert known.get("formwise") == manifest(first)
        offered = list(known.doing(["forms"]))
        assert len(offered) == (2 if first is FORMWISE else 0)
        assert all(known.manifests[known.index.identities[each.vendor]].plan_id(each.offer) for each in offered)


def test_families_are_the_same_once_packed_and_made_only_once() -> None:
    chance = random.Random(1)  # noqa: S311 - cases, no secrets
    tied: list[Data] = [
        {"id": f"v{place}", "family": [{"parent": f"v{chance.randrange(50)}", "kind": "owns", "closed": "2026-03-01"}]}
        for place in range(50)
    ]
    known = Catalogue.of(map(manifest, tied))
    again = Catalogue.from_bytes(known.to_bytes())
    assert again.families == known.families
    assert again.families is again.families
    assert known.families is known.families
