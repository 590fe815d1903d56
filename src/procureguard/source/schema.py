"""Checks a document against a JSON Schema."""

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.validator import Validator


def check_schema(document: Document, validator: Validator, problems: list[Diagnostic]) -> bool:
    """Whether the document is valid; if not, adds what is wrong to `problems`, in the order of the file."""
    if validator.accepts(document.data):
        return True
    from procureguard.source.schema_errors import schema_diagnostics  # noqa: PLC0415 - only a wrong file needs words

    problems += schema_diagnostics(document, validator)
    return False
