"""Building the report on a vendor manifest from what policies say of its plans."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema
from procureguard.finding import Outcome, Rung, rung_of
from procureguard.plans import Plan, Wanted
from procureguard.policy.model import Effect, PolicySet
from procureguard.questions.question import question_of
from procureguard.report.contract import ReportedFinding
from procureguard.report.headline import ROLES, listed, number
from procureguard.report.reporter import Reporter
from procureguard.report.vendor_contract import ReportedAsk, ReportedPlan, ReportedVendor, VendorReport
from procureguard.report.words import Words
from procureguard.stack.manifest import VendorManifest
from procureguard.stack.stack import Stack


@dataclass(frozen=True, slots=True)
class VendorSubject:
    """Everything one vendor report is about, and what it was checked against."""

    manifest: VendorManifest
    plans: Sequence[Plan]
    stack: Stack
    policies: PolicySet
    schema: FactSchema
    digests: Mapping[str, str]


def build_vendor_report(subject: VendorSubject, program: str) -> VendorReport:
    """The report of a manifest with at least one plan; `program` is the version of procureguard that made it."""
    manifest, first = subject.manifest, subject.plans[0]
    reporter = _reporter(first.facts, subject)
    return VendorReport(
        kind="vendor-report",
        version=1,
        program=program,
        as_of=first.facts.as_of.isoformat() if first.facts.as_of else "",
        vendor=ReportedVendor(manifest.identity, manifest.name),
        plans=tuple(_reported(plan, subject) for plan in subject.plans),
        not_checked=tuple(map(reporter.gap, first.evaluation.not_checked)),
        preset=subject.stack.organisation.preset_name,
        digests=dict(sorted(subject.digests.items())),
    )


def _reporter(facts: Facts, subject: VendorSubject) -> Reporter:
    return Reporter(Words(facts, subject.schema, subject.stack.name_of), subject.policies)


def _reported(plan: Plan, subject: VendorSubject) -> ReportedPlan:
    manifest, offer, schema = subject.manifest, plan.offer, subject.schema
    reporter = _reporter(plan.facts, subject)
    best = plan.evaluation.decision.best
    fails = tuple(map(reporter.finding, plan.fails()))
    asks = tuple(_ask(wanted, subject, reporter.words) for wanted in plan.wanted(schema))
    product = None if offer is None else manifest.product_id(offer.product)
    return ReportedPlan(
        product=product,
        name=manifest.name if product is None else plan.facts.value("product.name") or product,
        plan=None if offer is None else manifest.plan_id(offer),
        best=best.word,
        headline=_headline(best, fails, len(asks)),
        fails=fails,
        asks=asks,
        passed=tuple(finding.policy for finding in plan.evaluation.with_outcome(Outcome.PASS)),
        of_the_purchase=plan.of_the_purchase(schema),
        disputed=tuple(reporter.disputes()),
    )


def _ask(wanted: Wanted, subject: VendorSubject, words: Words) -> ReportedAsk:
    question = question_of(wanted.fact, wanted.findings, subject.policies, subject.schema, words)
    title = subject.schema[wanted.fact].title
    return ReportedAsk(wanted.fact, title, question.ask, wanted.effect.word, question.policies)


def _headline(best: Rung, fails: Sequence[ReportedFinding], asks: int) -> str:
    """What follows whatever it is used for; where the answer is no already, no answer of the vendor can change it."""
    deciding = [finding for finding in fails if rung_of(Effect.of(finding.effect)) == best]
    if best is Rung.DENY:
        things = "thing has" if len(deciding) == 1 else "things have"
        return f"Not as offered, whatever it is used for; {number(len(deciding))} {things} to change."
    if best is Rung.NEEDS_REVIEW:
        start = _to_agree(finding.role for finding in deciding)
    elif best is Rung.APPROVE_WITH_CONDITIONS:
        comes = "condition comes" if len(deciding) == 1 else "conditions come"
        start = f"Nothing speaks against it; {number(len(deciding))} {comes} with it, whatever it is used for"
    else:
        start = "Nothing speaks against it"
    return f"{start}{_still_wanted(asks)}."


def _to_agree(roles: Iterable[str]) -> str:
    names = sorted({ROLES[role] for role in roles})
    have = "has" if len(names) == 1 and names[0] != ROLES["leaders"] else "have"
    people = listed(names)
    return f"{people[0].upper()}{people[1:]} {have} to agree, whatever it is used for"


def _still_wanted(asks: int) -> str:
    if not asks:
        return ""
    return f"; {number(asks)} {'answer is' if asks == 1 else 'answers are'} still wanted from the vendor"
