"""The results that a report comes to: findings, and conditions that have to be confirmed."""

from collections.abc import Iterable, Iterator, Mapping

from procureguard.render.plan_words import heading, products
from procureguard.render.results import FIRST_LINE, FileResults, Level, Region, Related, Result, Rule, Spot, in_order
from procureguard.render.view import AnyView, View
from procureguard.report.contract import (
    Report,
    ReportedCondition,
    ReportedFact,
    ReportedFinding,
    ReportedGap,
    ReportedPlace,
)
from procureguard.report.headline import ROLES, listed
from procureguard.report.vendor_contract import ReportedPlan, VendorReport
from procureguard.source.document import Document, to_pointer
from procureguard.source.shipped import within_shipped
from procureguard.source.text import Position, Span, printable

EFFECT_LEVELS: dict[str, Level] = {"deny": "error", "review": "error", "condition": "warning", "advise": "note"}
"""How much a finding weighs by its policy's effect, known to fail or not known yet alike."""

ROLE = "purchase"
PRODUCT = "/product"
"""What is meant where nothing else of a purchase is."""

WANTED = Rule(
    "vendor-answers",
    "The vendor still has to answer",
    "Policies wait for facts that the manifest does not state.",
    "Ask the vendor, and state the answers in the manifest.",
)


def purchase_results(view: View[Report]) -> FileResults:
    """Everything a report on a purchase has to say of its file."""
    report = view.report
    asked = {question.fact: question.ask for question in (*report.questions, *report.further)}
    found = [_finding(view, finding, asked) for finding in report.findings]
    confirm = [_to_confirm(view, condition) for condition in report.conditions if condition.state == "to_confirm"]
    return FileResults(
        printable(view.name),
        report.headline,
        in_order([*found, *confirm]),
        report.passed,
        report.not_applicable,
        tuple(map(_not_run, report.not_checked)),
    )


def vendor_results(view: View[VendorReport]) -> FileResults:
    """Everything a report on a vendor manifest has to say of its file; what is said of several plans is said once."""
    report = view.report
    found: dict[tuple[str, str], list[tuple[ReportedPlan, ReportedFinding]]] = {}
    for plan in report.plans:
        for finding in plan.fails:
            found.setdefault((finding.policy, finding.message), []).append((plan, finding))
    failing = [_of_plans(view, same) for same in found.values()]
    wanted = [_wanted(view, plan) for plan in report.plans if plan.asks]
    return FileResults(
        printable(view.name),
        f"{heading(report)} {' '.join(answer.text for product in products(view) for answer in product.answers)}",
        in_order([*failing, *wanted]),
        tuple(dict.fromkeys(policy for plan in report.plans for policy in plan.passed)),
        (),
        tuple(map(_not_run, report.not_checked)),
    )


def _finding(view: View[Report], finding: ReportedFinding, asked: Mapping[str, str]) -> Result:
    known = finding.outcome == "fail"
    ask = next((asked[fact] for fact in finding.waits_for if fact in asked), finding.remedy)
    stated = _stated((*finding.facts, *finding.applies_by))
    missing = [to_pointer(path.split(".")) for path in finding.waits_for]
    pointer = next(iter([*stated, *missing] if known else [*missing, *stated]), PRODUCT)
    return Result(
        _rule(finding),
        EFFECT_LEVELS[finding.effect],
        finding.outcome,
        finding.message if known else f"{finding.title}: not known yet.",
        _spot(view, pointer),
        finding.remedy if known else ask,
        finding.policy in view.report.reasons,
        pointer,
        (*_policy(view, finding), *_elsewhere(view, (*finding.facts, *finding.applies_by))),
    )


def _to_confirm(view: View[Report], condition: ReportedCondition) -> Result:
    rule = Rule(condition.policy, condition.text, condition.text, "Have it confirmed.", ("condition",))
    pointer = to_pointer(condition.facts[0].split(".")) if condition.facts else ""
    message = f"To be confirmed: {condition.text}"
    who = f"{ROLES[condition.role]} has to see to it"
    return Result(rule, "warning", "unknown", message, _spot(view, pointer), who, pointer=pointer)


def _of_plans(view: View[VendorReport], same: list[tuple[ReportedPlan, ReportedFinding]]) -> Result:
    finding = same[0][1]
    plans = listed([plan.plan for plan, _ in same if plan.plan])
    message = f"{finding.message} ({plans})" if plans else finding.message
    stated = [fact.place for _, each in same for fact in each.facts if fact.place and fact.place.role == "vendor"]
    pointer = stated[0].pointer if stated else ""
    spot, related = _spot(view, pointer), tuple(_policy(view, finding))
    level, decides = EFFECT_LEVELS[finding.effect], finding.effect == "deny"
    return Result(_rule(finding), level, "fail", message, spot, finding.remedy, decides, pointer, related)


def _wanted(view: View[VendorReport], plan: ReportedPlan) -> Result:
    name = f"{plan.name} ({plan.plan})" if plan.plan else plan.name
    asks = " ".join(ask.ask for ask in plan.asks)
    rest = "1 answer is" if len(plan.asks) == 1 else f"{len(plan.asks)} answers are"
    key = to_pointer(part for part in (plan.product, plan.plan) if part)
    message = f"{name}: {rest} still wanted from the vendor."
    return Result(WANTED, "note", "unknown", message, _spot(view, ""), asks, pointer=key)


def _rule(finding: ReportedFinding) -> Rule:
    tags = (finding.effect, finding.domain, *finding.references)
    return Rule(finding.policy, finding.title, finding.why, finding.remedy, tags)


def _not_run(gap: ReportedGap) -> tuple[str, str]:
    return gap.policy, f"not checked without {listed([name.replace('_', ' ') for name in gap.registers])}"


def _stated(facts: Iterable[ReportedFact]) -> list[str]:
    """Where the purchase states facts."""
    return [fact.place.pointer for fact in facts if fact.place is not None and fact.place.role == ROLE]


def _spot(view: AnyView, pointer: str) -> Spot:
    if view.document is None:
        return Spot(printable(view.name), FIRST_LINE)
    return Spot(printable(view.name), region_of(view.document, _span(view.document, pointer)))


def _span(document: Document, pointer: str) -> Span:
    """The stretch of a value, of the key of its section if it is missing, or of the product."""
    section = pointer.rpartition("/")[0]
    if document.has(pointer):
        return document.value_span(pointer)
    return document.key_span(next(filter(document.has, (section, PRODUCT, "/kind")), ""))


def region_of(document: Document, span: Span) -> Region:
    """A stretch as people count it; one over several lines ends with its first, which is enough to find it."""
    line = document.source.line_span(span.start)
    start = document.source.position(span.start)
    return Region(start, Position(start.line, start.column + max(0, min(span.end, line.end) - span.start)))


def _policy(view: AnyView, finding: ReportedFinding) -> Iterator[Related]:
    yield Related(f"The policy `{finding.policy}`", _file_spot(view.file(finding.place), finding.place))


def _elsewhere(view: AnyView, facts: Iterable[ReportedFact]) -> Iterator[Related]:
    """What other files say that a finding rests on."""
    for fact in facts:
        if fact.place is not None and (fact.place.role, fact.place.document) in view.files and fact.place.role != ROLE:
            yield Related(f"{fact.title}: {fact.words}", _file_spot(view.file(fact.place), fact.place))


def _file_spot(file: str, place: ReportedPlace) -> Spot:
    at = Position(place.line, place.column)
    inside = within_shipped(file, "policies")
    return Spot(inside or file, Region(at, at), shipped=inside is not None)
