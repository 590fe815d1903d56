from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from procureguard.capabilities import Capability, Taxonomy, shipped_taxonomy
from procureguard.capability_search import RESEMBLING, meant_by, search

TAXONOMY = shipped_taxonomy()
PHRASES = yaml.safe_load((Path(__file__).parent / "capability_phrases.yaml").read_text(encoding="utf-8"))
ENTRIES = [entry for part in PHRASES.values() for entry in part]


def found(words: str, limit: int = 5) -> list[str]:
    return [match.identity for match in search(TAXONOMY, words, limit)]


@pytest.mark.parametrize("part", ["tuned_on", "held_out"])
def test_what_marketers_say_finds_what_they_mean(part: str) -> None:
    """Requirement R12: nine of ten are among the first three."""
    ranks = [[entry["id"], *found(entry["says"], 3)] for entry in PHRASES[part]]
    first = sum(wanted == [*ids, None][0] for wanted, *ids in ranks)
    among_three = sum(wanted in ids for wanted, *ids in ranks)
    assert first / len(ranks) >= 0.75
    assert among_three / len(ranks) >= 0.9


def test_the_phrases_are_of_all_groups_and_none_is_copied_from_the_taxonomy() -> None:
    assert len({entry["says"] for entry in ENTRIES}) == len(ENTRIES) >= 80
    assert len(PHRASES["held_out"]) >= 30
    groups = {TAXONOMY.areas[TAXONOMY.capabilities[entry["id"]].area].group for entry in PHRASES["held_out"]}
    assert groups == {area.group for area in TAXONOMY.areas.values()}
    sentences = {capability.does.casefold() for capability in TAXONOMY.capabilities.values()}
    assert [entry["says"] for entry in ENTRIES if entry["says"].casefold() in sentences] == []


def test_titles_ids_and_synonyms_find_their_capability_first_however_they_are_written() -> None:
    missed = [
        word
        for identity, capability in TAXONOMY.capabilities.items()
        for name in (identity, capability.title, *capability.synonyms)
        for word in (name, name.upper(), f" {name}. ", name.replace(" ", "-"))
        if [(match.identity, match.score) for match in search(TAXONOMY, word, 1)] != [(identity, 1.0)]
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("words", "identity"),
    [
        ("newsletter tool", "email-campaigns"),
        ("a software for newsletters", "email-campaigns"),
        ("newsleter", "email-campaigns"),
        ("emial marketing", "email-campaigns"),
        ("e-mail campaigns", "email-campaigns"),
        ("pop-ups", "lead-capture"),
        ("customer's reviews", "reviews-management"),
    ],
)
def test_fillers_slips_hyphens_and_plurals_do_no_harm(words: str, identity: str) -> None:
    assert found(words, 1) == [identity]


@pytest.mark.parametrize("words", ["", " ", "🙂", "the", "a tool", "software platform", "zzzzzzzz", "forklift truck"])
def test_words_that_resemble_nothing_find_nothing(words: str) -> None:
    assert search(TAXONOMY, words) == ()


WORDS = st.lists(
    st.sampled_from(["a", "the", "newsletter", "tool", "sms", "send", "newsleter", "our", "zzzz"]) | st.text(),
    max_size=6,
)


@given(WORDS, st.integers(0, 8))
def test_whatever_is_said_scores_fall_from_one_and_stay_above_the_bar(words: list[str], limit: int) -> None:
    matches = search(TAXONOMY, " ".join(words), limit)
    scores = [match.score for match in matches]
    assert len(matches) <= limit
    assert len({match.identity for match in matches}) == len(matches)
    assert scores == sorted(scores, reverse=True)
    assert all(RESEMBLING <= score <= 1 for score in scores)
    assert matches == search(TAXONOMY, " ".join(words), 99)[:limit]


def test_a_match_says_by_which_words_it_was_found() -> None:
    told = [search(TAXONOMY, words, 1)[0][3:] for words in ("surveys", "nps", "sums up replies")]
    assert told == [
        ("title", "Surveys"),
        ("synonym", "nps"),
        ("description", "Puts questions to people and sums up the replies"),
    ]


def test_the_order_of_capabilities_in_the_taxonomy_does_not_matter() -> None:
    turned = Taxonomy(dict(reversed(list(TAXONOMY.capabilities.items()))), {}, {}, 0)
    for entry in PHRASES["held_out"]:
        ids = [match.identity for match in search(turned, entry["says"])]
        assert ids == found(entry["says"])


def test_a_taxonomy_of_one_finds_it_and_one_of_none_finds_nothing() -> None:
    tents = Capability("tent-mapping", "Tent mapping", ("pitch planner",), (), exclusive=False)
    assert search(Taxonomy({"tent-mapping": tents}, {}, {}, 0), "plan our pitches")[0].identity == "tent-mapping"
    assert search(Taxonomy({}, {}, {}, 0), "tents") == ()


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("email-campaing", "did you mean `email-campaigns`?"),
        ("survey", "did you mean `surveys`?"),
        ("feedback", "did you mean `surveys` or `creative-review`?"),
        ("personal-data", "did you mean `privacy-requests`?"),
    ],
)
def test_a_hint_offers_what_is_about_as_good_as_the_best(word: str, hint: str) -> None:
    assert meant_by(TAXONOMY, word).hint == hint
