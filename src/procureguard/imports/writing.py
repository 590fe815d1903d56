"""Tools as YAML: a whole inventory, or new entries behind the last one of an inventory that is there."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from procureguard.imports.merging import FactValue
from procureguard.imports.tools import FoundTool
from procureguard.imports.words import tidy
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document, Node
from procureguard.source.scalar import resolve

_PLAIN = re.compile(r"[\w]([\w @/.+()&'-]*[\w.)])?")
_ORDER = (
    *("vendor", "product", "department", "owner", "status", "capabilities"),
    *("seats", "seats_used", "annual_cost", "renews_on", "notice_days"),
)
_PLACES = 4
_BRACKETS = frozenset("[{")


def inventory_text(tools: Sequence[FoundTool], origin: str, as_of: date) -> str:
    """A whole inventory of the tools; `origin` is the file that they come from."""
    head = [
        f"# Imported from {tidy(origin)}, exported on {as_of.isoformat()}.",
        "# Look through it before relying on it: what an export does not say is left out here, and counts as unknown.",
        "# Empty `capabilities: {}` stand where nobody has said what a tool does: it is not compared with any purchase",
        "# until somebody fills them in. A check says how many such tools there are.",
        "kind: inventory",
        "version: 1",
        f"as_of: {as_of.isoformat()}",
        "",
    ]
    body = ["tools:", *entries(tools, "  ")] if tools else ["tools: []"]
    return "\n".join([*head, *body]) + "\n"


def entries(tools: Sequence[FoundTool], indent: str) -> Iterator[str]:
    """The lines of tools as entries of a list, the hyphens at the indent."""
    for tool in tools:
        for comment in _comments(tool):
            yield f"{indent}# {tidy(comment)}"
        yield f"{indent}- id: {scalar(tool.identity)}"
        yield from (f"{indent}  {line}" for line in _facts(tool))


def appended(document: Document, tools: Sequence[FoundTool], problems: list[Diagnostic]) -> str | None:
    """The text of an inventory with tools behind its last one, all else as it was; None with a problem if it cannot be.

    The list must be written with hyphens, or be empty.
    """
    text, root = document.source.text, document.root
    if not tools:
        return text
    assert root.members is not None
    node = root.members["tools"].node
    indent = "  " if not node.items else _indent(text, node)
    if indent is None or text[root.start] in _BRACKETS:
        message = "the list of tools is written in brackets, so that nothing can be put behind it"
        hint = "write each tool behind a hyphen, or use `--output` for a file of its own"
        problems.append(Diagnostic.error("PG242", message, document.source, document.value_span("/tools"), hint))
        return None
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = newline.join(entries(tools, indent))
    if not node.items:
        return f"{text[: node.start].rstrip(' ')}{newline}{lines}{text[node.end :]}"
    end = document.source.line_span(_end(text, node.items[-1])).end
    return f"{text[:end]}{newline}{lines}{text[end:]}"


def scalar(value: FactValue) -> str:
    """A value as YAML on one line, in quotes where it would otherwise mean something else."""
    match value:
        case int():
            return str(value)
        case Fraction():
            return decimal(value)
        case date():
            return value.isoformat()
        case str():
            is_plain = _PLAIN.fullmatch(value) and isinstance(resolve(value), str) and value.isascii()
            return value if is_plain else "'" + value.replace("'", "''") + "'"


def decimal(value: Fraction) -> str:
    """A fraction of at most four decimal places, exactly, without zeros that say nothing."""
    whole, rest = divmod(round(abs(value) * 10**_PLACES), 10**_PLACES)
    places = f".{rest:0{_PLACES}}".rstrip("0") if rest else ""
    return f"{'-' if value < 0 else ''}{whole}{places}"


def _facts(tool: FoundTool) -> Iterator[str]:
    yield f"name: {scalar(tool.name)}"
    for name in _ORDER:
        if name == "status":
            yield f"status: {tool.merged.status}"
        elif name == "capabilities":
            yield _capabilities(tool)
        elif (value := tool.facts.get(name)) is not None:
            yield f"{name}: {scalar(value)}"


def _capabilities(tool: FoundTool) -> str:
    """What the manifest states; what a category or description may mean is a remark for a person to look at."""
    if tool.capabilities:
        stated = ", ".join(f"{name}: {level}" for name, level in tool.capabilities.items())
        return f"capabilities: {{value: {{{stated}}}, source: catalogue}}"
    remark = f"  # perhaps {', '.join(tool.perhaps_capabilities)}" if tool.perhaps_capabilities else ""
    return f"capabilities: {{}}{remark}"


def _comments(tool: FoundTool) -> Iterator[str]:
    vendors = dict.fromkeys(reading.text("vendor") for reading in tool.group.readings)
    stated = [*(word for word in vendors if word and tool.manifest is None), *tool.group.hosts]
    if stated:
        yield f"The export names {', '.join(stated)}."
    if len(tool.group.names) > 1:
        yield f"Also called {', '.join(tool.group.names[1:])}."
    if tool.perhaps_vendors:
        yield f"Perhaps of the vendor {' or '.join(found.identity for found in tool.perhaps_vendors)}."
    yield from tool.merged.remarks
    for name, values in tool.merged.disagreements.items():
        yield f"Its rows differ on {name}: {', '.join(map(scalar, values))}."


def _indent(text: str, node: Node) -> str | None:
    """The blanks before the hyphens of a list, or None for one in brackets."""
    if text[node.start] != "-":
        return None
    return " " * (node.start - (max(text.rfind("\n", 0, node.start), text.rfind("\r", 0, node.start)) + 1))


def _end(text: str, node: Node) -> int:
    """Where what is written of a value ends, comments behind it left out."""
    inside = [*(node.items or ()), *(member.node for member in (node.members or {}).values())]
    if not inside or text[node.start] in _BRACKETS:
        return len(text[: node.end].rstrip())
    return _end(text, max(inside, key=lambda each: each.start))
