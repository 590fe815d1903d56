"""The formats of output, as their modules describe them."""

from importlib import import_module

from procureguard.render import formats
from procureguard.render.markdown import table


def format_table() -> str:
    """Every format: its name and what it is."""
    rows = ((f"`{name}`", _described(name)) for name in formats.format_names())
    return table(("format", "what it is"), rows)


def _described(name: str) -> str:
    """What the module of a format says of itself, without the name it begins with."""
    text = (import_module(f"{formats.__name__}.{name}").__doc__ or "").partition("\n")[0]
    told = text.partition(": ")[2]
    return f"{told[0].upper()}{told[1:]}"
