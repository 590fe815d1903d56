"""What was found wrong with files, as a person reads it."""

from collections.abc import Collection

from procureguard.render.counting import counted
from procureguard.source.diagnostic import Diagnostic


def validation_summary(files: int, diagnostics: Collection[Diagnostic]) -> str:
    """How many files there are, and how much is wrong with them."""
    looked_at = counted(files, "file", "files")
    if not diagnostics:
        return f"{looked_at}, nothing wrong"
    errors = sum(diagnostic.severity == "error" for diagnostic in diagnostics)
    warnings = len(diagnostics) - errors
    fixable = sum(bool(diagnostic.fix) for diagnostic in diagnostics)
    mendable = f"; {fixable:,} can be mended with --fix" if fixable else ""
    return f"{looked_at}, {counted(errors, 'error', 'errors')}, {counted(warnings, 'warning', 'warnings')}{mendable}"
