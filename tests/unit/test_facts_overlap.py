from fractions import Fraction
from math import floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.capabilities import shipped_taxonomy
from written import Data, Json, facts, stack, tool

CAPABILITIES = ("surveys", "forms", "crm", "landing-pages")
CATEGORIES = ("public_content", "behaviour", "health")
NEED: Data = {"type": "new", "capabilities": ["surveys", "forms"], "must": ["surveys"], "replaces": []}

some = {
    "capabilities": st.lists(st.sampled_from(CAPABILITIES), unique=True, max_size=3),
    "categories": st.lists(st.sampled_from(CATEGORIES), unique=True, min_size=1, max_size=2),
}
tools = st.lists(
    st.fixed_dictionaries(
        {
            "capabilities": st.dictionaries(
                st.sampled_from(CAPABILITIES), st.sampled_from(["full", "partial", "latent"]), max_size=3
            ),
            "status": st.sampled_from(["active", "active", "trial", "ending", "retired"]),
        },
        optional={
            "cleared_for": st.lists(st.sampled_from(CATEGORIES), unique=True, max_size=2),
            "seats": st.integers(0, 9),
            "seats_used": st.integers(0, 9),
            "vendor": st.sampled_from(["v", "w"]),
            "product": st.sampled_from(["p", "q"]),
        },
    ),
    max_size=5,
).map(lambda drawn: [{"id": f"tool-{place}", **entry} for place, entry in enumerate(drawn)])


def overlap(data: Data, owned: list[Data], **organisation: Json) -> dict[str, Any]:
    found = facts(data, stack(organisation={"organisation": organisation}, inventory={"tools": owned}))
    names = ("best_coverage", "best_tool", "best_replaced", "same_product", "exclusive_taken", "most_tools")
    return {name: found.value(f"overlap.{name}") for name in names}


def share(entry: Data, wanted: list[str], must: list[str]) -> Fraction:
    """How much of the need a tool covers, worked out in fractions from the numbers of the taxonomy's file."""
    levels = {"full": Fraction(10, 10), "partial": Fraction(6, 10), "latent": Fraction(5, 10)}
    suites = shipped_taxonomy().capabilities

    def level(name: str) -> Fraction:
        through = [
            levels[of] * Fraction(6, 10) for suite, of in entry["capabilities"].items() if name in suites[suite].implies
        ]
        return max([levels[entry["capabilities"][name]] if name in entry["capabilities"] else Fraction(0), *through])

    weights = {name: 3 if name in must else 1 for name in {*wanted, *must}}
    if not weights:
        return Fraction(0)
    return sum((weight * level(name) for name, weight in weights.items()), Fraction(0)) / sum(weights.values())


@given(
    owned=tools,
    request=st.fixed_dictionaries(
        {
            "type": st.sampled_from(["new", "renewal", "expansion", "replacement"]),
            "tool": st.sampled_from(["tool-0", "tool-1", "elsewhere"]),
            "capabilities": some["capabilities"],
            "must": some["capabilities"],
            "replaces": st.lists(st.sampled_from(["tool-0", "tool-2"]), unique=True),
        }
    ),
    categories=some["categories"],
    exclusive=some["capabilities"],
)
def test_overlap_with_the_inventory_is_what_the_definitions_say(
    owned: list[Data], request: Data, categories: list[str], exclusive: list[str]
) -> None:
    wanted, must, replaces = (request[name] for name in ("capabilities", "must", "replaces"))
    extends = request["type"] in {"renewal", "expansion"}
    data = {"request": request, "data": {"categories": categories}, "product": {"vendor": "v", "id": "p"}}
    others = [entry for entry in owned if not extends or entry["id"] != request["tool"]]
    active = [entry for entry in others if entry["status"] == "active"]
    cleared = [
        entry
        for entry in active
        if "cleared_for" not in entry or set(categories) - {"public_content"} <= set(entry["cleared_for"])
    ]

    def preferred(entry: Data) -> tuple[int, int, str]:
        seats = max(0, entry["seats"] - entry["seats_used"]) if {"seats", "seats_used"} <= entry.keys() else 0
        return (-floor(share(entry, wanted, must) * 10_000), -seats, entry["id"])

    best = min(cleared, key=preferred, default=None)
    coverage = floor(share(best, wanted, must) * 10_000) if best else 0
    best_tool = best["id"] if best and coverage else ""
    kept = [entry for entry in active if entry["id"] not in replaces]
    # A tool of the vendor that names no product may be this one.
    of_the_vendor = (entry for entry in others if entry.get("vendor") == "v" and entry["status"] != "retired")
    products = {entry.get("product") for entry in of_the_vendor}
    assert overlap(data, owned, exclusive_capabilities=exclusive) == {
        "best_coverage": coverage,
        "best_tool": best_tool,
        "best_replaced": best_tool in replaces,
        "same_product": True if "p" in products else None if None in products else False,
        "exclusive_taken": tuple(
            name
            for name in sorted({*wanted} & {*exclusive})
            if any(entry["capabilities"].get(name) == "full" for entry in kept)
        ),
        "most_tools": max(
            (sum(entry["capabilities"].get(name) in {"full", "partial"} for entry in kept) for name in must),
            default=0,
        ),
    }


@pytest.mark.parametrize(
    ("request_", "waits"),
    [
        ({}, {"request.capabilities", "request.must", "data.categories"}),
        ({"capabilities": ["surveys"], "must": []}, {"data.categories"}),
    ],
)
def test_overlap_is_unknown_until_the_need_is_stated(request_: Data, waits: set[str]) -> None:
    found = facts({"request": request_}, stack(inventory={"tools": [tool("a")]}))
    for path in ("overlap.best_coverage", "overlap.best_tool"):
        assert found.value(path) is None
        assert found.waits_for(path) == waits
    assert found.waits_for("overlap.best_replaced") >= waits


def test_a_renewal_needs_to_know_which_tool_it_renews() -> None:
    need = {"request": {**NEED, "type": "renewal"}, "data": {"categories": ["public_content"]}}
    found = facts(need, stack(inventory={"tools": [tool("a")]}))
    assert found.waits_for("overlap.best_tool") == {"request.tool"}


def test_without_an_inventory_overlap_waits_for_nobody_because_nobody_can_be_asked() -> None:
    found = facts({"request": NEED, "data": {"categories": ["public_content"]}})
    assert (found.value("overlap.best_tool"), found.waits_for("overlap.best_tool")) == (None, frozenset())


def test_with_an_inventory_stated_to_be_empty_nothing_overlaps() -> None:
    around = stack(organisation={"registers": {"inventory": "none"}})
    found = facts(
        {"request": NEED, "data": {"categories": ["public_content"]}, "product": {"vendor": "v", "id": "p"}}, around
    )
    values = [found.value(f"overlap.{name}") for name in ("best_coverage", "best_tool", "same_product", "most_tools")]
    assert values == [0, "", False, 0]
