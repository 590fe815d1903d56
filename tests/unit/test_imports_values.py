from datetime import date
from decimal import Decimal

import pytest

from procureguard.imports.fields import CHOICES, KINDS, ROWS
from procureguard.imports.numbers import Money
from procureguard.imports.tools import MOST_TOOLS
from procureguard.imports.unreadable import Unreadable
from procureguard.imports.values import DEFAULT_FORMATS, Cell, Formats, Value, formats_of, read_value
from procureguard.imports.words import slug, word_key
from procureguard.vocabulary.documents import MOST_TOOLS as MOST_TOOLS_OF_THE_SCHEMA
from procureguard.vocabulary.mapping import BillingCycle, ImportField, MappingProfile
from procureguard.vocabulary.tool import ToolStatus

COMMA, POINT = Formats(None, decimal_comma=True), Formats(None, decimal_comma=False)
DAY_FIRST, MONTH_FIRST = Formats(month_first=False, decimal_comma=None), Formats(month_first=True, decimal_comma=None)


def money(amount: str, currency: str | None = None) -> Money:
    return Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("kind", "cell", "formats", "value"),
    [
        ("money", "1,234.56", DEFAULT_FORMATS, money("1234.56")),
        ("money", "1.234,56", DEFAULT_FORMATS, money("1234.56")),
        ("money", "1.234.567", DEFAULT_FORMATS, money("1234567")),
        ("money", "1 234,5 EUR", DEFAULT_FORMATS, money("1234.5", "EUR")),
        ("money", "1'234.50", DEFAULT_FORMATS, money("1234.50")),
        ("money", "$1,200", POINT, money("1200", "$")),
        ("money", "US$ 1,200", COMMA, money("1.200", "USD")),
        ("money", "12345,678", DEFAULT_FORMATS, money("12345.678")),
        ("money", "0.125", DEFAULT_FORMATS, money("0.125")),
        ("money", "($9.00)", DEFAULT_FORMATS, money("-9", "$")),
        ("money", "-£9", DEFAULT_FORMATS, money("-9", "GBP")),
        ("money", "€ -9", DEFAULT_FORMATS, money("-9", "EUR")),
        ("money", "free", DEFAULT_FORMATS, money("0")),
        ("money", 1.234, DEFAULT_FORMATS, money("1.234")),
        ("money", "–", DEFAULT_FORMATS, None),  # noqa: RUF001 - the dash that tables use
        ("count", "1,200", DEFAULT_FORMATS, 1200),
        ("count", "1.000", COMMA, 1000),
        ("count", "60 Tage", DEFAULT_FORMATS, 60),
        ("count", 12.0, DEFAULT_FORMATS, 12),
        ("count", " n/a ", DEFAULT_FORMATS, None),
        ("day", "2026-12-31", DEFAULT_FORMATS, date(2026, 12, 31)),
        ("day", "2026-12-31T23:59:59+02:00", DEFAULT_FORMATS, date(2026, 12, 31)),
        ("day", "31.12.2026", DEFAULT_FORMATS, date(2026, 12, 31)),
        ("day", "02.11.2026", DEFAULT_FORMATS, date(2026, 11, 2)),
        ("day", "12/31/2026 10:15 PM", DEFAULT_FORMATS, date(2026, 12, 31)),
        ("day", "31/12/26", DEFAULT_FORMATS, date(2026, 12, 31)),
        ("day", "02/11/2026", DAY_FIRST, date(2026, 11, 2)),
        ("day", "02/11/2026", MONTH_FIRST, date(2026, 2, 11)),
        ("day", "05/05/2026", DEFAULT_FORMATS, date(2026, 5, 5)),
        ("day", "Dec 31, 2026", DEFAULT_FORMATS, date(2026, 12, 31)),
        ("day", "31 December 2026", DEFAULT_FORMATS, date(2026, 12, 31)),
        ("yes_no", "Ja", DEFAULT_FORMATS, True),
        ("yes_no", False, DEFAULT_FORMATS, False),
        ("website", "https://www.app.formwise.example/login", DEFAULT_FORMATS, "app.formwise.example"),
        ("currency", "eur", DEFAULT_FORMATS, "EUR"),
        ("text", " Quill\u00a0finch\n", DEFAULT_FORMATS, "Quill finch"),
        ("text", 12, DEFAULT_FORMATS, "12"),
        ("text", "unknown", DEFAULT_FORMATS, None),
        ("choice", "Every-month", DEFAULT_FORMATS, "month"),
    ],
)
def test_a_cell_is_read_by_the_kind_of_its_field(kind: str, cell: Cell, formats: Formats, value: Value) -> None:
    assert read_value(kind, cell, formats, {"every month": "month"}) == value  # type: ignore[arg-type] # from the table


@pytest.mark.parametrize(
    ("kind", "cell", "formats", "reason"),
    [
        ("money", "1,234", DEFAULT_FORMATS, "`1,234` may mean 1.234 or 1234"),
        ("money", "1,234.56", COMMA, "`1,234.56` is no number"),
        ("money", "49 a month", DEFAULT_FORMATS, "`49 a month` is no amount of money"),
        ("money", "999999999999", DEFAULT_FORMATS, "`999999999999` is more than can be meant"),
        ("count", "1.000", DEFAULT_FORMATS, "`1.000` may mean 1 or 1000"),
        ("count", "1" * 40, DEFAULT_FORMATS, f"`{'1' * 40}` is more than can be meant"),
        ("count", "2.5", DEFAULT_FORMATS, "`2.5` is no whole number"),
        ("count", "-3", DEFAULT_FORMATS, "`-3` is no whole number"),
        ("count", -3, DEFAULT_FORMATS, "`-3` is no whole number"),
        ("count", "2 months", DEFAULT_FORMATS, "`2 months` is no whole number"),
        ("day", "02/11/2026", DEFAULT_FORMATS, "`02/11/2026` may be 2026-11-02 or 2026-02-11"),
        ("day", "31/12/2026", MONTH_FIRST, "`31/12/2026` is not a day of the calendar"),
        ("day", "2026-02-30", DEFAULT_FORMATS, "`2026-02-30` is not a day of the calendar"),
        ("day", "soon", DEFAULT_FORMATS, "`soon` is no day"),
        ("day", "12 Frimaire 2026", DEFAULT_FORMATS, "`12 Frimaire 2026` is no day"),
        ("day", "1919-01-01", DEFAULT_FORMATS, "`1919-01-01` is too long ago or too far ahead"),
        ("yes_no", "maybe", DEFAULT_FORMATS, "`maybe` is neither yes nor no"),
        ("website", "formwise", DEFAULT_FORMATS, "`formwise` is no web address"),
        ("currency", "euros", DEFAULT_FORMATS, "`euros` is no currency"),
        ("choice", "fortnightly", DEFAULT_FORMATS, "`fortnightly` is no word known here"),
    ],
)
def test_a_cell_that_does_not_say_it_or_says_two_things_is_not_guessed(
    kind: str, cell: Cell, formats: Formats, reason: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        read_value(kind, cell, formats, {"every month": "month"})  # type: ignore[arg-type] # from the table
    assert refused.value.reason == reason
    assert refused.value.hint


@pytest.mark.parametrize(
    ("kind", "cells", "wished", "formats"),
    [
        ("day", ["01/02/2026", "31/02/2026"], DEFAULT_FORMATS, DAY_FIRST),
        ("day", ["01/02/2026", "02/28/2026"], DEFAULT_FORMATS, MONTH_FIRST),
        ("day", ["31/01/2026", "01/31/2026"], DEFAULT_FORMATS, DEFAULT_FORMATS),
        ("day", ["31/01/2026"], MONTH_FIRST, MONTH_FIRST),
        ("day", ["01.02.2026", None, "-"], DEFAULT_FORMATS, DEFAULT_FORMATS),
        ("money", ["1.234", "2,50"], DEFAULT_FORMATS, COMMA),
        ("money", ["1.234", "2,345.6"], DEFAULT_FORMATS, POINT),
        ("money", ["2,50", "2.50"], DEFAULT_FORMATS, DEFAULT_FORMATS),
        ("count", ["1.000", "1.200"], DEFAULT_FORMATS, COMMA),
    ],
)
def test_a_column_settles_what_a_cell_leaves_open(
    kind: str, cells: list[Cell], wished: Formats, formats: Formats
) -> None:
    assert formats_of(cells, kind, wished) == formats  # type: ignore[arg-type] # from the table


def test_the_profile_may_name_the_fields_that_can_be_read_and_no_others() -> None:
    assert set(KINDS) == set(ImportField.__origin__.__args__)  # type: ignore[attr-defined] # of an annotated literal
    assert {name for row in ROWS.values() for name in row.fields} == set(KINDS)
    assert set(MappingProfile.model_fields["row"].annotation.__args__) == set(ROWS)  # type: ignore[union-attr] # as above
    assert set(CHOICES["status"]) == set(ToolStatus.__origin__.__args__)  # type: ignore[attr-defined] # as above
    assert set(CHOICES["billing_cycle"]) == set(BillingCycle.__origin__.__args__)  # type: ignore[attr-defined] # as above


def test_an_inventory_has_room_for_as_many_tools_as_its_schema_says() -> None:
    assert MOST_TOOLS == MOST_TOOLS_OF_THE_SCHEMA


def test_words_are_compared_however_they_are_written() -> None:
    assert {word_key(word) for word in ("renewalDate", "Renewal_Date", "RENEWAL  date:")} == {"renewal date"}
    assert word_key("Währung") == "wahrung"
    assert (slug("Kündigung & Söhne, Inc."), slug("日本")) == ("kundigung-sohne-inc", "")
