import pytest

from procureguard.stack.matching import Match, known_things, match_names
from written import Data, stack, tool

VENDORS: list[Data] = [
    {
        "id": "hazelpoll",
        "aliases": ["hp-surveys"],
        "vendor": {
            "name": "Hazelpoll",
            "legal_names": ["Haselnuss Umfragen GmbH"],
            "former_names": ["Pollpod"],
            "domains": ["hazelpoll.example", "https://polls.example/"],
        },
        "products": [{"id": "hazelpoll-pro", "aliases": ["nutcracker"], "facts": {"product": {"name": "Hazel Pro"}}}],
    },
    {"id": "mothworks", "vendor": {"domains": None}, "products": [{"id": "lantern", "facts": {}}]},
]
TOOLS = [tool("polls", name="Our polls", vendor="hazelpoll"), tool("rolobarn", name="Rolobarn", product="rolobarn-crm")]


def matched(*words: str) -> tuple[Match, ...]:
    around = stack(inventory={"tools": TOOLS}, vendors=VENDORS)
    assert around.inventory is not None
    return match_names(words, known_things(around.inventory.tools, around.catalogue))


@pytest.mark.parametrize(
    ("word", "identities"),
    [
        ("rolobarn", ["tool rolobarn"]),
        (" rolobarn ", ["tool rolobarn"]),
        ("RoloBarn", []),
        ("HP-Surveys", ["vendor hazelpoll"]),
        ("hazelpoll", ["vendor hazelpoll"]),
        ("https://www.hazelpoll.example/login", ["vendor hazelpoll"]),
        ("bills@eu.polls.example", ["vendor hazelpoll"]),
        ("notpolls.example", []),
        ("Haselnuss Umfragen GmbH", []),
        ("Our polls", []),
    ],
)
def test_ids_aliases_and_domains_say_what_is_meant_and_names_do_not(word: str, identities: list[str]) -> None:
    assert [known.key for known in matched(word)[0].identities] == identities


@pytest.mark.parametrize("word", ["Haselnuss Umfragen", "Pollpod Inc.", "Hazel Pro", "nutcracker", "our polls"])
def test_a_tool_is_proposed_by_every_name_of_its_own_and_of_its_vendor(word: str) -> None:
    found = matched(word)[0]
    assert found.identities == ()
    assert (found.proposals[0].known.key, found.proposals[0].likeness) == ("tool polls", 1)


@pytest.mark.parametrize("vendor", ["hazelpoll", "HP-surveys", "www.hazelpoll.example"])
def test_a_tool_may_name_its_vendor_by_any_word_for_it(vendor: str) -> None:
    around = stack(inventory={"tools": [tool("polls", name="Our polls", vendor=vendor)]}, vendors=VENDORS)
    assert around.inventory is not None
    known = known_things(around.inventory.tools, around.catalogue)
    assert [found.known.key for found in match_names(["Pollpod"], known)[0].proposals] == ["tool polls"]


def test_a_vendor_of_whom_nothing_is_owned_is_proposed_itself() -> None:
    assert [found.known.key for found in matched("Mothwork")[0].proposals] == ["vendor mothworks"]
    assert [known.owned for known in matched("hazelpoll.example")[0].identities] == [("Our polls",)]


def test_the_likest_pair_goes_first_and_nothing_is_given_twice() -> None:
    first, second = matched("Rolobarns", "Rolobarn CRM")
    assert [found.known.key for found in second.proposals] == ["tool rolobarn"]
    assert first.proposals == ()
    assert [found.known.key for found in matched("Rolobarns")[0].proposals] == ["tool rolobarn"]


def proposed(match: Match) -> list[str]:
    return [found.known.key for found in match.proposals]


def test_what_one_word_is_for_certain_is_proposed_to_no_other_that_is_only_alike() -> None:
    certain, other = matched("rolobarn", "Rolobarns")
    assert [known.key for known in certain.identities] == ["tool rolobarn"]
    assert proposed(other) == []


@pytest.mark.parametrize(
    "words", [("rolobarn", "Rolobarn Ltd"), ("Rolobarn", "ROLOBARN"), ("Rolobarn", "Rolobarn CRM"), ("Rolobarn",) * 2]
)
def test_an_equal_name_is_proposed_whatever_other_words_took(words: tuple[str, str]) -> None:
    for one, other in (words, words[::-1]):
        for match in matched(one, other):
            assert "tool rolobarn" in [*(known.key for known in match.identities), *proposed(match)]


def test_the_name_of_today_wins_over_a_former_one() -> None:
    """The word that is the name takes the thing; a word that is its former name is still told of it."""
    renamed: list[Data] = [
        {"id": "zz", "vendor": {"name": "Pollpod"}},
        {"id": "aa", "vendor": {"name": "Newpod", "former_names": ["Pollpod", "Ampod"]}},
    ]
    known = known_things([], stack(vendors=renamed).catalogue)
    for words in (["Pollpod", "Newpod", "Ampod"], ["Ampod", "Newpod", "Pollpod"]):
        found = {match.word: proposed(match) for match in match_names(words, known)}
        assert found == {"Pollpod": ["vendor zz", "vendor aa"], "Newpod": ["vendor aa"], "Ampod": ["vendor aa"]}
