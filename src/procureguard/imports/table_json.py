"""Tables in JSON: a list of objects, or an object with one such list in it; nested objects become dotted columns."""

import json
from collections.abc import Iterator, Mapping

from procureguard.imports.table import MOST_CELLS, Row, Table
from procureguard.imports.values import Cell
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Data, Document
from procureguard.source.json_reader import read_json
from procureguard.source.text import Source


def read_json_table(name: str, text: str, known: frozenset[str], problems: list[Diagnostic]) -> Table | None:
    """The table in a text, or None with everything wrong with it added to the problems."""
    del known  # objects name their columns themselves
    document = read_json(Source(name, text.removeprefix("\ufeff")), problems)
    if document is None:
        return None
    lists = [("", document.data)] if isinstance(document.data, list) else list(_lists(document.data, ""))
    if len(lists) != 1:
        problems.append(_no_list(document, [pointer for pointer, _ in lists]))
        return None
    return _table(lists[0][1], document, problems)


def _table(items: Data, document: Document, problems: list[Diagnostic]) -> Table | None:
    assert isinstance(items, list)
    flat = [_flattened(item) if isinstance(item, dict) else None for item in items]
    columns = tuple(dict.fromkeys(name for cells in flat if cells for name in cells))
    if len(columns) * len(items) > MOST_CELLS:
        message = f"the table has {len(items):,} rows and {len(columns):,} columns, more than can be read at once"
        span = document.value_span("")
        problems.append(Diagnostic.error("PG102", message, document.source, span, "split it into several files"))
        return None
    rows = (
        Row(place, (json.dumps(item, ensure_ascii=False),), "it is not an object with columns")
        if cells is None
        else Row(place, tuple(cells.get(name) for name in columns))
        for place, (item, cells) in enumerate(zip(items, flat, strict=True), start=1)
    )
    return Table("JSON", columns, tuple(rows))


def _lists(data: Data, pointer: str) -> Iterator[tuple[str, Data]]:
    """Every list of objects that is not inside another list."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _lists(value, f"{pointer}.{key}" if pointer else key)
    elif isinstance(data, list) and any(isinstance(item, dict) for item in data):
        yield pointer, data


def _flattened(item: Mapping[str, Data]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for name, cell in _leaves(item, ""):
        count, free = 1, name
        while free in cells:
            count += 1
            free = f"{name} ({count})"
        cells[free] = cell
    return cells


def _leaves(item: Mapping[str, Data], above: str) -> Iterator[tuple[str, Cell]]:
    for key, value in item.items():
        name = f"{above}.{key}" if above else key
        if isinstance(value, dict) and value:
            yield from _leaves(value, name)
        else:
            yield name, _cell(value)


def _cell(value: Data) -> Cell:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(str(each) for each in value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else None
    return value


def _no_list(document: Document, found: list[str]) -> Diagnostic:
    message = (
        f"there are {len(found)} lists of objects in the file" if found else "there is no list of objects in the file"
    )
    hint = f"keep one of {', '.join(found[:5])}" if found else 'write `[{"name": …}, …]`'
    return Diagnostic.error("PG241", message, document.source, document.value_span(""), hint)
