"""What becomes of the purchases of one seed: verdicts, questions, and what each policy said."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.conditions import Conditions
from benchmarks.mix_company import Company
from benchmarks.mix_data import mix
from benchmarks.mix_stated import document, purchases
from benchmarks.mix_surroundings import guard_of
from benchmarks.workload import DAY
from procureguard import Guard
from procureguard.evaluate import Evaluation, evaluate
from procureguard.facts.gather import Facts
from procureguard.finding import NEEDS_INFO
from procureguard.questions.asking import questions
from procureguard.report.words import Words
from procureguard.settle import settled_verdict

LIMITS = {
    "nothing but public content goes in": "!holds_data",
    "and nothing is connected": "!connected",
    "and nothing loads on the site": "!web.loads_on_site",
    "and nothing is sent": "!sends_messages",
    "and the cost is within the limit": "cost.annual <= organisation.instant_limit",
    "and so are the people": "request.users <= organisation.instant_users",
    "and so are the months": "contract.term_months <= organisation.instant_months",
    "and nothing else lifts the tier": "!risk.light",
}
"""What it takes to be in the instant tier for sure, step by step."""


@dataclass(slots=True)
class Seen:
    """What became of the purchases of one seed.

    Attributes:
        verdicts: how often each verdict came out in each tier, the highest that the purchase may still be in.
        questions: the number of questions of each purchase.
        asked: how often each fact is asked for.
        outcomes: how often each policy had each outcome.
        effects: the effect of each policy that is in force.
        within: how many purchases keep within each of the limits below which a yes comes in seconds, and all before it.
        not_checked: the policies for which a register was lacking.
        not_in_force: the policies that do not count on the day of the check.
    """

    seed: int
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    questions: list[int] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    effects: dict[str, str] = field(default_factory=dict)
    within: Counter[str] = field(default_factory=Counter)
    not_checked: set[str] = field(default_factory=set)
    not_in_force: set[str] = field(default_factory=set)

    def add(self, facts: Facts, evaluation: Evaluation, guard: Guard) -> None:
        """Counts one more purchase, as its report would tell of it."""
        verdict = settled_verdict(facts, evaluation, guard.program, guard.schema) or evaluation.decision.verdict
        words = Words(facts, guard.schema, guard.stack.name_of)
        found = questions(facts, evaluation, guard.program, guard.schema, words)
        asked = found.asked if verdict == NEEDS_INFO else ()
        self.verdicts[evaluation.tier.at_most, verdict] += 1
        self.questions.append(len(asked))
        self.asked.update(question.fact for question in asked)
        self.outcomes.update((finding.policy, finding.outcome.word) for finding in evaluation.findings)
        self.within.update(_until(LIMITS, limits().not_held(facts)))
        self.not_checked.update(gap.policy for gap in evaluation.not_checked)

    def percent(self, verdict: str | None = None, tier: str | None = None) -> float:
        """How many purchases in a hundred got a verdict, are in a tier at most, or both."""
        found = (count for (at, got), count in self.verdicts.items() if verdict in {None, got} and tier in {None, at})
        return 100 * sum(found) / self.verdicts.total()

    @property
    def asking(self) -> list[int]:
        """The number of questions of each purchase that is not decided."""
        return [count for count in self.questions if count]


@cache
def limits() -> Conditions:
    """The limits, read once."""
    return Conditions(LIMITS)


def _until(names: Iterable[str], barred: Container[str]) -> Iterator[str]:
    return takewhile(lambda name: name not in barred, names)


def seen(seed: int, count: int) -> Seen:
    """What becomes of so many purchases of a seed, beside all that their company knows."""
    company, found = Company.of(mix(), seed), Seen(seed)
    with TemporaryDirectory() as folder:
        guard = guard_of(company, Path(folder), count)
        for policy in guard.policies.policies:
            if policy.in_force(DAY):
                found.effects[policy.identity] = policy.effect.word
            else:
                found.not_in_force.add(policy.identity)
        for purchase in purchases(company, guard, count):
            facts = guard.facts(document(purchase), DAY)
            found.add(facts, evaluate(facts, guard.program), guard)
    return found
