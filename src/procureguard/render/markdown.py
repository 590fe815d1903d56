"""Text as Markdown that shows it as it stands, whoever wrote it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from procureguard.render.style import one_line

_SPECIAL = re.compile(r"[\\`*\[\]<>#|~&$@]|(?<![^\W_])_|_(?![^\W_])|://|(?<=www)\.|^[-+=]|^\d+[.)](?=\s|$)")
_CALLING = re.compile(r"(?<!\w)@|#(?=\d)")
_NO_ANCHOR = re.compile(r"[^\w\- ]")
_RESERVE = 1_000
"""Room that is left for saying what is left out of a section and of those after it."""

_LAST = 150
"""Room for saying that whole parts are left out."""

_JOINER = "\u2060"
"""It is not seen, and keeps `@somebody` from calling anybody and `#7` from standing for anything."""


class Section(NamedTuple):
    """Entries under a heading; `head` is the head of the table whose rows they are, empty where they are paragraphs."""

    heading: str
    head: Sequence[str]
    entries: Sequence[str]


def escaped(text: str, longest: int | None = None) -> str:
    """A text of any origin inside a line: nothing in it is markup, calls a person or becomes a link.

    Characters that could mean something are written as numbers, which holds in tables and in HTML alike. What is
    longer than the longest is cut.
    """
    whole = one_line(text).strip()
    whole = whole if longest is None or len(whole) <= longest else f"{whole[: longest - 1]}…"
    quiet = _CALLING.sub(lambda found: found[0] + _JOINER, whole)
    return _SPECIAL.sub(lambda found: "".join(map(_as_number, found[0])), quiet)


def _as_number(character: str) -> str:
    """Digits mean something only by what follows them."""
    return character if character.isdigit() else f"&#{ord(character)};"


def code(text: str) -> str:
    """A name as it is typed."""
    return f"<code>{escaped(text)}</code>"


def row(cells: Iterable[str]) -> str:
    """A row of a table, of cells that are escaped already."""
    return f"| {' | '.join(cells)} |"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(row(map(_cell, line)) for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def anchor(heading: str) -> str:
    """What a link to a heading of that text names."""
    return _NO_ANCHOR.sub("", heading.lower()).replace(" ", "-")


def folded(summary: str, lines: Iterable[str]) -> str:
    """Lines that are seen once somebody opens them."""
    return "\n".join(["<details>", f"<summary>{summary}</summary>", "", *lines, "", "</details>"])


def within(head: str, sections: Iterable[Section], most: int) -> str:
    """A page of at most so many characters; of what there is no room for, it says how much it is."""
    pages, room, left_out = [head], most - len(head), 0
    for section in sections:
        text = "\n".join(_fitting(section, room))
        if len(text) + 2 > room - _LAST:
            left_out += len(section.entries)
            continue
        pages.append(text)
        room -= len(text) + 2
    if left_out:
        pages.append(f"{left_out:,} more lines of other parts are left out here; `--format text` shows all of them.")
    return "\n\n".join(page for page in pages if page) + "\n"


def _fitting(section: Section, room: int) -> Iterator[str]:
    """The heading and the entries there is room for, in their order; one that is too long does not hide the others."""
    if not section.entries:
        return
    joint = "\n" if section.head else "\n\n"
    start = "\n".join([f"### {section.heading}", "", *section.head])
    left = room - len(start) - _RESERVE
    shown: list[str] = []
    for entry in section.entries:
        room_needed = len(entry) + len(joint)
        if room_needed <= left:
            left -= room_needed
            shown.append(entry)
    missing = len(section.entries) - len(shown)
    yield f"{start.rstrip()}{joint}{joint.join(shown)}" if shown else f"### {section.heading}"
    if missing:
        yield f"\n{missing:,} more of {len(section.entries):,} are left out here; `--format text` shows all of them."
