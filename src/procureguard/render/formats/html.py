"""HTML: a page to read, print or send on, with nothing fetched and nothing run; of several files, one page for all."""

from itertools import groupby
from typing import NamedTuple

from procureguard.finding import VERDICTS
from procureguard.render.batch import Batch
from procureguard.render.batch_results import results_of
from procureguard.render.cases import CASES
from procureguard.render.counting import counted
from procureguard.render.formats import Format
from procureguard.render.html import TONES, render_html, render_vendor_html, sheet
from procureguard.render.page import page
from procureguard.render.results import FileResults, Level
from procureguard.render.validation import validation_summary
from procureguard.report.contract import Report
from procureguard.report.vendor_contract import VendorReport
from procureguard.version import __version__

MANIFESTS = "Vendor manifests"
MISTAKEN: dict[Level | None, tuple[str, str]] = {
    "error": ("To be mended", "deny"),
    "warning": ("Worth a look", "needs_info"),
    None: ("Nothing wrong", "approve"),
}
"""Files that are told for what is wrong with them alone, by the weightiest: their title, and the sign of it."""


class Shown(NamedTuple):
    """A file with the title it stands under, and the sign beside it, empty for none."""

    title: str
    sign: str
    file: FileResults


def render(batch: Batch) -> str:
    """The page on one file; on several, what came of each, the least welcome first."""
    if batch.views is not None and len(batch.views) == 1 and not batch.diagnostics:
        view = batch.views[0]
        return render_html(view) if isinstance(view.report, Report) else render_vendor_html(view)
    head = {"heading": _heading(batch), "program": __version__}
    return page("files.html.j2", sheet=sheet(), groups=_groups(batch), tones=TONES, **head)


def _heading(batch: Batch) -> str:
    if batch.views is None:
        return validation_summary(len(batch.files), batch.diagnostics)
    return f"{counted(len(batch.files), 'file', 'files')} checked"


def _groups(batch: Batch) -> list[tuple[str, list[Shown]]]:
    """The files under what came of them, the least welcome first."""
    reports = {view.name: view.report for view in batch.views or ()}
    files = sorted((_shown(reports.get(file.file), file) for file in results_of(batch)), key=_weight)
    return [(title, list(found)) for title, found in groupby(files, key=lambda shown: shown.title)]


def _shown(report: Report | VendorReport | None, file: FileResults) -> Shown:
    if isinstance(report, Report):
        case = CASES[report.verdict]
        return Shown(f"{case[0].upper()}{case[1:]}", report.verdict, file)
    if report is not None:
        return Shown(MANIFESTS, "", file)
    return Shown(*MISTAKEN[file.results[0].level if file.results else None], file)


def _weight(shown: Shown) -> tuple[bool, int, str, str]:
    index = -VERDICTS.index(shown.sign) if shown.sign else 0
    return not shown.sign, index, shown.title, shown.file.file


FORMAT = Format(render)
