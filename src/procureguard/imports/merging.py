"""What all rows of one product say together; what they contradict one another on stays unknown and is shown.

Rows of a list of tools are contracts: their seats, users and costs add up.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeAlias

from procureguard.imports.fields import MOST_COUNTED, MOST_MONEY
from procureguard.imports.grouping import Group
from procureguard.imports.profile import Profile
from procureguard.imports.rows import Reading
from procureguard.imports.words import slug, word_key

FactValue: TypeAlias = str | int | date | Fraction
"""A fact of the inventory; money is a fraction with at most four decimal places, in the organisation's currency."""

RECENT = timedelta(days=90)
"""Who signed in within so many days before the day of the export uses the tool."""

_LIVELIEST = ("active", "ending", "trial", "planned", "retired")
_PLACES = 10_000
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Merged:
    """The facts of a product, the status to write, what its rows say differently, and how they were added up."""

    facts: Mapping[str, FactValue]
    status: str
    disagreements: Mapping[str, tuple[FactValue, ...]]
    remarks: tuple[str, ...]


def merged(group: Group, profile: Profile, as_of: date) -> Merged:
    """What the rows of a product say together on the day of the export.

    A tool counts as being in the liveliest of the stages of life that its rows state.
    """
    said = {name: _each(group, say) for name, say in {**_ALWAYS, **_BY_ROW[profile.meaning]}.items()}
    facts: dict[str, FactValue] = {name: values[0] for name, values in said.items() if len(values) == 1}
    remarks: tuple[str, ...] = ()
    if profile.meaning == "tool":
        sums, remarks = _added_up(group)
        facts = {**sums, **facts}
    if profile.meaning == "assignment":
        facts |= _seats(group, as_of)
    if profile.meaning == "payment":
        facts |= _paid(group, as_of)
    status = min(map(str, said["status"]), key=_LIVELIEST.index, default=_usual_status(profile))
    return Merged(facts, status, {name: values for name, values in said.items() if len(values) > 1}, remarks)


def within_a_year(paid_on: date | None, as_of: date) -> bool:
    """Whether a payment was made within the twelve months that end on a day."""
    return (
        paid_on is not None
        and paid_on <= as_of
        and (paid_on.year + 1, paid_on.month, paid_on.day)
        > (
            as_of.year,
            as_of.month,
            as_of.day,
        )
    )


def is_refunded(group: Group, as_of: date) -> bool:
    """Whether nothing is left of the payments of twelve months when what came back is taken off."""
    payments = _payments(group, as_of)
    return bool(payments) and _rounded(sum(payments, Fraction(0))) <= 0


def _usual_status(profile: Profile) -> str:
    active = profile.defaults.get("active")
    return str(profile.defaults.get("status") or ("retired" if active is False else "active"))


def _status(reading: Reading) -> str | None:
    active = reading.values.get("active")
    return reading.text("status") or (None if active is None else "active" if active else "retired")


def _department(reading: Reading) -> str | None:
    name = reading.text("department")
    return name and (slug(name) or name)


def _count(field: str) -> Callable[[Reading], int | None]:
    def say(reading: Reading) -> int | None:
        value = reading.values.get(field)
        return value if isinstance(value, int) else None

    return say


_Say: TypeAlias = Callable[[Reading], FactValue | None]

_ALWAYS: Mapping[str, _Say] = {
    "department": _department,
    "owner": lambda reading: reading.text("owner"),
    "status": _status,
}

_BY_ROW: Mapping[str, Mapping[str, _Say]] = {
    "tool": {
        "renews_on": lambda reading: reading.day("renews_on"),
        "notice_days": _count("notice_days"),
    },
    "assignment": {},
    "payment": {},
}
"""What single rows state of a tool, by what a row is; the rest is counted over all of them."""

_SUMS: Mapping[str, tuple[Callable[[Reading], int | Fraction | None], int]] = {
    "seats": (_count("seats"), MOST_COUNTED),
    "seats_used": (_count("seats_used"), MOST_COUNTED),
    "annual_cost": (lambda reading: reading.cost, MOST_MONEY),
}
"""What adds up over the rows of a list of tools, and how much of it an inventory may hold."""


def _each(group: Group, say: _Say) -> tuple[FactValue, ...]:
    values = (say(reading) for reading in group.readings)
    return tuple(dict.fromkeys(value for value in values if value is not None))


def _added_up(group: Group) -> tuple[dict[str, FactValue], tuple[str, ...]]:
    """Seats, users and costs of all contracts, and what a person should know of these sums."""
    contracts, repeated = _contracts(group)
    facts: dict[str, FactValue] = {}
    added: list[str] = []
    remarks = [f"Counted once, as {_rows(repeated)} the same as another."] if repeated else []
    for name, (say, most) in _SUMS.items():
        stated = [value for reading in contracts if (value := say(reading)) is not None]
        total = sum(stated)
        if stated and total <= most:
            facts[name] = _rounded(total) if isinstance(total, Fraction) else total
            added.append(name if len(stated) == len(contracts) else f"{name} (stated by {len(stated):,})")
        elif stated:
            remarks.append(f"Its rows come to more {name} than can be meant, so that this is left out.")
    if added and len(contracts) > 1:
        remarks.append(f"Added up over {len(contracts):,} rows: {', '.join(added)}.")
    return facts, tuple(remarks)


def _contracts(group: Group) -> tuple[Sequence[Reading], Sequence[Reading]]:
    """Rows that differ in anything stated, each a contract; and those that only repeat one."""
    contracts: dict[Hashable, Reading] = {}
    repeated: list[Reading] = []
    for reading in group.readings:
        rest = frozenset((field, value) for field, value in reading.values.items() if field != "name")
        key = rest, reading.unused
        if key in contracts:
            repeated.append(reading)
        else:
            contracts[key] = reading
    return tuple(contracts.values()), repeated


def _rows(readings: Sequence[Reading]) -> str:
    numbers = ", ".join(str(reading.number) for reading in readings[:_NAMED])
    more = f" and {len(readings) - _NAMED:,} more" if len(readings) > _NAMED else ""
    return f"row {numbers} says" if len(readings) == 1 else f"rows {numbers}{more} say"


def _seats(group: Group, as_of: date) -> dict[str, FactValue]:
    """People assigned, and those of them who signed in lately; where nobody's sign-in is known, use is not."""
    assigned = [reading for reading in group.readings if not _ended(reading, as_of)]
    days = [(_person(reading), reading.day("last_sign_in")) for reading in assigned]
    recent = {person for person, day in days if day is not None and timedelta() <= as_of - day <= RECENT}
    is_known = any(day is not None for _, day in days)
    return {"seats": len({person for person, _ in days}), **({"seats_used": len(recent)} if is_known else {})}


def _ended(reading: Reading, as_of: date) -> bool:
    day = reading.day("unassigned_on")
    return day is not None and day <= as_of


def _person(reading: Reading) -> str:
    name = str(reading.text("person"))
    return name.casefold() if "@" in name else word_key(name) or name


def _paid(group: Group, as_of: date) -> dict[str, FactValue]:
    """What was paid within twelve months, refunds taken off; not known where nothing is left, or more came back."""
    total = _rounded(sum(_payments(group, as_of), Fraction(0)))
    return {"annual_cost": total} if 0 < total <= MOST_MONEY else {}


def _payments(group: Group, as_of: date) -> list[Fraction]:
    """What was paid within the twelve months that end on a day, and what came back."""
    costs = (reading.cost for reading in group.readings if within_a_year(reading.day("paid_on"), as_of))
    return [cost for cost in costs if cost is not None]


def _rounded(cost: Fraction) -> Fraction:
    """To four decimal places, halves upwards."""
    return Fraction((2 * cost * _PLACES + 1).__floor__() // 2, _PLACES)
