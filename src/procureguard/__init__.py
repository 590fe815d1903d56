"""Checks a proposed marketing-software purchase against policies, with reasons and a way to yes."""

from typing import TYPE_CHECKING

from procureguard.version import __version__

if TYPE_CHECKING:
    from procureguard.guard.guard import Guard
    from procureguard.report.contract import Report
    from procureguard.report.vendor_contract import VendorReport
    from procureguard.report.what_if_contract import WhatIfReport
    from procureguard.source.diagnostic import Diagnostic, InvalidInput

__all__ = ["Diagnostic", "Guard", "InvalidInput", "Report", "VendorReport", "WhatIfReport", "__version__"]

_HOMES = {
    "Diagnostic": "procureguard.source.diagnostic",
    "Guard": "procureguard.guard.guard",
    "InvalidInput": "procureguard.source.diagnostic",
    "Report": "procureguard.report.contract",
    "VendorReport": "procureguard.report.vendor_contract",
    "WhatIfReport": "procureguard.report.what_if_contract",
}


def __getattr__(name: str) -> object:
    """Loads a public name when it is first asked for, so that the command line starts fast."""
    if name not in _HOMES:
        raise AttributeError(f"module `procureguard` has no attribute `{name}`")
    from importlib import import_module  # noqa: PLC0415 - only the library pays for it

    return getattr(import_module(_HOMES[name]), name)
