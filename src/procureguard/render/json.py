"""The report as JSON, the published contract itself."""

import json

from procureguard.render.view import View


def render_json(view: View) -> str:
    """One JSON object that answers to `report.v1`, ending in a new line; the same report gives the same bytes."""
    return json.dumps(view.report.to_dict(), ensure_ascii=False, indent=2) + "\n"
