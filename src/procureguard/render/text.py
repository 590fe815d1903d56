"""The report as a person reads it on a terminal, at most 80 columns wide."""

from collections.abc import Iterator, Sequence

from procureguard.finding import NEEDS_INFO
from procureguard.render.alternatives import catalogue_lines, cost_words, nothing_found, owned_lines
from procureguard.render.cases import CASES
from procureguard.render.facts import disputes, said
from procureguard.render.gaps import gap_lines
from procureguard.render.style import Style, item, wrapped
from procureguard.render.view import View
from procureguard.report.contract import (
    Report,
    ReportedFinding,
    ReportedFlip,
    ReportedQuestion,
)
from procureguard.report.headline import ROLES, number

TURNS = {
    ("not_applicable", "pass"): "applies from then on, and holds",
    ("not_applicable", "fail"): "applies from then on, and does not hold",
    ("not_applicable", "unknown"): "applies from then on, and is not known yet",
    ("fail", "pass"): "holds from then on",
    ("unknown", "pass"): "holds from then on",
    ("pass", "fail"): "does not hold any more",
    ("unknown", "fail"): "does not hold from then on",
    ("pass", "unknown"): "is not known from then on",
    ("fail", "unknown"): "is not known from then on",
}
"""How a policy is told to turn, by its outcome before and after; any other turn ends its being applied."""

QUESTIONS_SHOWN = 7
NAME_A_PRODUCT = "Name a product and its plan, and the answer says what speaks for it and what is still open."
DUES = {
    "before_signature": "before signing",
    "before_data": "before data goes in",
    "before_go_live": "before it goes live",
    "at_renewal": "at renewal",
}
STATES = {"open": "Open: ", "to_confirm": "To be confirmed: ", "not_met": ""}
"""How a condition is told by what is known of it."""

COLOURS = {
    "approve": "green",
    "approve_with_conditions": "green",
    "needs_info": "yellow",
    "needs_review": "yellow",
    "deny": "red",
}
DOMAINS = ("security", "privacy", "integration", "cost")


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
    yield from style.section("Why", _failed(view))
    if about_a_product:
        yield from style.section("Still open", _open(report))
        yield from style.section("Questions", _questions(report.questions))
        yield from style.section("Conditions", _conditions(report))
    yield from style.section("Tools you own", owned_lines(report))
    yield from style.section("Tools to buy instead", catalogue_lines(report))
    yield from style.section("Other tools", nothing_found(report))
    if not about_a_product:
        yield from style.section("Next", wrapped(NAME_A_PRODUCT, "  ", "  "))
    yield from style.section("Worth knowing", [*_remarks(report), *_advice(report)])
    yield from style.section("Coming up", _upcoming(report))
    yield from style.section("Documents differ", disputes(view, report.disputed))
    yield from style.section("Not checked", gap_lines(report.not_checked))
    yield ""
    yield from _closing(report)


def _about(view: View[Report]) -> Iterator[str]:
    report, purchase = view.report, view.report.purchase
    parts = [
        purchase.name,
        purchase.plan and f"{purchase.plan} plan",
        purchase.type,
        cost_words(purchase.annual_cost, purchase.currency),
    ]
    yield from wrapped(" · ".join(part for part in parts if part), "  ", "    ")
    tier = (
        report.tier.now
        if report.tier.now == report.tier.at_most
        else f"{report.tier.now}, at most {report.tier.at_most}"
    )
    yield f"  risk: {tier}"
    if report.best != report.worst:
        yield f"  at best: {CASES[report.best]}; at worst: {CASES[report.worst]}"
    yield from wrapped(f"{view.name}, as of {report.as_of}", "  ", "    ")
    if view.settings:
        yield from wrapped(f"what if: {', '.join(view.settings)}", "  ", "    ")


def _failed(view: View[Report]) -> Iterator[str]:
    """What stands in the way; conditions have a list of their own."""
    for finding in weighty(view.report, "fail"):
        yield from item(f"{finding.message} {finding.why}")
        yield from wrapped(finding.remedy, "    -> ", "       ")
        for fact in finding.facts:
            if fact.place is None or fact.place.role != "preset":
                yield from wrapped(said(view, fact), "    ", "      ")


def _open(report: Report) -> Iterator[str]:
    for finding in still_open(report):
        yield from item(f"{finding.title}: not known yet. {finding.why}")


def still_open(report: Report) -> list[ReportedFinding]:
    """What is not known and matters for the answer as it stands."""
    unknown = weighty(report, "unknown")
    return [found for found in unknown if found.policy in report.reasons or report.verdict == "needs_review"]


def weighty(report: Report, outcome: str) -> list[ReportedFinding]:
    """Review and deny findings, those that decided first."""
    found = [
        finding for finding in report.findings if finding.outcome == outcome and finding.effect in ("review", "deny")
    ]
    return sorted(
        found, key=lambda finding: (finding.policy not in report.reasons, DOMAINS.index(finding.domain), finding.policy)
    )


def _questions(questions: Sequence[ReportedQuestion]) -> Iterator[str]:
    """The first few, those to the reader first; what they settle need not be asked any more."""
    yield from _asked(questions[:QUESTIONS_SHOWN])
    rest = len(questions) - QUESTIONS_SHOWN
    if rest > 0:
        yield from wrapped(f"{number(rest).capitalize()} more may follow; these answers may settle them.", "  ", "  ")


def _asked(questions: Sequence[ReportedQuestion]) -> Iterator[str]:
    for answerer in dict.fromkeys(question.answered_by for question in questions):
        yield f"  For {ROLES.get(answerer, answerer)}:"
        for question in questions:
            if question.answered_by == answerer:
                yield from wrapped(question.ask, "    ? ", "      ")


def _conditions(report: Report) -> Iterator[str]:
    """All of them where the answer is yes, the open ones first; before that a number of these, and what is missing."""
    if report.verdict == "deny":
        return
    approved = report.verdict == "approve_with_conditions"
    messages = {finding.policy: finding.message for finding in report.findings}
    rest = sum(condition.state != "not_met" for condition in report.conditions)
    if rest and not approved:
        yield f"  [ ] {number(rest).capitalize()} still open, to be confirmed before it goes live."
    for condition in report.conditions:
        if approved or condition.state == "not_met":
            who = f"({ROLES[condition.role]}, {DUES[condition.due]})"
            yield from wrapped(f"{STATES[condition.state]}{condition.text} {who}", "  [ ] ", "      ")
            if condition.state == "not_met" and approved:
                yield from wrapped(f"Now: {messages[condition.policy]}", "      ", "      ")


def _remarks(report: Report) -> Iterator[str]:
    for remark in report.remarks:
        yield from item(remark)


def _advice(report: Report) -> Iterator[str]:
    said = {finding.root for finding in weighty(report, "fail")}
    for finding in report.findings:
        told = finding.root is not None and finding.root in said
        if finding.effect == "advise" and finding.outcome == "fail" and not told:
            yield from item(f"{finding.message} {finding.remedy}")


def _upcoming(report: Report) -> Iterator[str]:
    """What turns by date; a reason that comes or goes without changing the answer is told too."""
    before = report.verdict
    for change in report.upcoming:
        told = "the answer stays the same" if change.verdict == before else CASES[change.verdict]
        reasons = "; ".join(f"{flip.title}: {_turn(flip)}" for flip in change.flips)
        yield from item(f"From {change.on} on: {told}. {reasons}.")
        before = change.verdict


def _turn(flip: ReportedFlip) -> str:
    return TURNS.get((flip.before, flip.after), "does not apply any more")


def _closing(report: Report) -> Iterator[str]:
    counts = (
        f"{len(report.passed)} passed, {len(report.not_applicable)} did not apply, {len(report.findings)} to look at"
    )
    yield from wrapped(f"{counts}. Thresholds: preset {report.preset}.", "  ", "  ")
