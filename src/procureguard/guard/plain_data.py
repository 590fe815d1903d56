"""Documents given as plain data instead of files."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.read import read_document


def document_of(data: Mapping[str, Any], problems: list[Diagnostic], what: str = "purchase") -> Document | None:
    """The document of plain data, or None with what is wrong added to the problems, in which it is called `what`.

    Dates and decimals may stand beside what JSON knows: YAML and forms deliver them.
    """
    name = f"{what.replace(' ', '-')}.json"
    try:
        content = json.dumps(data, default=_as_json, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        hint = "give texts, numbers, truth values, dates, lists and mappings with texts as keys"
        problems.append(Diagnostic("PG105", "error", f"the {what} is no plain data: {error}", name=name, hint=hint))
        return None
    return read_document(name, content.encode("utf-8", "surrogatepass"), problems)


def _as_json(value: object) -> str | float:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"`{value!r}` is a {type(value).__name__}")
