"""Cells read by the kind of their field: what is ambiguous is settled by the whole column, or not at all."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from procureguard.imports.days import month_first_evidence, read_day
from procureguard.imports.fields import Kind
from procureguard.imports.numbers import CURRENCY_SIGNS, Money, comma_evidence, read_count, read_money
from procureguard.imports.unreadable import Unreadable
from procureguard.imports.words import tidy, word_key
from procureguard.source.text import shown
from procureguard.stack.names import host_of

Cell: TypeAlias = str | int | float | bool | None
"""What stands in a cell: text from CSV, any single value from JSON."""

Value: TypeAlias = str | int | bool | date | Money | None
"""What a cell says; None is not known."""

LONGEST_TEXT = 500
_UNKNOWN = frozenset(
    {"", "-", "--", "\N{EN DASH}", "\N{EM DASH}", "?", ".", "n/a", "n.a.", "na", "#n/a", "none", "null", "nil", "nan"}
    | {"unknown", "tbd", "k.a.", "unbekannt"}
)
_YES = frozenset({"yes", "y", "true", "1", "on", "enabled", "active", "x", "ja", "oui"})
_NO = frozenset({"no", "n", "false", "0", "off", "disabled", "inactive", "nein", "non"})


class Formats(NamedTuple):
    """How a column writes days and numbers; None where nobody has said and no value shows it."""

    month_first: bool | None
    decimal_comma: bool | None


DEFAULT_FORMATS = Formats(None, None)
"""Nothing is known of how days and numbers are written."""


def is_unknown(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, or a word that stands for not knowing."""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in _UNKNOWN)


def formats_of(cells: Iterable[Cell], kind: Kind, wished: Formats) -> Formats:
    """How a column writes days or numbers: as somebody wished, or as its values show where all agree."""
    texts = [cell for cell in cells if isinstance(cell, str) and not is_unknown(cell)]
    if kind == "day":
        return wished._replace(month_first=_settled(wished.month_first, map(month_first_evidence, texts)))
    if kind in {"money", "count"}:
        shows = (comma_evidence(text, whole=kind == "count") for text in texts)
        return wished._replace(decimal_comma=_settled(wished.decimal_comma, shows))
    return wished


def _settled(wished: bool | None, evidence: Iterable[bool | None]) -> bool | None:  # noqa: FBT001 - three values
    if wished is not None:
        return wished
    shown_by = {each for each in evidence if each is not None}
    return shown_by.pop() if len(shown_by) == 1 else None


def read_value(kind: Kind, cell: Cell, formats: Formats, words: Mapping[str, str]) -> Value:
    """What a cell says as a value of a kind, None where it says nothing; `words` are those of a choice, by key.

    Raises:
        Unreadable: the cell does not say such a value, or could mean two.
    """
    if is_unknown(cell):
        return None
    if kind == "choice":
        return _choice(_text(cell), words)
    return _READ[kind](cell, formats)


def _exact(cell: Cell) -> str | Decimal:
    """A number of JSON is one already, whatever marks people write."""
    return Decimal(repr(cell)) if isinstance(cell, int | float) and not isinstance(cell, bool) else _text(cell)


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return tidy(cell) if isinstance(cell, str) else str(cell)


def _named(text: str) -> str | None:
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"{shown(text)} is longer than {LONGEST_TEXT} characters", "shorten it")
    return text or None


def _yes_no(cell: Cell) -> bool:
    text = _text(cell)
    word = text.casefold()
    if word not in _YES | _NO:
        raise Unreadable(f"{shown(text)} is neither yes nor no", "write yes or no")
    return word in _YES


def _choice(text: str, words: Mapping[str, str]) -> str:
    value = words.get(word_key(text))
    if value is None:
        hint = f"known are {', '.join(dict.fromkeys(words.values()))}; a profile of your own may name more words"
        raise Unreadable(f"{shown(text)} is no word known here", hint)
    return value


def _website(text: str) -> str | None:
    host = host_of(text)
    if host is None:
        raise Unreadable(f"{shown(text)} is no web address", "write it as `tool.example`")
    return host


def _currency(text: str) -> str:
    code = CURRENCY_SIGNS.get(text, text.upper())
    if code != "$" and not (len(code) == len("EUR") and code.isascii() and code.isalpha()):
        raise Unreadable(f"{shown(text)} is no currency", "write its code of three letters, such as EUR")
    return code


_READ: Mapping[Kind, Callable[[Cell, Formats], Value]] = {
    "text": lambda cell, _: _named(_text(cell)),
    "website": lambda cell, _: _website(_text(cell)),
    "count": lambda cell, formats: read_count(_exact(cell), decimal_comma=formats.decimal_comma),
    "money": lambda cell, formats: read_money(_exact(cell), decimal_comma=formats.decimal_comma),
    "currency": lambda cell, _: _currency(_text(cell)),
    "day": lambda cell, formats: read_day(_text(cell), month_first=formats.month_first),
    "yes_no": lambda cell, _: _yes_no(cell),
}
"""How the cells of each kind are read; those of a choice need its words."""
