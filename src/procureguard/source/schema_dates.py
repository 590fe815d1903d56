"""What to write where a date stands in another order than year-month-day."""

import re

from jsonschema_rs import is_valid

from procureguard.source.mending import Advice, Mending

_DATE_ORDERS = (
    r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?P<rest>[T ]|$)",
    r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})(?P<rest>)$",
    r"(?P<day>1[3-9]|2[0-9]|3[01])[/-](?P<month>[0-9]{1,2})[/-](?P<year>[0-9]{4})(?P<rest>)$",
    r"(?P<month>[0-9]{1,2})[/-](?P<day>1[3-9]|2[0-9]|3[01])[/-](?P<year>[0-9]{4})(?P<rest>)$",
)


def day_advice(value: str) -> Advice:
    """The same day as it should be written, if there is only one way to read it; else an example.

    Of a day with a time of day, which a time zone may move to another day, the author decides.
    """
    for pattern in _DATE_ORDERS:
        if found := re.match(pattern, value.strip()):
            day = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
            if is_valid({"format": "date"}, day, validate_formats=True):
                return Advice(f"write year-month-day: `{day}`", None if found["rest"] else Mending(day))
    return Advice("write year-month-day and a day that exists, as in `2026-11-30`")
