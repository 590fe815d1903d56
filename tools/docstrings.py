"""Docstrings as Markdown."""

import re


def prose(docstring: str) -> str:
    """A docstring as Markdown: its sections become lists."""
    text, sections = sections_of(docstring)
    for title, rows in sections.items():
        text += f"\n\n{title}:\n\n" + "\n".join(f"- `{name}`: {meaning}" for name, meaning in rows.items())
    return text


def sections_of(docstring: str) -> tuple[str, dict[str, dict[str, str]]]:
    """The paragraphs of a docstring, and its sections `Raises` and `Attributes` by name."""
    text, *rest = re.split(r"\n\n(?=(?:Raises|Attributes|Args|Returns):\n)", docstring)
    sections: dict[str, dict[str, str]] = {}
    for part in rest:
        title, _, body = part.partition(":\n")
        entries = re.findall(r"^    (\w+): (.*(?:\n {6,}.*)*)", body, re.MULTILINE)
        sections[title] = {name: " ".join(meaning.split()).rstrip(".") for name, meaning in entries}
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text), sections
