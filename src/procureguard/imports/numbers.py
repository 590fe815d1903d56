"""Whole numbers and money as people write them: `1,234.56`, `1.234,56 EUR`, `$1,200`."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from procureguard.imports.fields import MOST_COUNTED, MOST_MONEY
from procureguard.imports.unreadable import Unreadable
from procureguard.source.text import shown

HINT = "say `--decimal-mark comma` or `--decimal-mark point`"

CURRENCY_SIGNS: Mapping[str, str] = {"€": "EUR", "£": "GBP", "$": "$", "US$": "USD"}
"""The codes that signs mean; the dollar may be that of any country."""

_CURRENCY = r"[A-Z]{3}|US\$|[€£$]"
_SIGN = "[-+\N{MINUS SIGN}]?"
_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
_DIGITS = f"[0-9][0-9., {_APOSTROPHES}]*"
_NUMBER = re.compile(_DIGITS)
_MONEY = re.compile(
    rf"(?P<sign>{_SIGN})\s*(?P<before>{_CURRENCY})?\s*(?P<minus>{_SIGN})(?P<digits>{_DIGITS})(?P<after>{_CURRENCY})?"
)
_BRACKETS = re.compile(r"\((.*)\)")
_UNIT = re.compile(r"\s*(days?|tage?n?|seats?|users?|people|licen[cs]es?|nutzer)$", re.IGNORECASE)
_GROUPS = {mark: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in f",. {_APOSTROPHES}"}
_FREE = frozenset({"free", "gratis", "kostenlos"})


class Money(NamedTuple):
    """An amount and its currency: a code, `$` for a dollar of whichever country, or None where it is not said."""

    amount: Decimal
    currency: str | None


def read_money(cell: str | Decimal, *, decimal_comma: bool | None) -> Money:
    """The money a cell states, below zero for a refund.

    Raises:
        Unreadable: it states none, or the amount could mean two.
    """
    if isinstance(cell, Decimal):
        return Money(_bounded(cell, str(cell), MOST_MONEY), None)
    if cell.casefold() in _FREE:
        return Money(Decimal(0), None)
    bracketed = _BRACKETS.fullmatch(cell)
    found = _MONEY.fullmatch(bracketed[1].strip() if bracketed else cell)
    if found is None or (found["before"] and found["after"]):
        raise Unreadable(f"{shown(cell)} is no amount of money", "write it as `1200` or `1200 EUR`")
    amount = _bounded(_number(found["digits"].strip(), cell, decimal_comma), cell, MOST_MONEY)
    below = bool(bracketed) or bool({found["sign"], found["minus"]} - {"", "+"})
    currency = found["before"] or found["after"]
    return Money(-amount if below else amount, None if currency is None else CURRENCY_SIGNS.get(currency, currency))


def read_count(cell: str | Decimal, *, decimal_comma: bool | None) -> int:
    """The whole number a cell states, from 0 to a billion; a word such as `days` may follow it.

    Raises:
        Unreadable: it states none, or could mean two.
    """
    number = cell if isinstance(cell, Decimal) else _counted(_UNIT.sub("", cell), cell, decimal_comma)
    if not _is_whole(number) or number < 0:
        raise Unreadable(f"{shown(str(cell))} is no whole number", "write digits only, such as `1200`")
    return int(_bounded(number, str(cell), MOST_COUNTED))


def comma_evidence(text: str, *, whole: bool) -> bool | None:
    """Whether a text shows that its decimal mark is the comma, or that it is the point; None where it shows neither."""
    found = _MONEY.fullmatch(_UNIT.sub("", text))
    if found is None:
        return None
    digits = found["digits"].strip()
    readings = {comma: _read(digits, decimal_comma=comma) for comma in (True, False)}
    possible = [comma for comma, number in readings.items() if number is not None and (not whole or _is_whole(number))]
    return possible[0] if len(possible) == 1 else None


def _counted(digits: str, cell: str, decimal_comma: bool | None) -> Decimal:  # noqa: FBT001 - three values
    """What can only be whole in one reading is read so."""
    if not _NUMBER.fullmatch(digits):
        raise Unreadable(f"{shown(cell)} is no whole number", "write digits only, such as `1200`")
    shows = comma_evidence(digits, whole=True)
    return _number(digits, cell, shows if decimal_comma is None else decimal_comma)


def _number(digits: str, cell: str, decimal_comma: bool | None) -> Decimal:  # noqa: FBT001 - three values
    marks = (True, False) if decimal_comma is None else (decimal_comma,)
    possible = {number for mark in marks if (number := _read(digits, decimal_comma=mark)) is not None}
    if not possible:
        raise Unreadable(f"{shown(cell)} is no number", HINT if decimal_comma is not None else "write it as `1234.56`")
    if len(possible) > 1:
        low, high = sorted(possible)
        raise Unreadable(f"{shown(cell)} may mean {low.normalize():f} or {high.normalize():f}", HINT)
    return possible.pop()


def _read(digits: str, *, decimal_comma: bool) -> Decimal | None:
    """The number digits state with one decimal mark, or None where they are not written that way."""
    mark = "," if decimal_comma else "."
    whole, separator, fraction = digits.partition(mark)
    if separator and not (fraction.isascii() and fraction.isdigit()):
        return None
    if not whole.isdigit():
        used = {each for each in whole if not each.isdigit()}
        if len(used) != 1 or used == {mark} or not _GROUPS[used.pop()].fullmatch(whole) or whole.startswith("0"):
            return None
    return Decimal("".join(each for each in whole if each.isdigit()) + (f".{fraction}" if separator else ""))


def _is_whole(number: Decimal) -> bool:
    # The remainder of a division would be refused for numbers of many digits.
    return number == number.to_integral_value()


def _bounded(number: Decimal, cell: str, most: int) -> Decimal:
    if abs(number) > most:
        raise Unreadable(f"{shown(cell)} is more than can be meant", f"at most {most:,} can stand here")
    return number
