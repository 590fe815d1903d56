"""A report as JSON, the published contract itself."""

import json

from procureguard.render.view import R, View


def render_json(view: View[R]) -> str:
    """One JSON object that answers to the published schema, ending in a new line; the same report gives the same bytes."""
    return json.dumps(view.report.to_dict(), ensure_ascii=False, indent=2) + "\n"
