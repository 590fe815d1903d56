"""Results as plain text and as JSON."""

import os
import platform
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """The result of one experiment; `unmet` are promises it shows to be broken."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | int | None, ...], ...]
    notes: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    unmet: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """The same as JSON data."""
        return {**asdict(self), "machine": machine()}


def broken(what: str, found: float | None, most: float) -> tuple[str, ...]:
    """The promise that something is at most so large, in words, where it is broken."""
    return () if found is None or found <= most else (f"{what} must be at most {most:.2f}: {found:.2f}",)


def text(table: Table) -> str:
    """The table in columns, words to the left and numbers to the right."""
    cells = [table.columns, *(tuple(_cell(value) for value in row) for row in table.rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(table.columns))]
    to_left = [all(isinstance(row[place], str) for row in table.rows) for place in range(len(table.columns))]
    lines = ["  ".join(_placed(row, widths, to_left)).rstrip() for row in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    versions = ", ".join(f"{name} {number}" for name, number in table.versions.items())
    unmet = (f"NOT MET: {promise}" for promise in table.unmet)
    return "\n".join([table.title, "", *lines, "", *table.notes, *unmet, *filter(None, [versions]), machine(), ""])


def installed(*distributions: str) -> dict[str, str]:
    """The versions of those packages that are here."""
    found = {}
    for name in distributions:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


def machine() -> str:
    """What it ran on, without anything that names a machine or a person."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors"


def _placed(row: Sequence[str], widths: Sequence[int], to_left: Sequence[bool]) -> list[str]:
    return [
        cell.ljust(width) if left else cell.rjust(width) for cell, width, left in zip(row, widths, to_left, strict=True)
    ]


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.2f}" if isinstance(value, float) else str(value)
