"""GitLab Code Quality: the report a merge request shows beside the changed lines."""

from procureguard.render.batch import Batch
from procureguard.render.batch_results import results_of
from procureguard.render.fingerprint import fingerprinted
from procureguard.render.formats import Format
from procureguard.render.json import as_json
from procureguard.render.results import Level, Result
from procureguard.render.style import one_line

SEVERITIES: dict[Level, str] = {"error": "critical", "warning": "major", "note": "info"}
OPEN = "minor"
"""A condition of which nobody knows yet whether it is met."""


def render(batch: Batch) -> str:
    """A list of issues, each with a fingerprint of its own that stays while its file is edited elsewhere."""
    return as_json([_issue(result, mark) for file in results_of(batch) for result, mark in fingerprinted(file.told)])


def _issue(result: Result, mark: str) -> dict[str, object]:
    state = "Open: " if result.is_open else ""
    region = result.spot.region
    return {
        "description": one_line(f"{state}{result.sentence}"),
        "check_name": result.rule.identity,
        "fingerprint": mark,
        "severity": OPEN if result.is_open else SEVERITIES[result.level],
        "location": {
            "path": result.spot.path,
            "lines": {"begin": region.start.line, "end": region.end.line},
        },
    }


FORMAT = Format(render)
