"""A JSON text in the house form: one entry a line, indented by two blanks."""

from collections.abc import Iterator

from procureguard.source.document import Document, Node
from procureguard.source.lines import Lines

_STEP = "  "


def laid_out_json(document: Document) -> str:
    """The text of a JSON document in the house form; keys, texts and numbers stay as they are written."""
    line_break = Lines.of(document.source.text).line_break
    return "".join(_written(document.source.text, document.root, line_break)) + line_break


def _written(text: str, node: Node, line_break: str) -> Iterator[str]:
    """A value, the lines after its first one beginning with the line break and the blanks they have in common."""
    inner = line_break + _STEP
    if node.members:
        for place, member in enumerate(node.members.values()):
            yield f"{',' if place else '{'}{inner}{text[member.start : member.end]}: "
            yield from _written(text, member.node, inner)
        yield line_break + "}"
    elif node.items:
        for place, item in enumerate(node.items):
            yield f"{',' if place else '['}{inner}"
            yield from _written(text, item, inner)
        yield line_break + "]"
    elif node.members is not None or node.items is not None:
        yield "{}" if node.members is not None else "[]"
    else:
        yield text[node.start : node.end]
