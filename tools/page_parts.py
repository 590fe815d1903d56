"""The parts of a page in Markdown: tables, listings, and words in a row."""

from collections.abc import Iterable, Sequence

Rows = Iterable[Sequence[str]]


def table(head: Sequence[str], rows: Rows) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(text) for text in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def fenced(text: str, language: str) -> str:
    """A text exactly as it stands."""
    return f"```{language}\n{text.rstrip()}\n```"


def joined(parts: Iterable[str]) -> str:
    """Paragraphs, headings, tables and listings, one after the other."""
    return "\n\n".join(part.strip() for part in parts if part.strip())


def quoted(values: Iterable[str]) -> str:
    """Words of a file as a sentence lists them."""
    return ", ".join(f"`{value}`" for value in values)
