"""The table of facts: the sections read out as plain data, for the package to run on."""

from collections.abc import Mapping
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, JsonValue, TypeAdapter

from procureguard.vocabulary.ai import AiFacts
from procureguard.vocabulary.contract import ContractFacts
from procureguard.vocabulary.data import DataFacts
from procureguard.vocabulary.fact import Change, Fact, Section, Stated
from procureguard.vocabulary.integration import IntegrationFacts
from procureguard.vocabulary.kinds import Kind
from procureguard.vocabulary.messaging import MessagingFacts
from procureguard.vocabulary.organisation import OrganisationFacts
from procureguard.vocabulary.product import ProductFacts
from procureguard.vocabulary.request import RequestFacts
from procureguard.vocabulary.tool import ToolFacts
from procureguard.vocabulary.vendor import VendorFacts
from procureguard.vocabulary.web import WebFacts

SECTIONS: Mapping[str, type[Section]] = {
    "request": RequestFacts,
    "vendor": VendorFacts,
    "product": ProductFacts,
    "data": DataFacts,
    "integration": IntegrationFacts,
    "web": WebFacts,
    "messaging": MessagingFacts,
    "ai": AiFacts,
    "contract": ContractFacts,
    "organisation": OrganisationFacts,
    "tool": ToolFacts,
}
"""The sections by the name that begins the paths of their facts; `tool` is one item of the inventory."""

Row = dict[str, JsonValue]


def rows() -> list[Row]:
    """Every fact, in the order in which it is declared."""
    return [_row(section, name) for section, model in SECTIONS.items() for name in model.model_fields]


def _row(section: str, name: str) -> Row:
    model = SECTIONS[section]
    about = model.model_fields[name].json_schema_extra
    if not isinstance(about, Fact):
        raise TypeError(f"`{section}.{name}` is not declared as a fact")
    plain = _plain(get_type_hints(model, include_extras=True)[name])
    row: Row = {
        "path": f"{section}.{name}",
        "type": type_word(plain),
        "title": about.title,
        "question": about.ask,
        "stated_by": about.stated_by,
        "unit": about.unit,
        **_shape(plain),
        "derives_from": list(about.derives_from),
        "changeable_by": about.changeable_by,
        "change": _change(about.change),
        "says": about.change.says if about.change else None,
        "value_says": dict(about.change.value_says) or None if about.change else None,
        "effort": about.effort,
        "fresh_for_days": about.fresh_for_days,
    }
    return {key: value for key, value in row.items() if value is not None}


def _plain(annotation: object) -> object:
    """The kind of the plain value, without its source and without null."""
    if get_origin(annotation) is Annotated:
        return annotation
    return next(one for one in get_args(annotation) if not _is_stated(one) and one is not type(None))


def _is_stated(one: object) -> bool:
    return isinstance(one, type) and issubclass(one, Stated)


def type_word(plain: object) -> str:
    """The type of a value in the words of the table: `int`, `list(enum)`, `map`.

    Raises:
        TypeError: the kind has no such word.
    """
    for mark in getattr(plain, "__metadata__", ()):
        if isinstance(mark, Kind):
            return mark.type
    if get_origin(plain) is Annotated:
        return type_word(get_args(plain)[0])
    if get_origin(plain) is list:
        return f"list({type_word(get_args(plain)[0])})"
    if isinstance(plain, type) and issubclass(plain, BaseModel):
        return "record"
    raise TypeError(f"a kind of value without a word for it: {plain}")


def _shape(plain: object) -> Row:
    """What may stand in a value: members, bounds, fields."""
    word = type_word(plain)
    if word == "map":
        return _map_shape(plain)
    item = _item(plain)
    if isinstance(item, type) and issubclass(item, BaseModel):
        return {"fields": _fields(item)}
    schema: dict[str, Any] = TypeAdapter(item).json_schema()
    wanted = {"values": "enum", "minimum": "minimum", "maximum": "maximum"}
    if word == "string":
        wanted["pattern"] = "pattern"
    return {key: schema[keyword] for key, keyword in wanted.items() if keyword in schema}


def _map_shape(plain: object) -> Row:
    keys, value = get_args(get_args(plain)[0])
    members = _shape(value).get("values")
    shape: Row = {"keys": type_word(keys), "value": type_word(value)}
    return shape if members is None else {**shape, "values": members}


def _item(plain: object) -> Any:  # noqa: ANN401  # a type, as far as pydantic is concerned
    """The kind of the items of a list, or the kind itself."""
    if get_origin(plain) is Annotated and not any(
        isinstance(mark, Kind) for mark in getattr(plain, "__metadata__", ())
    ):
        return _item(get_args(plain)[0])
    return get_args(plain)[0] if get_origin(plain) is list else plain


def _fields(record: type[BaseModel]) -> Row:
    hints = get_type_hints(record, include_extras=True)
    return {name: {"type": type_word(kind := _plain(hints[name])), **_shape(kind)} for name in record.model_fields}


def _change(change: Change | None) -> Row | None:
    if change is None:
        return None
    row: Row = {
        "direction": change.direction,
        "to": list(change.to) or None,
        "since": list(change.since) or None,
        "only": list(change.only) or None,
        "range": list(change.between) if change.between else None,
        "at_least": change.at_least,
    }
    return {key: value for key, value in row.items() if value is not None}
