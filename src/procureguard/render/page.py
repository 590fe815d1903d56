"""Pages for browsers and printers: everything is inside them, every text is escaped, nothing is fetched or run."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from procureguard.render.style import one_line

PAGES = Path(__file__).with_name("pages")


def page(template: str, **parts: object) -> str:
    """A page of that template; every text in it is escaped, whoever wrote it."""
    return _environment().get_template(template).render(parts)


def part(template: str, **parts: object) -> Markup:
    """A part of a page, to be put into others as it is."""
    return Markup(page(template, **parts))  # noqa: S704 - every text in it was escaped when it was made


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_safe,
    )


def _safe(value: object) -> object:
    """Marks that turn the direction of writing, and control characters, are written as escapes."""
    return one_line(value) if type(value) is str else value
