"""What a report of any kind tells of policies and facts: ids become words, values become plain data."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from procureguard.evaluate import NotChecked
from procureguard.facts.fact import Fact, Place
from procureguard.facts.schema import to_data
from procureguard.finding import Finding, Outcome
from procureguard.policy.model import Policy, PolicySet
from procureguard.policy.text import fill
from procureguard.report import contract
from procureguard.report.words import Words


@dataclass(frozen=True, slots=True)
class Reporter:
    """Tells what policies say of the facts that `words` names."""

    words: Words
    policies: PolicySet

    def policy(self, identity: str) -> Policy:
        """The policy of an id that is known to be one."""
        found = self.policies.get(identity)
        assert found is not None
        return found

    def remedy(self, policy: Policy) -> str:
        """What a policy asks for, about these facts."""
        return fill(policy.remedy, self._words_of(policy))

    def finding(self, finding: Finding) -> contract.ReportedFinding:
        """A finding that is shown, with the facts it rests on."""
        policy = self.policy(finding.policy)
        return contract.ReportedFinding(
            policy=policy.identity,
            title=policy.title,
            pack=policy.pack,
            domain=policy.domain,
            effect=policy.effect.word,
            outcome="fail" if finding.outcome is Outcome.FAIL else "unknown",
            role=policy.role,
            root=policy.root,
            message=fill(policy.message, self._words_of(policy)),
            why=policy.why,
            remedy=self.remedy(policy),
            references=policy.references,
            facts=tuple(self._fact(path) for path in finding.reads),
            applies_by=tuple(self._fact(path) for path in finding.applies_by),
            waits_for=tuple(sorted(finding.waits)),
            place=_place(policy.place),
        )

    def gap(self, gap: NotChecked) -> contract.ReportedGap:
        """A policy that was not run."""
        return contract.ReportedGap(gap.policy, self.policy(gap.policy).title, gap.registers)

    def disputes(self) -> Iterator[contract.ReportedDispute]:
        """The facts on which documents differ."""
        facts, schema = self.words.facts, self.words.schema
        for path, said in sorted(facts.disputed.items()):
            others = tuple(self._fact(path, fact) for fact in said if fact.value != facts.value(path))
            yield contract.ReportedDispute(path, schema[path].title, self._fact(path), others)

    def _words_of(self, policy: Policy) -> Words:
        return replace(self.words, params=policy.params)

    def _fact(self, path: str, fact: Fact | None = None) -> contract.ReportedFact:
        kind = self.words.schema[path]
        found = fact or self.words.facts.known.get(path)
        if found is None:
            return contract.ReportedFact(path, kind.title, None, None, None, None, None, None)
        place = _place(found.place) if found.place else None
        data, words = to_data(kind, found.value), self.words.of(kind, found.value)
        return contract.ReportedFact(path, kind.title, data, words, found.source, found.as_of, found.evidence, place)


def _place(place: Place) -> contract.ReportedPlace:
    return contract.ReportedPlace(place.role, place.document, place.pointer, place.line, place.column)
