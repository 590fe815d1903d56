"""Cells that a spreadsheet would take for a formula: made harmless on the way out, and restored on the way in."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GUARD = "'"


def neutral(cell: str) -> str:
    """The cell, behind an apostrophe where a spreadsheet would run it."""
    return f"{_GUARD}{cell}" if _is_formula(cell) else cell


def restored(cell: str) -> str:
    """The cell as it was before `neutral`."""
    return cell[1:] if cell.startswith(_GUARD) and _is_formula(cell) else cell


def _is_formula(cell: str) -> bool:
    """Whether a cell begins like a formula, however many apostrophes stand before it."""
    return cell.lstrip(_GUARD).startswith(_FORMULA)
