"""What holds of overlaps, groups and matches, whatever the inventory."""

from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from procureguard.capabilities import shipped_taxonomy
from procureguard.stack.integrations import IN_USE, exchanges_of, find_groups
from procureguard.stack.inventory import Tool
from procureguard.stack.matching import known_things, match_names
from procureguard.stack.overlaps import annual_cost, find_overlaps, split_cost
from procureguard.stack.providers import providers
from procureguard.stack.renewals import find_renewals
from procureguard.stack.vendors import Catalogue
from written import DAY, Data, stack

JOBS = ["crm", "email-campaigns", "forms", "marketing-automation", "surveys"]
IDS = ["amber", "brook", "copper", "drift", "elder", "fern"]

facts = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["active", "active", "active", "trial", "ending", "planned", "retired"]),
        "capabilities": st.dictionaries(st.sampled_from(JOBS), st.sampled_from(["full", "partial", "latent"])),
    },
    optional={
        "name": st.sampled_from(["Amber", "Brooke", "Copper Ltd", "Drifft"]),
        "annual_cost": st.none() | st.integers(0, 10**7).map(lambda cost: cost / 100),
        "systems": st.none() | st.lists(st.sampled_from([*IDS, "ledger"]), max_size=3, unique=True),
        "seats": st.integers(0, 50),
        "seats_used": st.integers(0, 50),
        "renews_on": st.sampled_from(["2026-10-01", "2026-12-01", "2027-01-15", "2027-09-01"]),
        "notice_days": st.sampled_from([0, 30, 90]),
    },
)
inventories = st.dictionaries(st.sampled_from(IDS), facts).map(
    lambda drawn: [{"id": identity, **stated} for identity, stated in drawn.items()]
)
orders = st.randoms(use_true_random=False)


def owned(tools: list[Data]) -> tuple[Tool, ...]:
    inventory = stack(inventory={"tools": tools}).inventory
    assert inventory is not None
    return tuple(inventory.tools)


def shuffled(tools: tuple[Tool, ...], chance: Random) -> list[Tool]:
    return chance.sample(list(tools), len(tools))


@given(st.integers(0, 10**9), st.sets(st.sampled_from(JOBS), min_size=1))
def test_the_parts_of_a_cost_add_up_to_it_and_differ_by_one_at_most(cost: int, jobs: set[str]) -> None:
    parts = split_cost(cost, jobs)
    assert sum(parts.values()) == cost
    assert max(parts.values()) - min(parts.values()) <= 1


@given(inventories)
def test_what_is_paid_twice_is_less_than_what_the_tools_cost(tools: list[Data]) -> None:
    overlaps = find_overlaps(owned(tools), shipped_taxonomy())
    assert 0 <= overlaps.paid_twice <= sum(annual_cost(tool) or 0 for tool in overlaps.tools)
    for overlap in overlaps.overlaps:
        known = [part.cost for part in overlap.parts if part.cost is not None]
        assert overlap.paid_twice == sum(known) - max(known, default=0)
        assert len(overlap.parts) == len({part.tool.identity for part in overlap.parts}) >= 2


@given(inventories, st.sampled_from(IDS), st.integers(0, 10**6))
def test_stating_a_cost_never_makes_less_paid_twice(tools: list[Data], identity: str, cost: int) -> None:
    before = [{**tool, "annual_cost": None} if tool["id"] == identity else tool for tool in tools]
    after = [{**tool, "annual_cost": cost} if tool["id"] == identity else tool for tool in tools]
    first, second = (find_overlaps(owned(listed), shipped_taxonomy()) for listed in (before, after))
    assert first.paid_twice <= second.paid_twice


@given(inventories, orders)
def test_the_order_of_the_file_never_matters(tools: list[Data], chance: Random) -> None:
    taxonomy, listed = shipped_taxonomy(), owned(tools)
    other = shuffled(listed, chance)
    assert find_overlaps(listed, taxonomy) == find_overlaps(other, taxonomy)
    assert find_groups(listed) == find_groups(other)
    assert find_renewals(listed, DAY) == find_renewals(other, DAY)
    assert providers(listed, taxonomy, "email-campaigns") == providers(other, taxonomy, "email-campaigns")
    words = ["amber", "Bruk", "copper"]
    nobody = Catalogue.of()
    assert match_names(words, known_things(listed, nobody)) == match_names(words, known_things(other, nobody))


@given(inventories)
def test_every_active_tool_is_in_one_group_an_island_or_not_known(tools: list[Data]) -> None:
    listed = owned(tools)
    found = find_groups(listed)
    in_groups = [member.identity for group in found.groups for member in group.members]
    alone = [tool.identity for tool in (*found.islands, *found.not_stated)]
    assert len({*in_groups, *alone}) == len(in_groups) + len(alone)
    assert {tool.identity for tool in listed if tool.active} <= {*in_groups, *alone}
    for group in found.groups:
        ends = {end for connection in group.connections for end in connection}
        assert ends == {member.identity for member in group.members}
        assert sum(member.connections for member in group.members) == 2 * len(group.connections)


@given(inventories)
def test_tools_in_use_see_the_same_connections_from_both_ends(tools: list[Data]) -> None:
    listed = owned(tools)
    pairs = {
        (tool.identity, found.identity)
        for tool in listed
        if tool.get("status") in IN_USE
        for found in exchanges_of(tool, listed)
        if found.tool is not None and found.tool.get("status") in IN_USE
    }
    assert pairs == {(other, one) for one, other in pairs}


@given(
    inventories, st.lists(st.sampled_from([*IDS, "Ambre", "Copper", "Brooks", "Drift Ltd", "?"]), unique=True), orders
)
def test_no_two_words_are_matched_with_one_thing_that_is_only_alike(
    tools: list[Data], words: list[str], chance: Random
) -> None:
    known = known_things(owned(tools), Catalogue.of())
    matches = match_names(words, known)
    first = [match.proposals[0] for match in matches if match.proposals]
    alike = [found.known.key for found in first if found.likeness < 1]
    assert len(alike) == len(set(alike))
    equal = {found.known.key for found in first if found.likeness == 1}
    assert not {*equal, *(thing.key for match in matches for thing in match.identities)} & {*alike}
    assert all(not match.proposals for match in matches if match.identities)
    by_word = {match.word: match for match in match_names(chance.sample(words, len(words)), known)}
    assert {match.word: match for match in matches} == by_word
    assert all(match.identities == () or _is_known(match.word, tools) for match in matches)


def _is_known(word: str, tools: list[dict[str, Any]]) -> bool:
    return word.casefold() in {tool["id"] for tool in tools}
