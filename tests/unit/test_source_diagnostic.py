import pytest

from procureguard.source.codes import CODES
from procureguard.source.diagnostic import Diagnostic, InvalidInput, closest, did_you_mean
from procureguard.source.text import Source, Span

SOURCE = Source("a.yaml", "kind: x\nvers: 1\n")


def test_the_headline_names_file_line_column_code_and_severity() -> None:
    error = Diagnostic.error("PG202", "`vers` is not known here", SOURCE, Span(8, 12))
    assert error.headline == "a.yaml:2:1: PG202 error: `vers` is not known here"
    warning = Diagnostic.warning("PG202", "odd", SOURCE, Span(0, 1), "a hint")
    assert (warning.severity, warning.hint) == ("warning", "a hint")


def test_a_diagnostic_without_a_place_names_the_file_alone() -> None:
    assert Diagnostic("PG100", "error", "gone", name="b.yaml").headline == "b.yaml: PG100 error: gone"


def test_invalid_input_carries_and_prints_every_diagnostic() -> None:
    one = Diagnostic("PG100", "error", "gone", name="b.yaml")
    two = Diagnostic("PG103", "error", "empty", name="c.yaml")
    error = InvalidInput([one, two])
    assert error.diagnostics == (one, two)
    assert str(error) == "b.yaml: PG100 error: gone\nc.yaml: PG103 error: empty"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("sso_on_paln", "sso_on_plan"),
        ("SSO-on-plan", "sso_on_plan"),
        ("sso", "sso_on_plan"),
        ("enc", None),
        ("zebra", None),
        ("", None),
        ("x" * 1000, None),
    ],
)
def test_the_closest_candidate_is_the_one_that_resembles_the_word(word: str, meant: str | None) -> None:
    candidates = ["encrypted_at_rest", "encrypted_in_transit", "sso_on_plan"]
    assert closest(word, candidates) == meant
    assert closest(word, reversed(candidates)) == meant
    assert did_you_mean(word, candidates) == (f"did you mean `{meant}`?" if meant else None)


def test_codes_are_well_formed_and_explained() -> None:
    for code, entry in CODES.items():
        assert code[:2] == "PG"
        assert code[2:].isdigit()
        assert len(code) == 5
        assert entry.title[0].islower() or entry.title.startswith("UTF")
        assert not entry.title.endswith(".")
        assert 1 <= entry.explanation.count(". ") + 1 <= 4
        assert entry.explanation.endswith(".")
    assert len({entry.title for entry in CODES.values()}) == len(CODES)
    assert len({entry.explanation for entry in CODES.values()}) == len(CODES)
