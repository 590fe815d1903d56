"""Ways to a better answer in words: each step as a sentence, and what it is needed for."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from procureguard.changes.space import PUBLIC, REPLACES
from procureguard.changes.way import Taken, Way
from procureguard.facts.schema import FactType, Value, inside, to_data
from procureguard.facts.step import step
from procureguard.finding import NEEDS_INFO, Outcome, Rung, VerdictWord
from procureguard.policy.model import Effect, Policy, PolicySet
from procureguard.policy.text import fill
from procureguard.report.alternatives import money
from procureguard.report.headline import ROLES, listed, number
from procureguard.report.way_contract import ReportedStep, ReportedWay
from procureguard.report.words import Words

OUTCOMES: dict[VerdictWord, str] = {
    "approve": "yes",
    "approve_with_conditions": "yes, with conditions",
    "deny": "still not as asked",
}

CATEGORIES = "data.categories"

MANY = 7
"""Above so many open answers, their number says nothing any more."""


@dataclass(frozen=True, slots=True)
class WayWords:
    """Tells the ways of one purchase."""

    words: Words
    policies: PolicySet
    title: Callable[[str], str]

    def of(self, way: Way) -> ReportedWay:
        """A way with its steps in the order in which they are taken."""
        steps = tuple(self._steps(way))
        decision = way.decision
        before, after = self.words.facts.value("cost.annual"), way.facts.value("cost.annual")
        return ReportedWay(
            by=way.owners,
            sentence=f"{joined([step.says for step in steps])}{self._without(way)}: then {self._outcome(way)}.",
            steps=steps,
            extra_cost=None if before is None or after is None else money(after - before),
            annual_cost=money(after),
            currency=self.words.facts.value("organisation.currency"),
            verdict=decision.verdict,
            best=decision.best.word,
            worst=decision.worst.word,
            proven=decision.settled,
            complete=way.complete,
            waits_for=tuple(sorted(way.waits)),
            conditions=tuple(
                found.policy
                for found in way.evaluation.findings
                if found.decision.worst is Rung.APPROVE_WITH_CONDITIONS
            ),
            roles=self._roles(way),
            loses=tuple(self.title(name) for name in sorted(way.lost)),
            effort=way.cost.effort,
            waiver=way.waiver,
        )

    def _steps(self, way: Way) -> Iterator[ReportedStep]:
        """The steps; the last one that leaves data out says what is left where that is nothing of anybody's."""
        steps = [self._step(taken) for taken in way.steps]
        trimming = [place for place, each in enumerate(steps) if each.fact == CATEGORIES]
        public = way.facts.value(CATEGORIES) == (PUBLIC,)
        for place, each in enumerate(steps):
            last = public and place in trimming[-1:]
            yield replace(each, says=f"{each.says}, so that only public content goes in") if last else each

    def _without(self, way: Way) -> str:
        """What was wanted, though no must, and is lost."""
        lost = listed([inside(self.title(name)) for name in sorted(way.lost)])
        return f", and do without {lost}" if lost else ""

    def _roles(self, way: Way) -> tuple[str, ...]:
        """Those who have to agree to what comes out."""
        failed = (self.policies.get(found.policy) for found in way.evaluation.with_outcome(Outcome.FAIL))
        return tuple(sorted({policy.role for policy in failed if policy and policy.effect is Effect.REVIEW}))

    def _step(self, taken: Taken) -> ReportedStep:
        variable, kind = taken.variable, self.words.schema[taken.variable.fact]
        value = to_data(kind, taken.option) if variable.action == "set" else _item(kind, taken.option)
        return ReportedStep(
            fact=variable.fact,
            title=kind.title,
            action=variable.action,
            value=value,
            now=to_data(kind, taken.now),
            by=variable.owner,
            effort=variable.effort,
            says=self._says(kind, taken),
            because=self._because(taken),
            without=tuple(found.policy for found in taken.without),
        )

    def _says(self, kind: FactType, taken: Taken) -> str:
        option = self.words.name_of("tool id", taken.option) if taken.variable.fact == REPLACES else None
        return step(kind, option or taken.option, taken.now)

    def _because(self, taken: Taken) -> str:
        """What stands in the way without the step, told by the most telling policy."""
        first = taken.without[0]
        policy = self.policies.get(first.policy)
        assert policy is not None
        if first.outcome is not Outcome.FAIL:
            return f"Without it, this stays open: {policy.title}."
        words = replace(self.words, facts=taken.otherwise, params=policy.params)
        return f"Without it, {_lead(policy)}: {fill(policy.message, words)}"

    def _outcome(self, way: Way) -> str:
        verdict = way.decision.verdict
        if verdict == NEEDS_INFO:
            best = OUTCOMES.get(way.decision.best.word, "no refusal any more, though others still have to agree")
            return f"{best}, once {_answers(len(way.waits))}"
        if verdict == "needs_review":
            return f"{listed([ROLES[role] for role in self._roles(way)])} must agree"
        if verdict == "approve_with_conditions":
            return f"yes, with {_conditions(way)}"
        return OUTCOMES[verdict]


def joined(sentences: Sequence[str]) -> str:
    """Several steps as one sentence."""
    return listed([sentences[0], *(f"{each[:1].lower()}{each[1:]}" for each in sentences[1:])])


def _lead(policy: Policy) -> str:
    if policy.effect is Effect.REVIEW:
        return f"{ROLES[policy.role]} must agree first"
    return "the answer stays no" if policy.effect is Effect.DENY else "something stays to be done"


def _conditions(way: Way) -> str:
    """What is left to do, and apart from it what may turn out to be done already."""
    decisions = [found.decision for found in way.evaluation.findings]
    certain = sum(decision.best is Rung.APPROVE_WITH_CONDITIONS for decision in decisions)
    others = sum(decision.worst is Rung.APPROVE_WITH_CONDITIONS for decision in decisions) - certain
    if not certain:
        return f"{_several(others)} to confirm"
    return f"{_several(certain)}{f' and {number(others)} more to confirm' if others else ''}"


def _several(conditions: int) -> str:
    return f"{number(conditions)} {'condition' if conditions == 1 else 'conditions'}"


def _answers(count: int) -> str:
    """How many answers are open; of many nobody wants the number."""
    if count == 1:
        return "one good answer is in"
    return f"{number(count) if count <= MANY else 'some'} good answers are in"


def _item(kind: FactType, item: Value) -> Any:  # noqa: ANN401 - any JSON value
    return to_data(kind, (item,))[0]
