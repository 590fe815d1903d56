"""A place in the tokens of an expression: what is here, what is due, and what is wrong."""

from typing import Final, NoReturn

from procureguard.cel.lexer import Token
from procureguard.cel.problem import Problem
from procureguard.cel.tree import Literal, Node
from procureguard.cel.types import Type

MAXIMUM_DEPTH: Final = 64
"""How deep an expression may nest."""


class UnreadableError(Exception):
    """Reading cannot go on; the problem is recorded."""


class Cursor:
    """A place in the tokens, and the nodes made so far: what the rules of the grammar share."""

    def __init__(self, tokens: list[Token], problems: list[Problem]) -> None:
        self.tokens = tokens
        self.problems = problems
        self.unread = bool(problems)
        self.at = 0
        self.depth = 0
        self.heights: list[int] = []
        self.variables: list[str] = []

    # ------------------------------------------------------------------ tokens

    @property
    def token(self) -> Token:
        """The token here."""
        return self.tokens[self.at]

    def advance(self) -> Token:
        """Take the token here; the end is never left."""
        token = self.token
        if token.kind != "end":
            self.at += 1
        return token

    def sees(self, *texts: str) -> bool:
        """Whether an operator or name with one of these texts is here."""
        return self.token.kind in {"operator", "name"} and self.token.text in texts

    def report(self, start: int, end: int, message: str, hint: str | None = None) -> None:
        """Record a problem and go on."""
        self.problems.append(Problem(start, end, message, hint))

    def fail(self, token: Token, message: str, hint: str | None = None) -> NoReturn:
        """Record a problem at a token and end the reading."""
        # A token that could not be read explains what is missing after it; a second message would only distract.
        if not self.unread:
            self.report(token.start, max(token.end, token.start), message, hint)
        raise UnreadableError

    def fail_here(self, hint: str | None = None) -> NoReturn:
        """End the reading because something else was due here."""
        if self.token.kind == "end":
            self.fail(self.token, "the expression ends too early", hint)
        self.fail(self.token, f"unexpected `{self.token.text}`", hint)

    def expect(self, text: str) -> Token:
        """Take the token with this text; anything else ends the reading."""
        if not self.sees(text):
            self.fail_here(f"expected `{text}` here")
        return self.advance()

    # ------------------------------------------------------------------ nodes

    def identity(self, start: int, parts: tuple[Node, ...]) -> int:
        """A new identity for a node over these parts; refuses trees too deep to walk."""
        height = 1 + max((self.heights[part.identity] for part in parts), default=0)
        if height > MAXIMUM_DEPTH:
            self.too_deep(start)
        self.heights.append(height)
        return len(self.heights) - 1

    def too_deep(self, start: int) -> NoReturn:
        """End the reading because the expression nests too deep."""
        message = f"the expression nests more than {MAXIMUM_DEPTH} levels deep"
        self.report(start, self.token.end, message, "move parts of it into definitions")
        raise UnreadableError

    def literal(self, value: bool | float | str, kind: Type, start: int, end: int) -> Literal:  # noqa: FBT001 - a value that may be a truth value
        """A literal with a new identity."""
        return Literal(value, kind, identity=self.identity(start, ()), start=start, end=end)
