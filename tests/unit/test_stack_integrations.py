from procureguard.stack.integrations import Landscape, exchanges_of, find_groups
from procureguard.stack.inventory import Tool
from written import Data, stack, tool


def owned(*tools: Data) -> tuple[Tool, ...]:
    inventory = stack(inventory={"tools": list(tools)}).inventory
    assert inventory is not None
    return tuple(inventory.tools)


def told(found: Landscape) -> tuple[list[list[tuple[str, int]]], list[str], list[str]]:
    groups = [[(member.identity, member.connections) for member in group.members] for group in found.groups]
    return groups, [each.identity for each in found.islands], [each.identity for each in found.not_stated]


def test_one_side_naming_the_other_connects_both_and_the_largest_group_stands_first() -> None:
    found = find_groups(
        owned(
            tool("d", systems=["e"]),
            tool("e"),
            tool("b", systems=["a", "c"]),
            tool("a", systems=["b"]),
            tool("c", systems=[]),
        )
    )
    assert told(found) == ([[("b", 2), ("a", 1), ("c", 1)], [("d", 1), ("e", 1)]], [], [])
    assert found.groups[0].connections == (("a", "b"), ("b", "c"))


def test_an_island_states_it_and_silence_is_not_known() -> None:
    tools = owned(
        tool("island", systems=[]), tool("itself", systems=["itself"]), tool("silent"), tool("null", systems=None)
    )
    assert told(find_groups(tools)) == ([], ["island", "itself"], ["null", "silent"])


def test_names_that_are_no_tools_connect_too_and_are_told_apart() -> None:
    found = find_groups(owned(tool("a", systems=["ledger"]), tool("b", systems=["ledger"])))
    assert told(found) == ([[("ledger", 2), ("a", 1), ("b", 1)]], [], [])
    assert next((member.name, member.tool is None) for member in found.groups[0].members) == ("ledger", True)


def test_planned_and_retired_tools_connect_nothing_and_are_no_islands() -> None:
    tools = owned(
        tool("old", status="retired", systems=["a"]),
        tool("new", status="planned", systems=[]),
        tool("a", systems=[]),
        tool("trial", status="trial", systems=["b"]),
        tool("b"),
        tool("going", status="ending", systems=[]),
    )
    assert told(find_groups(tools)) == ([[("b", 1), ("trial", 1)]], ["a"], [])


def test_exchanges_say_who_says_so() -> None:
    tools = owned(
        tool("a", systems=["b", "ledger", "a"]),
        tool("b", systems=["a"]),
        tool("c", systems=["a"]),
        tool("old", status="retired", systems=["a"]),
    )
    found = exchanges_of(tools[0], tools)
    assert [(each.identity, each.tool is not None, each.named_here, each.named_there) for each in found] == [
        ("b", True, True, True),
        ("c", True, False, True),
        ("ledger", False, True, False),
    ]
