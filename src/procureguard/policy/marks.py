"""Facts that a policy or definition marks as no way to a yes: changing them would only slip under a limit."""

from collections.abc import Mapping
from typing import Any

from procureguard.facts.schema import FactSchema
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.mending import Mistake


def marks(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """The facts that an entry of a file marks, in its order."""
    return tuple(entry.get("never_suggest") or ())


def check_marks(
    entry: Mapping[str, Any], document: Document, pointer: str, schema: FactSchema, problems: list[Diagnostic]
) -> None:
    """Adds a problem for each marked fact that does not exist."""
    for place, path in enumerate(marks(entry)):
        if schema.get(path) is None:
            mistake = Mistake("PG310", f"there is no fact `{path}`", document, f"{pointer}/never_suggest/{place}")
            problems.append(mistake.misspelt(path, schema.types))
