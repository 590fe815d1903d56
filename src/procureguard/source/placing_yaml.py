"""Where a fact is written in a YAML text, so that comments, order and layout of all else stay."""

import re
from collections.abc import Iterator

from procureguard.source.comments import comments_in
from procureguard.source.document import Document, Member, Node
from procureguard.source.edit import Edit, edited
from procureguard.source.entry import Entry
from procureguard.source.layout import STEP
from procureguard.source.lines import Lines
from procureguard.source.text import Span

_COLON = re.compile(r"[ \t\r\n]*:")


def placed_in_yaml(document: Document, entry: Entry) -> Iterator[str]:
    """The text with the fact in its section, in all the ways to write it, the best first.

    None of them is sure: whoever takes one has to read it again. The document must be a mapping.
    """
    place = _Place(document)
    section = (document.root.members or {}).get(entry.section)
    there = None if section is None else (section.node.members or {}).get(entry.name)
    if there is not None:
        ways = iter([place.replaced(there, entry.value)])
    elif section is None:
        ways = place.added(document.root, place.new_section(entry), f"{entry.section}: {{{entry.pair}}}")
    else:
        ways = place.in_section(section, entry)
    return (edited(document.source.text, edits) for edits in ways)


class _Place:
    """A text, and what may be written where in it."""

    def __init__(self, document: Document) -> None:
        self._text = document.source.text
        self._lines = Lines.of(self._text)
        self._root = document.root

    def replaced(self, member: Member, value: str) -> list[Edit]:
        """Another value behind a key; comments inside the old one follow it."""
        start, end = member.end, self._end(member.node)
        colon = _COLON.match(self._text, start, end)
        if colon is None:  # a key without a colon, as brackets allow
            return [_inserted(start, f": {value}")]
        gap = self._text[colon.end() : member.node.start]
        comments = comments_in(self._text, Span(colon.end(), end)) if "#" in self._text[colon.end() : end] else []
        if not comments and gap and not gap.strip(" \t") and end > member.node.start:
            return [Edit(Span(member.node.start, end), value)]
        rest = self._text[end : self._line_end(end)]
        if comments and rest.lstrip().startswith("#"):
            comments.append(rest.strip())
            end, rest = end + len(rest), ""
        indent = self._lines.line_break + " " * (self._column(member.start) + STEP)
        written = f" {value}" + (" " + indent.join(comments) if comments else "")
        return [Edit(Span(colon.end(), end), written + (indent if comments and rest.strip() else ""))]

    def in_section(self, section: Member, entry: Entry) -> Iterator[list[Edit]]:
        """A further fact of a section: where a comment keeps its place, else behind the last one."""
        yield from self._uncommented(section, entry)
        if section.node.members is not None:
            yield from self.added(section.node, [entry.pair], entry.pair)
            return
        if not self._is_flow(self._root) and section.node.start == section.node.end:
            line = f"{' ' * (self._column(section.start) + self._step())}{entry.pair}"
            yield [_inserted(self._line_end(section.end), self._lines.line_break + line)]
        yield self.replaced(section, f"{{{entry.pair}}}")

    def added(self, mapping: Node, lines: list[str], short: str) -> Iterator[list[Edit]]:
        """A further entry of a mapping: in lines of its own, or inside its brackets."""
        members = list((mapping.members or {}).values())
        if self._is_flow(mapping):
            yield [self._added_inside(mapping, members, short)]
            return
        indent = " " * self._column(mapping.start)
        block = [indent + line if line else "" for line in lines]
        line_break = self._lines.line_break
        behind = "".join(line_break + line for line in block)
        yield [_inserted(self._end_of_entry(members[-1], len(indent)), behind)]
        # A literal text keeps the line breaks behind it for its own, or has none at the end of the file.
        yield [_inserted(members[-1].node.end, "".join(line + line_break for line in block))]
        if members[1:]:
            yield [_inserted(self._end_of_entry(members[-2], len(indent)), behind)]

    def new_section(self, entry: Entry) -> list[str]:
        """The lines of a section, written as the last one is that has facts."""
        sections = [member for member in (self._root.members or {}).values() if member.node.members is not None]
        last = sections[-1] if sections else None
        if last is not None and self._is_flow(last.node):
            lines = [f"{entry.section}: {{{entry.pair}}}"]
        else:
            lines = [f"{entry.section}:", " " * self._step() + entry.pair]
        number = self._lines.number(last.start) if last is not None else 0
        return ["", *lines] if number and not self._lines.content(number - 1) else lines

    def _uncommented(self, section: Member, entry: Entry) -> Iterator[list[Edit]]:
        """In place of a comment that is nothing but the key, as a purchase has them that has just begun."""
        later = [member.start for member in (self._root.members or {}).values() if member.start > section.start]
        commented = re.compile(rf"(?m)^[ \t]*(# ?{re.escape(entry.key)}:[ \t]*)\r?$")
        found = commented.search(self._text, section.end, min(later, default=len(self._text)))
        if found:
            yield [Edit(Span(*found.span(1)), entry.pair)]

    def _added_inside(self, mapping: Node, members: list[Member], pair: str) -> Edit:
        if not members:
            blank = "" if self._text[mapping.start + 1] in " }" else " "
            return _inserted(mapping.start + 1, pair + blank)
        return _inserted(max(members[-1].end, self._end(members[-1].node)), f", {pair}")

    def _end_of_entry(self, member: Member, column: int) -> int:
        """The end of the last line of an entry, and of the comments below it that stand further in."""
        end = self._line_end(max(member.end, self._end(member.node)))
        for number in range(self._lines.number(end) + 1, len(self._lines.all)):
            content = self._lines.content(number)
            if content and (not content.startswith("#") or self._lines.indent(number) <= column):
                break
            end = self._lines.all[number].end if content else end
        return end

    def _step(self) -> int:
        """How far facts are indented, by the first section that has some in lines of their own."""
        for member in (self._root.members or {}).values():
            inside = self._column(member.node.start) - self._column(member.start)
            if member.node.members and not self._is_flow(member.node) and inside > 0:
                return inside
        return STEP

    def _is_flow(self, mapping: Node) -> bool:
        return self._text[mapping.start] == "{"

    def _column(self, offset: int) -> int:
        return offset - self._lines.all[self._lines.number(offset)].start

    def _line_end(self, offset: int) -> int:
        return self._lines.all[self._lines.number(offset)].end

    def _end(self, node: Node) -> int:
        """Where what is written of a value ends, without the line breaks that a literal text ends with."""
        return node.start + len(self._text[node.start : node.end].rstrip())


def _inserted(at: int, text: str) -> Edit:
    return Edit(Span(at, at), text)
