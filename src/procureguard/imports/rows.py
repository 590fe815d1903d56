"""Rows read: each becomes what it says of a tool, or is rejected with the reasons."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from procureguard.imports.columns import Matching
from procureguard.imports.fields import KINDS, MOST_MONEY, PAYMENTS_A_YEAR
from procureguard.imports.numbers import Money
from procureguard.imports.profile import Profile
from procureguard.imports.table import Row, Table
from procureguard.imports.unreadable import Unreadable
from procureguard.imports.values import Cell, Value, is_unknown, read_value
from procureguard.imports.words import word_key
from procureguard.source.text import shown

_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD"})


class Purse(NamedTuple):
    """The organisation's own currency, and what one unit of each other one is in it."""

    currency: str
    rates: Mapping[str, Fraction]


class Rejected(NamedTuple):
    """A row that is not taken, with the reason and what would help; its cells are kept as they were."""

    row: Row
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one row says: its values by field, and its cost in the organisation's currency, of a year or one payment.

    `unused` are the cells of columns that are no field, with their places.
    """

    number: int
    row: Row
    values: Mapping[str, Value]
    cost: Fraction | None
    unused: tuple[tuple[int, Cell], ...]

    def text(self, field: str) -> str | None:
        """A text the row states, or None."""
        value = self.values.get(field)
        return value if isinstance(value, str) else None

    def day(self, field: str) -> date | None:
        """A day the row states, or None."""
        value = self.values.get(field)
        return value if isinstance(value, date) else None


def read_rows(
    table: Table, profile: Profile, matching: Matching, purse: Purse
) -> tuple[tuple[Reading, ...], tuple[Rejected, ...]]:
    """Every row of a table, either read or rejected: together they are as many as the table has."""
    done = [_read_row(row, profile, matching, purse) for row in table.rows]
    return (
        tuple(each for each in done if isinstance(each, Reading)),
        tuple(each for each in done if isinstance(each, Rejected)),
    )


def _read_row(row: Row, profile: Profile, matching: Matching, purse: Purse) -> Reading | Rejected:
    if row.problem is not None:
        return Rejected(row, row.problem, "correct the row in the export, or add the tool by hand")
    values: dict[str, Value] = {}
    problems: list[Unreadable] = []
    for field, match in matching.used.items():
        cell: Cell = row.cells[match.place] if match.place < len(row.cells) else None
        try:
            values[field] = read_value(KINDS[field], cell, match.formats, profile.words.get(field, {}))
        except Unreadable as error:
            problems.append(Unreadable(f"{field.replace('_', ' ')}: {error.reason}", error.hint))
    for check in (_check_needed, _check_only, _check_state):
        problems += _caught(check, profile, values) if not problems else []
    cost: Fraction | None = None
    if not problems:
        try:
            cost = _cost(profile, values, purse)
        except Unreadable as error:
            problems.append(error)
    if problems:
        hints = dict.fromkeys(problem.hint for problem in problems)
        return Rejected(row, "; ".join(problem.reason for problem in problems), "; ".join(hints))
    stated = {field: value for field, value in values.items() if value is not None}
    return Reading(row.number, row, stated, cost, _unused(row, matching))


def _unused(row: Row, matching: Matching) -> tuple[tuple[int, Cell], ...]:
    used = {match.place for match in matching.used.values()}
    return tuple((place, cell) for place, cell in enumerate(row.cells) if place not in used and not is_unknown(cell))


def _caught(
    check: Callable[[Profile, Mapping[str, Value]], None], profile: Profile, values: Mapping[str, Value]
) -> Iterable[Unreadable]:
    try:
        check(profile, values)
    except Unreadable as error:
        return [error]
    return []


def _check_needed(profile: Profile, values: Mapping[str, Value]) -> None:
    for field in profile.row.needed:
        if field not in values:
            name = field.replace("_", " ")
            hint = f"add a heading of this file for `{field}` to a profile of your own"
            raise Unreadable(f"no column is taken for the {name}", hint)
        if values[field] is None:
            name = field.replace("_", " ")
            raise Unreadable(f"the {name} is not stated", "add it in the export")
        if field == "name" and not word_key(str(values[field])):
            raise Unreadable("the name has neither a letter nor a digit", "take the line out, or name the tool")


def _check_only(profile: Profile, values: Mapping[str, Value]) -> None:
    for field, words in profile.only.items():
        value = values.get(field)
        if isinstance(value, str) and word_key(value) not in words:
            name = field.replace("_", " ")
            hint = f"to take it too, add the word below `only:` to a profile of your own, based on {profile.identity}"
            raise Unreadable(f"the {name} {shown(value)} is not among those that count as software", hint)


def _check_state(profile: Profile, values: Mapping[str, Value]) -> None:
    if all(values.get(name) is None and profile.defaults.get(name) is None for name in ("status", "active")):
        raise Unreadable("it does not say whether the tool is in use", "add a status, or `defaults: {status: active}`")


def _cost(profile: Profile, values: Mapping[str, Value], purse: Purse) -> Fraction | None:
    """The cost of a year, or of one payment; None where it or how often it is paid is not stated."""
    yearly, amount = values.get("annual_cost"), values.get("amount")
    stated = values.get("currency") or profile.defaults.get("currency")
    currency = str(stated) if stated else None
    if isinstance(yearly, Money):
        return _bounded(profile, _own(yearly, currency, purse))
    if not isinstance(amount, Money):
        return None
    own = _own(amount, currency, purse)
    if profile.meaning == "payment":
        return _bounded(profile, own)
    cycle = values.get("billing_cycle") or profile.defaults.get("billing_cycle")
    return None if cycle is None else _bounded(profile, own * PAYMENTS_A_YEAR[str(cycle)])


def _bounded(profile: Profile, cost: Fraction) -> Fraction:
    if cost < 0 and profile.meaning != "payment":
        raise Unreadable("the cost is below zero", "write what the tool costs, not what comes back")
    if abs(cost) > MOST_MONEY:
        raise Unreadable("the cost is more than can be meant", f"at most {MOST_MONEY:,} a year can be written")
    return cost


def _own(money: Money, stated: str | None, purse: Purse) -> Fraction:
    """Money in the organisation's own currency, exactly; without any currency stated, it is that."""
    currency = _currency(money.currency, stated, purse)
    if currency == purse.currency:
        return Fraction(money.amount)
    if currency not in purse.rates:
        hint = f"add {currency} to `exchange_rates` in the organisation file"
        raise Unreadable(f"there is no exchange rate from {currency} to {purse.currency}", hint)
    return Fraction(money.amount) * purse.rates[currency]


def _currency(beside: str | None, stated: str | None, purse: Purse) -> str:
    """The currency of a row, where the one beside the amount and that of the row agree."""
    if "$" in {beside, stated}:
        other = next((each for each in (beside, stated) if each not in {"$", None}), None)
        return _dollar(other, purse)
    if beside and stated and beside != stated:
        raise Unreadable(f"the amount is in {beside} and the currency is {stated}", "keep the right one")
    return beside or stated or purse.currency


def _dollar(other: str | None, purse: Purse) -> str:
    currency = other or (purse.currency if purse.currency in _DOLLARS else None)
    if currency is None:
        raise Unreadable("`$` may be the dollar of several countries", "add a column with the currency, such as USD")
    if currency not in _DOLLARS:
        raise Unreadable(f"the amount is in `$` and the currency is {currency}", "keep the right one")
    return currency
