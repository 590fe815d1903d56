"""Days as people write them: `2026-12-31`, `31.12.2026`, `12/31/2026`, `31 Dec 2026`, with or without a time."""

import re
from datetime import date

from procureguard.imports.unreadable import Unreadable
from procureguard.source.text import shown

HINT = "say `--dates day-first` or `--dates month-first`"
_TIME = re.compile(r"(?:T|,?\s+)[0-9]{1,2}:[0-9]{2}.*$")
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_NUMBERS = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_DAY_MONTH = re.compile(r"([0-9]{1,2})[ .-]+([A-Za-z]{3,9})[.,]?[ -]+([0-9]{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})[.]? +([0-9]{1,2}),? +([0-9]{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_EARLIEST, _LATEST = 1920, 2199
_CENTURY = 2000
_MOST_MONTHS = 12
_SHORT_YEAR = 2


def read_day(text: str, *, month_first: bool | None) -> date:
    """The day a text states; a time after it is passed over. Points between numbers put the day first.

    Raises:
        Unreadable: it states none, or could mean two.
    """
    bare = _TIME.sub("", text)
    if found := _ISO.fullmatch(bare):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(bare):
        return _from_numbers(text, found, month_first)
    if found := _DAY_MONTH.fullmatch(bare):
        return _day(text, int(found[3]), _month(text, found[2]), int(found[1]))
    if found := _MONTH_DAY.fullmatch(bare):
        return _day(text, int(found[3]), _month(text, found[1]), int(found[2]))
    raise Unreadable(f"{shown(text)} is no day", "write it as `2026-12-31`")


def month_first_evidence(text: str) -> bool | None:
    """Whether a text shows that the month, or shows that the day, comes first; None where it shows neither."""
    found = _NUMBERS.fullmatch(_TIME.sub("", text))
    if found is None or found[2] == ".":
        return None
    first, second = int(found[1]), int(found[3])
    if (first > _MOST_MONTHS) == (second > _MOST_MONTHS):
        return None
    return second > _MOST_MONTHS


def _from_numbers(text: str, found: re.Match[str], month_first: bool | None) -> date:  # noqa: FBT001 - three values
    first, second = int(found[1]), int(found[3])
    year = int(found[4]) + (_CENTURY if len(found[4]) == _SHORT_YEAR else 0)
    if month_first is None and found[2] == ".":
        month_first = False
    if month_first is None:
        month_first = month_first_evidence(text)
    if month_first is None and first != second and max(first, second) <= _MOST_MONTHS:
        one, other = _day(text, year, first, second), _day(text, year, second, first)
        raise Unreadable(f"{shown(text)} may be {other.isoformat()} or {one.isoformat()}", HINT)
    return _day(text, year, first, second) if month_first else _day(text, year, second, first)


def _month(text: str, word: str) -> int:
    name = word.casefold()
    if name in _NAMES:
        return _NAMES.index(name) + 1
    if name not in {*_MONTHS, "sept"}:
        raise Unreadable(f"{shown(text)} is no day", "write it as `2026-12-31`")
    return _MONTHS.index(name[:3]) + 1


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Unreadable(f"{shown(text)} is not a day of the calendar", "write it as `2026-12-31`") from None
    if not _EARLIEST <= found.year <= _LATEST:
        raise Unreadable(f"{shown(text)} is too long ago or too far ahead", "write the year in four digits")
    return found
