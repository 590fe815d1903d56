"""How far each line of a YAML text is indented in the house form: two columns for each block it stands in."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from yaml.tokens import (
    BlockEndToken,
    BlockEntryToken,
    BlockMappingStartToken,
    BlockSequenceStartToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    KeyToken,
    ScalarToken,
    Token,
    ValueToken,
)

from procureguard.source.lines import Lines
from procureguard.source.yaml_reader import event_parser

STEP = 2
"""Columns that a block is indented further than the one it stands in, also a list below its key."""

OPENING = (FlowMappingStartToken, FlowSequenceStartToken)
CLOSING = (FlowMappingEndToken, FlowSequenceEndToken)
_STYLES_OF_BLOCKS = ("|", ">")
_STATED_INDENT = re.compile(r"[|>][-+]?[1-9]")


class Block(NamedTuple):
    """A block mapping or list that is open: the column it stands in, and the one it belongs in.

    A list in the column of its key is loose: the scanner does not announce it.
    """

    old: int
    new: int
    is_list: bool = False
    is_loose: bool = False


class Part(NamedTuple):
    """A piece of the text that stands for itself: a scalar, a bracket, a dash, a colon or a comma.

    `column` is where it belongs if it begins its line; `blocks` and `brackets` are open behind it, and lines between
    the brackets move by `shift`.
    """

    token: Token
    start: int
    end: int
    column: int
    blocks: tuple[Block, ...]
    brackets: int
    shift: int


class Layout:
    """The parts of a text, where its lines belong, and which of them lie inside a scalar."""

    def __init__(self, text: str) -> None:
        self.lines = Lines.of(text)
        self.parts: list[Part] = []
        self.columns: dict[int, int] = {}
        self.inner: set[int] = set()
        self.literal: set[int] = set()
        """Lines of block scalars, where what follows the indentation counts, blanks included."""
        self.unfinished: set[int] = set()
        """Lines that end inside a scalar, where blanks at the end may count."""
        self._blocks: tuple[Block, ...] = ()
        self._brackets = 0
        self._shift = 0
        was_key = False
        for token, start, end in _tokens(text):
            self._open_and_close(token, start)
            if end > start:
                self._add(token, start, end, is_key=was_key)
            was_key = isinstance(token, KeyToken) and end == start

    @property
    def _inside(self) -> int:
        """The column of what stands inside the innermost block."""
        return self._blocks[-1].new + STEP if self._blocks else 0

    def _open_and_close(self, token: Token, start: int) -> None:
        """Opens and closes the blocks that begin and end with a token."""
        if self._brackets:
            return
        if self._blocks and self._blocks[-1].is_loose and self._ends_loose_list(token, start):
            self._blocks = self._blocks[:-1]
        column = start - self.lines.all[self.lines.number(start)].start if start < len(self.lines.text) else 0
        if isinstance(token, BlockMappingStartToken | BlockSequenceStartToken):
            is_list = isinstance(token, BlockSequenceStartToken)
            self._blocks = (*self._blocks, Block(column, self._inside, is_list))
        elif isinstance(token, BlockEndToken):
            self._blocks = self._blocks[:-1]
        elif isinstance(token, BlockEntryToken) and not self._blocks[-1].is_list:
            self._blocks = (*self._blocks, Block(column, self._inside, is_list=True, is_loose=True))

    def _ends_loose_list(self, token: Token, start: int) -> bool:
        return isinstance(token, KeyToken | BlockEndToken) or (
            isinstance(token, ValueToken) and self.lines.is_first(start)
        )

    def _add(self, token: Token, start: int, end: int, *, is_key: bool) -> None:
        """Notes a part, and where its lines belong."""
        number = self.lines.number(start)
        indent = start - self.lines.all[number].start
        is_first = self.lines.is_first(start)
        column = self._column(token, indent, is_key=is_key)
        if is_first:
            self.columns[number] = column
        if isinstance(token, OPENING):
            if not self._brackets:
                self._shift = column - indent if is_first else self._blocks[-1].new - self._blocks[-1].old
            self._brackets += 1
        elif isinstance(token, CLOSING):
            self._brackets -= 1
        elif isinstance(token, ScalarToken):
            self._note_scalar(token, start, end)
        self.parts.append(Part(token, start, end, column, self._blocks, self._brackets, self._shift))

    def _column(self, token: Token, indent: int, *, is_key: bool) -> int:
        """Where a part belongs if it begins its line."""
        if self._brackets:
            return max(0, indent + self._shift)
        if is_key or isinstance(token, KeyToken | ValueToken | BlockEntryToken):
            return self._blocks[-1].new
        return self._inside

    def _note_scalar(self, token: ScalarToken, start: int, end: int) -> None:
        """Notes the further lines of a scalar."""
        first, last = self.lines.number(start), self.lines.number(max(start, end - 1))
        if token.style in _STYLES_OF_BLOCKS:
            self._note_block(self.lines.text[start:end], range(first + 1, last + 1))
            return
        self.inner.update(range(first + 1, last + 1))
        self.unfinished.update(range(first, last) if token.style else ())
        for number in range(first + 1, last + 1):
            column = self.lines.indent(number) + self._shift if self._brackets else self._inside
            self.columns[number] = max(0, column) if self.lines.content(number) else 0

    def _note_block(self, text: str, further: range) -> None:
        """Moves the lines of a literal or folded scalar together: the first to its place, or all with their block."""
        spaces = self.lines.spaces
        written = next((number for number in further if self.lines.content(number)), None)
        states_indent = _STATED_INDENT.match(text) is not None
        indent = 0 if written is None or states_indent else spaces(written)
        while further and "+" not in text.partition("\n")[0] and self._is_empty(further[-1], indent):
            further = further[:-1]
        self.inner.update(further)
        self.unfinished.update(further)
        self.literal.update(further)
        if written is None or not self._blocks:
            return
        within = self._inside + STEP if self._blocks[-1].is_list else self._inside
        shift = self._blocks[-1].new - self._blocks[-1].old if states_indent else within - indent
        for number in further:
            self.columns[number] = max(0, spaces(number) + shift) if spaces(number) else 0

    def _is_empty(self, number: int, indent: int) -> bool:
        """Whether a line adds nothing to a block scalar: further blanks would be part of it."""
        line = self.lines.all[number]
        return not self.lines.content(number) and line.end - line.start <= indent


def _tokens(text: str) -> Iterator[tuple[Token, int, int]]:
    """The tokens of a YAML text, each with the offsets where it begins and ends."""
    parser = event_parser(text)
    while (token := parser.get_token()) is not None:
        start, end = token.start_mark, token.end_mark
        assert start is not None
        assert end is not None
        yield token, start.index, end.index
