"""What comes of one file named to a check, whatever kind of file it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from procureguard.render.view import AnyView
from procureguard.source.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Answered:
    """One file, answered or found unusable.

    `verdicts` are those that count for the exit code, `diagnostics` what is wrong or odd about the file.
    """

    exit_code: int
    view: AnyView | None = None
    verdicts: Sequence[str] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
