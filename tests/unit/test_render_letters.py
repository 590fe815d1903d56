"""Letters say what is asked and how to answer, and whatever stands in a purchase stays harmless in a mail."""

import re
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.render.letters import how_to_answer, letters
from procureguard.render.mail import LONGEST_LINK, link, message
from procureguard.render.questions import FORMATS
from procureguard.report.contract import ReportedAsking, ReportedSubject
from procureguard.report.question_contract import QuestionSheet, ReportedAsk

HOSTILE = "Evil\r\nBcc: all@tarnwick.example\r\n\r\n<script>&body=x\x1b[31m \u202e{thing} [a](http://b) %0D%0A"
STEERING = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e]")


def ask(who: str = "vendor", words: str = "Is it encrypted?", kind: str = "bool", *answers: str) -> ReportedAsk:
    return ReportedAsk(
        "product.encrypted_at_rest", "Encryption", who, words, kind, None, answers, ("p",), ("It is safe",)
    )


def sheet(*asks: ReportedAsk, name: str = "Formwise", people: tuple[str, ...] = ()) -> QuestionSheet:
    subject = ReportedSubject("P-1", name, product=True, plan=None, type="new", annual_cost=None, currency=None)
    asking = ReportedAsking("best_case", proved=True, at_worst="approve", others=0)
    named = {found.answered_by: people for found in asks if people}
    return QuestionSheet(
        version=1,
        kind="question-sheet",
        program="0",
        as_of="2026-11-21",
        purchase=subject,
        verdict="needs_info",
        best="approve",
        worst="deny",
        settled=False,
        asking=asking,
        questions=asks,
        people=named,
    )


def parsed(text: str) -> EmailMessage:
    found = message_from_string(text, policy=default)
    assert isinstance(found, EmailMessage)
    return found


words = st.text(max_size=60) | st.just(HOSTILE)


@given(name=words, question=words, person=words)
def test_a_message_has_our_headers_alone_whatever_a_purchase_says(name: str, question: str, person: str) -> None:
    whole = sheet(ask(words=question), name=name, people=(person, "jo@tarnwick.example"))
    [letter] = letters(whole)
    text = message(letter)
    found = parsed(text)
    assert set(found.keys()) <= {
        "To",
        "Subject",
        "X-Unsent",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }
    assert "jo@tarnwick.example" in str(found["To"])
    assert not found.defects
    assert found.get_content().replace("\r\n", "\n") == letter.body()
    assert text.isascii()
    assert text == message(letter)


@given(name=words, count=st.integers(1, 60))
def test_a_link_is_short_and_says_what_it_left_out(name: str, count: int) -> None:
    [letter] = letters(sheet(*[ask(words=f"Is number {place} so?") for place in range(count)], name=name))
    found = link(letter)
    assert len(found) <= LONGEST_LINK
    assert found.isascii()
    assert not re.search(r"[\s<>\"]", found)
    parts = urlsplit(found)
    assert set(parse_qs(parts.query)) == {"subject", "body"}
    body = unquote(parts.query.partition("&body=")[2])
    assert body.count("Is number") == count or "in another mail" in " ".join(body.split())


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_hostile_words_stay_words(form: str) -> None:
    whole = sheet(ask(words=HOSTILE), ask("it", HOSTILE), name=HOSTILE, people=(HOSTILE,))
    text = FORMATS[form](whole, None)
    assert not STEERING.search(text)
    assert not re.search(r"^Bcc:", text, re.MULTILINE)
    assert form == "text" or "<script>" not in text


def test_each_reader_gets_the_questions_that_are_theirs() -> None:
    whole = sheet(ask("requester", "A?"), ask("vendor", "B?"), ask("vendor", "C?"), ask("it", "D?"))
    assert [(found.reader, len(found.questions)) for found in letters(whole)] == [
        ("you", 1),
        ("the vendor", 2),
        ("IT", 1),
    ]
    assert [found.reader for found in letters(whole, "it")] == ["IT"]


@pytest.mark.parametrize(
    ("kind", "answers", "told"),
    [
        ("bool", (), "Yes or no?"),
        ("enum", ("opt_in", "none"), "One of these: opt in or none."),
        ("list(enum)", ("sms", "email"), "Any of these, or none: sms and email."),
        ("date", (), "A day, written as 2026-12-31."),
        ("int", (), "A number."),
        ("string", (), None),
    ],
)
def test_possible_answers_are_told_in_plain_words(kind: str, answers: tuple[str, ...], told: str | None) -> None:
    assert how_to_answer(ask("vendor", "So?", kind, *answers)) == told
