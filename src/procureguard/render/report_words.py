"""The sentences of the report on a purchase, in their order; formats only set them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from procureguard.finding import RungWord
from procureguard.render.alternatives import cost_words
from procureguard.render.cases import CASES
from procureguard.report.contract import (
    Report,
    ReportedAsking,
    ReportedCondition,
    ReportedFact,
    ReportedFinding,
    ReportedFlip,
)
from procureguard.report.headline import ROLES, listed, number

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

STILL_OPEN_SHOWN = 8
"""Titles of what is still open that are shown; who answers the questions need not read the rest."""

FEWEST = "These are the fewest we found; fewer may do."
NAME_A_PRODUCT = "Name a product and its plan, and the answer says what speaks for it and what is still open."
DUES = {
    "before_signature": "before signing",
    "before_data": "before data goes in",
    "before_go_live": "before it goes live",
    "at_renewal": "at renewal",
}
STATES = {"open": "Open: ", "to_confirm": "To be confirmed: ", "not_met": ""}
"""How a condition is told by what is known of it."""

DOMAINS = ("security", "privacy", "integration", "cost")


class Asked(NamedTuple):
    """A question in words, and what it decides."""

    ask: str
    decides: str

    def __str__(self) -> str:
        return f"{self.ask} ({self.decides})" if self.decides else self.ask


class Due(NamedTuple):
    """A condition in words: how far it is, what has to happen, who sees to it by when, and how it is now."""

    state: str
    text: str
    who: str
    now: str | None


class Turn(NamedTuple):
    """A day from which on something is different: the answer then, and why."""

    day: str
    answer: str
    reasons: str


def subject(report: Report) -> str:
    """What is to be bought, on which plan, in what way and at what cost."""
    purchase = report.purchase
    parts = [
        purchase.name,
        purchase.plan and f"{purchase.plan} plan",
        purchase.type,
        cost_words(purchase.annual_cost, purchase.currency),
    ]
    return " · ".join(part for part in parts if part)


def tier(report: Report) -> str:
    """The risk tier, and the highest it may still turn out to be where that is another one."""
    now, at_most = report.tier.now, report.tier.at_most
    return now if now == at_most else f"{now}, at most {at_most}"


def span(report: Report) -> str | None:
    """Between what the answer lies, while it is open."""
    if report.best == report.worst:
        return None
    return f"at best: {CASES[report.best]}; at worst: {CASES[report.worst]}"


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


def telling(finding: ReportedFinding) -> list[ReportedFact]:
    """The facts that a finding shows; what a preset states is nobody's statement about the purchase."""
    return [fact for fact in finding.facts if fact.place is None or fact.place.role != "preset"]


def by_answerer(report: Report) -> dict[str, list[Asked]]:
    """What to ask, by the name of who can answer; those named first come first."""
    findings = {finding.policy: finding for finding in report.findings}
    asked: dict[str, list[Asked]] = {}
    for question in report.questions:
        waiting = [findings[policy] for policy in question.policies if policy in findings]
        found = Asked(question.ask, decided(_strongest_first(waiting)))
        asked.setdefault(ROLES.get(question.answered_by, question.answered_by), []).append(found)
    return asked


def _strongest_first(findings: Sequence[ReportedFinding]) -> list[str]:
    return [finding.title for finding in sorted(findings, key=lambda finding: finding.effect != "deny")]


def decided(titles: Sequence[str]) -> str:
    """What an answer decides, in a few words: the first thing, and how many more."""
    if not titles:
        return ""
    rest = len(titles) - 1
    return f"decides: {titles[0]}{f', and {number(rest)} more' if rest else ''}"


def promise(asking: ReportedAsking, best: RungWord) -> str:
    """What comes of it if the questions are answered well, and how sure it is that fewer would not do."""
    at_worst = asking.at_worst
    if at_worst is None:
        return "No answers are known that lead further; these are what the answer waits for now."
    sure = at_worst in {best, "approve", "approve_with_conditions"}
    told = f"the answer is: {CASES[at_worst]}." if sure else f"nothing worse comes out than: {CASES[at_worst]}."
    return f"If these come back well, {told}{'' if asking.proved else f' {FEWEST}'}"


def others_open(asking: ReportedAsking) -> str | None:
    """That more is open, and need not be answered first."""
    if not asking.others:
        return None
    facts, may = ("fact is", "it") if asking.others == 1 else ("facts are", "them")
    return f"{number(asking.others).capitalize()} more {facts} open; these answers may settle {may}."


def shown_open(report: Report) -> list[str]:
    """The titles of what is not known and matters besides what questions name, as many as are read."""
    return [finding.title for finding in _not_asked(report)[:STILL_OPEN_SHOWN]]


def _not_asked(report: Report) -> list[ReportedFinding]:
    told = {asked.decides for questions in by_answerer(report).values() for asked in questions}
    return [finding for finding in still_open(report) if decided([finding.title]) not in told]


def open_left(report: Report, name: str) -> str | None:
    """How many more there are, and what shows them."""
    rest = len(_not_asked(report)) - STILL_OPEN_SHOWN
    return f"and {number(rest)} more: `procureguard check {name} --format json` has them all" if rest > 0 else None


def conditions(report: Report) -> list[Due]:
    """All of them where the answer is yes, the open ones first; before that a number of these, and what is missing."""
    if report.verdict == "deny":
        return []
    approved = report.verdict == "approve_with_conditions"
    rest = sum(condition.state != "not_met" for condition in report.conditions)
    counted = f"{number(rest).capitalize()} still open, to be confirmed before it goes live."
    messages = {finding.policy: finding.message for finding in report.findings}
    return [Due("", counted, "", None)] * bool(rest and not approved) + [
        _due(condition, messages if approved else {})
        for condition in report.conditions
        if approved or condition.state == "not_met"
    ]


def _due(condition: ReportedCondition, messages: dict[str, str]) -> Due:
    now = messages.get(condition.policy) if condition.state == "not_met" else None
    who = f"({ROLES[condition.role]}, {DUES[condition.due]})"
    return Due(STATES[condition.state], condition.text, who, now)


def contacts(report: Report) -> Iterator[str]:
    """Whom to talk to, with a name wherever one is known."""
    for contact in report.contacts:
        names = f" ({listed(contact.people, 'or')})" if contact.people else ""
        who = f"{ROLES[contact.role]}{names}"
        say = "can agree to it" if report.verdict == "needs_review" else "can say what would do"
        yield f"{who[:1].upper()}{who[1:]} {say}."


def advice(report: Report) -> Iterator[str]:
    """What is odd or could be better and stands in nobody's way, unless a reason with the same root says it."""
    yield from report.remarks
    said = {finding.root for finding in weighty(report, "fail")}
    for finding in report.findings:
        told = finding.root is not None and finding.root in said
        if finding.effect == "advise" and finding.outcome == "fail" and not told:
            yield f"{finding.message} {finding.remedy}"


def upcoming(report: Report) -> Iterator[Turn]:
    """What turns by date; a reason that comes or goes without changing the answer is told too."""
    before = report.verdict
    for change in report.upcoming:
        answer = "the answer stays the same" if change.verdict == before else CASES[change.verdict]
        yield Turn(change.on, answer, "; ".join(f"{flip.title}: {turned(flip)}" for flip in change.flips))
        before = change.verdict


def turned(flip: ReportedFlip) -> str:
    """How a policy comes out from then on."""
    return TURNS.get((flip.before, flip.after), "does not apply any more")


def counts(report: Report) -> str:
    """How many policies were looked at, and by which thresholds."""
    passed, out = len(report.passed), len(report.not_applicable)
    looked = f"{passed} passed, {out} did not apply, {len(report.findings)} to look at"
    return f"{looked}. Thresholds: preset {report.preset}."
