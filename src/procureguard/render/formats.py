"""All formats of the report on a purchase by name; adding one is a module and a line here."""

from collections.abc import Callable, Mapping

from procureguard.render.json import render_json
from procureguard.render.text import render_text
from procureguard.render.view import View
from procureguard.report.contract import Report

FORMATS: Mapping[str, Callable[[View[Report]], str]] = {"text": render_text, "json": render_json}
"""Formats by name; each takes a view of a report and returns its whole text."""
