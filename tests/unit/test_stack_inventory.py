import pytest

from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.inventory import NO_TOOLS, Tool, load_inventory
from written import Data, kind, stack, told, tool, written


def owned(**stated: object) -> Tool:
    inventory = stack(inventory={"tools": [tool("askwell", **stated)]}).inventory
    assert inventory is not None
    return inventory.tools[0]


@pytest.mark.parametrize(
    ("stated", "free"),
    [
        ({}, None),
        ({"seats": 5}, None),
        ({"seats_used": 5}, None),
        ({"seats": 5, "seats_used": 2}, 3),
        ({"seats": 5, "seats_used": 5}, 0),
        ({"seats": 5, "seats_used": 9}, 0),
        ({"seats": {"value": 5, "source": "contract"}, "seats_used": {"value": 1, "source": "measured"}}, 4),
        ({"seats": None, "seats_used": 2}, None),
    ],
)
def test_free_seats_are_known_only_from_both_numbers_and_never_negative(stated: Data, free: int | None) -> None:
    assert owned(**stated).free_seats == free


@pytest.mark.parametrize(
    ("limit", "categories", "cleared"),
    [
        (None, {"health"}, True),
        ([], set(), True),
        ([], {"public_content"}, True),
        ([], {"behaviour"}, False),
        (["behaviour"], {"behaviour", "public_content"}, True),
        (["behaviour"], {"behaviour", "health"}, False),
    ],
)
def test_a_tool_is_cleared_for_what_its_limit_names_and_for_public_content_always(
    limit: list[str] | None,
    categories: set[str],
    cleared: bool,  # noqa: FBT001 - what is expected
) -> None:
    assert owned(cleared_for=limit).cleared(frozenset(categories)) is cleared


def test_only_active_tools_count_as_such() -> None:
    states = ("planned", "trial", "active", "ending", "retired")
    assert [state for state in states if owned(status=state).active] == ["active"]


def test_a_tool_is_called_by_its_name_or_its_id() -> None:
    assert (owned().name, owned(name="Askwell").name, owned(name=None).name) == ("askwell", "Askwell", "askwell")


def test_tools_are_found_by_id_and_a_day_is_kept() -> None:
    inventory = stack(inventory={"as_of": "2026-11-01", "tools": [tool("a"), tool("b")]}).inventory
    assert inventory is not None
    found = inventory.find("b")
    assert found is not None
    assert (found.pointer, inventory.as_of, inventory.find("c"), inventory.find(None)) == (
        "/tools/1",
        "2026-11-01",
        None,
        None,
    )


def test_a_tool_listed_twice_is_a_problem_that_names_the_first_line() -> None:
    text = """\
kind: inventory
version: 1
tools:
  - {id: askwell, status: active, capabilities: {surveys: full}}
  - {id: postbird, status: active, capabilities: {}}
  - {id: askwell, status: retired, capabilities: {}}
"""
    problems = list[Diagnostic]()
    load_inventory(written(text), problems)
    assert told(problems) == [
        (
            "PG223",
            "the tool `askwell` stands twice in the inventory, first in line 4",
            "give each tool an id of its own",
            (6, 10),
        )
    ]


def test_no_inventory_is_not_an_empty_one() -> None:
    assert stack().owned() is None
    assert stack(organisation={"registers": {"inventory": "none"}}).owned() is NO_TOOLS
    both = stack(organisation={"registers": {"inventory": "none"}}, inventory={"tools": [tool("a")]})
    assert both.owned() is both.inventory


def test_people_read_names_where_files_give_them() -> None:
    around = stack(
        inventory={"tools": [tool("a", name="Askwell", product="ask-1"), tool("b")]},
        vendors=[{"id": "v", "vendor": {"name": "Vee"}}],
    )
    assert around.name_of("vendor id", "v") == "Vee"
    assert [around.name_of("tool id", identity) for identity in ("a", "b", "c")] == ["Askwell", "b", None]
    assert around.name_of("vendor id", "w") is around.name_of("plan id", "a") is None


def test_a_file_of_another_kind_is_no_inventory() -> None:
    problems = list[Diagnostic]()
    assert load_inventory(kind("purchase", {}), problems) is None
    assert [problem.code for problem in problems] == ["PG225"]
