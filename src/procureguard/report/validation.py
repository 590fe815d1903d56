"""Building the validation report from diagnostics."""

from collections.abc import Iterable, Sequence

from procureguard.report.validation_contract import ReportedDiagnostic, ReportedEdit, ValidationReport
from procureguard.source.codes import CODES
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.edit import Edit
from procureguard.source.text import Source, printable
from procureguard.version import __version__


def validation_report(files: Iterable[str], diagnostics: Sequence[Diagnostic]) -> ValidationReport:
    """What was found wrong with files, in the order it is given."""
    errors = sum(diagnostic.severity == "error" for diagnostic in diagnostics)
    return ValidationReport(
        kind="validation-report",
        version=1,
        program=__version__,
        files=tuple(map(printable, files)),
        errors=errors,
        warnings=len(diagnostics) - errors,
        diagnostics=tuple(map(reported_diagnostic, diagnostics)),
    )


def reported_diagnostic(diagnostic: Diagnostic) -> ReportedDiagnostic:
    """A diagnostic in plain values."""
    line = column = end_line = end_column = None
    fix: tuple[ReportedEdit, ...] = ()
    if diagnostic.source is not None and diagnostic.span is not None:
        start, end = (diagnostic.source.position(at) for at in (diagnostic.span.start, diagnostic.span.end))
        line, column, end_line, end_column = start.line, start.column, end.line, end.column
        fix = tuple(_edit(diagnostic.source, edit) for edit in diagnostic.fix)
    return ReportedDiagnostic(
        kind="diagnostic",
        file=printable(diagnostic.name),
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        code=diagnostic.code,
        severity=diagnostic.severity,
        title=CODES[diagnostic.code].title,
        message=diagnostic.message,
        hint=diagnostic.hint,
        fix=fix,
    )


def _edit(source: Source, edit: Edit) -> ReportedEdit:
    start, end = source.position(edit.span.start), source.position(edit.span.end)
    return ReportedEdit(start.line, start.column, end.line, end.column, edit.text)
