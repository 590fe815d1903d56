"""Reports as Markdown for a comment on a pull request or the summary of a job: the answer first, then what to do."""

from collections.abc import Iterable, Iterator

from procureguard.render.cases import CASES
from procureguard.render.counting import counted
from procureguard.render.markdown import Section, escaped, row
from procureguard.render.report_words import DUES, STATES, still_open, turned, weighty
from procureguard.render.view import View
from procureguard.report.contract import Report, ReportedAlternative, ReportedCondition, ReportedFinding
from procureguard.report.headline import ROLES
from procureguard.report.vendor_contract import ReportedPlan, VendorReport

LONGEST = 1_000
"""Characters of one text that are shown."""

SIGNS = {
    "approve": "✅",
    "approve_with_conditions": "☑️",
    "needs_info": "❓",
    "needs_review": "👀",
    "deny": "⛔",
}
"""A sign beside the words, never instead of them."""

TOOLS = ("tool", "covers", "free seats", "whom to ask", "answer in its place")


def purchase_sections(view: View[Report]) -> list[Section]:
    """The parts of the answer to a purchase."""
    report = view.report
    owned = [found for found in report.alternatives if found.kind in ("owned", "activate")]
    offered = [found for found in report.alternatives if found.kind == "catalogue"]
    table = [row(TOOLS), row("---" for _ in TOOLS)]
    return [
        Section("Why", (), [_reason(view, finding) for finding in weighty(report, "fail")]),
        Section("Still open", (), [_open(finding) for finding in still_open(report)]),
        Section("Questions", (), list(_questions(report))),
        Section("Conditions", (), list(_conditions(report))),
        Section("Tools you own", table, list(map(_alternative, owned))),
        Section("Tools to buy instead", table, list(map(_alternative, offered))),
        Section("Worth knowing", (), [*(f"- {_text(remark)}" for remark in report.remarks), *_advice(report)]),
        Section("Coming up", (), list(_upcoming(report))),
        Section("Not checked", (), [f"- {_text(gap.title)}" for gap in report.not_checked]),
    ]


def purchase_line(view: View[Report]) -> str:
    """What is bought, its tier and its day, in a line."""
    purchase, report = view.report.purchase, view.report
    plan = f" · {purchase.plan} plan" if purchase.plan else ""
    counts = f"{counted(len(report.passed), 'policy', 'policies')} passed, {len(report.findings)} to look at"
    return _text(f"{purchase.name}{plan} · {view.name} · as of {report.as_of} · risk: {report.tier.now} · {counts}")


def vendor_sections(report: VendorReport) -> list[Section]:
    """The parts of the answer to a vendor manifest: plan by plan."""
    return [Section(_plan_name(plan), (), list(_plan(plan))) for plan in report.plans]


def _plan_name(plan: ReportedPlan) -> str:
    return _text(f"{plan.name}, {plan.plan} plan" if plan.plan else plan.name)


def _plan(plan: ReportedPlan) -> Iterator[str]:
    yield f"{SIGNS[plan.best]} {_text(plan.headline)}"
    for finding in plan.fails:
        yield f"- {_text(finding.message)} {_text(finding.remedy)}"
    if plan.best != "deny":
        yield from (f"- ❔ {_text(ask.ask)}" for ask in plan.asks)


def _reason(view: View[Report], finding: ReportedFinding) -> str:
    lines = [f"- **{_text(finding.message)}** {_text(finding.why)}", f"  - → {_text(finding.remedy)}"]
    for fact in finding.facts:
        if fact.place is not None and fact.place.role != "preset":
            place = f"{view.file(fact.place)}:{fact.place.line}"
            lines.append(f"  - {_text(f'{fact.title}: {fact.words}')} ({_text(place)})")
    return "\n".join(lines)


def _open(finding: ReportedFinding) -> str:
    return f"- **{_text(finding.title)}: not known yet.** {_text(finding.why)}"


def _questions(report: Report) -> Iterator[str]:
    for answerer in dict.fromkeys(question.answered_by for question in report.questions):
        asked = [question.ask for question in report.questions if question.answered_by == answerer]
        yield "\n".join([f"For {ROLES.get(answerer, answerer)}:", "", *(f"- {_text(ask)}" for ask in asked)])


def _conditions(report: Report) -> Iterator[str]:
    if report.verdict != "deny":
        yield from map(_condition, report.conditions)


def _condition(condition: ReportedCondition) -> str:
    who = f"({ROLES[condition.role]}, {DUES[condition.due]})"
    return f"- [ ] {STATES[condition.state]}{_text(f'{condition.text} {who}')}"


def _alternative(found: ReportedAlternative) -> str:
    covers = "not known" if found.coverage is None else f"{found.coverage:.0%}"
    seats = "" if found.free_seats is None else str(found.free_seats)
    asked = " in ".join(part for part in (found.owner, found.department) if part)
    plan = f" ({found.plan})" if found.plan else ""
    return row(map(_text, (f"{found.name}{plan}", covers, seats, asked, CASES[found.verdict])))


def _advice(report: Report) -> Iterable[str]:
    advised = [found for found in report.findings if found.effect == "advise" and found.outcome == "fail"]
    return [f"- {_text(found.message)} {_text(found.remedy)}" for found in advised]


def _upcoming(report: Report) -> Iterator[str]:
    for change in report.upcoming:
        told = "; ".join(f"{flip.title}: {turned(flip)}" for flip in change.flips)
        yield f"- From {change.on} on: {_text(CASES[change.verdict])}. {_text(told)}."


def _text(text: str) -> str:
    return escaped(text, LONGEST)


def signed(sign: str, text: str) -> str:
    """A text behind the sign of its verdict."""
    return f"{SIGNS[sign]} {_text(text)}"
