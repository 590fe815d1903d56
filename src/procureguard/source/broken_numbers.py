"""Numbers that a comma breaks in two: between braces it ends the value, and the rest is read as a key."""

import re

_BEFORE = re.compile(r"(?:(?<![\w.,])-)?(?<![\w.])\d+(?:,\d+)*,\Z")
_AFTER = re.compile(r"(?:,\d+)*(?:\.\d+)?(?![\w.])")
_NO_VALUE = re.compile(r"\s*[,}\]]")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_LONGEST = 40
_GROUP = 3
"""Digits between two separators of a large number."""


def broken_number_hint(text: str, start: int, end: int) -> str | None:
    """How to write the number of which the key at these offsets is a part; None where it is none."""
    before = _BEFORE.search(text, max(0, start - _LONGEST), start)
    after = _AFTER.match(text, end, end + _LONGEST)
    if before is None or after is None or not _DIGITS.fullmatch(text, start, end):
        return None
    if not _NO_VALUE.match(text, after.end()):
        return None
    numbers = " or ".join(f"`{number}`" for number in _readings(text[before.start() : after.end()]))
    return f"write {numbers}: between braces a comma ends the value"


def _readings(written: str) -> tuple[str, ...]:
    """What a number with commas can mean."""
    whole, *groups = written.split(",")
    joined = whole + "".join(groups)
    if len(groups) > 1 or "." in joined:
        return (joined,)
    pointed = f"{whole}.{groups[0]}"
    if len(groups[0]) != _GROUP:
        return (pointed,)
    return (joined, pointed.rstrip("0").rstrip("."))
