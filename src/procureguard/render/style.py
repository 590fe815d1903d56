"""Emphasis where the output understands it."""

from dataclasses import dataclass

from procureguard.source.text import printable

_CODES = {"green": "32", "yellow": "33", "red": "31"}


@dataclass(frozen=True, slots=True)
class Style:
    """Emphasis by ANSI codes, or none."""

    colour: bool

    def strong(self, text: str, colour: str | None = None) -> str:
        """The text in bold, and in a colour where one is named."""
        if not self.colour:
            return text
        codes = f"1;{_CODES[colour]}" if colour else "1"
        return f"\x1b[{codes}m{printable(text)}\x1b[0m"
