"""Markdown: what others wrote stays plain text in it."""

import re
from collections.abc import Iterable, Sequence

from procureguard.render.style import one_line

_MARKS = re.compile(r"([\\`*_\[\]<>~#&])")
_LIST = re.compile(r"^(\d+(?=[.)](?: |$))|(?=[-+=]))")
_NO_ANCHOR = re.compile(r"[^\w\- ]")


def escaped(text: str) -> str:
    """The text on one line, where no character means anything but itself; `|` is left to tables."""
    return _LIST.sub(r"\1\\", _MARKS.sub(r"\\\1", one_line(text)))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(text) for text in line)} |" for line in lines)


def anchor(heading: str) -> str:
    """What a link to a heading of that text names."""
    return _NO_ANCHOR.sub("", heading.lower()).replace(" ", "-")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
