"""All formats by name; adding one is a module and a line here."""

from collections.abc import Callable, Mapping

from procureguard.render.json import render_json
from procureguard.render.text import render_text
from procureguard.render.view import View

FORMATS: Mapping[str, Callable[[View], str]] = {"text": render_text, "json": render_json}
"""Formats by name; each takes a view of a report and returns its whole text."""
