"""Everything found wrong while one text is read, in words both readers share."""

from typing import NoReturn

from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.edit import Edit
from procureguard.source.text import Source, Span, shown

MAXIMUM_DEPTH = 64
MAXIMUM_PROBLEMS = 100


class Gathering:
    """Collects the diagnostics of one text; raises InvalidInput where reading on makes no sense."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found: list[Diagnostic] = []

    def add(self, code: str, message: str, span: Span, hint: str | None = None, instead: str | None = None) -> None:
        """Notes an error, and what to write instead of the stretch; raises InvalidInput after the hundredth."""
        fix = () if instead is None else (Edit(span, instead),)
        self.found.append(Diagnostic.error(code, message, self.source, span, hint).mended_by(fix))
        if len(self.found) >= MAXIMUM_PROBLEMS:
            hint = "mend these first"
            more = Diagnostic.error("PG119", "there may be more errors than are listed", self.source, span, hint)
            self.found.append(more)
            raise InvalidInput(self.found)

    def stop(self, code: str, message: str, span: Span, hint: str | None = None) -> NoReturn:
        """Notes an error after which nothing can be read."""
        self.add(code, message, span, hint)
        raise InvalidInput(self.found)

    def in_order(self) -> list[Diagnostic]:
        """What was found, in the order of the text."""
        return sorted(self.found, key=lambda each: (each.code == "PG119", each.span.start if each.span else 0))

    def empty(self) -> NoReturn:
        """Notes that there is nothing to read."""
        hint = "begin with a line such as `kind: purchase` and a line `version: 1`"
        self.stop("PG103", "the file is empty", Span(0, 0), hint)

    def too_deep(self, offset: int) -> NoReturn:
        """Notes nesting beyond the limit."""
        hint = "no file needs this: look for brackets that are opened and not closed"
        message = f"the values are nested more than {MAXIMUM_DEPTH} levels deep"
        self.stop("PG112", message, Span(offset, offset + 1), hint)

    def duplicate(self, key: str, span: Span, first: int) -> None:
        """Notes a key that its mapping already has; `first` is the offset of the earlier one."""
        line = self.source.position(first).line
        self.add("PG106", f"the key {shown(key)} is given twice", span, f"keep one: the first is in line {line}")

    def number(self, text: str, reason: str, span: Span) -> None:
        """Notes a number that cannot be kept exactly or at all."""
        self.add("PG113", f"{shown(text)} {reason}", span, "put it in quotes if it is a name and not an amount")

    def refused_character(self, character: str, span: Span) -> None:
        """Notes an escape that stands for a character no text may contain."""
        code = ord(character)
        what = "half of a surrogate pair" if 0xD800 <= code <= 0xDFFF else "a control character"  # noqa: PLR2004 -- the range Unicode reserves
        self.add("PG114", f"the text contains U+{code:04X}, {what}", span, "remove the escape")
