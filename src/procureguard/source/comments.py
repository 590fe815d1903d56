"""The comments of a YAML text: what stands behind `#` outside of every scalar."""

import re

from procureguard.source.text import Span
from procureguard.source.yaml_reader import event_parser

_COMMENT = re.compile(r"#[^\r\n]*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\r\n]*)")


def comments_in(text: str, span: Span) -> list[str]:
    """The comments that begin in a stretch of a YAML text, which must be well formed, without blanks at their ends."""
    found, at = [], 0
    parser = event_parser(text)
    while (token := parser.get_token()) is not None:
        assert token.start_mark is not None
        assert token.end_mark is not None
        found += [(each.start(), each[0]) for each in _COMMENT.finditer(text, at, token.start_mark.index)]
        if header := _HEADER.match(text, token.start_mark.index, token.end_mark.index):
            found.append((header.start(1), header[1]))
        at = max(at, token.end_mark.index)
    return [comment.rstrip() for start, comment in found if span.start <= start < span.end]
