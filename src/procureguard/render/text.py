"""The report as a person reads it on a terminal, at most 80 columns wide."""

from collections.abc import Iterator

from procureguard.finding import NEEDS_INFO
from procureguard.render.alternatives import alternative_lines, catalogue, nothing_found, owned
from procureguard.render.facts import disputes, said
from procureguard.render.gaps import gap_lines
from procureguard.render.report_words import (
    NAME_A_PRODUCT,
    advice,
    by_answerer,
    conditions,
    contacts,
    counts,
    open_left,
    others_open,
    promise,
    shown_open,
    span,
    subject,
    telling,
    tier,
    upcoming,
    weighty,
)
from procureguard.render.style import Style, item, wrapped
from procureguard.render.view import View
from procureguard.render.ways import TITLE, way_lines, ways
from procureguard.report.contract import Report

COLOURS = {
    "approve": "green",
    "approve_with_conditions": "green",
    "needs_info": "yellow",
    "needs_review": "yellow",
    "deny": "red",
}


def render_text(view: View[Report]) -> str:
    """The whole report in plain sentences, ending in a new line."""
    return "\n".join(_lines(view)) + "\n"


def _lines(view: View[Report]) -> Iterator[str]:
    style = Style(view.colour)
    report = view.report
    yield from (style.strong(line, COLOURS[report.verdict]) for line in wrapped(report.headline, "", ""))
    yield ""
    yield from _about(view)
    about_a_product = report.purchase.product or report.verdict != NEEDS_INFO
    if about_a_product:
        yield from style.section("Questions", _questions(report))
    yield from style.section("Why", _failed(view))
    yield from style.section(TITLE, way_lines(ways(report)))
    if about_a_product:
        yield from style.section("Still open", _open(view))
        yield from style.section("Conditions", _conditions(report))
    yield from style.section("Who to talk to", (line for contact in contacts(report) for line in item(contact)))
    yield from style.section("Tools you own", alternative_lines(owned(report)))
    yield from style.section("Tools to buy instead", alternative_lines(catalogue(report)))
    yield from style.section("Other tools", item(nothing_found(report) or ""))
    if not about_a_product:
        yield from style.section("Next", wrapped(NAME_A_PRODUCT, "  ", "  "))
    yield from style.section("Worth knowing", (line for point in advice(report) for line in item(point)))
    yield from style.section("Coming up", _upcoming(report))
    yield from style.section("Documents differ", disputes(view, report.disputed))
    yield from style.section("Not checked", gap_lines(report.not_checked))
    yield ""
    yield from wrapped(counts(report), "  ", "  ")


def _about(view: View[Report]) -> Iterator[str]:
    report, between = view.report, span(view.report)
    yield from wrapped(subject(report), "  ", "    ")
    yield f"  risk: {tier(report)}"
    if between:
        yield f"  {between}"
    yield from wrapped(f"{view.name}, as of {report.as_of}", "  ", "    ")
    if view.settings:
        yield from wrapped(f"what if: {', '.join(view.settings)}", "  ", "    ")


def _failed(view: View[Report]) -> Iterator[str]:
    """What stands in the way; conditions have a list of their own."""
    for finding in weighty(view.report, "fail"):
        yield from item(f"{finding.message} {finding.why}")
        yield from wrapped(finding.remedy, "    -> ", "       ")
        for fact in telling(finding):
            yield from wrapped(said(view, fact), "    ", "      ")


def _open(view: View[Report]) -> Iterator[str]:
    for title in shown_open(view.report):
        yield from item(title)
    yield from item(open_left(view.report, view.name) or "")


def _questions(report: Report) -> Iterator[str]:
    """Those to the reader first, and what comes of good answers."""
    if report.questions:
        yield from wrapped(promise(report.asking, report.best), "  ", "  ")
    for answerer, asked in by_answerer(report).items():
        yield f"  For {answerer}:"
        for question in asked:
            yield from wrapped(str(question), "    ? ", "      ")
    yield from wrapped(others_open(report.asking) or "", "  ", "  ")


def _conditions(report: Report) -> Iterator[str]:
    for due in conditions(report):
        yield from wrapped(f"{due.state}{due.text} {due.who}", "  [ ] ", "      ")
        if due.now:
            yield from wrapped(f"Now: {due.now}", "      ", "      ")


def _upcoming(report: Report) -> Iterator[str]:
    for turn in upcoming(report):
        yield from item(f"From {turn.day} on: {turn.answer}. {turn.reasons}.")
