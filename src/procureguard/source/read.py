"""Reads a file's bytes into a document: JSON or YAML, everything wrong with it at once."""

from procureguard.source.characters import decode
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.text import Source, Span
from procureguard.source.yaml_reader import read_yaml

MAXIMUM_BYTES = 1 << 20
_STANDARD_INPUT = "-"


def read_document(
    name: str, content: bytes, problems: list[Diagnostic], maximum: int = MAXIMUM_BYTES
) -> Document | None:
    """The document in a file, or None with at least one diagnostic added to `problems`; never raises.

    `name` is the file as the user wrote it. A name that ends in `.json` is read as JSON, and so is standard input
    (`-`) that begins with a bracket; all else is YAML. At most `maximum` bytes, nested at most 64 levels deep.
    """
    if len(content) > maximum:
        message = f"the file has {len(content):,} bytes; at most {maximum:,} are read"
        hint = "split it into several files"
        problems.append(Diagnostic.error("PG102", message, Source(name, ""), Span(0, 0), hint))
        return None
    source = decode(name, content, problems)
    if source is None:
        return None
    if is_json(source):
        from procureguard.source.json_reader import read_json  # noqa: PLC0415 - most files are YAML

        return read_json(source, problems)
    return read_yaml(source, problems)


def is_json(source: Source) -> bool:
    """Whether a text is read as JSON."""
    return source.name.lower().endswith(".json") or (
        source.name == _STANDARD_INPUT and source.text.lstrip()[:1] in {"{", "["}
    )
