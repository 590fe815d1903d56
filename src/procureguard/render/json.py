"""JSON as all commands print it, and a report as JSON, the published contract itself."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from procureguard.render.view import R, View


def as_json(data: Any) -> str:  # noqa: ANN401 - anything JSON can hold
    """Data as JSON, ending in a new line; equal data give equal bytes."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def render_json(view: "View[R]") -> str:
    """One JSON object that answers to its published schema."""
    return as_json(view.report.to_dict())
