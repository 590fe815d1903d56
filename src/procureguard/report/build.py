"""Building a report from an evaluation: ids become words, values become plain data."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from procureguard.alternatives.suggest import Suggestions
from procureguard.capabilities import Taxonomy
from procureguard.evaluate import SHOWN, Evaluation
from procureguard.facts.fact import Fact, Place
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema, FactType, Value, to_data, to_words
from procureguard.finding import NEEDS_INFO, Finding, Outcome, Rung, VerdictWord
from procureguard.policy.model import PARAMETER_PREFIX, Effect, Policy, PolicySet
from procureguard.policy.text import fill
from procureguard.questions import Question
from procureguard.report import contract
from procureguard.report.alternatives import money, reported_alternative
from procureguard.report.headline import headline, headline_of_a_need
from procureguard.upcoming import Change, Flip

OF_A_PRODUCT = ("product.vendor", "product.id", "product.name")
"""Facts by which a purchase names what is to be bought."""

KNOWS_THE_TOOLS = "marketing_operations"
"""The role that knows which tools there are, and what to do where none is found."""


@dataclass(frozen=True, slots=True)
class Words:
    """How facts are named and shown."""

    facts: Facts
    schema: FactSchema
    name_of: Callable[[str, str], str | None]
    params: Mapping[str, object] = field(default_factory=dict)

    def of(self, kind: FactType, value: Value) -> str:
        """A value in words; vendors and tools by their names where those are known."""
        name = self._name(kind.unit or "", value) if isinstance(value, str) else None
        return name or to_words(kind, value)

    def _name(self, unit: str, identity: str) -> str | None:
        if unit == "product id":
            name: str | None = self.facts.value("product.name")
            return name
        return self.name_of(unit, identity)

    def __call__(self, path: str) -> str:
        """A fact's value in words, or its title while nobody has stated it; a parameter in words too."""
        if path.startswith(PARAMETER_PREFIX):
            return _parameter(self.params[path.removeprefix(PARAMETER_PREFIX)])
        value = self.facts.value(path)
        kind = self.schema[path]
        return kind.title if value is None else self.of(kind, value)


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything one report is about."""

    identity: str
    words: Words
    evaluation: Evaluation
    settled: VerdictWord | None
    upcoming: tuple[Change, ...]
    questions: tuple[Question, ...]
    suggestions: Suggestions
    preset: str
    digests: Mapping[str, str]

    @property
    def facts(self) -> Facts:
        """What is known of the purchase."""
        return self.words.facts


def build_report(
    subject: Subject, policies: PolicySet, schema: FactSchema, taxonomy: Taxonomy, program: str
) -> contract.Report:
    """The report of a subject; `program` is the version of procureguard that made it."""
    builder = _Builder(subject, policies, schema, taxonomy)
    evaluation = subject.evaluation
    decision = evaluation.decision
    findings = tuple(builder.finding(finding) for finding in evaluation.with_outcome(*SHOWN))
    deciding = tuple(builder.deciding())
    conditions = tuple(builder.conditions())
    alternatives = tuple(reported_alternative(found, taxonomy.title) for found in subject.suggestions.alternatives)
    verdict = subject.settled or decision.verdict
    decided_by = [finding for finding in findings if finding.policy in deciding]
    return contract.Report(
        version=1,
        program=program,
        as_of=subject.facts.as_of.isoformat() if subject.facts.as_of else "",
        purchase=builder.subject(),
        verdict=verdict,
        best=decision.best.word,
        worst=decision.worst.word,
        settled=subject.settled is not None,
        headline=(
            headline(verdict, decided_by, len(subject.questions), conditions, alternatives)
            if builder.names_a_product or verdict != NEEDS_INFO
            else headline_of_a_need(alternatives)
        ),
        tier=contract.ReportedTier(evaluation.tier.now, evaluation.tier.at_most),
        reasons=deciding,
        findings=findings,
        passed=tuple(finding.policy for finding in evaluation.with_outcome(Outcome.PASS)),
        not_applicable=tuple(finding.policy for finding in evaluation.with_outcome(Outcome.NOT_APPLICABLE)),
        not_checked=tuple(builder.gaps()),
        questions=tuple(builder.question(question) for question in subject.questions),
        conditions=conditions,
        alternatives=alternatives,
        searched=builder.searched(),
        upcoming=tuple(builder.changes()),
        disputed=tuple(builder.disputes()),
        preset=subject.preset,
        digests=dict(sorted(subject.digests.items())),
    )


@dataclass(frozen=True, slots=True)
class _Builder:
    _subject: Subject
    _policies: PolicySet
    _schema: FactSchema
    _taxonomy: Taxonomy

    def _policy(self, identity: str) -> Policy:
        found = self._policies.get(identity)
        assert found is not None
        return found

    def _words(self, policy: Policy) -> Words:
        return replace(self._subject.words, params=policy.params)

    @property
    def names_a_product(self) -> bool:
        """Whether anybody has said what is to be bought, and not only what for."""
        return any(self._subject.facts.value(path) is not None for path in OF_A_PRODUCT)

    def subject(self) -> contract.ReportedSubject:
        facts = self._subject.facts
        return contract.ReportedSubject(
            self._subject.identity,
            facts.value("product.name") or facts.value("product.id") or "what you need",
            self.names_a_product,
            facts.value("product.plan"),
            facts.value("request.type"),
            money(facts.value("cost.annual")),
            facts.value("organisation.currency"),
        )

    def deciding(self) -> Iterator[str]:
        """The findings without which the verdict would be another one, or would be open to less."""
        decision = self._subject.evaluation.decision
        certain = max(decision.best, Rung.APPROVE_WITH_CONDITIONS)
        for finding in self._subject.evaluation.findings:
            own = finding.decision
            if decision.verdict == NEEDS_INFO:
                counts = own.worst > certain
            elif decision.settled:
                counts = own.best == decision.worst
            else:
                counts = own.worst == decision.worst
            if counts and own.worst > Rung.APPROVE:
                yield finding.policy

    def finding(self, finding: Finding) -> contract.ReportedFinding:
        policy = self._policy(finding.policy)
        words = self._words(policy)
        return contract.ReportedFinding(
            policy=policy.identity,
            title=policy.title,
            pack=policy.pack,
            domain=policy.domain,
            effect=policy.effect.word,
            outcome="fail" if finding.outcome is Outcome.FAIL else "unknown",
            role=policy.role,
            root=policy.root,
            message=fill(policy.message, words),
            why=policy.why,
            remedy=fill(policy.remedy, words),
            references=policy.references,
            facts=tuple(self._fact(path) for path in finding.reads),
            applies_by=tuple(self._fact(path) for path in finding.applies_by),
            waits_for=tuple(sorted(finding.waits)),
            place=_place(policy.place),
        )

    def _fact(self, path: str, fact: Fact | None = None) -> contract.ReportedFact:
        kind = self._schema[path]
        found = fact or self._subject.facts.known.get(path)
        if found is None:
            return contract.ReportedFact(path, kind.title, None, None, None, None, None, None)
        place = _place(found.place) if found.place else None
        data, words = to_data(kind, found.value), self._subject.words.of(kind, found.value)
        return contract.ReportedFact(path, kind.title, data, words, found.source, found.as_of, found.evidence, place)

    def gaps(self) -> Iterator[contract.ReportedGap]:
        for gap in self._subject.evaluation.not_checked:
            yield contract.ReportedGap(gap.policy, self._policy(gap.policy).title, gap.registers)

    def question(self, question: Question) -> contract.ReportedQuestion:
        title = self._schema[question.fact].title
        return contract.ReportedQuestion(question.fact, title, question.answered_by, question.ask, question.policies)

    def conditions(self) -> Iterator[contract.ReportedCondition]:
        for finding in self._subject.evaluation.findings:
            if finding.doubts or (finding.outcome in SHOWN and finding.effect is Effect.CONDITION):
                yield self._condition(finding)

    def _condition(self, finding: Finding) -> contract.ReportedCondition:
        policy = self._policy(finding.policy)
        state, facts = _state(finding)
        text = fill(policy.remedy, self._words(policy)) if state == "not_met" else f"{policy.title}."
        return contract.ReportedCondition(policy.identity, state, text, policy.role, policy.due, tuple(sorted(facts)))

    def searched(self) -> contract.ReportedSearch:
        found = self._subject.suggestions
        people = (self._subject.facts.value("organisation.roles") or {}).get(KNOWS_THE_TOOLS, ())
        return contract.ReportedSearch(found.need, found.inventory, found.offers, KNOWS_THE_TOOLS, tuple(people))

    def changes(self) -> Iterator[contract.ReportedChange]:
        for change in self._subject.upcoming:
            decision = change.decision
            flips = tuple(self._flip(flip) for flip in change.flips)
            yield contract.ReportedChange(
                change.on.isoformat(), decision.verdict, decision.best.word, decision.worst.word, flips
            )

    def _flip(self, flip: Flip) -> contract.ReportedFlip:
        policy = self._policy(flip.policy)
        return contract.ReportedFlip(
            policy.identity, policy.title, policy.effect.word, flip.before.word, flip.after.word
        )

    def disputes(self) -> Iterator[contract.ReportedDispute]:
        facts = self._subject.facts
        for path, said in sorted(facts.disputed.items()):
            others = tuple(self._fact(path, fact) for fact in said if fact.value != facts.value(path))
            yield contract.ReportedDispute(path, self._schema[path].title, self._fact(path), others)


def _state(finding: Finding) -> tuple[Literal["not_met", "open", "to_confirm"], frozenset[str]]:
    if finding.doubts:
        return "to_confirm", finding.doubts
    return ("open", finding.waits) if finding.outcome is Outcome.UNKNOWN else ("not_met", frozenset())


def _parameter(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_parameter(item) for item in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _place(place: Place) -> contract.ReportedPlace:
    return contract.ReportedPlace(place.role, place.document, place.pointer, place.line, place.column)
