"""The results of a whole run, file by file."""

from dataclasses import replace

from procureguard.render.batch import Batch
from procureguard.render.diagnostic_results import diagnostic_results
from procureguard.render.results import FileResults, Rule, in_order
from procureguard.source.text import printable


def results_of(batch: Batch) -> tuple[FileResults, ...]:
    """What there is to say of every file of a run, in their order; files that could not be answered are among them."""
    if batch.views is None:
        return diagnostic_results(batch.files, batch.diagnostics)
    from procureguard.render.report_results import purchase_results, vendor_results  # noqa: PLC0415 - not to validate
    from procureguard.report.contract import Report  # noqa: PLC0415 - as above

    found: dict[str, FileResults] = {}
    for view in batch.views:
        answer = purchase_results(view) if isinstance(view.report, Report) else vendor_results(view)
        found[answer.file] = answer
    for wrong in diagnostic_results((), batch.diagnostics):
        answer = found.get(wrong.file, FileResults(wrong.file, f"Cannot be answered: {wrong.summary}.", ()))
        found[wrong.file] = replace(answer, results=in_order([*answer.results, *wrong.results]))
    return tuple(found[file] for file in dict.fromkeys([*map(printable, batch.files), *found]) if file in found)


def rules_of(files: tuple[FileResults, ...]) -> tuple[Rule, ...]:
    """The rules that results name, each once, by their ids."""
    rules = {result.rule.identity: result.rule for file in files for result in file.told}
    return tuple(rules[identity] for identity in sorted(rules))
