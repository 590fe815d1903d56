from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.capabilities import shipped_taxonomy
from procureguard.facts.derived import shipped_schema
from procureguard.facts.fact import ANSWERERS, SPEAKS_FOR
from procureguard.guard.answers_file import load_answers
from procureguard.purchase import SECTIONS
from procureguard.render.answers_form import answers_form
from procureguard.source.read import read_document
from procureguard.source.stated import blocks_of

SCHEMA = shipped_schema()
DAY = date(2026, 11, 22)
WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"], max_codepoint=0xFFFF) | st.just(" "), min_size=1, max_size=200
)
PATHS = st.sampled_from(sorted(SCHEMA.types))


def asks(*facts: str) -> dict[str, str]:
    return {fact: SCHEMA[fact].question or "" for fact in facts}


@given(
    WORDS,
    st.sampled_from(ANSWERERS),
    st.dates(date(1920, 1, 1), date(2199, 12, 31)),
    st.dictionaries(PATHS, st.text(min_size=1, max_size=200), max_size=9),
)
def test_a_form_is_a_valid_file_that_states_nothing(
    purchase: str, answered_by: str, day: date, questions: dict[str, str]
) -> None:
    text = answers_form(purchase, answered_by, day, questions, SCHEMA)
    document = read_document("a.answers.yaml", text.encode(), [])
    assert document is not None
    found = load_answers(document, SCHEMA, shipped_taxonomy(), [])
    assert found is not None
    assert list(found.answers()) == []
    assert found.purchase == purchase
    assert found.said == (SPEAKS_FOR[answered_by], day.isoformat(), None)
    asked = {f"{block.section}.{key}" for block in blocks_of("", document.data) for key in block.facts}
    stated = {path for path in questions if is_stated_in_a_purchase(path)}
    assert asked == stated
    assert all(path in text for path in questions if path not in stated)


def is_stated_in_a_purchase(path: str) -> bool:
    return path.partition(".")[0] in SECTIONS and SCHEMA[path].stated_by != "derived"


def test_a_form_shows_each_question_with_what_may_be_answered() -> None:
    facts = ("contract.dpa", "data.people", "organisation.currency", "data.vendor_reuses")
    form = answers_form("TW-1190", "vendor", DAY, asks(*facts), SCHEMA)
    assert (
        form.partition("mail.\n")[2]
        == """\
kind: answers
version: 1
purchase: TW-1190
source: vendor
as_of: 2026-11-22
evidence:

data:
  # Roughly how many people does the data describe?
  # Answer: a whole number (people)
  people:
  # Will you sell or share our data, or use it for anything besides serving us?
  # Answer: true or false
  vendor_reuses:

contract:
  # How far is the data processing agreement: missing, offered by you, or signed by both?
  # Answer: one of none, offered or signed
  dpa:

# No purchase states these; they belong in files of your company, such as `organisation.yaml`:
# organisation.currency: In which currency do you set limits and compare prices?
"""
    )


def test_of_many_values_the_first_are_shown() -> None:
    form = answers_form("x", "requester", DAY, asks("data.regions"), SCHEMA)
    assert "# Answer: several of EU, UK, CH, US, US-AK, US-AL, US-AR, US-AZ and 54 more, in brackets: `[…, …]`" in form


def test_a_question_is_one_comment_whoever_wrote_it() -> None:
    form = answers_form("x", "requester", DAY, {"data.people": "How many?\npeople: 3\x1b[31m"}, SCHEMA)
    assert "  # How many? people: 3\\u001b[31m\n" in form


@pytest.mark.parametrize("path", sorted(path for path in SCHEMA.types if is_stated_in_a_purchase(path)))
def test_every_fact_is_told_how_to_answer(path: str) -> None:
    form = answers_form("x", "vendor", DAY, asks(path), SCHEMA)
    assert "# Answer: " in form
    assert "Answer: a value" not in form
    assert max(map(len, form.splitlines())) <= 100
