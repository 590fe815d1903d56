"""What came of the files of one run, to be shown together."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from procureguard.source.diagnostic import Diagnostic

if TYPE_CHECKING:
    from procureguard.render.view import AnyView


@dataclass(frozen=True, slots=True)
class Batch:
    """The files of one run with what came of them.

    Attributes:
        files: every file looked at, as the user wrote it.
        views: the answers, in the order of their files; None where files were only validated.
        diagnostics: what is wrong or odd about files.
    """

    files: tuple[str, ...]
    views: "tuple[AnyView, ...] | None" = None
    diagnostics: tuple[Diagnostic, ...] = ()
