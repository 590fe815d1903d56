from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from procureguard.guard.plain_data import document_of
from procureguard.source.diagnostic import Diagnostic


def test_dates_and_decimals_are_taken_as_their_texts_and_numbers() -> None:
    problems: list[Diagnostic] = []
    found = document_of({"needed_by": date(2026, 12, 1), "amount": Decimal("12.50"), "many": (1, 2)}, problems)
    assert found is not None
    assert problems == []
    assert found.data == {"needed_by": "2026-12-01", "amount": 12.5, "many": [1, 2]}


def circle() -> dict[str, Any]:
    data: dict[str, Any] = {}
    data["contract"] = data
    return data


@pytest.mark.parametrize(
    "data",
    [
        {"amount": float("inf")},
        {"amount": Decimal("NaN")},
        {"when": datetime(2026, 12, 1, 12, 0)},  # noqa: DTZ001 - a time of day is no date
        {"systems": {"crm"}},
        {("a", "b"): 1},
        circle(),
    ],
    ids=["infinite", "not a number", "a time", "a set", "a key", "a circle"],
)
def test_what_no_file_could_say_is_refused_with_a_hint(data: dict[str, Any]) -> None:
    problems: list[Diagnostic] = []
    assert document_of(data, problems) is None
    assert [problem.code for problem in problems] == ["PG105"]
    assert problems[0].hint
