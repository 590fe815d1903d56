"""Open requests: the purchases that others have proposed and nobody has decided yet."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import check_kind
from procureguard.source.origin import Origin
from procureguard.source.stated import plain


class OpenRequest(NamedTuple):
    """Who asks, and which capabilities are a must."""

    origin: Origin
    department: str
    must: tuple[str, ...]


Requests = Sequence[OpenRequest]
"""All open requests; what is not among them nobody asks for."""


def load_request(document: Document, problems: list[Diagnostic]) -> OpenRequest | None:
    """The open request of a purchase file, or None with everything wrong with it added to the problems.

    A register counts as complete, so one whose entry does not say what it is compared by is none.
    """
    if not check_kind(document, "purchase", problems):
        return None
    assert isinstance(document.data, dict)
    request: Any = document.data.get("request") or {}
    department, must = plain(request.get("department")), plain(request.get("must"))
    for name, value in (("department", department), ("must", must)):
        if value is None:
            message = f"this open request lacks `request.{name}`, so open requests are not compared"
            hint = "write `must: []` if nothing is" if name == "must" else "say which department asks"
            span = document.value_span("/request")
            problems.append(Diagnostic.warning("PG232", message, document.source, span, hint))
    if department is None or must is None:
        return None
    return OpenRequest(Origin.of(document.source), department, tuple(must))
