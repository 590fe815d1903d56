"""A YAML text in the house form: by changes of blanks and line breaks alone, so that all else stays."""

from collections.abc import Iterator
from itertools import pairwise

from yaml.tokens import BlockEntryToken, FlowEntryToken, KeyToken, ScalarToken, Token, ValueToken

from procureguard.source.edit import Edit, edited
from procureguard.source.layout import CLOSING, OPENING, STEP, Block, Layout, Part
from procureguard.source.text import Span

_BLANKS = " \t"


def laid_out_yaml(text: str) -> str:
    """The same YAML text, which must be well formed, in the house form."""
    layout = Layout(text)
    edits = [
        *_indents(layout),
        *_gaps(layout),
        *_line_ends(layout),
        *_empty_lines(layout),
        *_last_break(layout),
    ]
    return edited(text, edits)


def _indents(layout: Layout) -> Iterator[Edit]:
    """The blanks that lines begin with."""
    lines = layout.lines
    for number, column in {**_comments(layout), **layout.columns}.items():
        start = lines.all[number].start
        end = start + (lines.spaces if number in layout.literal else lines.indent)(number)
        if lines.text[start:end] != " " * column:
            yield Edit(Span(start, end), " " * column)


def _gaps(layout: Layout) -> Iterator[Edit]:
    """The blanks between two parts of one line."""
    text = layout.lines.text
    for one, other in pairwise(layout.parts):
        gap = text[one.end : other.start]
        wanted = _between(one.token, other.token)
        if wanted is not None and gap != wanted and not gap.strip(_BLANKS):
            yield Edit(Span(one.end, other.start), wanted)


def _between(one: Token, other: Token) -> str | None:
    """What stands between two parts in one line; None for what stays as it is."""
    if isinstance(one, ValueToken | BlockEntryToken | KeyToken):
        return None if isinstance(other, (FlowEntryToken, *CLOSING)) else " "
    if isinstance(other, ValueToken):
        return "" if isinstance(one, ScalarToken) else None
    if isinstance(one, OPENING) or isinstance(other, CLOSING):
        return ""
    if isinstance(other, FlowEntryToken):
        return ""
    return " " if isinstance(one, FlowEntryToken) else None


def _line_ends(layout: Layout) -> Iterator[Edit]:
    """Blanks at the end of a line."""
    lines = layout.lines
    for number, line in enumerate(lines.all):
        end = line.start + len(lines.text[line.start : line.end].rstrip(_BLANKS))
        if line.start < end < line.end and number not in layout.unfinished:
            yield Edit(Span(end, line.end), "")


def _empty_lines(layout: Layout) -> Iterator[Edit]:
    """Empty lines: at most one between others, none at the beginning and the end."""
    lines = layout.lines
    is_empty = [number not in layout.inner and not lines.content(number) for number in range(len(lines.all))]
    last = max((number for number, empty in enumerate(is_empty) if not empty), default=-1)
    for number, line in enumerate(lines.all):
        if is_empty[number] and (number == 0 or number > last or is_empty[number - 1]):
            yield Edit(Span(line.start, line.next), "")
        elif is_empty[number] and line.end > line.start:
            yield Edit(Span(line.start, line.end), "")


def _last_break(layout: Layout) -> Iterator[Edit]:
    """The line break that ends the file.

    Not after a block scalar that has none: it would become part of the text, as the parser reads it.
    """
    lines = layout.lines
    written = [number for number in range(len(lines.all)) if lines.content(number)]
    last = lines.all[written[-1]]
    ends_with_block = written[-1] in layout.literal
    if last.next == last.end and not ends_with_block:
        yield Edit(Span(last.end, last.end), lines.line_break)


def _comments(layout: Layout) -> dict[int, int]:
    """Where the comments belong that have a line to themselves."""
    lines, found, place = layout.lines, {}, 0
    for number in range(len(lines.all)):
        if number in layout.inner or not lines.content(number).startswith("#"):
            continue
        while place < len(layout.parts) and layout.parts[place].start < lines.all[number].start:
            place += 1
        before = layout.parts[place - 1] if place else None
        after = layout.parts[place] if place < len(layout.parts) else None
        found[number] = _comment_column(layout, number, before, after)
    return found


def _comment_column(layout: Layout, number: int, before: Part | None, after: Part | None) -> int:
    """With what follows; but a comment that stands further in belongs to the innermost block it can belong to.

    That may be a block of nothing but comments, below a key or dash without a value.
    """
    lines = layout.lines
    column = lines.indent(number)
    if before is not None and before.brackets:
        return max(0, column + before.shift)
    follows = Block(0, 0)
    if after is not None:
        follows = Block(after.start - lines.all[lines.number(after.start)].start, after.column)
    if column <= follows.old or before is None:
        return follows.new
    blocks = (follows, *before.blocks, *_hollow(before))
    return max((block.old, block.new) for block in blocks if block.old <= column)[1]


def _hollow(before: Part) -> Iterator[Block]:
    """The block that would begin behind a colon or dash: from one column further in on."""
    if isinstance(before.token, ValueToken | BlockEntryToken) and before.blocks:
        outer = before.blocks[-1]
        yield Block(outer.old + 1, outer.new + STEP)
