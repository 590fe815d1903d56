"""The types of facts: what may be stated, what is computed, and how values look to the evaluators and to people."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from procureguard.cel.types import BOOL, DATE, DECIMAL, INT, STRING, Declaration, Type, list_of, record_of
from procureguard.source.shipped import shipped

Value = Any
"""A value as evaluators hold it: bool, int, str, tuple; money in ten-thousandths, days as ordinals."""

DECIMAL_SCALE = 10_000

PLAN = "product.plan"
"""The fact that carries others with it: what is true on the plan, and what it costs."""

SHARE = "share, 0 to 1"
"""The unit of shares, which people read in percent."""

_SCALARS: Mapping[str, Type] = {
    "bool": BOOL,
    "int": INT,
    "decimal": DECIMAL,
    "string": STRING,
    "enum": STRING,
    "country": STRING,
    "region": STRING,
    "capability": STRING,
    "date": DATE,
}


NO_SENTENCES: Mapping[str, str] = MappingProxyType({})


ChangedBy = Literal["buyer", "vendor", "internal"]
"""Who can make a fact different."""


class Way(NamedTuple):
    """How a fact can be made different from what it is: who can, in which direction, and what it takes.

    Attributes:
        changed_by: `buyer`, `vendor` or `internal`.
        direction: `up`, `down`, `earlier`, `later`, `add`, `remove` or `set`.
        effort: 1 a tick, 2 a mail, 3 a paper or another plan, 4 a project or other people's money, 5 a different goal.
        to: values it may be set to; `only` those that may be removed; any where none are named.
        since: values from which it can be changed; any where none are named.
        between: the range a number may be brought into.
        at_least: another fact that it may not fall below.
        says: the step as a sentence, with `{value}` and ` instead of {now}`; empty for an organisation's own facts.
        value_says: the same for single values of their own, a number by its digits, a record by its first field.
    """

    changed_by: ChangedBy
    direction: str
    effort: int
    to: tuple[str | bool, ...] = ()
    only: tuple[str, ...] = ()
    between: tuple[int, int] | None = None
    at_least: str | None = None
    since: tuple[str, ...] = ()
    says: str = ""
    value_says: Mapping[str, str] = NO_SENTENCES


class FactType(NamedTuple):
    """What one fact means: its type, its name in English, and who can state it; `way` is how it can be changed."""

    path: str
    type: str
    title: str
    question: str | None
    stated_by: str
    values: tuple[str, ...] | None = None
    minimum: int | None = None
    maximum: int | None = None
    unit: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    fresh_for_days: int | None = None
    way: Way | None = None

    @property
    def element(self) -> str:
        """The type of one element of a list, or the type itself."""
        return self.type.removeprefix("list(").removesuffix(")")

    @property
    def is_list(self) -> bool:
        """Whether the fact holds several values."""
        return self.type.startswith("list(")

    @property
    def is_map(self) -> bool:
        """Whether the fact is a map, which code reads and expressions do not."""
        return self.type == "map"

    def declaration(self) -> Declaration | None:
        """How expressions see the fact, or None for a map."""
        if self.is_map:
            return None
        if self.element == "record":
            kind = record_of({name: _SCALARS[type_name] for name, type_name in self.fields})
        else:
            kind = _SCALARS[self.element]
        bounds = (self.minimum, self.maximum) if self.element == "int" else (None, None)
        return Declaration(
            list_of(kind) if self.is_list else kind,
            self.title,
            self.values,
            *bounds,
            clause=self.stated_by == "derived",
        )


@dataclass(frozen=True, slots=True)
class FactSchema:
    """All fact types by path: the shipped ones, the computed ones and an organisation's own."""

    types: Mapping[str, FactType]
    environment: Mapping[str, Declaration] = field(init=False)

    def __post_init__(self) -> None:
        declared = {path: kind.declaration() for path, kind in self.types.items()}
        object.__setattr__(self, "environment", {path: found for path, found in declared.items() if found})

    def __iter__(self) -> Iterator[FactType]:
        return iter(self.types.values())

    def __getitem__(self, path: str) -> FactType:
        return self.types[path]

    def get(self, path: str) -> FactType | None:
        """The type of a fact, or None where no such fact exists."""
        return self.types.get(path)

    def with_types(self, more: Mapping[str, FactType]) -> "FactSchema":
        """The same schema with further facts."""
        return FactSchema({**self.types, **more})


@cache
def stated_facts() -> FactSchema:
    """The facts that people and documents may state, as the committed table lists them."""
    table = json.loads((shipped("schemas") / "facts.json").read_text(encoding="utf-8"))
    return FactSchema({row["path"]: _fact_type(row) for row in table["facts"]})


def _fact_type(row: Mapping[str, Any]) -> FactType:
    values = row.get("values")
    return FactType(
        row["path"],
        row["type"],
        row["title"],
        row["question"],
        row["stated_by"],
        tuple(values) if values else None,
        row.get("minimum"),
        row.get("maximum"),
        row.get("unit"),
        tuple((name, spec["type"]) for name, spec in row.get("fields", {}).items()),
        row.get("fresh_for_days"),
        _way(row),
    )


def _way(row: Mapping[str, Any]) -> Way | None:
    change = row.get("change")
    if change is None:
        return None
    between = change.get("range")
    return Way(
        row["changeable_by"],
        change["direction"],
        row["effort"],
        tuple(change.get("to", ())),
        tuple(change.get("only", ())),
        (between[0], between[1]) if between else None,
        change.get("at_least"),
        tuple(change.get("since", ())),
        row["says"],
        row.get("value_says", NO_SENTENCES),
    )


def to_value(kind: FactType, data: Any) -> Value:  # noqa: ANN401 - any JSON value that answers to the schema
    """The value evaluators compare, from the value a document states; null is None, unknown."""
    if data is None or kind.is_map:
        return data
    if kind.element == "record":
        return tuple(tuple(_scalar(name, entry.get(key)) for key, name in kind.fields) for entry in data)
    return tuple(_scalar(kind.element, item) for item in data) if kind.is_list else _scalar(kind.type, data)


def to_data(kind: FactType, value: Value) -> Any:  # noqa: ANN401 - any JSON value
    """The JSON value a report shows, from the value evaluators compare."""
    if value is None or kind.is_map:
        return value
    if kind.element == "record":
        return [{key: _data(name, item) for (key, name), item in zip(kind.fields, row, strict=True)} for row in value]
    return [_data(kind.element, item) for item in value] if kind.is_list else _data(kind.type, value)


def _scalar(name: str, data: Any) -> Value:  # noqa: ANN401 - a JSON scalar
    if data is None:
        return None
    if name == "decimal":
        return round(data * DECIMAL_SCALE)
    if name == "int":
        return int(data)  # JSON Schema takes 4.0 for a whole number
    return date.fromisoformat(data).toordinal() if name == "date" else data


def _data(name: str, value: Value) -> Any:  # noqa: ANN401 - a JSON scalar
    if value is None:
        return None
    if name == "decimal":
        whole, rest = divmod(value, DECIMAL_SCALE)
        return value / DECIMAL_SCALE if rest else whole
    return date.fromordinal(value).isoformat() if name == "date" else value


def inside(title: str) -> str:
    """A title inside a sentence; abbreviations keep their capitals."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def to_words(kind: FactType, value: Value) -> str:
    """The value as a person reads it: `yes`, `1,200`, `SAML, OIDC`; several values with commas."""
    if kind.is_list:
        return ", ".join(_words(kind, item) for item in value) or "none"
    return _words(kind, value)


def _words(kind: FactType, value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if kind.element == "record":
        parts = (_data(name, item) for (_, name), item in zip(kind.fields, value, strict=True))
        return " ".join(str(part) for part in parts if part is not None)
    shown = _data(kind.element, value)
    if kind.unit == SHARE:
        return f"{shown:.0%}"
    if kind.element == "enum":
        return str(shown).replace("_", " ")
    if isinstance(shown, int):
        return f"{shown:,}"
    return f"{shown:,.2f}" if isinstance(shown, float) else str(shown)
