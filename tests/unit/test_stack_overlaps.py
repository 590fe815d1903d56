import time

import pytest

from many_tools import many_tools
from procureguard.capabilities import shipped_taxonomy
from procureguard.stack.inventory import Tool
from procureguard.stack.overlaps import Overlaps, annual_cost, find_overlaps, split_cost
from written import Data, stack, tool

AT_MOST = 5.0
"""Seconds for what should take less than one, on a machine that is busy with other things."""


def owned(tools: list[Data]) -> tuple[Tool, ...]:
    inventory = stack(inventory={"tools": tools}).inventory
    assert inventory is not None
    return tuple(inventory.tools)


def found(*tools: Data, at_least: int = 2) -> Overlaps:
    return find_overlaps(owned(list(tools)), shipped_taxonomy(), at_least)


def told(overlaps: Overlaps) -> list[tuple[str, int, list[tuple[str, int | None]]]]:
    return [
        (overlap.capability, overlap.paid_twice, [(part.tool.identity, part.cost) for part in overlap.parts])
        for overlap in overlaps.overlaps
    ]


def test_everything_but_the_dearest_part_is_paid_twice() -> None:
    overlaps = found(
        tool("a", capabilities={"surveys": "full", "forms": "partial"}, annual_cost=1000),
        tool("b", capabilities={"surveys": "partial"}, annual_cost=300),
        tool("c", capabilities={"surveys": "full", "crm": "full"}, annual_cost=200.5),
    )
    assert told(overlaps) == [("surveys", 400_2500, [("a", 500_0000), ("b", 300_0000), ("c", 100_2500)])]
    assert overlaps.paid_twice == 400_2500


def test_jobs_that_come_with_a_suite_count_and_latent_ones_do_not() -> None:
    overlaps = found(
        tool("suite", capabilities={"marketing-automation": "full"}, annual_cost=100),
        tool("mail", capabilities={"email-campaigns": "full", "surveys": "latent"}, annual_cost=10),
        tool("polls", capabilities={"surveys": "full"}, annual_cost=10),
    )
    assert [(overlap.capability, [part.job.way for part in overlap.parts]) for overlap in overlaps.overlaps] == [
        ("email-campaigns", ["suite", "full"])
    ]


@pytest.mark.parametrize("status", ["planned", "trial", "ending", "retired"])
def test_only_active_tools_overlap(status: str) -> None:
    assert (
        told(found(tool("a", capabilities={"crm": "full"}), tool("b", capabilities={"crm": "full"}, status=status)))
        == []
    )


def test_a_cost_nobody_stated_is_counted_and_never_taken_as_nothing() -> None:
    overlaps = found(
        tool("a", capabilities={"crm": "full"}, annual_cost=90),
        tool("b", capabilities={"crm": "full"}),
        tool("c", capabilities={"crm": "full"}, annual_cost=0),
        tool("d", capabilities={"forms": "full"}),
    )
    assert told(overlaps) == [("crm", 0, [("a", 90_0000), ("c", 0), ("b", None)])]
    assert overlaps.overlaps[0].unknown_costs == 1
    assert [each.identity for each in overlaps.of_unknown_cost] == ["b"]


def test_the_most_costly_stands_first_then_the_one_with_most_tools() -> None:
    overlaps = found(
        tool("a", capabilities={"crm": "full", "forms": "full", "surveys": "full"}, annual_cost=30),
        tool("b", capabilities={"crm": "full", "forms": "full", "surveys": "full"}, annual_cost=30),
        tool("c", capabilities={"surveys": "full"}, annual_cost=0),
        tool("d", capabilities={"forms": "full"}, annual_cost=5),
    )
    assert [overlap.capability for overlap in overlaps.overlaps] == ["forms", "surveys", "crm"]
    assert [overlap.capability for overlap in found(*many_tools(12), at_least=13).overlaps] == []


def test_what_does_not_divide_goes_to_the_first_jobs() -> None:
    assert split_cost(11, ["c", "a", "b"]) == {"a": 4, "b": 4, "c": 3}
    assert split_cost(11, []) == {}
    assert annual_cost(owned([tool("a", annual_cost=0.1234)])[0]) == 1234
    assert annual_cost(owned([tool("a", annual_cost={"value": None})])[0]) is None


@pytest.mark.parametrize("jobs_each", [4, 50])
def test_six_hundred_tools_take_no_time_worth_a_word(jobs_each: int) -> None:
    tools, taxonomy = owned(many_tools(600, jobs_each)), shipped_taxonomy()
    start = time.perf_counter()
    overlaps = find_overlaps(tools, taxonomy)
    assert time.perf_counter() - start < AT_MOST
    assert len(overlaps.overlaps) == len(taxonomy.capabilities)
