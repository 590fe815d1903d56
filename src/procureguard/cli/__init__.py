"""The command line; click is known here only."""

from procureguard.cli.main import main

__all__ = ["main"]
