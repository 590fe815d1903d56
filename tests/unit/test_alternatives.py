from pathlib import Path

import pytest

from procureguard.report.contract import ReportedAlternative
from written import Data, Json, checked, guarded, policy, tool

NEED: Data = {
    "request": {
        "type": "new",
        "department": "events",
        "capabilities": ["surveys", "forms"],
        "must": ["surveys"],
        "users": 4,
    },
    "data": {"categories": ["customer_contact"]},
    "product": {"vendor": "shiny", "id": "shiny", "scim": True},
    "contract": {"amount": 900, "currency": "USD", "period": "year"},
}
BOTH = {"surveys": "full", "forms": "full"}
COST = policy(
    "cost",
    effect="review",
    require="cost.annual < 100.0",
    examples=[
        {"name": "a", "given": {"cost": {"annual": 1}}, "expect": "pass"},
        {"name": "b", "given": {"cost": {"annual": 100}}, "expect": "fail"},
        {"name": "c", "given": {"contract": {"period": "year"}}, "expect": "unknown", "asks": ["contract.amount"]},
    ],
)


def offered(path: Path, tools: list[Data], data: Data | None = None, **around: Json) -> tuple[ReportedAlternative, ...]:
    guard = guarded(path, [policy(), COST], inventory={"tools": tools}, **around)
    return checked(guard, data or NEED).alternatives


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ({"capabilities": BOTH}, True),
        ({"capabilities": {"surveys": "partial"}}, True),
        ({"capabilities": {"surveys": "latent"}}, False),
        ({"capabilities": {"forms": "full"}}, False),
        ({"capabilities": BOTH, "status": "trial"}, False),
        ({"capabilities": BOTH, "status": "retired"}, False),
    ],
)
def test_an_active_tool_that_covers_two_fifths_of_the_need_is_worth_a_look(
    tmp_path: Path,
    stated: Data,
    shown: bool,  # noqa: FBT001 - what is expected
) -> None:
    assert [found.id for found in offered(tmp_path, [tool("a", **stated)])] == ["a"] * shown


def test_at_most_three_tools_are_shown_the_cleared_ones_first_then_the_fuller_then_the_freer(tmp_path: Path) -> None:
    tools = [
        tool("blocked", capabilities=BOTH, cleared_for=[], seats=90, seats_used=0),
        tool("half", capabilities={"surveys": "full"}, seats=90, seats_used=0),
        tool("packed", capabilities=BOTH, seats=9, seats_used=1),
        tool("roomy", capabilities=BOTH, seats=9, seats_used=0),
    ]
    assert [found.id for found in offered(tmp_path, tools)] == ["roomy", "packed", "half"]
    assert [found.cleared for found in offered(tmp_path, tools[:2])] == [True, False]


def test_the_tool_that_is_renewed_is_no_alternative_to_itself(tmp_path: Path) -> None:
    data = {**NEED, "request": {**NEED["request"], "type": "renewal", "tool": "a"}}
    assert offered(tmp_path, [tool("a", capabilities=BOTH)], data) == ()


@pytest.mark.parametrize("missing", ["inventory", "capabilities"])
def test_without_an_inventory_or_a_need_nothing_is_offered(tmp_path: Path, missing: str) -> None:
    if missing == "inventory":
        guard = guarded(tmp_path, [policy()], organisation={"registers": {"inventory": "none"}})
        assert checked(guard, NEED).alternatives == ()
    else:
        assert offered(tmp_path, [tool("a", capabilities=BOTH)], {"request": {"type": "new"}}) == ()


def test_an_owned_tool_is_judged_in_place_of_the_purchase_by_what_is_known_of_itself(tmp_path: Path) -> None:
    vendors = [{"id": "askwell", "products": [{"id": "ask", "facts": {"product": {"scim": False}}}]}]
    tools = [
        tool("free", capabilities=BOTH, vendor="askwell", product="ask", seats=9, seats_used=5, name="Askwell"),
        tool("full", capabilities={"surveys": "full"}, seats=9, seats_used=6, department="events", owner="o@x.example"),
    ]
    free, full = offered(tmp_path, tools, vendors=vendors)
    assert (free.name, free.free_seats, free.annual_cost, free.coverage) == ("Askwell", 4, 0.0, 1.0)
    assert (free.verdict, free.proven, free.reasons, free.waits_for) == (
        "approve_with_conditions",
        True,
        ("tested",),
        (),
    )
    assert (full.free_seats, full.annual_cost, full.coverage, full.covers, full.lacks) == (
        3,
        None,
        0.75,
        ("Surveys",),
        ("Forms",),
    )
    assert (full.verdict, full.proven, full.reasons) == ("needs_info", False, ("cost", "tested"))
    assert "product.scim" in full.waits_for
    assert (full.department, full.owner) == ("events", "o@x.example")


def test_what_was_said_of_the_proposed_product_says_nothing_of_an_owned_one(tmp_path: Path) -> None:
    (found,) = offered(tmp_path, [tool("a", capabilities=BOTH, seats=9, seats_used=0)])
    assert (found.best, found.worst, found.waits_for) == ("approve", "approve_with_conditions", ("product.scim",))
