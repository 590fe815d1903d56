import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from procureguard.policy.lint import ABBREVIATION, ASIDE, FAMILIAR, HARDEST, LONGEST
from procureguard.policy.reading import grade, words
from procureguard.vocabulary.documents import Purchase
from procureguard.vocabulary.fact import Section, fact, name_of
from procureguard.vocabulary.kinds import YesNo
from procureguard.vocabulary.table import SECTIONS, rows

TABLE: list[dict[str, Any]] = rows()
BY_PATH = {row["path"]: row for row in TABLE}


def test_every_fact_says_what_it_is_and_who_states_it() -> None:
    for row in TABLE:
        assert row["title"][0].isupper(), row
        assert row["question"].endswith("?"), row
        assert row["question"].count("?") == 1, row
        assert row["stated_by"] in {"requester", "vendor", "it", "organisation"}, row


def test_a_title_fits_into_a_sentence_and_is_the_only_one_of_its_section() -> None:
    assert [row["path"] for row in TABLE if len(row["title"]) > 60] == []
    assert [row["path"] for row in TABLE if row["title"][1].isupper()] == []
    titles = Counter((row["path"].split(".")[0], row["title"].lower()) for row in TABLE)
    assert [title for title, times in titles.items() if times > 1] == []


def test_what_can_be_changed_says_how_and_at_what_effort() -> None:
    for row in TABLE:
        changeable = row["changeable_by"] != "never"
        assert ("change" in row, "effort" in row) == (changeable, changeable), row["path"]
        assert row.get("effort", 1) in range(1, 6), row["path"]


def test_a_change_stays_within_what_the_fact_can_be() -> None:
    for row in TABLE:
        change = row.get("change", {})
        members = {True, False} if row["type"] == "bool" else set(row.get("values", change.get("to", ())))
        assert set(change.get("to", ())) <= members, row["path"]
        assert set(change.get("only", ())) <= members, row["path"]
        assert change.get("at_least", row["path"]) in BY_PATH, row["path"]


def test_sentences_about_single_values_are_about_values_it_can_be_given() -> None:
    for row in TABLE:
        if sentences := row.get("value_says"):
            record = row.get("fields", {}).get("kind", {})
            change = row["change"]
            allowed = change.get("to") or change.get("only") or row.get("values") or record.get("values") or ("1",)
            assert sentences.keys() <= set(allowed), row["path"]
            assert row["type"] == "int" or sentences.keys() == set(allowed), row["path"]


def test_a_section_describes_itself_in_one_sentence() -> None:
    for model in SECTIONS.values():
        assert model.__doc__ is not None
        assert model.__doc__.endswith(".")


def test_a_field_that_is_no_fact_is_refused_by_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    class Careless(Section):
        said: YesNo | None = None

    monkeypatch.setitem(SECTIONS, "careless", Careless)
    with pytest.raises(TypeError, match=r"`careless\.said` is not declared as a fact"):
        rows()


def test_a_kind_of_value_without_a_name_is_refused_by_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nameless(Section):
        said: complex | None = fact("Title", ask="What?", stated_by="it")

    monkeypatch.setitem(SECTIONS, "nameless", Nameless)
    with pytest.raises(TypeError, match="without a word for it"):
        rows()


def test_a_kind_of_value_without_a_name_cannot_be_stated() -> None:
    with pytest.raises(TypeError, match="without a name"):
        name_of(complex)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("data.categories", []),
        ("contract.amount", -1),
        ("contract.amount", "996"),
        ("contract.currency", "usd"),
        ("contract.renews_on", "2026-02-30"),
        ("ai.used", "yes"),
        ("ai.used", 1),
        ("request.users", 2.5),
        ("request.capabilities", ["forms", "forms"]),
        ("vendor.country", "Germany"),
        ("product.capabilities", {"value": "full"}),
        ("web.loads_on_site", {"value": True, "said_by": "vendor"}),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused(path: str, value: object) -> None:
    section, name = path.split(".")
    with pytest.raises(ValidationError):
        Purchase.model_validate({"kind": "purchase", "version": 1, section: {name: value}})


def test_a_fact_may_be_plain_unknown_or_stated_with_its_source() -> None:
    for value in (12, None, {"value": 12, "source": "vendor", "as_of": "2026-05-04"}, {"value": None}):
        Purchase.model_validate({"kind": "purchase", "version": 1, "contract": {"deletion_days": value}})


@pytest.mark.skipif("PROCUREGUARD_REFERENCE" not in os.environ, reason="PROCUREGUARD_REFERENCE names no folder")
def test_the_facts_are_those_of_the_reference() -> None:
    text = (Path(os.environ["PROCUREGUARD_REFERENCE"]) / "facts.yaml").read_text("utf-8")
    reference = {row["path"]: row for row in yaml.safe_load(text)["facts"] if row["stated_by"] != "derived"}
    assert BY_PATH.keys() - reference.keys() == {"tool.name"}
    assert reference.keys() <= BY_PATH.keys()
    keys = ("type", "stated_by", "unit", "derives_from", "changeable_by", "change", "effort", "fresh_for_days")
    for path, expected in reference.items():
        row = BY_PATH[path]
        assert {key: row.get(key) for key in keys} == {key: expected.get(key) for key in keys}, path
        if "values" in expected:
            assert row["values"] == expected["values"], path
        if "fields" in expected:
            assert row["fields"] == expected["fields"], path


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["path"])
def test_a_question_is_short_plain_and_explains_its_abbreviations(row: dict[str, Any]) -> None:
    question = row["question"]
    explained = {name for aside in ASIDE.findall(question) for name in ABBREVIATION.findall(aside)}
    assert len(words(question)) <= LONGEST
    assert grade(ASIDE.sub("", question)) <= HARDEST
    assert set(ABBREVIATION.findall(question)) <= FAMILIAR | explained
