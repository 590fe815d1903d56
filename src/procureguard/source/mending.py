"""What to write instead of a mistake, and how it is written where the mistake stands."""

import json
import re
from collections.abc import Iterable
from typing import NamedTuple

from procureguard.source.diagnostic import Diagnostic, Guess, guess
from procureguard.source.document import Data, Document, split_pointer, to_pointer
from procureguard.source.edit import Edit
from procureguard.source.scalar import is_plain
from procureguard.source.text import Span

_QUOTES = {"'", '"'}
_BLOCKS = {"|", ">"}
_BARE = re.compile(r"true|false|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_ONLY_BRACKETS = re.compile(r"[\s\[\],-]*")
_ONLY_A_COLON = re.compile(r"\s*:\s*")


class Mending(NamedTuple):
    """What is to stand where a mistake stands: the value, and of a number the digits that its author wrote."""

    value: Data
    digits: str | None = None


class Advice(NamedTuple):
    """What to do about a mistake: in words, and as what to write instead where that is plain."""

    hint: str | None = None
    mending: Mending | None = None

    @classmethod
    def of(cls, found: Guess | None, otherwise: str | None = None) -> "Advice":
        """To write a word that was guessed; where there is none, other words."""
        if found is None:
            return cls(otherwise)
        return cls(found.hint, Mending(found.word) if found.is_plain else None)

    def value_fix(self, document: Document, pointer: str) -> tuple[Edit, ...]:
        """The edits that follow it for the value at the pointer; none where it would be in a list twice."""
        if self.mending is None or self.mending.value in _neighbours(document, pointer):
            return ()
        text = _written(document, pointer, self.mending)
        return () if text is None else _edits(document, pointer, text)

    def key_fix(self, document: Document, pointer: str) -> tuple[Edit, ...]:
        """The edits that follow it for the key at the pointer; none where the mapping has the other key already."""
        if self.mending is None or not isinstance(name := self.mending.value, str):
            return ()
        beside = document.value(to_pointer(split_pointer(pointer)[:-1]))
        if not isinstance(beside, dict) or name in beside:
            return ()
        span = document.key_span(pointer)
        return (Edit(span, _quoted(name, document.source.text[span.start])),)


class Mistake(NamedTuple):
    """Something wrong with the value at a pointer, or with its key."""

    code: str
    message: str
    document: Document
    pointer: str
    of_key: bool = False

    def misspelt(self, word: str, candidates: Iterable[str], otherwise: str | None = None) -> Diagnostic:
        """An error at a word that is none of the candidates, with the one that is meant or else another hint."""
        return self.with_advice(Advice.of(guess(word, candidates), otherwise))

    def with_advice(self, advice: Advice) -> Diagnostic:
        """An error with what to do about it."""
        document = self.document
        span = document.key_span(self.pointer) if self.of_key else document.value_span(self.pointer)
        fix = (advice.key_fix if self.of_key else advice.value_fix)(document, self.pointer)
        return Diagnostic.error(self.code, self.message, document.source, span, advice.hint).mended_by(fix)


def _neighbours(document: Document, pointer: str) -> list[Data]:
    """The other entries of the list that a value stands in."""
    beside = document.value(to_pointer(split_pointer(pointer)[:-1])) if pointer else None
    return beside if isinstance(beside, list) else []


def _written(document: Document, pointer: str, mending: Mending) -> str | None:
    """The value as it is written in the file, or None if that is not sure."""
    span = document.value_span(pointer)
    old, value = document.value(pointer), mending.value
    if isinstance(old, list):
        # Nothing but the brackets or the dash may go: a comment among them would be lost.
        item = document.value_span(f"{pointer}/0")
        text = document.source.text
        if not _ONLY_BRACKETS.fullmatch(text[span.start : item.start] + text[item.end : span.end]):
            return None
        span = item
    first = document.source.text[span.start : span.start + 1]
    if first in _BLOCKS and "#" in document.source.text[span.start : span.end]:
        return None
    if isinstance(value, list):
        items = [_scalar(item, mending.digits, first) for item in value]
        return None if None in items else f"[{', '.join(filter(None, items))}]"
    return _scalar(value, mending.digits, first)


def _scalar(value: Data, digits: str | None, first: str) -> str | None:
    """A scalar in the quotes that the old one begins with; a number or `true` as JSON and YAML both write it."""
    if isinstance(value, str):
        return _quoted(value, first)
    text = digits if digits is not None else json.dumps(value)
    return text if _BARE.fullmatch(text) else None


def _quoted(text: str, first: str) -> str:
    """A text in the quotes its author used, or in quotes at all where it would read as something else."""
    if first == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if first not in _QUOTES and is_plain(text):
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _edits(document: Document, pointer: str, text: str) -> tuple[Edit, ...]:
    """The edit that puts a value in its place; where a list stood below its key, in the line of the key."""
    span, source = document.value_span(pointer), document.source.text
    key = document.key_span(pointer)
    between = source[key.end : span.start]
    if not isinstance(document.value(pointer), list) or not between.strip(" "):
        return (Edit(span, text),)
    if not _ONLY_A_COLON.fullmatch(between):
        return ()
    return (Edit(Span(key.end + between.index(":") + 1, span.end), f" {text}"),)
