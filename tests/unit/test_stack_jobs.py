from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.capabilities import shipped_taxonomy
from procureguard.stack.inventory import Tool
from procureguard.stack.jobs import WAYS, jobs_by_capability, jobs_of
from written import stack, tool

SUITE = "marketing-automation"
PART = "email-campaigns"
levels = st.sampled_from(["full", "partial", "latent"])
offers = st.dictionaries(st.sampled_from([SUITE, PART, "landing-pages", "surveys", "crm"]), levels)


def owned(*tools: dict[str, object]) -> tuple[Tool, ...]:
    inventory = stack(inventory={"tools": list(tools)}).inventory
    assert inventory is not None
    return tuple(inventory.tools)


@pytest.mark.parametrize(
    ("offered", "way", "level"),
    [
        ({PART: "full"}, "full", 10_000),
        ({PART: "partial"}, "partial", 6_000),
        ({PART: "latent"}, "latent", 5_000),
        ({SUITE: "full"}, "suite", 6_000),
        ({SUITE: "partial"}, "suite", 3_600),
        ({SUITE: "latent"}, "latent", 3_000),
        ({SUITE: "full", PART: "latent"}, "suite", 6_000),
        ({SUITE: "full", PART: "partial"}, "partial", 6_000),
        ({SUITE: "latent", PART: "latent"}, "latent", 5_000),
    ],
)
def test_what_a_tool_does_today_goes_before_what_it_could_do(offered: dict[str, str], way: str, level: int) -> None:
    found = jobs_of(owned(tool("a", capabilities=offered))[0], shipped_taxonomy())[PART]
    assert (found.way, found.level, found.done) == (way, level, way != "latent")
    assert found.suite == (SUITE if PART not in offered or way == "suite" else None)


@given(offers)
def test_levels_are_those_of_the_taxonomy(offered: Mapping[str, str]) -> None:
    taxonomy = shipped_taxonomy()
    done = {name: state for name, state in offered.items() if state != "latent"}
    found = jobs_of(owned(tool("a", capabilities=dict(offered)))[0], taxonomy)
    assert {name for name, job in found.items() if job.done} == {
        name for name in taxonomy.capabilities if taxonomy.level(done, name)
    }
    for name, job in found.items():
        assert job.level == taxonomy.level(done if job.done else offered, name)
        assert job.way in WAYS


def test_jobs_of_several_tools_stand_in_the_order_of_ids() -> None:
    tools = owned(
        tool("b", capabilities={"surveys": "latent"}), tool("a", capabilities={"surveys": "full", "crm": "full"})
    )
    found = jobs_by_capability(tools, shipped_taxonomy())
    assert {name: [job.tool.identity for job in jobs] for name, jobs in found.items()} == {
        "crm": ["a"],
        "surveys": ["a", "b"],
    }
