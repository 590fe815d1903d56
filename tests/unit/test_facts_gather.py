from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.facts.fact import COMPUTED, SOURCES, Fact, Place
from procureguard.facts.gather import registers_for
from written import Data, Json, facts, kind, stack, tool

SOURCE_ORDER = ("measured", "contract", "report", "vendor", "it", "catalogue", "requester")
DAYS = (None, "2026-01-31", "2026-02-01")


def manifest(general: Json, of_plan: Json, **header: Json) -> Data:
    return {
        "id": "v",
        **header,
        "products": [
            {
                "id": "p",
                "facts": {"product": {"scim": general}},
                "plans": [{"id": "team", "facts": {"product": {"scim": of_plan}}}],
            }
        ],
    }


def scim(purchase: Json = None, general: Json = None, of_plan: Json = None, **header: Json) -> tuple[Fact | None, Any]:
    around = stack(vendors=[manifest(general, of_plan, **header)])
    found = facts({"product": {"vendor": "v", "id": "p", "plan": "team", "scim": purchase}}, around)
    return found.known.get("product.scim"), found.disputed.get("product.scim", ())


def test_sources_rank_as_the_design_says() -> None:
    assert tuple(reversed(SOURCES)) == SOURCE_ORDER


statements = (
    st.fixed_dictionaries(
        {"value": st.booleans() | st.none(), "source": st.sampled_from(SOURCE_ORDER)},
        optional={"as_of": st.sampled_from(DAYS[1:])},
    )
    | st.none()
    | st.booleans()
)


@given(purchase=statements, general=statements, of_plan=statements, header=st.sampled_from(SOURCE_ORDER))
def test_the_strongest_source_counts_then_the_newer_day_then_the_more_specific_statement(
    purchase: Json, general: Json, of_plan: Json, header: str
) -> None:
    told = []
    for specific, (data, own) in enumerate([(general, header), (of_plan, header), (purchase, "requester")]):
        value = data["value"] if isinstance(data, dict) else data
        source = data["source"] if isinstance(data, dict) else own
        day = (data.get("as_of") if isinstance(data, dict) else None) or ("2026-01-15" if specific < 2 else "")
        if value is not None:
            told.append(((-SOURCE_ORDER.index(source), day, specific), value, source))
    fact, disputed = scim(purchase, general, of_plan, source=header, as_of="2026-01-15")
    if not told:
        assert fact is None
        return
    assert fact is not None
    assert (fact.value, fact.source) == max(told)[1:]
    contradictory = len({value for _, value, _ in told}) > 1
    assert [statement.value for statement in disputed] == ([value for _, value, _ in told] if contradictory else [])


@pytest.mark.parametrize(
    ("data", "pointer", "said"),
    [
        (True, "", ("vendor", "2026-02-02", None)),
        ({"value": True}, "/value", ("vendor", "2026-02-02", None)),
        ({"value": True, "source": "report"}, "/value", ("report", "2026-02-02", None)),
        (
            {"value": True, "source": "report", "as_of": "2026-03-01", "evidence": "SOC 2"},
            "/value",
            ("report", "2026-03-01", "SOC 2"),
        ),
    ],
)
def test_a_fact_carries_who_said_it_when_where_and_on_what_evidence(
    data: Json, pointer: str, said: tuple[str, str, str | None]
) -> None:
    fact, _ = scim(general=data, source="vendor", as_of="2026-02-02")
    text = kind("vendor", manifest(data, None, source="vendor", as_of="2026-02-02")).source.text
    place = Place("vendor", "v", f"/products/0/facts/product/scim{pointer}", 1, text.index("true") + 1)
    assert fact == Fact("product.scim", True, *said, place)  # noqa: FBT003 - the value stated


def test_a_plain_value_has_the_source_of_its_document() -> None:
    around = stack(
        organisation={"organisation": {"name": "Mini"}},
        inventory={"as_of": "2026-11-01", "tools": [tool("a", owner="ana@mini.example")]},
        vendors=[{"id": "v", "vendor": {"country": "DE"}}],
    )
    data = {"request": {"type": "renewal", "tool": "a", "users": 3}, "product": {"vendor": "v"}}
    known = facts(data, around).known

    def said(fact: Fact) -> tuple[str, str | None, str | None]:
        return fact.source, fact.as_of, fact.place.role if fact.place else None

    expected = {
        "request.users": ("requester", None, "purchase"),
        "vendor.country": ("catalogue", None, "vendor"),
        "organisation.name": ("it", None, "organisation"),
        "organisation.it_limit": ("it", None, "preset"),
        "request.owner": ("it", "2026-11-01", "inventory"),
        "today": (COMPUTED, None, None),
    }
    assert {path: said(known[path]) for path in expected} == expected


def test_a_renewal_on_another_plan_is_about_that_plan_and_the_rest_comes_from_the_tool_it_renews() -> None:
    plans = [{"id": plan, "facts": {"product": {"scim": plan == "team"}}} for plan in ("solo", "team")]
    owned = tool("a", vendor="v", product="p", plan="solo", operator="team")
    around = stack(inventory={"tools": [owned]}, vendors=[{"id": "v", "products": [{"id": "p", "plans": plans}]}])

    def renewed(**product: str) -> tuple[Json, ...]:
        found = facts({"request": {"type": "renewal", "tool": "a"}, "product": product}, around)
        assert found.disputed == {}
        return tuple(found.value(path) for path in ("product.id", "product.plan", "product.scim", "request.operator"))

    assert renewed() == ("p", "solo", False, "team")
    assert renewed(plan="team") == ("p", "team", True, "team")


def test_the_organisations_own_thresholds_replace_those_of_the_preset_without_a_dispute() -> None:
    own = stack(organisation={"organisation": {"it_limit": {"value": 7, "source": "requester"}, "in_eu": None}})
    found = facts({}, own)
    assert (found.value("organisation.it_limit"), found.value("organisation.in_eu")) == (70_000, True)
    assert found.disputed == {}


def test_null_and_absence_are_the_same_and_nothing_stated_is_not_nothing_known() -> None:
    for data in ({}, {"request": None}, {"request": {"replaces": None}}, {"request": {"replaces": {"value": None}}}):
        found = facts(data)
        assert found.value("request.replaces") is None
        assert found.waits_for("request.replaces") == {"request.replaces"}
    found = facts({"request": {"replaces": []}})
    assert (found.value("request.replaces"), found.waits_for("request.replaces")) == ((), frozenset())


@pytest.mark.parametrize("inventory", [None, {"tools": []}])
@pytest.mark.parametrize("registers", [{}, {"inventory": "none"}, {"banned_vendors": "none"}])
@pytest.mark.parametrize("lists", [{}, {"sanctioned_vendors": []}, {"banned_vendors": ["v"]}])
def test_a_register_is_supplied_by_its_document_or_by_the_statement_that_it_is_empty(
    inventory: Data | None, registers: Data, lists: Data
) -> None:
    around = stack(organisation={"registers": registers, "organisation": lists}, inventory=inventory)
    found = facts({}, around)
    documents = {"inventory"} if inventory is not None else set()
    assert registers_for(around, found.known).supplied == {*documents, *registers, *lists}
    empty = () if "banned_vendors" in registers else None
    assert found.value("organisation.banned_vendors") == (("v",) if "banned_vendors" in lists else empty)


@pytest.mark.parametrize("family", [{}, {"family": []}])
@pytest.mark.parametrize(
    ("registers", "known"), [({}, False), ({"families": "manifests"}, True), ({"families": "none"}, True)]
)
def test_families_are_known_once_the_organisation_says_so_whatever_manifests_speak_of(
    registers: Data,
    known: bool,  # noqa: FBT001 - what is expected
    family: Data,
) -> None:
    around = stack({"registers": registers}, vendors=[{"id": "a", **family}])
    assert ("families" in registers_for(around, {}).supplied) is known
