"""Checks a proposed marketing-software purchase against policies, with reasons and a way to yes."""

from typing import TYPE_CHECKING

from procureguard.version import __version__

if TYPE_CHECKING:
    from procureguard.guard import Guard
    from procureguard.report import Report
    from procureguard.source import Diagnostic, InvalidInput

__all__ = ["Diagnostic", "Guard", "InvalidInput", "Report", "__version__"]

_HOMES = {
    "Diagnostic": "procureguard.source",
    "Guard": "procureguard.guard",
    "InvalidInput": "procureguard.source",
    "Report": "procureguard.report",
}


def __getattr__(name: str) -> object:
    """Loads a public name when it is first asked for, so that the command line starts fast."""
    if name not in _HOMES:
        raise AttributeError(f"module `procureguard` has no attribute `{name}`")
    from importlib import import_module  # noqa: PLC0415 - only the library pays for it

    return getattr(import_module(_HOMES[name]), name)
