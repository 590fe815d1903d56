"""What a column of an export may be taken for, and which of it each kind of row needs."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Kind = Literal["text", "website", "count", "money", "currency", "day", "yes_no", "choice"]
"""How the cells of a field are read."""


MOST_COUNTED = 1_000_000_000
"""The largest whole number that an inventory may hold."""

MOST_MONEY = 100_000_000_000
"""The largest amount of money that an inventory may hold."""


class Row(NamedTuple):
    """What one row is: the fields it may have, and those it cannot do without."""

    title: str
    fields: tuple[str, ...]
    needed: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "name": "text",
    "vendor": "text",
    "website": "website",
    "department": "text",
    "owner": "text",
    "status": "choice",
    "active": "yes_no",
    "category": "text",
    "description": "text",
    "seats": "count",
    "seats_used": "count",
    "amount": "money",
    "annual_cost": "money",
    "currency": "currency",
    "billing_cycle": "choice",
    "renews_on": "day",
    "notice_days": "count",
    "person": "text",
    "unassigned_on": "day",
    "last_sign_in": "day",
    "paid_on": "day",
}
"""The kind of value of every field."""

PAYMENTS_A_YEAR: Mapping[str, int] = {"month": 12, "quarter": 4, "half_year": 2, "year": 1, "once": 1}
"""How often a price is paid in a year, by billing cycle; one paid once counts for one year."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "status": ("planned", "trial", "active", "ending", "retired"),
    "billing_cycle": tuple(PAYMENTS_A_YEAR),
}
"""What a field can be of which only a few values are possible."""

_OF_TOOLS = ("name", "vendor", "website", "department", "owner", "status", "active", "category", "description")

ROWS: Mapping[str, Row] = {
    "tool": Row(
        "a tool",
        (
            *_OF_TOOLS,
            *("seats", "seats_used", "amount", "annual_cost", "currency", "billing_cycle", "renews_on", "notice_days"),
        ),
        ("name",),
    ),
    "assignment": Row(
        "a person's assignment to a tool",
        (*_OF_TOOLS, "person", "unassigned_on", "last_sign_in"),
        ("name", "person"),
    ),
    "payment": Row(
        "a payment",
        (*_OF_TOOLS, "paid_on", "amount", "currency"),
        ("name", "paid_on", "amount"),
    ),
}
"""What a row can be."""
