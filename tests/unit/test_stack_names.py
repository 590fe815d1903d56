from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.stack.names import ALIKE, PROPOSED, endings_of, host_of, likeness, name_key, propose

words = st.text(st.sampled_from("abdelo Hzé-.,1&ß"), max_size=14)
"""Few letters, so that names resemble one another often."""

labels = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,3})?", fullmatch=True).filter(lambda label: label != "www")
hosts = st.lists(labels, min_size=2, max_size=4).map(".".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hazelpoll GmbH", "HAZELPOLL"),
        ("Café Moth, Inc.", "cafe moth"),
        ("Tide-Whistle", "tide whistle"),
        ("Hazelpoll S.A.", "hazelpoll s a"),
    ],
)
def test_case_accents_punctuation_and_legal_form_make_no_difference(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)
    assert likeness(one, other) == 1


@pytest.mark.parametrize(("name", "key"), [("Limited", "limited"), ("AG Inc.", "ag inc"), ("&", ""), ("", "")])
def test_a_name_of_nothing_but_legal_forms_keeps_them(name: str, key: str) -> None:
    assert name_key(name) == key


@given(words, words)
def test_likeness_is_a_share_the_same_from_both_sides(one: str, other: str) -> None:
    found = likeness(one, other)
    assert 0 <= found <= 1
    assert found == likeness(other, one)


@given(words, words)
def test_equal_keys_are_wholly_alike_and_a_name_without_words_is_like_none(one: str, other: str) -> None:
    if name_key(one) == name_key(other) != "":
        assert likeness(one, other) == 1
    if not name_key(one):
        assert likeness(one, other) == 0


@given(words)
def test_the_key_of_a_key_is_itself_and_no_less_like(name: str) -> None:
    assert likeness(name, name_key(name)) in (0, 1)


known_things = st.lists(st.tuples(st.sampled_from("pqrstuvw"), words), max_size=12)


@given(words, known_things, st.integers(0, 7), st.randoms(use_true_random=False))
def test_proposals_are_few_like_enough_distinct_and_independent_of_order(
    word: str, known: list[tuple[str, str]], limit: int, chance: Random
) -> None:
    found = propose(word, known, limit)
    shuffled = list(known)
    chance.shuffle(shuffled)
    assert propose(word, shuffled, limit) == found
    assert len(found) <= limit
    assert len({proposal.identity for proposal in found}) == len(found)
    assert [proposal.likeness for proposal in found] == sorted((each.likeness for each in found), reverse=True)
    assert all(proposal.likeness >= ALIKE for proposal in found)
    assert all((proposal.identity, proposal.name) in known for proposal in found)


@given(words, known_things)
def test_a_thing_is_proposed_under_its_likest_name(word: str, known: list[tuple[str, str]]) -> None:
    for proposal in propose(word, known):
        names = [name for identity, name in known if identity == proposal.identity]
        assert proposal.likeness == max(likeness(word, name) for name in names)


alike_words = st.lists(st.sampled_from(["Form", "wise", "Poll", "pod", "Inc", "-", " ", "é", "GmbH", "s"]), max_size=6)


@given(alike_words, st.lists(alike_words, max_size=6))
def test_no_name_that_is_like_enough_is_passed_over(word: list[str], names: list[list[str]]) -> None:
    known = [(str(place), "".join(name)) for place, name in enumerate(names)]
    alike = {identity for identity, name in known if likeness("".join(word), name) >= ALIKE}
    assert {found.identity for found in propose("".join(word), known, len(known))} == alike


def test_five_are_proposed_unless_told_otherwise() -> None:
    many = [(f"t{number}", "Hazelpoll") for number in range(9)]
    assert [proposal.identity for proposal in propose("hazelpoll", many)] == ["t0", "t1", "t2", "t3", "t4"]
    assert len(propose("hazelpoll", many)) == PROPOSED


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("hazelpoll.example", "hazelpoll.example"),
        ("https://www.Hazelpoll.example/prices?x=1#top", "hazelpoll.example"),
        ("HTTP://user:secret@hazelpoll.example:8443/", "hazelpoll.example"),
        ("ines@mail.hazelpoll.example", "mail.hazelpoll.example"),
        ("  hazelpoll.example.  ", "hazelpoll.example"),
        ("hazelpoll.example:443", "hazelpoll.example"),
        ("müller.example", "müller.example"),
        ("hazelpoll", None),
        ("Hazel Poll Inc.", None),
        ("hazel poll.example", None),
        ("hazelpoll..example", None),
        ("https://", None),
        ("@", None),
        ("", None),
    ],
)
def test_hosts_are_found_in_addresses_and_in_nothing_else(address: str, host: str | None) -> None:
    assert host_of(address) == host


@given(
    hosts,
    st.sampled_from(["", "www.", "https://", "https://www.", "ines@"]),
    st.sampled_from(["", "/", ":80/a", "?q", "#x"]),
)
def test_a_host_is_found_whatever_stands_around_it(host: str, before: str, after: str) -> None:
    assert host_of(f"{before}{host}{after}".upper()) == host


@given(st.text(max_size=30))
def test_junk_gives_a_host_with_a_dot_or_none(text: str) -> None:
    found = host_of(text)
    assert found is None or ("." in found and not any(mark in found for mark in " /?#:@"))


@given(hosts)
def test_endings_get_shorter_by_one_label_and_stop_at_two(host: str) -> None:
    found = endings_of(host)
    assert found[0] == host
    assert all(host.endswith(f".{ending}") or ending == host for ending in found)
    assert [ending.count(".") for ending in found] == list(range(host.count("."), 0, -1))


def test_a_single_label_belongs_to_no_one() -> None:
    assert endings_of("example") == ()
    assert endings_of("a.b.example") == ("a.b.example", "b.example")
