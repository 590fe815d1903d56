"""The report as one page for browsers and printers: the words of the terminal, on one sheet where they fit."""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from markupsafe import Markup

from procureguard.finding import NEEDS_INFO
from procureguard.render import report_words as words
from procureguard.render.alternatives import catalogue, nothing_found, owned
from procureguard.render.cases import CASES
from procureguard.render.facts import said
from procureguard.render.gaps import gap_words
from procureguard.render.page import PAGES, page, part
from procureguard.render.plan_words import closing, heading, products
from procureguard.render.view import R, View
from procureguard.render.ways import ways
from procureguard.report.contract import Report, ReportedDispute
from procureguard.report.headline import ROLES
from procureguard.report.vendor_contract import VendorReport

TONES = {
    "approve": "yes",
    "approve_with_conditions": "yes",
    "needs_info": "open",
    "needs_review": "open",
    "deny": "no",
}
"""The colours of an answer, beside its words and its sign."""


class Headings(NamedTuple):
    """The elements of headings: of the parts of an answer, and of what stands inside them."""

    part: str = "h2"
    small: str = "h3"


HEADINGS = Headings()
"""On a page of its own."""


class Sheet(NamedTuple):
    """The style of a page, and the digest by which browsers know that it is ours: no other style applies."""

    style: Markup
    digest: str


def render_html(view: View[Report]) -> str:
    """The answer to a purchase as one page, the same sentences in the same order as on the terminal."""
    report = view.report
    return page(
        "report.html.j2",
        sheet=sheet(),
        report=report,
        tone=TONES[report.verdict],
        answer=CASES[report.verdict],
        subject=words.subject(report),
        body=purchase_body(view),
        counts=words.counts(report),
    )


def render_vendor_html(view: View[VendorReport]) -> str:
    """The answer to a vendor manifest as one page."""
    report = view.report
    return page(
        "vendor_report.html.j2",
        sheet=sheet(),
        report=report,
        heading=heading(report),
        file=view.name,
        body=vendor_body(view),
        closing=list(closing(report)),
    )


def purchase_body(view: View[Report], headings: Headings = HEADINGS) -> Markup:
    """Everything below the headline of the answer to a purchase."""
    report = view.report
    return part(
        "report_body.html.j2",
        part=headings.part,
        small=headings.small,
        about=_about(view),
        about_a_product=report.purchase.product or report.verdict != NEEDS_INFO,
        reasons=[
            (finding, [said(view, fact) for fact in words.telling(finding)])
            for finding in words.weighty(report, "fail")
        ],
        ways=ways(report),
        open=words.shown_open(report),
        also_open=_also_open(report),
        questions=words.by_answerer(report),
        promise=words.promise(report.asking, report.best),
        others_open=words.others_open(report.asking),
        conditions=words.conditions(report),
        contacts=list(words.contacts(report)),
        owned=owned(report),
        catalogue=catalogue(report),
        nothing_found=nothing_found(report),
        next_step=words.NAME_A_PRODUCT,
        advice=list(words.advice(report)),
        upcoming=list(words.upcoming(report)),
        disputed=_differing(view, report.disputed),
        gaps=list(gap_words(report.not_checked)),
    )


def vendor_body(view: View[VendorReport], headings: Headings = HEADINGS) -> Markup:
    """Everything below the heading of the answer to a vendor manifest."""
    return part(
        "vendor_report_body.html.j2",
        part=headings.part,
        small=headings.small,
        products=[
            (product.name, product.answers, [(each, _differing(view, each.disputed)) for each in product.parts])
            for product in products(view)
        ],
        tones=TONES,
        roles=ROLES,
        gaps=list(gap_words(view.report.not_checked)),
    )


def _about(view: View[Report]) -> list[tuple[str, str]]:
    """What stands below the answer, each with its name."""
    report = view.report
    rows = [("Risk", words.tier(report))]
    if report.best != report.worst:
        rows += [("At best", CASES[report.best]), ("At worst", CASES[report.worst])]
    rows += [("File", view.name), ("As of", report.as_of)]
    return rows + ([("What if", ", ".join(view.settings))] if view.settings else [])


def _also_open(report: Report) -> list[str]:
    """What else nobody can judge yet and could still bring in people, or a no; and the open conditions of no yes."""
    shown = {finding.policy for finding in words.still_open(report)[: words.STILL_OPEN_SHOWN]}
    others = [finding for finding in words.weighty(report, "unknown") if finding.policy not in shown]
    counted = () if report.verdict in ("deny", "approve_with_conditions") else report.conditions
    open_conditions = (condition.text for condition in counted if condition.state != "not_met")
    return [*(finding.title for finding in others), *open_conditions]


def _differing(view: View[R], disputed: Iterable[ReportedDispute]) -> list[tuple[str, list[str]]]:
    """Of each fact on which documents differ the statement that counts, and the others."""
    return [(said(view, each.counts), [said(view, other) for other in each.others]) for each in disputed]


@cache
def sheet() -> Sheet:
    """The style of all these pages."""
    style = (PAGES / "sheet.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return Sheet(Markup(style), f"sha256-{digest}")  # noqa: S704 - our own file, with no text of anybody else in it
