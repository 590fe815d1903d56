"""YAML syntax errors in the words of the person who wrote the file, with the likely cause."""

import re
from typing import NamedTuple

from yaml import MarkedYAMLError, YAMLError

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.text import Source, Span

_BLOCK_IN_ORDER = "entries of one block begin in the same column"
_CLOSING = {"[": "]", "{": "}"}


class _Trouble(NamedTuple):
    """Where the parser gave up, and where the construct it was in begins (both character offsets)."""

    source: Source
    at: int
    begun: int

    @property
    def character(self) -> str:
        return self.source.text[self.at : self.at + 1]

    @property
    def before(self) -> str:
        """The line up to the place."""
        return self.source.text[self.source.line_span(self.at).start : self.at]

    @property
    def begun_line(self) -> int:
        return self.source.position(self.begun).line


class _Saying(NamedTuple):
    message: str
    hint: str
    at: int
    code: str = "PG104"


def syntax_diagnostic(source: Source, error: YAMLError) -> Diagnostic:
    """One diagnostic for what the YAML parser could not read."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return Diagnostic.error("PG104", "this is not valid YAML", source, Span(0, 0), "check quotes and indentation")
    at = min(error.problem_mark.index, len(source.text))
    begun = min(error.context_mark.index, at) if error.context_mark is not None else at
    trouble = _Trouble(source, at, begun)
    saying = _saying(error.problem or "", error.context or "", trouble)
    end = min(saying.at + 1, len(source.text))
    return Diagnostic.error(saying.code, saying.message, source, Span(saying.at, end), saying.hint)


def _saying(problem: str, context: str, trouble: _Trouble) -> _Saying:
    for pattern, say in _SAYINGS:
        if re.search(pattern, f"{context}; {problem}"):
            return say(trouble)
    return _Saying("this is not valid YAML", "check the quotes, brackets and indentation here and above", trouble.at)


def _tab(trouble: _Trouble) -> _Saying:
    hint = "indent with spaces: let the editor replace the tabs"
    return _Saying("a tab cannot indent a line", hint, trouble.at, "PG115")


def _cannot_start(trouble: _Trouble) -> _Saying:
    if trouble.character == "\t":
        return _tab(trouble)
    message = f"an unquoted text cannot begin with {_sign(trouble.character)}"
    return _Saying(message, "put the text in quotes", trouble.at)


def _sign(character: str) -> str:
    return "a backtick" if character == "`" else f"`{character}`"


def _name_missing(trouble: _Trouble) -> _Saying:
    character = trouble.source.text[trouble.begun : trouble.begun + 1]
    message = f"an unquoted text cannot begin with {_sign(character)}"
    return _Saying(message, "put the text in quotes", trouble.begun)


def _exclamation(trouble: _Trouble) -> _Saying:
    message = "an unquoted text cannot begin with `!`"
    hint = "put the text in quotes; an expression can use `none:` instead of `!`"
    return _Saying(message, hint, trouble.begun)


def _quote_open(trouble: _Trouble) -> _Saying:
    quote = trouble.source.text[trouble.begun : trouble.begun + 1]
    return _Saying("the quote opened here is never closed", f"close the text with `{quote}`", trouble.begun)


def _bracket_open(trouble: _Trouble) -> _Saying:
    opening = trouble.source.text[trouble.begun : trouble.begun + 1]
    closing = _CLOSING.get(opening, "a bracket")
    if not trouble.source.text[trouble.at :].strip():
        return _Saying(f"the `{opening}` opened here is never closed", f"close it with `{closing}`", trouble.begun)
    hint = f"separate entries with `,` and close the `{opening}` of line {trouble.begun_line} with `{closing}`"
    return _Saying(f"a `,` or `{closing}` is missing before this", hint, trouble.at)


def _second_colon(trouble: _Trouble) -> _Saying:
    if re.search(r":\s", trouble.before):
        message = "`: ` cannot stand inside an unquoted text"
        return _Saying(message, "put the whole text after the first `:` in quotes", trouble.at)
    hint = "indent this line like its neighbours; if the line above is a key, end it with `:`"
    return _Saying("a key cannot stand here", hint, trouble.at)


def _colon_missing(trouble: _Trouble) -> _Saying:
    hint = "write `key: value` with a space after the colon; indent a text that goes on in the next line"
    return _Saying("this line has no `:` after its key", hint, trouble.begun)


def _list_here(trouble: _Trouble) -> _Saying:
    hint = "begin the list on its own line below the key, or quote a text that begins with `-`"
    return _Saying("a list cannot begin here", hint, trouble.at)


def _out_of_order(trouble: _Trouble) -> _Saying:
    before = trouble.before.rstrip()
    if before.endswith(("'", '"')):
        hint = "quote the whole text, with `''` for a quote inside `'…'`; or close a quote left open above"
        return _Saying("the text goes on after its closing quote", hint, trouble.at)
    if before.endswith(("]", "}")):
        return _Saying("the text goes on after its closing bracket", "put the whole text in quotes", trouble.at)
    if trouble.character == "-":
        hint = f"the block that began in line {trouble.begun_line} has keys: indent the list below one of them"
        return _Saying("a list entry cannot stand among keys", hint, trouble.at)
    begun = trouble.source.position(trouble.begun)
    hint = f"{_BLOCK_IN_ORDER}: this one began in line {begun.line}, column {begun.column}"
    return _Saying("this line does not fit the lines above it", hint, trouble.at)


def _not_in_list(trouble: _Trouble) -> _Saying:
    if trouble.before.rstrip().endswith(("'", '"', "]", "}")):
        return _out_of_order(trouble)
    begun = trouble.source.position(trouble.begun)
    hint = f"begin it with `- ` in column {begun.column}, or indent it as part of the entry above"
    return _Saying(f"a `-` is missing: the list began in line {begun.line}", hint, trouble.at)


def _escape(trouble: _Trouble) -> _Saying:
    hint = "write `\\\\` for a backslash, or use single quotes, where a backslash is an ordinary character"
    return _Saying("this escape is not known", hint, trouble.at)


def _no_value(trouble: _Trouble) -> _Saying:
    if trouble.character in {"]", "}"}:
        return _Saying(f"`{trouble.character}` closes nothing", "remove it, or quote the text", trouble.at)
    if trouble.character == ":":
        return _Saying("a key is missing before this `:`", "write the key, or quote the text", trouble.at)
    if not trouble.source.text[trouble.at :].strip() and trouble.source.text[: trouble.at].rstrip()[-1:] in {
        "[",
        "{",
        ",",
    }:
        return _Saying("the file ends inside a bracket", "close the bracket", trouble.at)
    return _Saying("a value is expected here", "write a value, or put the text in quotes", trouble.at)


def _block_header(trouble: _Trouble) -> _Saying:
    hint = "begin the text in the next line; to begin a text with `|` or `>` put it in quotes"
    return _Saying("nothing but a comment can follow `|` or `>` in its line", hint, trouble.at)


def _directive(trouble: _Trouble) -> _Saying:
    hint = "remove the line; a text that begins with `%` goes in quotes"
    return _Saying("lines that begin with `%` are not supported", hint, trouble.begun)


def _after_document(trouble: _Trouble) -> _Saying:
    hint = "indent it as part of what stands above, or remove it"
    return _Saying("the document ended before this", hint, trouble.at)


_SAYINGS = (
    (r"tab character", _tab),
    (r"cannot start any token", _cannot_start),
    (r"scanning an (?:alias|anchor)", _name_missing),
    (r"\btag\b|TAG|%-escape|URI", _exclamation),
    (r"quoted scalar; found unexpected (?:end of stream|document)", _quote_open),
    (r"unknown escape|hexdec|Unicode character escape|escape sequence", _escape),
    (r"while parsing a flow (?:sequence|mapping); ", _bracket_open),
    (r"mapping values are not allowed", _second_colon),
    (r"could not find expected ':'", _colon_missing),
    (r"sequence entries are not allowed", _list_here),
    (r"while parsing a block mapping; ", _out_of_order),
    (r"while parsing a block collection; ", _not_in_list),
    (r"node content|expected the node content", _no_value),
    (r"block scalar; ", _block_header),
    (r"directive|incompatible YAML|YAML document", _directive),
    (r"document start", _after_document),
)
