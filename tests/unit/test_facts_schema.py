import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn_documents import BY_PATH, Json, plain
from procureguard.facts.derived import shipped_schema
from procureguard.facts.schema import FactType, to_data, to_value, to_words

SCHEMA = shipped_schema()
STATED = [kind for kind in SCHEMA if kind.path in BY_PATH]


@given(ten_thousandths=st.integers(-(10**15), 10**15))
def test_money_of_four_places_survives_floating_point_exactly(ten_thousandths: int) -> None:
    kind = SCHEMA["contract.amount"]
    written = json.loads(str(Decimal(ten_thousandths) / 10_000))
    assert to_value(kind, written) == ten_thousandths
    assert to_data(kind, ten_thousandths) == written


@given(data=st.data(), kind=st.sampled_from(STATED))
def test_what_a_report_shows_is_the_value_a_file_states(data: st.DataObject, kind: FactType) -> None:
    stated: Json = data.draw(plain(BY_PATH[kind.path]))
    value = to_value(kind, stated)
    shown = to_data(kind, value)
    assert to_value(kind, shown) == value
    hash(value if not kind.is_map else None)
    if kind.element not in {"record", "int", "decimal"}:
        assert shown == stated


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("product.scim", True, "yes"),
        ("product.scim", False, "no"),
        ("data.people", 1_200_000, "1,200,000"),
        ("contract.amount", 9_960_000, "996"),
        ("contract.amount", 12_345_600, "1,234.56"),
        ("contract.amount", 5_000, "0.50"),
        ("data.categories", ("customer_contact", "health"), "customer contact, health"),
        ("data.categories", (), "none"),
        ("contract.renews_on", date(2026, 12, 2).toordinal(), "2026-12-02"),
        ("vendor.country", "DE", "DE"),
        ("vendor.subprocessors", (("Cloudly", "US", None),), "Cloudly US"),
    ],
)
def test_values_read_as_people_write_them(path: str, value: Json, words: str) -> None:
    assert to_words(SCHEMA[path], value) == words


@pytest.mark.parametrize("kind", list(SCHEMA), ids=lambda kind: kind.path)
def test_every_fact_but_a_map_can_be_named_in_expressions_and_unknown_stays_unknown(kind: FactType) -> None:
    assert (kind.path in SCHEMA.environment) is (not kind.is_map)
    assert (to_value(kind, None), to_data(kind, None)) == (None, None)
