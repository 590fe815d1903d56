"""What to write where a date stands in another order than year-month-day."""

import re

from jsonschema_rs import is_valid

_DATE_ORDERS = (
    r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?:[T ]|$)",
    r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})$",
    r"(?P<day>1[3-9]|2[0-9]|3[01])[/-](?P<month>[0-9]{1,2})[/-](?P<year>[0-9]{4})$",
    r"(?P<month>[0-9]{1,2})[/-](?P<day>1[3-9]|2[0-9]|3[01])[/-](?P<year>[0-9]{4})$",
)


def date_hint(value: str) -> str:
    """The same day as it should be written, if there is only one way to read it; else an example."""
    for pattern in _DATE_ORDERS:
        if found := re.match(pattern, value.strip()):
            guess = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
            if is_valid({"format": "date"}, guess, validate_formats=True):
                return f"write year-month-day: `{guess}`"
    return "write year-month-day and a day that exists, as in `2026-11-30`"
