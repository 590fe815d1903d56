"""Formatting files: the same text with other blanks and line breaks, or none where that is not sure."""

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.layout_json import laid_out_json
from procureguard.source.layout_yaml import laid_out_yaml
from procureguard.source.read import is_json, read_document
from procureguard.source.text import Span


def formatted(document: Document, problems: list[Diagnostic]) -> str:
    """The text of a document in the house form, or as it is with a warning where it would read as something else."""
    source = document.source
    text = laid_out_json(document) if is_json(source) else laid_out_yaml(source.text)
    if text == source.text:
        return text
    again = read_document(source.name, text.encode(), [], maximum=2 * len(text.encode()))
    # INVARIANT: nothing but blanks and line breaks changes, and what they mean stays.
    if again is not None and again.data == document.data and "".join(text.split()) == "".join(source.text.split()):
        return text
    message, hint = "this file is left as it is: formatted, it would not read the same", "lay it out by hand"
    problems.append(Diagnostic.warning("PG116", message, source, Span(0, 0), hint))
    return source.text
