"""Markdown: a comment for a pull request, or the summary of a job."""

from collections import Counter
from collections.abc import Iterable, Iterator

from procureguard.finding import VERDICTS
from procureguard.render.batch import Batch
from procureguard.render.cases import CASES
from procureguard.render.counting import counted
from procureguard.render.diagnostic_results import diagnostic_results
from procureguard.render.formats import Format
from procureguard.render.markdown import Section, code, escaped, folded, row, within
from procureguard.render.plan_words import heading
from procureguard.render.report_markdown import LONGEST, purchase_line, purchase_sections, signed, vendor_sections
from procureguard.render.results import FileResults, Result
from procureguard.render.validation import validation_summary
from procureguard.render.view import AnyView
from procureguard.report.contract import Report

MOST = 65_000
"""Characters that a comment may have."""

MOST_SUMMARY_BYTES = 1_000_000
"""Bytes that the summary of a step may have, whatever adds to it."""

MARK = "<!-- procureguard -->"
"""What a comment begins with, unseen, so that it can be found and brought up to date."""

MISTAKES = ("place", "what is wrong", "how to mend it")


def render(batch: Batch) -> str:
    """The page as a comment of at most 65,000 characters."""
    return f"{MARK}\n{_page(batch, MOST - len(MARK) - 1)}"


def job_summary(batch: Batch, used: int) -> str:
    """The page as a part of the summary of a job to which so many bytes have been added already."""
    room = (MOST_SUMMARY_BYTES - used) // 4
    return f"{_page(batch, room)}\n" if room > MOST // 10 else ""


def _page(batch: Batch, most: int) -> str:
    views = batch.views or ()
    if len(views) == 1 and not batch.diagnostics:
        return within("\n\n".join(_head(views[0])), _sections(views[0]), most)
    answers = [_folded(view) for view in sorted(views, key=_welcome, reverse=True)]
    sections = [*_mistakes(batch), Section("Answers", (), answers)]
    return within("\n\n".join(_overview(batch)), sections, most)


def _head(view: AnyView) -> Iterator[str]:
    if isinstance(view.report, Report):
        yield f"## {signed(view.report.verdict, view.report.headline)}"
        yield purchase_line(view)
    else:
        yield f"## {escaped(heading(view.report), LONGEST)}"
        yield escaped(f"{view.name} · as of {view.report.as_of}")


def _sections(view: AnyView) -> list[Section]:
    return purchase_sections(view) if isinstance(view.report, Report) else vendor_sections(view)


def _overview(batch: Batch) -> Iterator[str]:
    """What came of many files: the count of each answer, then a line for each."""
    views = batch.views or ()
    if batch.views is None:
        yield f"## {escaped(validation_summary(len(batch.files), batch.diagnostics))}"
        return
    yield f"## {counted(len(batch.files), 'file', 'files')} checked"
    verdicts = Counter(view.report.verdict for view in views if isinstance(view.report, Report))
    yield "\n".join(f"- {CASES[verdict]}: {verdicts[verdict]}" for verdict in reversed(VERDICTS) if verdicts[verdict])


def _welcome(view: AnyView) -> int:
    """The most welcome answers least, so that a page that is cut loses those."""
    return VERDICTS.index(view.report.verdict) if isinstance(view.report, Report) else 0


def _folded(view: AnyView) -> str:
    """One of many answers, to be opened."""
    heading, about = _head(view)
    inside = "\n\n".join(_whole(section) for section in _sections(view) if section.entries)
    return folded(f"{heading.removeprefix('## ')} {about}", [inside])


def _whole(section: Section) -> str:
    lines = "\n".join([*section.head, *section.entries])
    return f"**{section.heading}**\n\n{lines}"


def _mistakes(batch: Batch) -> Iterator[Section]:
    if batch.diagnostics:
        found = diagnostic_results(batch.files, batch.diagnostics)
        lead = [row(MISTAKES), row("---" for _ in MISTAKES)]
        yield Section("What is wrong with files", lead, list(_rows(found)))


def _rows(files: Iterable[FileResults]) -> Iterator[str]:
    for file in files:
        for result in file.results:
            yield row((code(result.spot.place), escaped(f"{result.message} ({result.rule.identity})"), _hint(result)))


def _hint(result: Result) -> str:
    return escaped(result.hint or "")


FORMAT = Format(render)
