from typing import Any

import pytest

from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.organisation import (
    DEFAULT_PRESET,
    Organisation,
    Override,
    load_organisation,
    load_preset,
    preset_names,
)
from written import kind, stack, told, written


def test_without_a_file_the_default_preset_stands_alone() -> None:
    organisation = stack().organisation
    assert (organisation.document, organisation.preset_name, dict(organisation.data)) == (None, "mid-us-eu", {})
    assert next(organisation.blocks()).facts == {}
    assert (organisation.overrides, organisation.empty_registers, organisation.extension_schema) == (
        {},
        frozenset(),
        None,
    )


@pytest.mark.parametrize("name", preset_names())
def test_every_shipped_preset_is_a_valid_organisation_that_knows_its_own_name(name: str) -> None:
    problems = list[Diagnostic]()
    preset = load_preset(name)
    organisation = load_organisation(preset, problems)
    assert problems == []
    assert organisation is not None
    assert organisation.preset_name == name


def thresholds(name: str) -> dict[str, Any]:
    (block,) = Organisation(None, load_preset(name)).preset_blocks()
    return dict(block.facts)


LIMITS = ("instant_limit", "it_limit", "procurement_limit", "leaders_limit")


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_states_the_same_facts_and_its_limits_rise_from_tier_to_tier(name: str) -> None:
    found = thresholds(name)
    assert found.keys() == thresholds(DEFAULT_PRESET).keys()
    limits, days = [found[limit] for limit in LIMITS], list(found["response_days"].values())
    assert limits == sorted(set(limits))
    assert list(found["response_days"]) == ["light", "standard", "high", "critical"]
    assert days == sorted(set(days))


@pytest.mark.parametrize("name", ["small-eu", "regulated"])
def test_small_and_supervised_companies_look_sooner_and_answer_no_later(name: str) -> None:
    found, usual = thresholds(name), thresholds(DEFAULT_PRESET)
    assert all(found[limit] < usual[limit] for limit in (*LIMITS, "instant_users", "large_audience"))
    assert all(days <= usual["response_days"][tier] for tier, days in found["response_days"].items())


def test_the_preset_that_a_file_names_lends_its_limits() -> None:
    stacks = [stack(organisation={"preset": name}) for name in ("small-eu", "regulated", "mid-us-eu")]
    limits = [next(found.organisation.preset_blocks()).facts["it_limit"] for found in stacks]
    assert limits == [2_000, 2_500, 5_000]


def test_a_preset_nobody_ships_is_a_key_error_in_code_and_a_diagnostic_in_a_file() -> None:
    with pytest.raises(KeyError):
        load_preset("../mid-us-eu")
    problems = list[Diagnostic]()
    assert load_organisation(written("kind: organisation\nversion: 1\npreset: mid-us\n"), problems) is None
    assert load_organisation(written("kind: organisation\nversion: 1\npreset: zzzz\n"), problems) is None
    assert told(problems) == [
        ("PG226", "there is no preset `mid-us`", "did you mean `mid-us-eu`?", (3, 9)),
        ("PG226", "there is no preset `zzzz`", f"write one of {', '.join(preset_names())}", (3, 9)),
    ]


def test_changes_to_policies_and_empty_registers_are_read_as_written() -> None:
    organisation = stack(
        organisation={
            "registers": {"inventory": "none"},
            "policies": {"one": {"effect": "deny", "role": "legal"}, "two": {"params": {"days": 3}}},
        }
    ).organisation
    assert organisation.overrides == {
        "one": Override("/policies/one", "deny", "legal", {}),
        "two": Override("/policies/two", None, None, {"days": 3}),
    }
    assert organisation.empty_registers == {"inventory"}


def test_a_file_of_another_kind_is_no_organisation() -> None:
    problems = list[Diagnostic]()
    assert load_organisation(kind("inventory", {"tools": []}), problems) is None
    assert [problem.code for problem in problems] == ["PG225"]
