from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.capabilities import SCALE, Capability, Needs, Taxonomy, Value, shipped_taxonomy

TAXONOMY = shipped_taxonomy()
CAPABILITIES = sorted(TAXONOMY.capabilities)
SUITES = [name for name in CAPABILITIES if TAXONOMY.capabilities[name].implies]
NEAR_A_SUITE = sorted({*SUITES, *(part for suite in SUITES for part in TAXONOMY.capabilities[suite].implies)})
needs = st.lists(st.sampled_from(NEAR_A_SUITE), unique=True, max_size=6)
offers = st.dictionaries(st.sampled_from(NEAR_A_SUITE), st.sampled_from(["full", "partial", "latent"]), max_size=6)


def exact_level(offered: dict[str, str], wanted: str) -> Fraction:
    levels = {"full": Fraction(1), "partial": Fraction(6, 10), "latent": Fraction(5, 10)}
    through = [
        levels[level] * Fraction(6, 10)
        for suite, level in offered.items()
        if wanted in TAXONOMY.capabilities[suite].implies
    ]
    return max([levels[offered[wanted]] if wanted in offered else Fraction(0), *through])


@given(offered=offers, wanted=needs, must=needs)
def test_coverage_is_the_weighted_share_in_exact_fractions_rounded_down(
    offered: dict[str, str], wanted: list[str], must: list[str]
) -> None:
    weights = {name: 3 if name in must else 1 for name in {*wanted, *must}}
    whole = sum(weights.values())
    share = sum((weight * exact_level(offered, name) for name, weight in weights.items()), Fraction(0))
    expected = floor(share / whole * SCALE) if whole else 0
    assert TAXONOMY.coverage(offered, wanted, must) == expected


@given(offered=offers, name=st.sampled_from(NEAR_A_SUITE))
def test_a_level_never_falls_when_a_tool_does_more(offered: dict[str, str], name: str) -> None:
    before = {wanted: TAXONOMY.level(offered, wanted) for wanted in NEAR_A_SUITE}
    more = {**offered, name: "full"}
    assert all(TAXONOMY.level(more, wanted) >= level for wanted, level in before.items())


def test_a_need_of_nothing_is_covered_by_nothing() -> None:
    assert TAXONOMY.coverage(dict.fromkeys(CAPABILITIES, "full"), (), ()) == 0


def test_suites_bring_their_parts_at_six_tenths_and_what_is_stated_outright_counts_in_full() -> None:
    suite = SUITES[0]
    part = TAXONOMY.capabilities[suite].implies[0]
    levels = [
        TAXONOMY.level(offered, part)
        for offered in (
            {},
            {suite: "latent"},
            {suite: "partial"},
            {suite: "full"},
            {suite: "full", part: "latent"},
            {suite: "full", part: "full"},
        )
    ]
    assert levels == [0, 3000, 3600, 6000, 6000, 10_000]


@given(offered=offers, wanted=needs)
def test_a_tool_does_something_of_a_need_exactly_when_it_has_one_of_the_doers(
    offered: dict[str, str], wanted: list[str]
) -> None:
    does_something = any(TAXONOMY.level(offered, name) for name in wanted)
    assert does_something == bool(TAXONOMY.doers(wanted) & offered.keys())


LISTS = ("data.categories", "messaging.channels", "ai.functions", "integration.systems")
YES_OR_NO = ("web.loads_on_site", "ai.used")
PARTS = sorted(
    {
        ("integration.systems", "house-crm"),
        *((path, "yes") for path in YES_OR_NO),
        *(
            (path, word)
            for found in TAXONOMY.capabilities.values()
            for path, words in zip(LISTS, found.needs[:3], strict=False)
            for word in words
        ),
    }
)
"""All that a purchase can have which some capability needs."""

DEMANDING = sorted(name for name, found in TAXONOMY.capabilities.items() if found.needs != Needs())
parts = st.sets(st.sampled_from(PARTS))
forgotten = st.sets(st.sampled_from([*LISTS, *YES_OR_NO]))


def purchase_of(kept: set[tuple[str, str]]) -> dict[str, Value]:
    """The facts of a purchase that has these parts and no other."""
    lists = {path: tuple(word for of, word in sorted(kept) if of == path) for path in LISTS}
    return {**lists, **{path: (path, "yes") in kept for path in YES_OR_NO}}


@given(before=parts, first=parts, second=parts)
def test_whoever_keeps_more_loses_no_more(
    before: set[tuple[str, str]], first: set[tuple[str, str]], second: set[tuple[str, str]]
) -> None:
    had, more, less = (purchase_of(kept) for kept in (before, before - first, before - first - second))
    assert TAXONOMY.lost(DEMANDING, had, more) <= TAXONOMY.lost(DEMANDING, had, less)
    assert TAXONOMY.lost(DEMANDING, had, had) == TAXONOMY.lost(DEMANDING, less, had) == frozenset()
    everything = purchase_of(set(PARTS))
    assert TAXONOMY.lost(DEMANDING, everything, purchase_of(set())) == set(DEMANDING)


@given(before=parts, gone=parts, unknown=forgotten)
def test_what_nobody_knows_loses_nothing(
    before: set[tuple[str, str]], gone: set[tuple[str, str]], unknown: set[str]
) -> None:
    had, left = purchase_of(before), purchase_of(before - gone)
    lost = TAXONOMY.lost(DEMANDING, had, left)
    for facts in (had, left):
        less_known = {path: value for path, value in facts.items() if path not in unknown}
        nulls = {**facts, **dict.fromkeys(unknown)}
        sides = ((less_known, left), (nulls, left)) if facts is had else ((had, less_known), (had, nulls))
        assert all(TAXONOMY.lost(DEMANDING, *side) <= lost for side in sides)
    assert TAXONOMY.lost(DEMANDING, {}, left) == TAXONOMY.lost(DEMANDING, had, {}) == frozenset()


@pytest.mark.parametrize(
    ("must", "before", "after", "lost"),
    [
        (["email-campaigns"], {"messaging.channels": ("email", "sms")}, {"messaging.channels": ("sms",)}, True),
        (["email-campaigns"], {"messaging.channels": ("email", "sms")}, {"messaging.channels": ("email",)}, False),
        (["email-campaigns"], {"messaging.channels": ("sms",)}, {"messaging.channels": ()}, False),
        (
            ["crm"],
            {"data.categories": ("prospect_contact", "customer_contact")},
            {"data.categories": ("health",)},
            True,
        ),
        (
            ["crm"],
            {"data.categories": ("prospect_contact", "customer_contact")},
            {"data.categories": ("customer_contact",)},
            False,
        ),
        (["session-replay"], {"web.loads_on_site": True}, {"web.loads_on_site": False}, True),
        (["session-replay"], {"web.loads_on_site": None}, {"web.loads_on_site": False}, False),
        (["integration-platform"], {"integration.systems": ("a", "b")}, {"integration.systems": ("a",)}, False),
        (["integration-platform"], {"integration.systems": ("a",)}, {"integration.systems": ()}, True),
        (["chatbot"], {"ai.used": True}, {"ai.used": False}, True),
        (["chatbot"], {"ai.functions": ("chatbot", "scoring")}, {"ai.functions": ("scoring",)}, True),
        (["chatbot"], {"ai.functions": ("chatbot", "scoring")}, {"ai.functions": ("chatbot",)}, False),
        (["surveys"], {"data.categories": ("customer_contact",)}, {"data.categories": ()}, False),
        (["unheard-of"], {"ai.used": True}, {"ai.used": False}, False),
        ([], {"ai.used": True}, {"ai.used": False}, False),
    ],
)
def test_a_must_have_is_lost_with_what_it_cannot_do_without(
    must: list[str], before: dict[str, Value], after: dict[str, Value], *, lost: bool
) -> None:
    assert TAXONOMY.lost(must, before, after) == (set(must) if lost else set())


def test_capabilities_stand_in_areas_and_areas_in_groups() -> None:
    found = TAXONOMY.capabilities["surveys"]
    assert found.does == "Puts questions to people and sums up the replies"
    assert TAXONOMY.areas[found.area] == (
        "feedback-and-community",
        "Feedback and community",
        "Relationships and community",
    )


def test_titles_fall_back_to_the_id_and_exclusive_capabilities_are_listed_in_order() -> None:
    named = Capability("crm", "Customer records", (), (), exclusive=True)
    other = Capability("ads", "Advertising", (), (), exclusive=True)
    plain = Capability("forms", "Forms", (), (), exclusive=False)
    taxonomy = Taxonomy({entry.identity: entry for entry in (named, other, plain)}, {}, {}, 0)
    assert [taxonomy.title(name) for name in ("crm", "unheard-of")] == ["Customer records", "unheard-of"]
    assert taxonomy.exclusive == ("ads", "crm")
