"""The words of a step, for every fact that can be changed and every value that words have to fit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from procureguard.facts.derived import shipped_schema
from procureguard.facts.schema import FactType, Value, to_value
from procureguard.facts.step import step
from procureguard.policy.lint import ABBREVIATION, ASIDE, BLAME
from procureguard.policy.reading import words

SCHEMA = shipped_schema()
CHANGEABLE = [kind for kind in SCHEMA if kind.way is not None]
NAMES = {"CAIQ", "HECVAT", "HITRUST", "SIG", "VSA", "VSAQ", "SOC", "ISO", "SCIM", "DMARC", "AI", "EU", "IT", "UK", "US"}
"""What people who get the sentence know by these letters, or have to look for by them."""
POLICY_IDS = {path.stem for path in Path(__file__).parents[2].glob("policies/*/*-*.yaml")}
DAY = to_value(SCHEMA["contract.renews_on"], "2027-02-01")
NO_MORE = (None,) * 4
"""What else is told of a proof, left open."""


def values(kind: FactType) -> Iterator[Value]:
    """Values the fact may be given, or what may be added or removed; where any number may, a one and others."""
    way = kind.way
    assert way is not None
    offered = way.to or way.only or kind.values or ()
    numbers = {"int": (0, 1, 2, 1500), "decimal": (0, 50_000, 62_500), "date": (DAY,)}
    if kind.element == "record":
        yield from ((word, *(None for _ in kind.fields[1:])) for word in way.value_says)
    elif offered:
        yield from offered
    elif kind.element in numbers:
        yield from numbers[kind.element]
    elif kind.is_list and way.direction == "set":
        yield from (("DE",), ("DE", "IE"))
    else:
        yield "house-crm"


def now(kind: FactType) -> Value:
    return {"int": 2500, "decimal": 90_000, "date": DAY - 1, "bool": False}.get(kind.type)


@pytest.mark.parametrize("kind", CHANGEABLE, ids=lambda kind: kind.path)
def test_every_step_is_a_short_plain_sentence(kind: FactType) -> None:
    way = kind.way
    assert way is not None
    for said in (way.says, *way.value_says.values()):
        bare = said.replace("{value}", "").replace("{now}", "")
        assert 0 < len(words(bare)) <= 12, said
        assert "{" not in bare, said
        assert said[0].isupper(), said
        assert not said.endswith((".", "!", "?")), said
        assert not BLAME.search(said), said
        assert not [identity for identity in POLICY_IDS if identity in said], said
        assert said.startswith("Have the vendor ") is (way.changed_by == "vendor") or kind.path == "request.operator"
        explained = {name for aside in ASIDE.findall(said) for name in ABBREVIATION.findall(aside)}
        assert set(ABBREVIATION.findall(said)) <= NAMES | explained, said


@pytest.mark.parametrize("kind", CHANGEABLE, ids=lambda kind: kind.path)
def test_a_step_fits_every_value_and_leaves_out_what_nobody_knows(kind: FactType) -> None:
    for value in values(kind):
        known, unknown = step(kind, value, now(kind)), step(kind, value)
        assert "{" not in known + unknown
        assert "_" not in known + unknown
        assert "instead of" not in unknown
        assert known.startswith(unknown)
        assert not [part for part in ("1 days", "1 seats", "1 months", "1 hours", " 1 messages") if f" {part}" in known]


def test_each_value_is_told_apart() -> None:
    for kind in CHANGEABLE:
        told = [step(kind, value) for value in values(kind)]
        several = kind.type not in {"bool", "string"} and kind.element != "string"
        assert not several or len(set(told)) == len(told), told


@pytest.mark.parametrize(
    ("path", "value", "before", "sentence"),
    [
        ("contract.seats", 20, 40, "Order 20 seats instead of 40"),
        ("contract.seats", 1, 1200, "Order 1 seat instead of 1,200"),
        ("contract.seats", 20, None, "Order 20 seats"),
        ("data.categories", "health", ("health", "behaviour"), "Leave out health data"),
        ("data.regions", "US-IL", ("EU", "US-IL"), "Leave out people in Illinois"),
        ("data.regions", "OTHER", None, "Leave out people in other parts of the world"),
        ("data.stored_in", ("DE", "IE"), ("US",), "Have the vendor store our data only in DE, IE"),
        ("product.delivery", "desktop_app", None, "Do without the desktop app"),
        ("product.plan", "{now}", "pro", "Choose the {now} plan"),
        ("vendor.attestations", ("iso27001", DAY, *NO_MORE), (), "Have the vendor send a valid ISO 27001 certificate"),
        ("vendor.attestations", (None, DAY, *NO_MORE), (), "Have the vendor send a current proof of its security"),
        ("vendor.penetration_tested_on", DAY, None, "Have the vendor show a penetration test of 2027-02-01 or later"),
    ],
)
def test_a_step_reads_as_people_say_it(path: str, value: Value, before: Value, sentence: str) -> None:
    assert step(SCHEMA[path], value, before) == sentence


def test_what_cannot_be_changed_has_no_step() -> None:
    with pytest.raises(ValueError, match=r"no words say how `request\.users` is changed"):
        step(SCHEMA["request.users"], 5)
