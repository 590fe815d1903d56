"""A report as JSON, the published contract itself."""

import json

from procureguard.render.view import R, View


def render_json(view: View[R]) -> str:
    """One JSON object that answers to its published schema, ending in a new line; equal reports give equal bytes."""
    return json.dumps(view.report.to_dict(), ensure_ascii=False, indent=2) + "\n"
