"""The command line; click is known here only."""

import sys

try:
    from procureguard.cli.main import main
except KeyboardInterrupt:  # somebody who stops a program at once should not be shown its insides
    sys.exit(130)

__all__ = ["main"]
