"""What to write where a number stands as text."""

import re
from collections.abc import Mapping

from procureguard.source.document import Data
from procureguard.source.mending import Advice, Mending
from procureguard.source.scalar import Scalar, resolve

_LONGEST = 200
_ORNAMENT = re.compile(r"[\s_'$€£%]|[A-Za-z]+$|^[A-Za-z]+")
_MULTIPLIED = re.compile(r"\d\s*(?:k|m|mio|bn|thousand|million|billion)\b", re.IGNORECASE)
_TWO_READINGS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
"""`4.400` and `4,400` are four thousand four hundred to some and four and a bit to others."""

_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_COMMA_FOR_POINT = re.compile(r"-?\d+,\d{1,2}")
_POINTS_IN_GROUPS = re.compile(r"-?\d{1,3}(?:\.\d{3})+,\d{1,2}|-?\d{1,3}(?:\.\d{3}){2,}")
_PAID_IN = {"€": {"EUR"}, "£": {"GBP"}, "$": {"USD", "CAD", "AUD", "NZD", "SGD", "HKD"}}


def number_advice(text: str, beside: Mapping[str, Data]) -> Advice:
    """How a number is written; one that could mean two amounts is not guessed.

    `beside` is the mapping it stands in: a sign for a currency can go only if the currency is stated there.
    """
    if len(text) >= _LONGEST or _MULTIPLIED.search(text):
        return Advice()
    bare = _ORNAMENT.sub("", text)
    if _TWO_READINGS.fullmatch(bare):
        large, small = re.sub("[.,]", "", bare), bare.replace(",", ".").rstrip("0").rstrip(".")
        return Advice(f"write `{large}` or `{small}`, whichever is meant, without quotes or signs")
    if isinstance(resolved(bare), int | float) and isinstance(resolved(text), int | float):
        return Advice("remove the quotes", Mending(resolved(text), text.strip()))
    number = _in_points(bare)
    if not isinstance(value := resolved(number), int | float):
        return Advice()
    hint = f"write the number alone, without signs or separators: `{number}`"
    return Advice(hint, Mending(value, number) if _says_no_more(text, beside) else None)


def resolved(text: str) -> Scalar:
    """What an unquoted text means; None for a number that is too large."""
    try:
        return resolve(text.strip())
    except OverflowError:
        return None


def _in_points(bare: str) -> str:
    """A number with a point before its decimal places, and nothing between the others."""
    if _POINTS_IN_GROUPS.fullmatch(bare):
        return bare.replace(".", "").replace(",", ".")
    if _COMMA_FOR_POINT.fullmatch(bare):
        return bare.replace(",", ".")
    return bare.replace(",", "") if _GROUPED.fullmatch(bare) else bare


def _says_no_more(text: str, beside: Mapping[str, Data]) -> bool:
    """Whether only separators go, and signs that say what is stated anyway; words such as `about` say more."""
    if re.search(r"[A-Za-z]", text):
        return False
    currency = beside.get("currency")
    return all(currency in _PAID_IN[sign] for sign in _PAID_IN if sign in text)
