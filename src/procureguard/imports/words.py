"""Words of other systems: headings and cells, compared without regard to how they are written."""

import re
import unicodedata

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")
_NOT_ID = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 90
"""Ids have at most 100 characters; the rest is room for a number that tells two apart."""


def word_key(text: str) -> str:
    """A heading or a word without case, accents and punctuation, `camelCase` taken apart."""
    return " ".join(_WORD.findall(_plain(_CAMEL.sub(" ", text)).casefold()))


def slug(text: str) -> str:
    """A text as an id: lower-case words joined by hyphens; empty where it has no Latin letters or digits."""
    return _NOT_ID.sub("-", _plain(text.replace("ß", "ss")).casefold()).strip("-")[:_LONGEST_ID].strip("-")


def tidy(text: str) -> str:
    """A text on one line, without characters that cannot be seen."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def _plain(text: str) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
