"""Text to tokens.

Grammar of the tokens (EBNF, after the CEL specification; whitespace and `//` comments separate and are dropped):

    name     = ( letter | "_" ) { letter | digit | "_" } ;
    int      = digit { digit } | "0x" hexdigit { hexdigit } ;
    double   = { digit } "." digit { digit } [ exponent ] | digit { digit } exponent ;
    exponent = ( "e" | "E" ) [ "+" | "-" ] digit { digit } ;
    string   = [ "r" | "R" ] ( "'" ... "'" | '"' ... '"' | "'''" ... "'''" | '\"""' ... '\"""' ) ;
"""

import re
from dataclasses import dataclass
from math import isinf
from typing import Final

from procureguard.cel.problem import Problem
from procureguard.cel.types import INT_MAXIMUM


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an expression; kind is name, int, double, string, operator or end; value is set for literals."""

    kind: str
    text: str
    start: int
    end: int
    value: int | float | str = ""


_SPACE: Final = re.compile(r"(?:[ \t\n\r\f]|//[^\n]*)+")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NUMBER: Final = re.compile(
    r"0[xX](?P<hex>[0-9a-fA-F]+)|(?P<double>[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)|[0-9]+"
)
_OPERATOR: Final = re.compile(r"&&|\|\||==|!=|<=|>=|<>|\?\.|\?:|[-+*/%!<>=()\[\]{}.,?:&|]")
_QUOTE: Final = re.compile(r"(?P<prefix>[rRbB]{0,2})(?P<quote>\"\"\"|'''|\"|')")
_ESCAPE: Final = re.compile(
    r"\\(?:(?P<simple>[abfnrtv\\?\"'`])|[xX](?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8})|(?P<octal>[0-3][0-7]{2}))"
)
_SIMPLE: Final = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_CURLY_QUOTES: Final = "\u2018\u2019\u201c\u201d"
_LAST_CHARACTER: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)
_INT_MINIMUM_MAGNITUDE: Final = INT_MAXIMUM + 1
_MOST_DIGITS: Final = 40

_BYTES_HINT: Final = 'there are no bytes here; write a string: "text"'
_UNTERMINATED_HINT: Final = (
    "close the string; if it is closed in the file, quote the whole YAML value or use a literal block (`|`)"
)


def tokenize(text: str, problems: list[Problem]) -> list[Token]:
    """Tokens of a text, ending with one of kind end; what cannot be read is added to `problems` and left out."""
    return _Lexer(text, problems).tokens()


class _Lexer:
    def __init__(self, text: str, problems: list[Problem]) -> None:
        self.text = text
        self.problems = problems
        self.at = 0

    def tokens(self) -> list[Token]:
        found: list[Token] = []
        while True:
            space = _SPACE.match(self.text, self.at)
            if space:
                self.at = space.end()
            if self.at >= len(self.text):
                return [*found, Token("end", "", len(self.text), len(self.text))]
            token = self._token()
            if token is not None:
                found.append(token)

    def _problem(self, start: int, end: int, message: str, hint: str | None = None) -> None:
        self.problems.append(Problem(start, end, message, hint))

    def _token(self) -> Token | None:
        quote = _QUOTE.match(self.text, self.at)
        if quote:
            return self._string(quote)
        name = _NAME.match(self.text, self.at)
        if name:
            return self._plain("name", name)
        number = _NUMBER.match(self.text, self.at)
        if number:
            return self._number(number)
        operator = _OPERATOR.match(self.text, self.at)
        if operator:
            return self._plain("operator", operator)
        self._unexpected()
        return None

    def _plain(self, kind: str, found: re.Match[str]) -> Token:
        self.at = found.end()
        return Token(kind, found.group(), found.start(), found.end())

    def _unexpected(self) -> None:
        start, character = self.at, self.text[self.at]
        self.at += 1
        if character == "`":
            closing = self.text.find("`", self.at)
            self.at = closing + 1 if closing >= 0 else len(self.text)
            self._problem(
                start, self.at, "names in backticks are not part of this language", "write the name without them"
            )
        elif character in _CURLY_QUOTES:
            self._problem(
                start, self.at, f"unexpected character `{character}`", "write straight quotes: \"text\" or 'text'"
            )
        else:
            self._problem(start, self.at, f"unexpected character `{character!a}`".replace("'", ""))

    def _number(self, found: re.Match[str]) -> Token | None:
        start, text = found.start(), found.group()
        self.at = found.end()
        tail = _NAME.match(self.text, self.at)
        if tail:
            self._number_with_tail(start, tail, text)
            return None
        if found["double"] is not None:
            value = float(text)
            if isinf(value):
                self._problem(start, self.at, f"`{text}` is too large for a double")
                return None
            return Token("double", text, start, self.at, value)
        digits = found["hex"] or text
        if len(digits) > _MOST_DIGITS or int(digits, 16 if found["hex"] else 10) > _INT_MINIMUM_MAGNITUDE:
            self._problem(start, self.at, f"`{text[:_MOST_DIGITS]}` does not fit into 64 bits")
            return None
        return Token("int", text, start, self.at, int(digits, 16 if found["hex"] else 10))

    def _number_with_tail(self, start: int, tail: re.Match[str], text: str) -> None:
        self.at = tail.end()
        whole = self.text[start : self.at]
        if tail.group() in {"u", "U"}:
            self._problem(start, self.at, "there are no unsigned numbers here", f"write `{text}`")
            return
        self._problem(start, self.at, f"`{whole}` is neither a number nor a name", "put a space or an operator between")

    def _string(self, found: re.Match[str]) -> Token | None:
        start, prefix, quote = self.at, found["prefix"].lower(), found["quote"]
        if len(set(prefix)) != len(prefix):
            self.at = found.start("quote")
            self._problem(
                start, self.at, f"`{found['prefix']}` is no prefix of a string", "write the string without it"
            )
            return None
        end = self._closing(found.end(), quote, raw="r" in prefix)
        if end is None:
            self.at = len(self.text)
            self._problem(start, self.at, "the string is not closed", _UNTERMINATED_HINT)
            return None
        self.at = end + len(quote)
        if "b" in prefix:
            self._problem(start, self.at, "bytes are not part of this language", _BYTES_HINT)
            return None
        body = self.text[found.end() : end]
        value = body if "r" in prefix else self._unescape(body, found.end())
        return Token("string", self.text[start : self.at], start, self.at, value)

    def _closing(self, at: int, quote: str, *, raw: bool) -> int | None:
        while at < len(self.text):
            if self.text.startswith(quote, at):
                return at
            if self.text[at] in "\n\r" and len(quote) == 1:
                return None
            at += 2 if self.text[at] == "\\" and not raw else 1
        return None

    def _unescape(self, body: str, offset: int) -> str:
        pieces: list[str] = []
        at = 0
        while at < len(body):
            slash = body.find("\\", at)
            if slash < 0:
                break
            pieces.append(body[at:slash])
            escape = _ESCAPE.match(body, slash)
            character = _character(escape) if escape else None
            at = escape.end() if escape else slash + 2
            if character is None:
                self._problem(
                    offset + slash,
                    offset + at,
                    f"`{body[slash:at]}` is no escape sequence",
                    "write `\\\\` for a backslash",
                )
            else:
                pieces.append(character)
        return "".join([*pieces, body[at:]])


def _character(escape: re.Match[str]) -> str | None:
    """The character an escape stands for; None when there is no such character."""
    if escape["simple"]:
        return _SIMPLE.get(escape["simple"], escape["simple"])
    code = int(escape["octal"], 8) if escape["octal"] else int(escape["x"] or escape["u"] or escape["U"], 16)
    return None if code in _SURROGATES or code > _LAST_CHARACTER else chr(code)
