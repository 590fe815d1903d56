"""Where a fact is written in a JSON text, laid out as its neighbours are."""

from procureguard.source.document import Document, Node
from procureguard.source.edit import Edit, edited
from procureguard.source.entry import Entry
from procureguard.source.text import Span


def placed_in_json(document: Document, entry: Entry) -> str:
    """The text with the fact in its section; the document must be an object."""
    text, members = document.source.text, document.root.members or {}
    section = members.get(entry.section)
    inside = f"{{{entry.pair}}}"
    if section is None:
        edit = _added(text, document.root, f'"{entry.section}": {inside}')
    elif section.node.members is None:
        edit = _instead(section.node, inside)
    elif entry.name in section.node.members:
        edit = _instead(section.node.members[entry.name].node, entry.value)
    else:
        edit = _added(text, section.node, entry.pair)
    return edited(text, [edit])


def _instead(node: Node, written: str) -> Edit:
    return Edit(Span(node.start, node.end), written)


def _added(text: str, node: Node, pair: str) -> Edit:
    """Behind the last entry, separated as that is from the one before it."""
    members = list((node.members or {}).values())
    if not members:
        return _instead(node, f"{{{pair}}}")
    before = members[-2].node.end if members[1:] else node.start
    blanks = text[before + 1 : members[-1].start].lstrip(",") or " "
    end = members[-1].node.end
    return Edit(Span(end, end), f",{blanks if not blanks.strip() else ' '}{pair}")
