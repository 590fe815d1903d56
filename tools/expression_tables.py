"""What expressions can do, and what they cannot, as tables."""

from page_parts import quoted
from procureguard.cel.functions import OPERATIONS, REFUSED
from procureguard.render.markdown import table


def operations() -> str:
    """The table of operations; rows that differ by their types only are one."""
    forms: dict[tuple[str, str], list[str]] = {}
    for row in OPERATIONS:
        shape = f"{', '.join(map(str, row.arguments))} → {row.result}"
        forms.setdefault((row.name, row.english), []).append(shape)
    rows = ((f"`{name}`", "; ".join(shapes), text.format("a", "b")) for (name, text), shapes in forms.items())
    return table(("operator or function", "takes and gives", "reads as"), rows)


def refused() -> str:
    """Functions that people try and that are not there."""
    names: dict[str, list[str]] = {}
    for name, instead in REFUSED.items():
        names.setdefault(instead, []).append(name)
    return table(("not there", "instead"), ((quoted(found), instead) for instead, found in names.items()))
