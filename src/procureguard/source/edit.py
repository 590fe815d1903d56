"""Changes to a text by stretches of it; everything between them stays as it is, comments and order included."""

from collections.abc import Iterable
from typing import NamedTuple

from procureguard.source.text import Span


class Edit(NamedTuple):
    """A stretch of a text, and what stands there instead; an empty stretch is a place to insert at."""

    span: Span
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made, each once; of two that overlap, the one that begins first counts."""
    parts, at = [], 0
    for edit in sorted(set(edits)):
        if edit.span.start >= at:
            parts += [text[at : edit.span.start], edit.text]
            at = edit.span.end
    return "".join([*parts, text[at:]])
