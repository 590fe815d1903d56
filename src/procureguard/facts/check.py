"""Checks of stated facts that a JSON Schema cannot make: capabilities exist, money has four places."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from procureguard.capabilities import Taxonomy
from procureguard.facts.schema import DECIMAL_SCALE, FactSchema, FactType
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.stated import Block, is_stated, plain

HOW_TO_FIND = (
    "`procureguard capability find` looks for one in your own words, `procureguard capability list` shows them all"
)


def check_values(
    document: Document, blocks: Iterable[Block], schema: FactSchema, taxonomy: Taxonomy, problems: list[Diagnostic]
) -> None:
    """Checks every fact of the blocks; every problem is added."""
    for block in blocks:
        for name, data in block.facts.items():
            kind = schema.get(f"{block.section}.{name}")
            if kind is not None and plain(data) is not None:
                pointer = f"{block.pointer}/{name}" + ("/value" if is_stated(data) else "")
                _check(document, pointer, kind, plain(data), taxonomy, problems)


def _check(
    document: Document,
    pointer: str,
    kind: FactType,
    value: Any,  # noqa: ANN401 - any JSON value
    taxonomy: Taxonomy,
    problems: list[Diagnostic],
) -> None:
    if kind.element == "decimal":
        for place, number in _numbers(pointer, value):
            check_amount(document, place, number, problems)
    if kind.element == "capability" or kind.path.endswith(".capabilities"):
        for place, word in _capabilities(pointer, value):
            if word not in taxonomy.capabilities:
                _unknown_capability(document, place, word, taxonomy, problems)


def check_amount(document: Document, pointer: str, amount: float, problems: list[Diagnostic]) -> None:
    """Adds a problem if an amount cannot be held exactly."""
    if not _four_places(amount):
        message, hint = f"`{amount}` has more than four decimal places", "round it to four places"
        problems.append(Diagnostic.error("PG221", message, document.source, document.value_span(pointer), hint))


def _numbers(pointer: str, value: Any) -> Iterator[tuple[str, float]]:  # noqa: ANN401 - anything, for own facts
    items = [(f"{pointer}/{place}", item) for place, item in enumerate(value)] if isinstance(value, list) else []
    return ((place, item) for place, item in items or [(pointer, value)] if isinstance(item, int | float))


def _four_places(value: float) -> bool:
    scaled = Decimal(repr(value)) * DECIMAL_SCALE
    return scaled == scaled.to_integral_value()


def _capabilities(pointer: str, value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - a list or a map by the schema
    if isinstance(value, dict):
        return ((f"{pointer}/{word}", word) for word in value)
    return ((f"{pointer}/{place}", word) for place, word in enumerate(value))


def _unknown_capability(
    document: Document, pointer: str, word: str, taxonomy: Taxonomy, problems: list[Diagnostic]
) -> None:
    from procureguard.capability_search import meant_by  # noqa: PLC0415 - only a wrong file pays for the search
    from procureguard.source.mending import Mistake  # noqa: PLC0415 - only a wrong file is mended

    advice = meant_by(taxonomy, word)
    is_key = isinstance(document.value(pointer.rpartition("/")[0]), dict)
    mistake = Mistake("PG220", f"there is no capability `{word}`", document, pointer, is_key)
    problems.append(mistake.with_advice(advice._replace(hint=advice.hint or HOW_TO_FIND)))


_PYTHON: dict[str, tuple[type, ...]] = {"bool": (bool,), "int": (int,), "decimal": (int, float)}


def fits(kind: FactType, data: Any) -> bool:  # noqa: ANN401 - any YAML value
    """Whether a plain value is one a fact of this type can have; null, unknown, always is."""
    if data is None:
        return True
    if kind.is_map:
        return isinstance(data, dict)
    if kind.is_list:
        return isinstance(data, list) and all(_fits(kind, item) for item in data)
    return _fits(kind, data)


def _fits(kind: FactType, data: Any) -> bool:  # noqa: ANN401 - any YAML value
    if kind.element == "record":
        return isinstance(data, dict) and _fits_fields(dict(kind.fields), data)
    return _is_of(kind.element, data) and (kind.values is None or data in kind.values)


def _fits_fields(fields: Mapping[str, str], data: Mapping[str, Any]) -> bool:
    return data.keys() <= fields.keys() and all(
        value is None or _is_of(fields[name], value) for name, value in data.items()
    )


def _is_of(element: str, data: Any) -> bool:  # noqa: ANN401 - any YAML value
    if type(data) not in _PYTHON.get(element, (str,)):
        return False
    if element == "date":
        return _is_day(data)
    return element != "decimal" or _four_places(data)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def references(blocks: Iterable[Block], schema: FactSchema, units: Collection[str]) -> Iterator[tuple[str, str]]:
    """The ids that facts of these units name, each with its pointer."""
    for block in blocks:
        for name, data in block.facts.items():
            kind = schema.get(f"{block.section}.{name}")
            if kind is not None and kind.unit in units and plain(data) is not None:
                pointer = f"{block.pointer}/{name}" + ("/value" if is_stated(data) else "")
                if kind.is_list:
                    yield from ((f"{pointer}/{place}", word) for place, word in enumerate(plain(data)))
                else:
                    yield pointer, plain(data)
