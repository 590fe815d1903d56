"""What an unquoted YAML scalar or a JSON number means: the core schema of YAML 1.2, numbers within 64 bits.

And the other way round: which texts mean themselves without quotes.
"""

import math
import re
from typing import TypeAlias

Scalar: TypeAlias = "str | int | float | bool | None"

_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_FIRST_CHARACTERS = frozenset("~nNtTfF+-.0123456789")
_INTEGER = re.compile(r"[-+]?0*([0-9]+)")
_OTHER_BASE = re.compile(r"0(?:o0*([0-7]+)|x0*([0-9a-fA-F]+))")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 @/.+_-]*[A-Za-z0-9.]|[A-Za-z]|\d{4}-\d{2}-\d{2}")
_SOMETIMES_TRUTHS = frozenset({"y", "n", "yes", "no", "on", "off"})
"""Words that older readers of YAML take for true or false."""

_MOST_DIGITS = 22  # of a 64-bit number in octal, its longest form


def resolve(text: str) -> Scalar:
    """The value of an unquoted scalar; raises OverflowError for a number that is not finite or beyond 64 bits."""
    if text and text[0] not in _FIRST_CHARACTERS:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if found := _INTEGER.fullmatch(text):
        return _integer(text[0], found[1], 10)
    if found := _OTHER_BASE.fullmatch(text):
        return _integer("", found[1] or found[2], 8 if found[1] else 16)
    if _FLOAT.fullmatch(text):
        return _finite(float(text))
    if _NOT_FINITE.fullmatch(text):
        raise OverflowError("is not a number one can reckon with")
    return text


def is_plain(text: str) -> bool:
    """Whether every reader takes a text without quotes for what it is, be it a key or a value, inside brackets too."""
    return (
        _PLAIN.fullmatch(text) is not None and isinstance(resolve(text), str) and text.lower() not in _SOMETIMES_TRUTHS
    )


def _integer(sign: str, digits: str, base: int) -> int:
    number = int(digits, base) if len(digits) <= _MOST_DIGITS else 1 << 64
    number = -number if sign == "-" else number
    if not -(1 << 63) <= number < 1 << 63:
        raise OverflowError("is too large")
    return number


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise OverflowError("is too large")
    return number
