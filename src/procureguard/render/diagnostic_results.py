"""The results that diagnostics come to: what is wrong with a file, where, and what mends it."""

from collections.abc import Iterable, Sequence

from procureguard.render.results import FIRST_LINE, FileResults, Region, Replacement, Result, Rule, Spot, in_order
from procureguard.source.codes import CODES
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.text import Source, Span, printable

WELL_FORMED = "nothing wrong"


def diagnostic_results(files: Iterable[str], diagnostics: Iterable[Diagnostic]) -> tuple[FileResults, ...]:
    """What is wrong with each of the files, and with others that diagnostics name."""
    by_file: dict[str, list[Result]] = {file: [] for file in files}
    for diagnostic in diagnostics:
        by_file.setdefault(diagnostic.name, []).append(_result(diagnostic))
    found = ((printable(file), in_order(results)) for file, results in by_file.items())
    return tuple(FileResults(file, _summary(results), results) for file, results in found)


def _summary(results: Sequence[Result]) -> str:
    errors = sum(result.level == "error" for result in results)
    warnings = len(results) - errors
    counted = [
        f"{count} {word}{'' if count == 1 else 's'}" for count, word in ((errors, "error"), (warnings, "warning"))
    ]
    return ", ".join(words for words in counted if not words.startswith("0 ")) or WELL_FORMED


def _result(diagnostic: Diagnostic) -> Result:
    code = CODES[diagnostic.code]
    rule = Rule(diagnostic.code, code.title, code.explanation, code.explanation, (diagnostic.severity,))
    source, region, fix = diagnostic.source, FIRST_LINE, tuple[Replacement, ...]()
    if source is not None and diagnostic.span is not None:
        region = _region(source, diagnostic.span)
        fix = tuple(Replacement(_region(source, edit.span), edit.text) for edit in diagnostic.fix)
    spot = Spot(printable(diagnostic.name), region)
    decides = diagnostic.severity == "error"
    return Result(rule, diagnostic.severity, "fail", diagnostic.message, spot, diagnostic.hint, decides, fix=fix)


def _region(source: Source, span: Span) -> Region:
    return Region(source.position(span.start), source.position(span.end))
