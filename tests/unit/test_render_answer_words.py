import pytest

from procureguard.facts.derived import shipped_schema
from procureguard.facts.replaced import Replaced
from procureguard.render.answer_words import questions_left, replaced_words, wrote

SCHEMA = shipped_schema()
SIGNED = {"value": "signed", "source": "contract"}


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("offered", "signed", "contract.dpa was offered, is signed now"),
        ("offered", SIGNED, "contract.dpa was offered, is signed now"),
        (SIGNED, None, "contract.dpa was signed, is open now"),
        (
            SIGNED,
            {"value": "signed", "source": "vendor"},
            "contract.dpa is signed as before, but now the vendor says so, whose word counts less than the contract",
        ),
        (
            SIGNED,
            "none",
            "contract.dpa was signed, said by the contract; is none now, said by the requester, whose word counts less",
        ),
    ],
)
def test_what_was_there_is_told(before: object, after: object, sentence: str) -> None:
    found = Replaced("contract.dpa", before, after)  # type: ignore[arg-type] # as a file has it
    assert replaced_words(found, SCHEMA["contract.dpa"]) == sentence
    assert not found.is_plain


@pytest.mark.parametrize(
    ("before", "after"),
    [(None, "signed"), ("signed", SIGNED), (SIGNED, {**SIGNED, "as_of": "2026-11-22"}), ({"value": None}, "none")],
)
def test_what_loses_nothing_needs_no_word(before: object, after: object) -> None:
    assert Replaced("contract.dpa", before, after).is_plain  # type: ignore[arg-type] # as above


def test_a_text_of_the_user_cannot_steer_the_terminal() -> None:
    found = Replaced("request.gap", "a\x1b[31m\nb", "c")
    assert replaced_words(found, SCHEMA["request.gap"]) == "request.gap was a\\u001b[31m b, is c now"
    assert "\x1b" not in wrote(1, "\x1b.yaml", diff=False) + questions_left(1, "\x1b.yaml")


def test_counts_are_words() -> None:
    assert questions_left(0, "a.yaml") == "No question is left."
    assert questions_left(1, "a.yaml") == "One question is left: `procureguard check a.yaml` shows it."
    assert wrote(2, "a.yaml", diff=True) == "would write 2 answers into a.yaml"
