"""HTML: a page to read, print or send on, with nothing fetched and nothing run; of several files, one page for all."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from procureguard.finding import VERDICTS
from procureguard.render import report_words as words
from procureguard.render.batch import Batch
from procureguard.render.cases import CASES
from procureguard.render.counting import counted
from procureguard.render.diagnostic_results import diagnostic_results
from procureguard.render.formats import Format
from procureguard.render.html import (
    TONES,
    Headings,
    purchase_body,
    render_html,
    render_vendor_html,
    sheet,
    vendor_body,
)
from procureguard.render.page import page
from procureguard.render.plan_words import heading
from procureguard.render.results import FileResults, Level, Result
from procureguard.render.validation import validation_summary
from procureguard.render.view import AnyView
from procureguard.report.contract import Report
from procureguard.source.text import printable
from procureguard.version import __version__

MANIFESTS = "Vendor manifests"
MISTAKEN: dict[Level | None, tuple[str, str]] = {
    "error": ("To be mended", "deny"),
    "warning": ("Worth a look", "needs_info"),
    None: ("Nothing wrong", "approve"),
}
"""Files that are told for what is wrong with them alone, by the weightiest: their title, and the sign of it."""


INSIDE = Headings("h3", "h4")
"""The headings of an answer among others."""


class Shown(NamedTuple):
    """A file of many: the title it stands under, the sign beside it (empty for none), and what is wrong with it."""

    title: str
    sign: str
    name: str
    summary: str
    mistakes: Sequence[Result]


def render(batch: Batch) -> str:
    """The page on one file; on several, what came of each, the least welcome first, and then the answers."""
    views = batch.views or ()
    if len(views) == 1 and not batch.diagnostics:
        return render_html(views[0]) if isinstance(views[0].report, Report) else render_vendor_html(views[0])
    groups, answers = _groups(batch), [_answer(view) for view in sorted(views, key=_welcome, reverse=True)]
    head = {"heading": _heading(batch), "program": __version__}
    return page("files.html.j2", sheet=sheet(), groups=groups, answers=answers, tones=TONES, **head)


def _heading(batch: Batch) -> str:
    if batch.views is None:
        return validation_summary(len(batch.files), batch.diagnostics)
    return f"{counted(len(batch.files), 'file', 'files')} checked"


def _groups(batch: Batch) -> list[tuple[str, list[Shown]]]:
    """The files under what came of them, the least welcome first."""
    views = {printable(view.name): view for view in batch.views or ()}
    wrong = {file.file: file for file in diagnostic_results(batch.files, batch.diagnostics)}
    names = dict.fromkeys([*views, *wrong])
    files = sorted((_shown(name, views.get(name), wrong.get(name)) for name in names), key=_weight)
    return [(title, list(found)) for title, found in groupby(files, key=lambda shown: shown.title)]


def _shown(name: str, view: AnyView | None, wrong: FileResults | None) -> Shown:
    mistakes = wrong.results if wrong is not None else ()
    if view is not None and isinstance(view.report, Report):
        case = CASES[view.report.verdict]
        summary = f"{view.report.headline} {words.subject(view.report)}"
        return Shown(f"{case[0].upper()}{case[1:]}", view.report.verdict, name, summary, mistakes)
    if view is not None:
        return Shown(MANIFESTS, "", name, heading(view.report), mistakes)
    title, sign = MISTAKEN[mistakes[0].level if mistakes else None]
    return Shown(title, sign, name, wrong.summary if wrong is not None else "", mistakes)


def _weight(shown: Shown) -> tuple[bool, int, str, str]:
    index = -VERDICTS.index(shown.sign) if shown.sign else 0
    return not shown.sign, index, shown.title, shown.name


def _welcome(view: AnyView) -> int:
    return VERDICTS.index(view.report.verdict) if isinstance(view.report, Report) else -1


def _answer(view: AnyView) -> tuple[str, Markup]:
    """An answer with its title."""
    if isinstance(view.report, Report):
        return f"{view.report.purchase.name}: {view.report.headline}", purchase_body(view, INSIDE)
    return heading(view.report), vendor_body(view, INSIDE)


FORMAT = Format(render)
