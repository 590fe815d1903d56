"""Bytes to text, and the characters a file may not contain."""

import re
from functools import cache

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.text import Source, Span

# YAML 1.1 parsers break lines at U+0085, U+2028 and U+2029, YAML 1.2 does not: outside escapes they would be ambiguous.
_REFUSED_IN_YAML = r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_REFUSED_IN_JSON = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
_REFUSED_IN_VALUES = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
_UTF8_MARK = b"\xef\xbb\xbf"
_MOST_LISTED = 20


def decode(name: str, content: bytes, problems: list[Diagnostic]) -> Source | None:
    """The text of a file in UTF-8, a byte order mark left out; None with a diagnostic at the first wrong byte."""
    body = content.removeprefix(_UTF8_MARK)
    try:
        return Source(name, body.decode("utf-8"))
    except UnicodeDecodeError as error:
        offset = len(body[: error.start].decode("utf-8"))
        source = Source(name, body.decode("utf-8", "replace"))
        message = f"the file is not UTF-8 text: byte {body[error.start]:#04x} cannot stand here"
        problems.append(Diagnostic.error("PG101", message, source, Span(offset, offset + 1), _encoding_hint(body)))
        return None


def check_characters(source: Source, problems: list[Diagnostic], *, json: bool) -> bool:
    """Whether the text has no control characters as such; reports where they are."""
    pattern = _pattern(_REFUSED_IN_JSON if json or source.text.isascii() else _REFUSED_IN_YAML)
    if pattern.search(source.text) is None:
        return True
    if source.text.count("\0") * 3 > len(source.text):
        problems.append(Diagnostic.error("PG101", "the file is not UTF-8 text", source, Span(0, 1), _UTF16_HINT))
        return False
    for count, found in enumerate(pattern.finditer(source.text)):
        if count == _MOST_LISTED:
            break
        message = f"the file contains the invisible character U+{ord(found[0]):04X}"
        problems.append(Diagnostic.error("PG114", message, source, Span(*found.span()), "remove it"))
    return False


def refused_character(value: str) -> str | None:
    """The first character that no text may contain however it is written: a control character or half a pair."""
    if value.isprintable():
        return None
    found = _pattern(_REFUSED_IN_VALUES).search(value)
    return None if found is None else found[0]


@cache
def _pattern(characters: str) -> re.Pattern[str]:
    """Compiled when first needed: classes of many characters take a while, and most files are plain ASCII."""
    return re.compile(characters)


_UTF16_HINT = "the file seems to be saved as UTF-16: save it as UTF-8"


def _encoding_hint(body: bytes) -> str:
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _UTF16_HINT
    return "save the file as UTF-8: it may have been saved in an older encoding such as Windows-1252"
