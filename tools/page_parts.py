"""The parts of a page in Markdown: listings, and words in a row."""

from collections.abc import Iterable


def fenced(text: str, language: str) -> str:
    """A text exactly as it stands."""
    return f"```{language}\n{text.rstrip()}\n```"


def joined(parts: Iterable[str]) -> str:
    """Paragraphs, headings, tables and listings, one after the other."""
    return "\n\n".join(part.strip() for part in parts if part.strip())


def quoted(values: Iterable[str]) -> str:
    """Words of a file as a sentence lists them."""
    return ", ".join(f"`{value}`" for value in values)
