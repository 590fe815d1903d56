"""A diagnostic as plain text: the headline, the hint, and the line of the file with the place marked."""

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.text import Source, Span, printable

FIXABLE = " [fixable]"
_WIDEST = 110
_BEFORE = 30


def excerpt(diagnostic: Diagnostic) -> str:
    """Two to four lines without colour codes: headline, `hint:` line if there is a hint, source line, carets.

    The headline of what a program can mend ends with `[fixable]`.
    """
    lines = [printable(diagnostic.headline) + (FIXABLE if diagnostic.fix else "")]
    if diagnostic.hint is not None:
        lines.append(f"  hint: {printable(diagnostic.hint)}")
    if diagnostic.source is not None and diagnostic.span is not None:
        lines += _marked_line(diagnostic.source, diagnostic.span)
    return "\n".join(lines)


def _marked_line(source: Source, span: Span) -> list[str]:
    line = source.line_span(span.start)
    start = max(line.start, min(span.start, line.end))
    end = max(start, min(span.end, line.end))
    first = line.start if end - line.start <= _WIDEST else max(line.start, start - _BEFORE)
    last = min(line.end, first + _WIDEST)
    if not source.text[line.start : line.end].strip():
        return []
    gutter = f"  {source.position(span.start).line} | "
    before = ("…" if first > line.start else "") + _flat(source.text[first:start])
    marked = _flat(source.text[start : min(end, last)])
    after = _flat(source.text[min(end, last) : last]) + ("…" if last < line.end else "")
    carets = " " * _width(before) + "^" * max(1, _width(marked))
    return [(gutter + before + marked + after).rstrip(), " " * (len(gutter) - 2) + "| " + carets]


def _flat(text: str) -> str:
    return printable(text.replace("\t", " "))


def _width(text: str) -> int:
    """Columns a terminal needs; wide East Asian characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width  # noqa: PLC0415 -- only a wrong, non-English line needs it

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)
