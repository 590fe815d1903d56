"""Building the report on a purchase from its evaluation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from procureguard.alternatives.suggest import Suggestions
from procureguard.capabilities import Taxonomy
from procureguard.changes.way import Ways
from procureguard.evaluate import SHOWN, Evaluation
from procureguard.facts.gather import Facts, names_a_product
from procureguard.finding import NEEDS_INFO, Finding, Outcome, VerdictWord, deciding
from procureguard.policy.model import Effect, PolicySet
from procureguard.questions.asking import Questions
from procureguard.questions.question import Question
from procureguard.report import contract
from procureguard.report.alternatives import money, reported_alternative
from procureguard.report.headline import headline, headline_of_a_need
from procureguard.report.reporter import Reporter
from procureguard.report.way_contract import ReportedWay
from procureguard.report.ways import WayWords
from procureguard.report.words import Words
from procureguard.upcoming import Change, Flip

KNOWS_THE_TOOLS = "marketing_operations"
"""The role that knows which tools there are, and what to do where none is found."""

OWNER = "owner"
"""The role of whoever owns the purchase."""

REFUSALS = ("deny", "needs_review")

CONDITION_STATES = ("open", "not_met", "to_confirm")
"""The order in which conditions are told: first those of which nobody knows yet whether they are met."""


def called(facts: Facts) -> str:
    """What is to be bought, as people would name it."""
    return str(facts.value("product.name") or facts.value("product.id") or "what you need")


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything one report is about."""

    identity: str
    words: Words
    evaluation: Evaluation
    settled: VerdictWord | None
    upcoming: tuple[Change, ...]
    questions: Questions
    suggestions: Suggestions
    ways: Ways
    remarks: tuple[str, ...]
    preset: str
    digests: Mapping[str, str]

    @property
    def facts(self) -> Facts:
        """What is known of the purchase."""
        return self.words.facts


def build_report(subject: Subject, policies: PolicySet, taxonomy: Taxonomy, program: str) -> contract.Report:
    """The report of a subject; `program` is the version of procureguard that made it."""
    reporter = Reporter(subject.words, policies)
    builder = _Builder(subject, reporter)
    evaluation, decision = subject.evaluation, subject.evaluation.decision
    findings = tuple(reporter.finding(finding) for finding in evaluation.with_outcome(*SHOWN))
    conditions = tuple(sorted(builder.conditions(), key=lambda condition: CONDITION_STATES.index(condition.state)))
    alternatives = tuple(reported_alternative(found, taxonomy.title) for found in subject.suggestions.alternatives)
    ways = tuple(map(WayWords(subject.words, policies, taxonomy.title).of, subject.ways.found))
    verdict = subject.settled or decision.verdict
    return contract.Report(
        version=1,
        program=program,
        as_of=subject.facts.as_of.isoformat() if subject.facts.as_of else "",
        purchase=builder.subject(),
        verdict=verdict,
        best=decision.best.word,
        worst=decision.worst.word,
        settled=subject.settled is not None,
        headline=builder.headline(verdict, findings, conditions, alternatives, ways),
        tier=contract.ReportedTier(evaluation.tier.now, evaluation.tier.at_most),
        reasons=tuple(builder.deciding()),
        findings=findings,
        passed=tuple(finding.policy for finding in evaluation.with_outcome(Outcome.PASS)),
        not_applicable=tuple(finding.policy for finding in evaluation.with_outcome(Outcome.NOT_APPLICABLE)),
        not_checked=tuple(map(reporter.gap, evaluation.not_checked)),
        questions=tuple(map(builder.question, subject.questions.asked)),
        asking=reported_asking(subject.questions),
        further=tuple(map(builder.question, subject.questions.others)),
        conditions=conditions,
        alternatives=alternatives,
        ways=ways,
        contacts=tuple(builder.contacts(verdict)),
        searched=builder.searched(),
        remarks=subject.remarks,
        upcoming=tuple(builder.changes()),
        disputed=tuple(reporter.disputes()),
        preset=subject.preset,
        digests=dict(sorted(subject.digests.items())),
    )


def reported_subject(identity: str, facts: Facts) -> contract.ReportedSubject:
    """What is to be bought, as far as it is known."""
    return contract.ReportedSubject(
        identity,
        called(facts),
        names_a_product(facts),
        facts.value("product.plan"),
        facts.value("request.type"),
        money(facts.value("cost.annual")),
        facts.value("organisation.currency"),
    )


def reported_asking(questions: Questions) -> contract.ReportedAsking:
    """What the questions asked are good for."""
    hoped = questions.hoped
    if hoped is None:
        return contract.ReportedAsking(questions.mode, questions.proved, None, len(questions.others))
    return contract.ReportedAsking(questions.mode, questions.proved, hoped.worst.word, len(questions.others))


@dataclass(frozen=True, slots=True)
class _Builder:
    _subject: Subject
    _reporter: Reporter

    def headline(
        self,
        verdict: VerdictWord,
        findings: Iterable[contract.ReportedFinding],
        conditions: Sequence[contract.ReportedCondition],
        alternatives: Sequence[contract.ReportedAlternative],
        ways: Sequence[ReportedWay],
    ) -> str:
        """The first sentence: of a product, or of a need that no product is named for."""
        if verdict == NEEDS_INFO and not names_a_product(self._subject.facts):
            return headline_of_a_need(alternatives, self.searched())
        deciding = {*self.deciding()}
        decided_by = [finding for finding in findings if finding.policy in deciding]
        perhaps = [finding for finding in findings if finding.outcome == "unknown" and finding.effect == "review"]
        questions = len(self._subject.questions.asked)
        return headline(verdict, decided_by, questions, conditions, alternatives, perhaps, ways)

    def subject(self) -> contract.ReportedSubject:
        return reported_subject(self._subject.identity, self._subject.facts)

    def deciding(self) -> Iterator[str]:
        evaluation = self._subject.evaluation
        return (finding.policy for finding in deciding(evaluation.findings, evaluation.decision))

    def question(self, question: Question) -> contract.ReportedQuestion:
        title = self._subject.words.schema[question.fact].title
        return contract.ReportedQuestion(question.fact, title, question.answered_by, question.ask, question.policies)

    def conditions(self) -> Iterator[contract.ReportedCondition]:
        for finding in self._subject.evaluation.findings:
            if finding.doubts or (finding.outcome in SHOWN and finding.effect is Effect.CONDITION):
                yield self._condition(finding)

    def _condition(self, finding: Finding) -> contract.ReportedCondition:
        policy = self._reporter.policy(finding.policy)
        state, facts = _state(finding)
        text = self._reporter.remedy(policy) if state == "not_met" else f"{policy.title}."
        return contract.ReportedCondition(policy.identity, state, text, policy.role, policy.due, tuple(sorted(facts)))

    def contacts(self, verdict: VerdictWord) -> Iterator[contract.ReportedContact]:
        """Those who answer for what decided a refusal, in the order of its reasons."""
        roles: dict[str, list[str]] = {}
        for name in self.deciding() if verdict in REFUSALS else ():
            roles.setdefault(self._reporter.policy(name).role, []).append(name)
        for role, policies in roles.items():
            yield contract.ReportedContact(role, self._people(role), tuple(policies))

    def _people(self, role: str) -> tuple[str, ...]:
        facts = self._subject.facts
        named: tuple[str, ...] = tuple((facts.value("organisation.roles") or {}).get(role, ()))
        owner = facts.value("request.owner")
        return named or ((owner,) if role == OWNER and owner is not None else ())

    def searched(self) -> contract.ReportedSearch:
        found = self._subject.suggestions
        people = self._people(KNOWS_THE_TOOLS)
        return contract.ReportedSearch(
            found.need, found.inventory, found.offers, found.complete, KNOWS_THE_TOOLS, people
        )

    def changes(self) -> Iterator[contract.ReportedChange]:
        for change in self._subject.upcoming:
            decision = change.decision
            flips = tuple(self._flip(flip) for flip in change.flips)
            yield contract.ReportedChange(
                change.on.isoformat(), decision.verdict, decision.best.word, decision.worst.word, flips
            )

    def _flip(self, flip: Flip) -> contract.ReportedFlip:
        policy = self._reporter.policy(flip.policy)
        return contract.ReportedFlip(
            policy.identity, policy.title, policy.effect.word, flip.before.word, flip.after.word
        )


def _state(finding: Finding) -> tuple[Literal["not_met", "open", "to_confirm"], frozenset[str]]:
    if finding.doubts:
        return "to_confirm", finding.doubts
    return ("open", finding.waits) if finding.outcome is Outcome.UNKNOWN else ("not_met", frozenset())
