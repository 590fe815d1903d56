"""What an import comes to, as text on a terminal and as plain data."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from procureguard.imports.columns import Match, examples_of
from procureguard.imports.grouping import Related
from procureguard.imports.merging import is_refunded, within_a_year
from procureguard.imports.numbers import Money
from procureguard.imports.rows import Rejected
from procureguard.imports.tools import FoundTool, Import, KnownTool
from procureguard.imports.values import Cell
from procureguard.imports.words import tidy
from procureguard.imports.writing import decimal
from procureguard.render.style import WIDTH, Style, wrapped
from procureguard.source.text import printable

SHOWN = 10
"""So many tools, pairs and rejected rows are listed; the rest is counted."""

_CELL = 24

Json = dict[str, Any]


def render_import(found: Import, name: str, as_of: date, currency: str, *, colour: bool = False) -> str:
    """An import as a person reads it: columns, tools, what may be looked at, and rejected rows with reasons."""
    style = Style(colour)
    rows = len(found.table.rows)
    head = f"{_rows(found.rows_in)} in, {len(found.rejected):,} rejected, of {rows:,} in {name}."
    lines = [style.strong(line) for line in wrapped(head)]
    lines += wrapped(f"Read as {found.table.form}, with the profile `{found.profile.identity}`: {found.profile.title}.")
    lines += ["", style.strong("Columns"), *_columns(found)]
    lines += _listed(style, "New tools", [list(_new(tool)) for tool in found.new])
    lines += _listed(
        style, "Already in the inventory, and left as they are", [list(_known(tool)) for tool in found.known]
    )
    pairs = [list(wrapped(f"{pair.one} and {pair.other}", "  ", "    ")) for pair in found.perhaps_same]
    lines += _listed(style, "Perhaps one tool under two names: please look", pairs)
    sites = [list(wrapped(_related(each), "  ", "    ")) for each in found.perhaps_related]
    lines += _listed(style, "Several tools on one website, perhaps related: please look", sites)
    lines += _listed(style, "Rejected rows", [list(_rejected(each)) for each in found.rejected])
    lines += _listed(style, "Good to know", [list(wrapped(note, "  ", "  ")) for note in notes(found, as_of, currency)])
    return "\n".join(lines) + "\n"


def import_data(found: Import, name: str, as_of: date, currency: str) -> Json:
    """An import as plain data."""
    return {
        "version": 1,
        "file": name,
        "as_of": as_of.isoformat(),
        "form": found.table.form,
        "profile": found.profile.identity,
        "rows": {"read": len(found.table.rows), "in": found.rows_in, "rejected": len(found.rejected)},
        "columns": [_column_data(found, place) for place in range(len(found.table.columns))],
        "new": [_tool_data(tool) for tool in found.new],
        "known": [{**_tool_data(known.found), "differs": _differs_data(known)} for known in found.known],
        "perhaps_same": [pair._asdict() for pair in found.perhaps_same],
        "perhaps_related": [{"website": each.website, "names": list(each.names)} for each in found.perhaps_related],
        "rejected": [
            {"row": each.row.number, "reason": each.reason, "hint": each.hint, "cells": list(each.row.cells)}
            for each in found.rejected
        ],
        "notes": list(notes(found, as_of, currency)),
    }


def rejected_table(found: Import) -> list[Sequence[object]]:
    """The rejected rows as a table: number, reason and hint, then each row as it was."""
    columns = found.table.columns
    widest = max((len(each.row.cells) for each in found.rejected), default=0)
    more = (f"column {place}" for place in range(len(columns) + 1, widest + 1))
    head = ("rejected row", "reason", "hint", *columns, *more)
    return [head, *((each.row.number, each.reason, each.hint, *each.row.cells) for each in found.rejected)]


def notes(found: Import, as_of: date, currency: str) -> Iterator[str]:
    """What is true of many rows and said once."""
    if found.table.passed_over:
        yield f"{_counted(found.table.passed_over, 'line')} before the headings passed over."
    values = [
        (reading, reading.values.get("amount") or reading.values.get("annual_cost")) for reading in found.readings
    ]
    money = [(reading, value) for reading, value in values if isinstance(value, Money)]
    default = found.profile.defaults.get("currency")
    if any(value.currency is None and not default and not reading.values.get("currency") for reading, value in money):
        yield f"Amounts without a currency are taken as {currency}, your own."
    uncounted = sum(reading.cost is None for reading, _ in money)
    if uncounted:
        yield f"The cost of {_rows(uncounted)} is left out: it is not stated how often it is paid."
    if found.profile.meaning == "payment":
        outside = sum(not within_a_year(reading.day("paid_on"), as_of) for reading in found.readings)
        if outside:
            yield f"{_counted(outside, 'payment')} outside the twelve months up to {as_of} not counted in any cost."
        refunded = sum(is_refunded(tool.group, as_of) for tool in (*found.new, *(known.found for known in found.known)))
        if refunded:
            tools = _counted(refunded, "tool")
            yield f"The cost of {tools} is left out: nothing is left of what was paid, less refunds."


def _columns(found: Import) -> Iterator[str]:
    for place, heading in enumerate(found.table.columns):
        match, is_used = _match(found, place)
        examples = ", ".join(_short(cell) for cell in examples_of(found.table.column(place)))
        meaning = (
            "not used" if match is None else f"{'' if is_used else 'perhaps '}{match.field} {match.confidence:.2f}"
        )
        line = f"  {_short(heading):{_CELL}} {meaning:{_CELL}} {examples}".rstrip()
        yield printable(line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…")


def _match(found: Import, place: int) -> tuple[Match | None, bool]:
    used = next((match for match in found.matching.used.values() if match.place == place), None)
    perhaps = next((match for match in found.matching.perhaps if match.place == place), None)
    return used or perhaps, used is not None


def _column_data(found: Import, place: int) -> Json:
    match, is_used = _match(found, place)
    return {
        "heading": found.table.columns[place],
        "field": match.field if match else None,
        "confidence": round(match.confidence, 2) if match else None,
        "used": is_used,
        "examples": list(examples_of(found.table.column(place))),
    }


def _tool_data(tool: FoundTool) -> Json:
    return {
        "id": tool.identity,
        "name": tool.name,
        "also": list(tool.group.names[1:]),
        "rows": [reading.number for reading in tool.group.readings],
        "status": tool.merged.status,
        "facts": {name: _plain(value) for name, value in tool.facts.items()},
        "capabilities": dict(tool.capabilities),
        "remarks": list(tool.merged.remarks),
        "disagreements": {
            name: [_plain(value) for value in values] for name, values in tool.merged.disagreements.items()
        },
        "perhaps_vendors": [found.identity for found in tool.perhaps_vendors],
        "perhaps_capabilities": list(tool.perhaps_capabilities),
    }


def _differs_data(known: KnownTool) -> Json:
    return {name: {"inventory": old, "file": _plain(new)} for name, (old, new) in known.differing.items()}


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _new(tool: FoundTool) -> Iterator[str]:
    facts = ", ".join(f"{name} {_said(value)}" for name, value in tool.facts.items())
    yield from wrapped(
        f"{tool.name} ({tool.identity}), {_rows(len(tool.group.readings))}: {facts or 'nothing more'}", "  ", "    "
    )
    if len(tool.group.names) > 1:
        yield from wrapped(f"also called {', '.join(tool.group.names[1:])}", "    ", "    ")
    if tool.perhaps_vendors:
        yield from wrapped(f"perhaps of {' or '.join(each.name for each in tool.perhaps_vendors)}", "    ", "    ")
    for remark in tool.merged.remarks:
        yield from wrapped(remark, "    ", "    ")
    for name, values in tool.merged.disagreements.items():
        yield from wrapped(f"its rows differ on {name}: {', '.join(map(_said, values))}", "    ", "    ")


def _known(known: KnownTool) -> Iterator[str]:
    rows = _rows(len(known.found.group.readings))
    yield from wrapped(f"{known.tool.name} ({known.tool.identity}), {rows}", "  ", "    ")
    for name, (old, new) in known.differing.items():
        there = "nothing" if old is None else _said(old)
        yield from wrapped(f"{name}: {there} in the inventory, {_said(new)} in the file", "    ", "      ")
    for remark in known.found.merged.remarks:
        yield from wrapped(remark, "    ", "    ")


def _rejected(each: Rejected) -> Iterator[str]:
    yield from wrapped(f"row {each.row.number}: {each.reason}", "  ", "    ")
    yield from wrapped(f"hint: {each.hint}", "    ", "      ")


def _related(each: Related) -> str:
    more = f" and {len(each.names) - SHOWN:,} more" if len(each.names) > SHOWN else ""
    return f"{each.website}: {', '.join(each.names[:SHOWN])}{more}"


def _listed(style: Style, title: str, blocks: Sequence[Iterable[str]]) -> Iterator[str]:
    """Entries under a title with their number, the first of them shown; nothing where there are none."""
    if not blocks:
        return
    yield from ("", style.strong(f"{title} ({len(blocks):,})" if title != "Good to know" else title))
    for block in blocks[:SHOWN]:
        yield from block
    if len(blocks) > SHOWN:
        yield f"  and {len(blocks) - SHOWN:,} more; `--format json` shows all"


def _said(value: object) -> str:
    return decimal(value) if isinstance(value, Fraction) else tidy(str(value))


def _short(cell: Cell) -> str:
    text = tidy(str(cell))
    return text if len(text) <= _CELL else f"{text[: _CELL - 1]}…"


def _rows(count: int) -> str:
    return _counted(count, "row")


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
