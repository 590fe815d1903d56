"""The validation report: the published, versioned result of looking whether files are well formed."""

from dataclasses import dataclass
from typing import Any, Literal

from procureguard.report.contract import as_data


@dataclass(frozen=True, slots=True)
class ReportedEdit:
    """A stretch of a file, lines and columns from 1 with the end behind it, and what to write there instead."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class ReportedDiagnostic:
    """Something wrong with a file; the stretch is null where the file could not be read at all.

    `fix` mends the file where it is plain what was meant: all edits together, none of which overlap.
    """

    kind: Literal["diagnostic"]
    file: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    code: str
    severity: Literal["error", "warning"]
    title: str
    message: str
    hint: str | None
    fix: tuple[ReportedEdit, ...]

    def to_dict(self) -> dict[str, Any]:
        """The diagnostic as plain data, ready for JSON."""
        return as_data(self)


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """What was found wrong with files.

    Attributes:
        files: every file looked at, as the user wrote it.
        errors: how many errors there are; with one, a file is not valid.
        warnings: how many warnings there are.
    """

    kind: Literal["validation-report"]
    version: Literal[1]
    program: str
    files: tuple[str, ...]
    errors: int
    warnings: int
    diagnostics: tuple[ReportedDiagnostic, ...]

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data, ready for JSON."""
        return as_data(self)
