import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.policy.reading import grade, sentences, syllables, words


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1),
        ("used", 1),
        ("needed", 2),
        ("changes", 2),
        ("table", 2),
        ("people", 2),
        ("vendor's", 2),
        ("agreement", 3),
        ("being", 2),
        ("usually", 4),
        ("advertises", 4),
        ("previous", 3),
        ("negotiator", 5),
        ("California", 5),
        ("72", 1),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_sentence_ends_at_a_full_stop_before_a_space_and_not_inside_a_number_or_a_fact() -> None:
    text = "Version 1.2 of {product.name} is out. Is it good? Take it"
    assert [text[start:end] for start, end in sentences(text)] == [
        "Version 1.2 of {product.name} is out.",
        "Is it good?",
        "Take it",
    ]


def test_a_fact_in_braces_is_one_word_and_so_are_compounds_and_times() -> None:
    assert words("At 8:00, {product.vendor}'s half-open A&A doors") == [
        "At",
        "8:00",
        "thing's",
        "half-open",
        "A&A",
        "doors",
    ]


def test_the_grade_is_that_of_flesch_and_kincaid() -> None:
    # 6 words, 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45)
    # 4 words, 2 sentences, 8 syllables: 0.39 * 2 + 11.8 * 2 - 15.59
    assert grade("Vendor table. Agreement is.") == pytest.approx(0.39 * 2 + 11.8 * 2 - 15.59)


@given(st.text())
def test_any_text_has_a_grade_and_its_sentences_cover_all_but_the_blanks(text: str) -> None:
    assert isinstance(grade(text), float)
    covered = "".join(text[start:end] for start, end in sentences(text))
    assert "".join(covered.split()) == "".join(text.split())
