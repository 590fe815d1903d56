from pathlib import Path

import pytest

from procureguard import Guard
from procureguard.facts.check_registers import check_card_payments, check_decisions
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from written import Data, folder, kind, schema_of, stack, told, tool

DECISION: Data = {
    "purchase": "p",
    "decided_on": "2026-03-14",
    "outcome": "approved",
    "facts": {"request": {"users": 4}},
}
EXT: Data = {
    "type": "object",
    "properties": {"start": {"type": "string", "format": "date"}, "names": {"type": "array"}},
}


def problems_of(changed: Data, organisation: Data | None = None) -> list[tuple[str, str, bool]]:
    problems = list[Diagnostic]()
    around = stack(organisation)
    document = kind("decisions", {"decisions": [{**DECISION, **changed}]})
    sound = check_decisions(document, around.organisation, schema_of(around), around.taxonomy, problems)
    assert sound == (not problems)
    return [(code, message, place is not None) for code, message, _, place in told(problems)]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"decided_on": "2026-02-30"}, "`2026-02-30` is not a calendar day"),
        ({"outcome": "aproved"}, "`aproved` is not a value of `outcome`"),
        ({"facts": {"request": {"users": "x"}}}, "`facts.request.users` must be a whole number, got text `x`"),
        ({"facts": {"contract": {"amount": 1.23456}}}, "`1.23456` has more than four decimal places"),
        ({"facts": {"request": {"must": ["survey"]}}}, "there is no capability `survey`"),
        ({"facts": {"ext": {"start": "soon"}}}, "the organisation has no facts of its own"),
        ({"facts": {}}, "this approval does not say what it rests on, so nothing could ever change it"),
        ({"facts": None}, "this approval does not say what it rests on, so nothing could ever change it"),
    ],
)
def test_a_broken_log_is_refused_with_the_place(changed: Data, message: str) -> None:
    assert [(found, placed) for _, found, placed in problems_of(changed)] == [(message, True)]


def test_a_refusal_needs_no_facts() -> None:
    assert problems_of({"outcome": "refused", "facts": None}) == []


@pytest.mark.parametrize("ext", [{"start": 5}, {"names": "x"}])
def test_own_facts_in_a_log_answer_to_the_organisations_schema(ext: Data) -> None:
    assert [placed for *_, placed in problems_of({"facts": {"ext": ext}}, {"ext": EXT})] == [True]


def test_amounts_have_four_places() -> None:
    problems = list[Diagnostic]()
    payment = {"vendor": "v", "paid_on": "2026-10-02", "amount": 0.00001, "currency": "USD"}
    assert not check_card_payments(kind("card-payments", {"payments": [payment]}), problems)
    assert [problem.code for problem in problems] == ["PG221"]


def loaded_around(path: Path, payments: list[Data], decisions: list[Data]) -> list[tuple[str, str, str | None]]:
    files = {
        "card-payments.yaml": {"kind": "card-payments", "version": 1, "payments": payments},
        "decisions.yaml": {"kind": "decisions", "version": 1, "decisions": decisions},
        "inventory.yaml": {"kind": "inventory", "version": 1, "tools": [tool("formtool")]},
        "pollbird.yaml": {"kind": "vendor", "version": 1, "id": "pollbird-inc", "vendor": {"name": "Pollbird"}},
    }
    folder(path, files)
    try:
        Guard.load(
            inventory=path / "inventory.yaml",
            vendors=[path / "pollbird.yaml"],
            decisions=path / "decisions.yaml",
            card_payments=path / "card-payments.yaml",
        )
    except InvalidInput as error:
        return [(found.severity, found.message, found.hint) for found in error.diagnostics]
    return []


def test_words_that_are_nearly_known_and_currencies_without_a_rate_are_told(tmp_path: Path) -> None:
    paid = {"paid_on": "2026-10-02", "amount": 5, "currency": "USD"}
    payments = [
        {**paid, "vendor": "Pollbird"},
        {**paid, "vendor": "POLLBIRD-INC"},
        {**paid, "vendor": "x", "currency": "JPY"},
    ]
    decisions = [{**DECISION, "tool": "formtol"}, {**DECISION, "tool": "retired-long-ago"}]
    assert loaded_around(tmp_path, payments, decisions) == [
        (
            "warning",
            "what was paid to `Pollbird` does not count for the vendor of that name",
            "write `pollbird-inc`, if it is this one",
        ),
        (
            "error",
            "something was paid in `JPY`, for which there is no exchange rate",
            "add it to `exchange_rates` in the organisation file",
        ),
        ("warning", "the log names the tool `formtol`, which the inventory does not have", "did you mean `formtool`?"),
    ]
