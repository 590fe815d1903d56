"""What comes of one file named to a check, whatever kind of file it is."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from procureguard.render.view import View

Formats = Mapping[str, Callable[[View[Any]], str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A report to be shown in any of its formats, with the verdicts that count for the exit code."""

    view: View[Any]
    formats: Formats
    verdicts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """One file, answered or found unusable."""

    exit_code: int
    shown: Shown | None = None


def rendered(answered: Iterable[Shown], output: str, *, several: bool, colour: bool = False) -> str:
    """The report on one file as it is; those on several as a JSON list, or one after the other under a line."""
    reports = list(answered)
    if output == "json" and (several or not reports):
        return json.dumps([shown.view.report.to_dict() for shown in reports], ensure_ascii=False, indent=2) + "\n"
    return f"\n{'-' * 80}\n".join(shown.formats[output](replace(shown.view, colour=colour)) for shown in reports)
