"""Reads one JSON document (RFC 8259) with the place of every key and value; stricter than Python's own reader."""

import re
from collections.abc import Callable
from json.decoder import JSONDecodeError
from json.decoder import scanstring as _scanstring  # type: ignore[attr-defined]  # missing in the stubs
from typing import NoReturn

from procureguard.source.characters import check_characters, refused_character
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.document import Data, Document, Member, Node
from procureguard.source.gathering import MAXIMUM_DEPTH, Gathering
from procureguard.source.scalar import resolve
from procureguard.source.text import Source, Span, printable, shown

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?(?:NaN|Infinity)")
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_LITERALS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_SPELLINGS = {"True": "true", "False": "false", "None": "null", "TRUE": "true", "FALSE": "false", "NULL": "null"}


def read_json(source: Source, problems: list[Diagnostic]) -> Document | None:
    """The document in a JSON text, or None with everything found wrong added to `problems`."""
    if not check_characters(source, problems, json=True):
        return None
    gathering = Gathering(source)
    try:
        data, root = _Reader(gathering).document()
    except InvalidInput:
        pass
    else:
        if not gathering.found:
            return Document(source, data, root)
    problems += gathering.in_order()
    return None


_scan: Callable[[str, int, bool], tuple[str, int]] = _scanstring


class _Reader:
    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._text = gathering.source.text
        self._at = 0

    def document(self) -> tuple[Data, Node]:
        if not self._peek():
            self._gathering.empty()
        result = self._value(1)
        if self._peek():
            self._fail("the document ends before this", "remove what follows the last bracket")
        return result

    def _value(self, depth: int) -> tuple[Data, Node]:
        opening = self._peek()
        if opening == '"':
            start = self._at
            return self._string(), Node(start, self._at, '"')
        if opening in {"{", "["}:
            if depth > MAXIMUM_DEPTH:
                self._gathering.too_deep(self._at)
            return self._object(depth) if opening == "{" else self._array(depth)
        return self._number_or_word()

    def _object(self, depth: int) -> tuple[Data, Node]:
        start = self._at
        data: dict[str, Data] = {}
        members: dict[str, Member] = {}
        more = self._opened("}")
        while more:
            key_start = self._at
            if self._peek() != '"':
                self._fail_at_key()
            key, key_end = self._string(), self._at
            if self._peek() != ":":
                self._fail("a `:` is missing after the key", f'write `"{printable(key[:20])}": ` and the value')
            self._at += 1
            value, node = self._value(depth + 1)
            if key in members:
                self._gathering.duplicate(key, Span(key_start, key_end), members[key].start)
            else:
                data[key] = value
                members[key] = Member(key_start, key_end, node)
            more = self._goes_on("}", start)
        return data, Node(start, self._at, members=members)

    def _array(self, depth: int) -> tuple[Data, Node]:
        start = self._at
        data: list[Data] = []
        items: list[Node] = []
        more = self._opened("]")
        while more:
            value, node = self._value(depth + 1)
            data.append(value)
            items.append(node)
            more = self._goes_on("]", start)
        return data, Node(start, self._at, items=items)

    def _opened(self, closing: str) -> bool:
        """Steps over an opening bracket; whether something follows before the closing one."""
        self._at += 1
        if self._peek() == closing:
            self._at += 1
            return False
        return True

    def _goes_on(self, closing: str, opened: int) -> bool:
        """Steps over the comma or closing bracket after an entry; whether another entry follows."""
        found = self._peek()
        if found == closing:
            self._at += 1
            return False
        if found == ",":
            comma = self._at
            self._at += 1
            if self._peek() != closing:
                return True
            self._gathering.add("PG105", "nothing follows this comma", Span(comma, comma + 1), "remove the comma", "")
            self._at += 1
            return False
        if not found:
            opening = self._text[opened]
            message = f"the bracket `{opening}` opened here is never closed"
            self._gathering.stop("PG105", message, Span(opened, opened + 1), f"close it with `{closing}`")
        return self._fail("a comma or a closing bracket is missing before this", f"write `,` or `{closing}`")

    def _string(self) -> str:
        start = self._at
        try:
            value, self._at = _scan(self._text, start + 1, True)  # noqa: FBT003 -- strict; the C function takes no keywords
        except JSONDecodeError as error:
            self._fail_in_string(start, error)
        if (refused := refused_character(value)) is not None:
            self._gathering.refused_character(refused, Span(start, self._at))
        return value

    def _number_or_word(self) -> tuple[Data, Node]:
        start = self._at
        if found := _NOT_FINITE.match(self._text, start):
            self._at = found.end()
            self._gathering.number(found[0], "is not a number one can reckon with", Span(start, self._at))
            return None, Node(start, self._at)
        if found := _NUMBER.match(self._text, start):
            self._at = found.end()
            return self._number(found[0], Span(start, self._at))
        found = _WORD.match(self._text, start)
        if found is not None and (meant := _SPELLINGS.get(found[0])) is not None:
            self._at = found.end()
            message = f"{shown(found[0])} is not a JSON value"
            self._gathering.add("PG105", message, Span(start, self._at), f"write `{meant}`", meant)
            return None, Node(start, self._at)
        if found is None or found[0] not in _LITERALS:
            self._fail_at_value(found[0] if found else "")
        self._at = found.end()
        return _LITERALS[found[0]], Node(start, self._at)

    def _number(self, text: str, span: Span) -> tuple[Data, Node]:
        following = self._text[span.end : span.end + 1]
        if following.isalnum() or following in {".", "_", "+", "-"}:
            self._fail("this is not how JSON writes a number", "no leading zeros, no `+`, digits on both sides of `.`")
        try:
            return resolve(text), Node(span.start, span.end)
        except OverflowError as error:
            self._gathering.number(text, str(error), span)
            return None, Node(span.start, span.end)

    def _peek(self) -> str:
        """The next character that is not white space, or an empty text at the end."""
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._text[self._at : self._at + 1]

    def _fail_at_key(self) -> NoReturn:
        word = _WORD.match(self._text, self._at)
        if not self._peek():
            self._fail("the file ends inside an object", "close it with `}`")
        hint = f'write `"{word[0].strip(chr(39))[:40]}"`' if word else "write the key in double quotes"
        self._fail("a key in double quotes is expected here", hint)

    def _fail_at_value(self, word: str) -> NoReturn:
        if not self._text[self._at :]:
            self._fail("the file ends where a value is expected", "write a value and close the brackets")
        if word.startswith(("//", "/*", "#")):
            self._fail("comments are not part of JSON", "remove it, or write the file in YAML")
        hint = "put texts in double quotes" if word else "write a value here"
        self._fail(f"{shown(word or self._text[self._at])} is not a JSON value", hint)

    def _fail_in_string(self, start: int, error: JSONDecodeError) -> NoReturn:
        if error.msg.startswith("Unterminated"):
            hint = 'close the text with `"`'
            self._gathering.stop("PG105", "the quote opened here is never closed", Span(start, start + 1), hint)
        self._at = error.pos
        if error.msg.startswith("Invalid control"):
            self._fail("a text cannot run over a line break or tab", 'close it with `"`, or write `\\n` or `\\t`')
        self._fail("this escape is not known", "write `\\\\` for a backslash")

    def _fail(self, message: str, hint: str) -> NoReturn:
        self._gathering.stop("PG105", message, Span(self._at, min(self._at + 1, len(self._text))), hint)
