"""Which manifest a word stands for, and what several observations of one fact come to."""

import pytest

from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.check_vendors import collect_vendors
from procureguard.stack.vendors import Catalogue
from written import Data, catalogue, facts, manifested, stack, told, tool

FORMWISE: Data = {
    "id": "formwise",
    "aliases": ["Wise Forms"],
    "source": "vendor",
    "as_of": "2026-05-01",
    "vendor": {
        "name": "Formwise",
        "legal_names": ["Formwise Software GmbH"],
        "domains": ["formwise.example", "www.wiseforms.co.example"],
    },
    "products": [
        {
            "id": "forms",
            "aliases": ["classic"],
            "facts": {"product": {"scim": False, "mfa": "available", "encrypted_at_rest": True}},
            "observations": [
                {"source": "report", "as_of": "2025-01-01", "facts": {"product": {"scim": True}}},
                {
                    "source": "vendor",
                    "as_of": "2026-06-01",
                    "evidence": "Mail of 1 June",
                    "facts": {"product": {"mfa": "enforced"}},
                },
                {"source": "catalogue", "as_of": "2026-11-01", "facts": {"product": {"encrypted_at_rest": False}}},
            ],
            "plans": [{"id": "team", "aliases": ["crew"], "facts": {"product": {"sso_on_plan": True}}}],
        }
    ],
}
OTHER: Data = {"id": "other", "vendor": {"name": "Otherwise", "domains": ["other.example"]}}


@pytest.fixture(scope="module", name="known")
def _known() -> Catalogue:
    return catalogue(FORMWISE, OTHER)


@pytest.mark.parametrize(
    "word",
    [
        "formwise",
        "wise forms",
        "WISE FORMS",
        "formwise.example",
        "https://app.eu.formwise.example/login?x=1",
        "www.formwise.example",
        "ana@formwise.example",
        "Wiseforms.co.example:8080",
    ],
)
def test_an_id_an_alias_and_a_domain_identify_a_vendor(known: Catalogue, word: str) -> None:
    assert known.identify(word) == "formwise"


@pytest.mark.parametrize(
    "word", ["Formwise", "Formwise Software GmbH", "formwise.test", "notformwise.example", "example", "", None]
)
def test_a_name_and_a_domain_of_somebody_else_identify_nobody(known: Catalogue, word: str | None) -> None:
    assert known.identify(word) is None


@pytest.mark.parametrize("word", ["Formwise", "formwise gmbh", "FormWize", "forms wise"])
def test_a_name_proposes(known: Catalogue, word: str) -> None:
    assert [found.identity for found in known.proposals(word)][:1] == ["formwise"]


def test_a_domain_of_two_vendors_tells_neither_and_is_warned_of() -> None:
    problems = list[Diagnostic]()
    both = [manifested(FORMWISE), manifested({"id": "second", "vendor": {"domains": ["formwise.example"]}})]
    known = collect_vendors(both, problems)
    assert known.identify("formwise.example") is None
    assert [(problem.code, problem.severity) for problem in problems] == [("PG230", "warning")]


def test_a_word_of_two_vendors_is_a_problem_at_the_second() -> None:
    problems = list[Diagnostic]()
    collect_vendors([manifested(FORMWISE), manifested({"id": "second", "aliases": ["wise forms"]})], problems)
    assert [problem[:2] for problem in told(problems)] == [
        ("PG223", "the word `wise forms` stands for the vendor `formwise` too")
    ]


@pytest.mark.parametrize(
    ("product", "vendor"),
    [
        ({"vendor": "formwise", "id": "forms", "plan": "team"}, {}),
        ({"vendor": "Wise Forms", "id": "Classic", "plan": "Crew"}, {}),
        ({"vendor": "https://formwise.example", "id": "classic", "plan": "crew"}, {}),
        ({"id": "forms", "plan": "team"}, {"domains": ["formwise.example"]}),
    ],
)
def test_a_purchase_in_other_words_knows_what_the_manifest_says(product: Data, vendor: Data) -> None:
    found = facts({"product": product, "vendor": vendor}, stack(vendors=[FORMWISE]))
    assert found.value("product.sso_on_plan") is True
    assert found.value("product.vendor") == product.get("vendor", "formwise")


@pytest.mark.parametrize("name", ["Formwise", "formwise gmbh"])
def test_a_name_alone_brings_nothing_of_a_manifest(name: str) -> None:
    named = {"product": {"vendor": name, "id": "forms"}, "vendor": {"name": "Formwise"}}
    found = facts(named, stack(vendors=[FORMWISE]))
    assert found.value("product.mfa") is None
    assert found.value("product.vendor") == name


def test_of_several_observations_the_strongest_source_counts_then_the_newest_and_all_are_kept() -> None:
    around = stack(vendors=[FORMWISE])
    found = facts({"product": {"vendor": "formwise", "id": "forms"}}, around)
    assert found.value("product.scim") is True
    assert found.value("product.mfa") == "enforced"
    assert found.known["product.mfa"].evidence == "Mail of 1 June"
    assert found.value("product.encrypted_at_rest") is True
    assert found.disputed.keys() >= {"product.scim", "product.mfa", "product.encrypted_at_rest"}
    assert {fact.value for fact in found.disputed["product.scim"]} == {True, False}


def test_a_purchase_counts_against_a_manifest_only_where_its_source_ranks_higher() -> None:
    around = stack(vendors=[FORMWISE])
    product = {"vendor": "formwise", "id": "forms", "scim": False, "mfa": {"value": "none", "source": "measured"}}
    found = facts({"product": product}, around)
    assert found.value("product.scim") is True
    assert found.value("product.mfa") == "none"


@pytest.mark.parametrize("vendor", ["formwise", "Wise Forms", "formwise.example"])
def test_the_same_product_is_the_same_in_whatever_words_the_inventory_has_for_it(vendor: str) -> None:
    owned = {"tools": [tool("a", vendor=vendor, product="classic")]}
    request = {"request": {"type": "new"}, "product": {"vendor": "formwise", "id": "forms"}}
    assert facts(request, stack(inventory=owned, vendors=[FORMWISE])).value("overlap.same_product") is True


def test_a_tool_of_the_same_name_is_not_the_same_product() -> None:
    owned = {"tools": [tool("formwise", name="Formwise", vendor="Formwise", product="forms")]}
    request = {"request": {"type": "new"}, "product": {"vendor": "formwise", "id": "forms"}}
    assert facts(request, stack(inventory=owned, vendors=[FORMWISE])).value("overlap.same_product") is False


# --- families and lists ---

PINGLARK: Data = {
    "id": "pinglark",
    "family": [{"parent": "formwise", "kind": "owns", "announced": "2026-01-01", "closed": "2026-06-01"}],
    "products": [{"id": "texts"}],
}


def family(
    owned: list[Data], product: Data, *vendors: Data, banned: list[str] | None = None, complete: bool = True
) -> dict[str, object]:
    told = {"registers": {"families": "manifests"}}
    organisation: Data = {"organisation": {"banned_vendors": banned or []}, **(told if complete else {})}
    around = stack(organisation, {"tools": owned}, list(vendors))
    found = facts({"request": {"type": "new"}, "product": product}, around)
    paths = ("vendor.family", "overlap.same_family", "overlap.same_product", "vendor.banned")
    return {path.partition(".")[2]: found.value(path) for path in paths}


@pytest.mark.parametrize(
    ("owned", "product", "expected"),
    [
        ([tool("a", vendor="formwise", product="forms")], {"vendor": "pinglark", "id": "texts"}, True),
        ([tool("a", vendor="formwise.example", product="forms")], {"vendor": "pinglark", "id": "texts"}, True),
        ([tool("a", vendor="pinglark", product="texts")], {"vendor": "pinglark", "id": "texts"}, False),
        ([tool("a", vendor="pinglark", product="texts")], {"vendor": "formwise", "id": "forms"}, True),
        (
            [tool("a", vendor="formwise", product="forms", status="retired")],
            {"vendor": "pinglark", "id": "texts"},
            False,
        ),
        ([tool("a", vendor="other", product="forms")], {"vendor": "pinglark", "id": "texts"}, False),
        ([tool("a", vendor="formwise", product="polls")], {"vendor": "formwise", "id": "forms"}, True),
    ],
)
def test_another_product_of_the_family_is_found(owned: list[Data], product: Data, expected: bool) -> None:  # noqa: FBT001 - what is expected
    found = family(owned, product, FORMWISE, PINGLARK, OTHER)
    assert found["same_family"] is expected
    assert found["family"] == "formwise"


@pytest.mark.parametrize("listed", ["formwise", "wise forms", "formwise.example", "FORMWISE SOFTWARE GMBH", "pinglark"])
def test_a_list_that_names_an_owner_names_the_vendor(listed: str) -> None:
    assert family([], {"vendor": "pinglark", "id": "texts"}, FORMWISE, PINGLARK, banned=[listed])["banned"] is True


def test_a_list_that_names_a_child_does_not_name_the_owner() -> None:
    assert family([], {"vendor": "formwise", "id": "forms"}, FORMWISE, PINGLARK, banned=["pinglark"])["banned"] is False


def test_until_the_manifests_are_said_to_name_every_family_none_is_known() -> None:
    product = {"vendor": "pinglark", "id": "texts"}
    found = family([tool("a", vendor="formwise")], product, FORMWISE, PINGLARK, complete=False)
    assert (found["family"], found["same_family"]) == (None, None)


def test_a_product_is_not_another_one_of_its_own_family() -> None:
    found = family([tool("a", vendor="zebra", product="q")], {"vendor": "zebra", "id": "q"})
    assert (found["same_product"], found["same_family"]) == (True, False)


@pytest.mark.parametrize(
    ("owned", "expected"),
    [
        ({"vendor": "zebra"}, None),
        ({"vendor": "pinglark"}, True),
        ({"vendor": "zebra", "status": "retired"}, False),
        ({}, False),
    ],
)
def test_a_tool_of_the_vendor_that_names_no_product_leaves_it_open(
    owned: Data,
    expected: bool | None,  # noqa: FBT001 - what is expected
) -> None:
    vendor = owned.get("vendor", "zebra")
    product = {"vendor": vendor, "id": "texts" if vendor == "pinglark" else "q"}
    assert family([tool("a", **owned)], product, FORMWISE, PINGLARK)["same_product"] is expected


@pytest.mark.parametrize(
    ("listed", "named", "banned"),
    [
        ("evil.example", "www.evil.example", True),
        ("evil.example", "https://evil.example/pricing", True),
        ("evil.example", "shop.evil.example", True),
        ("www.evil.example", "evil.example", True),
        ("shop.evil.example", "evil.example", False),
        ("evil.example", "notevil.example", False),
        ("evil", "evil.example", False),
    ],
)
def test_a_list_names_a_domain_however_it_is_written(listed: str, named: str, banned: bool) -> None:  # noqa: FBT001 - what is expected
    assert family([], {"vendor": named, "id": "q"}, banned=[listed])["banned"] is banned


@pytest.mark.parametrize(
    ("address", "vendor"),
    [
        ("https://evil.example/?next=x@formwise.example", None),
        ("https://evil.example/@formwise.example", None),
        ("https://me:secret@formwise.example/x", "formwise"),
        ("https://evil.example#@formwise.example", None),
        ("https://evil.example\\@formwise.example", None),
    ],
)
def test_an_address_belongs_to_the_host_it_leads_to(known: Catalogue, address: str, vendor: str | None) -> None:
    assert known.identify(address) == vendor
