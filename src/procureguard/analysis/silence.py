"""Law 10 on any policies: what stays open in the lowest risk tier although the quick questions are answered."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice, product
from typing import NamedTuple

from procureguard.analysis.lookup import lookup
from procureguard.analysis.quick_answers import Answers, QuickForm
from procureguard.cel.checker import Checked
from procureguard.cel.interpreter import Unknown, interpret
from procureguard.compile.program import TIERS, Program
from procureguard.evaluate import INSTANT, Tier, evaluate_one, tier_of
from procureguard.facts.derived import below
from procureguard.facts.gather import Facts
from procureguard.facts.schema import FactSchema, Value, to_words
from procureguard.finding import Outcome
from procureguard.policy.written import WrittenPolicies, WrittenPolicy
from procureguard.source.diagnostic import Diagnostic

MOST_CASES = 500
"""Combinations of answers tried for one policy; where there are more, at most two of them are not the quietest."""

LIGHT = "risk.light"
"""The definition that holds above the lowest tier and not in it."""

ABOVE_THE_LOWEST = frozenset(f"risk.{tier}" for tier in TIERS)


class Open(NamedTuple):
    """A policy that stays open, the facts it waits for, and the answers that are not the quietest ones.

    One that also applies above the lowest tier may leave it alone, and `can_wait` for the next.
    """

    written: WrittenPolicy
    waits: frozenset[str]
    answers: Answers
    can_wait: bool


def lint_silence(form: QuickForm, policies: WrittenPolicies, program: Program) -> Iterator[Diagnostic]:
    """PG417: each policy that some answers leave open in the lowest tier, or that no answers lead there.

    Every case is evaluated, so what is found is so. What is tried are answers that the policy and its definitions
    mention, so what is not found is most likely not so.
    """
    search = _Search(form, policies, program)
    quiet = search.quietest()
    facts = form.facts(quiet)
    if not search.is_instant(facts):
        yield _unreached(form, facts, tier_of(facts, program))
        return
    for written in policies.written:
        found = search.first_open(written, quiet)
        if found is not None:
            yield _loudness(found, form.schema)


def _unreached(form: QuickForm, facts: Facts, tier: Tier) -> Diagnostic:
    """What keeps the lowest tier out of reach of the quick questions."""
    document = form.form.document
    quietest = "with the quietest answers found to these questions a purchase"
    if tier.now != INSTANT:
        message = f"{quietest} is in the {tier.now} risk tier"
        hint = f"let `risk.{tier.now}` be false for some purchases"
    else:
        seen = map(lookup(facts, form.definitions), ABOVE_THE_LOWEST & form.definitions.keys())
        unstated = frozenset[str]().union(*(value.paths for value in seen if isinstance(value, Unknown)))
        message = f"{quietest} may be in the {tier.at_most} risk tier while nobody states {_listed(unstated)}"
        hint = "ask for that among the first questions, or let more of them count"
    return Diagnostic.warning("PG417", message, document.source, document.value_span("/quick"), hint)


def _loudness(found: Open, schema: FactSchema) -> Diagnostic:
    """The policy, what it waits for, and a purchase that shows it."""
    document = found.written.document
    pointer = "/require" if found.written.when is None else "/when"
    answers = [f"`{path}` is {to_words(schema[path], value)}" for path, value in sorted(found.answers.items())]
    case = f" when {' and '.join(answers)}" if answers else ""
    message = f"in the lowest risk tier this waits for {_listed(found.waits)}{case}"
    advice = "add `risk.light` to `when`" if found.can_wait else "rest this on facts that they ask for"
    hint = f"the first questions of the form must decide a small purchase: {advice}"
    return Diagnostic.warning("PG417", message, document.source, document.value_span(pointer), hint)


def _listed(paths: frozenset[str]) -> str:
    return ", ".join(f"`{path}`" for path in sorted(paths))


class _Search(NamedTuple):
    form: QuickForm
    policies: WrittenPolicies
    program: Program

    def is_instant(self, facts: Facts) -> bool:
        return tier_of(facts, self.program).at_most == INSTANT

    def quietest(self) -> dict[str, Value]:
        """Answers in the lowest tier, found one fact after the other; perhaps not in it if there are none."""
        definitions = [found.expression.checked for found in self.policies.definitions]
        answers = {path: self.form.choices(path, definitions)[0] for path in self.form.paths}
        for path in answers:
            if self.is_instant(self.form.facts(answers)):
                break
            tried = ({**answers, path: choice} for choice in self.form.choices(path, definitions))
            answers = min(tried, key=self._distance)
        return answers

    def _distance(self, answers: Answers) -> int:
        """How many tiers the purchase has not left below it."""
        tier = tier_of(self.form.facts(answers), self.program)
        return (INSTANT, *TIERS).index(tier.at_most)

    def first_open(self, written: WrittenPolicy, quiet: Answers) -> Open | None:
        expressions = self._expressions(written)
        if self._never_applies(written, ABOVE_THE_LOWEST, holds=False):
            return None
        choices = {path: self._harmless(path, quiet, expressions) for path in self._relevant(expressions)}
        for changed in _cases(choices):
            facts = self.form.facts({**quiet, **changed})
            finding = evaluate_one(self.program, written.policy, facts)
            if finding.outcome is Outcome.UNKNOWN and self.is_instant(facts):
                loud = {path: value for path, value in changed.items() if value != quiet[path]}
                above = not self._never_applies(written, frozenset({LIGHT}), holds=True)
                return Open(written, finding.waits, loud, above and LIGHT in self.form.definitions)
        return None

    def _never_applies(self, written: WrittenPolicy, tiers: frozenset[str], *, holds: bool) -> bool:
        """Whether a policy is silent whenever tiers hold, or do not, whatever else is known."""

        def value(path: str) -> Value:
            if path in tiers:
                return holds
            definition = self.form.definitions.get(path)
            return None if definition is None else interpret(definition.expression.checked, value)

        return written.when is not None and interpret(written.when.checked, value) is False

    def _expressions(self, written: WrittenPolicy) -> list[Checked]:
        """What the policy asks, with all definitions but those of tiers, and what decides when its facts are asked."""
        found = {id(checked): checked for checked in written.expressions()}
        waiting, conditions = list(found.values()), self.form.form.conditions()
        while waiting:
            for path in waiting.pop().paths:
                named = [self.form.definitions[path]] if path in self.form.definitions else []
                parts = [part.expression.checked for part in named if path not in ABOVE_THE_LOWEST]
                parts += [conditions[fact].checked for fact in {path, *below(path)} & conditions.keys()]
                waiting += [part for part in parts if found.setdefault(id(part), part) is part and part not in waiting]
        return list(found.values())

    def _relevant(self, expressions: Sequence[Checked]) -> list[str]:
        named = {fact for checked in expressions for path in checked.paths for fact in (path, *below(path))}
        return sorted(named.intersection(self.form.paths))

    def _harmless(self, path: str, quiet: Answers, expressions: Sequence[Checked]) -> list[Value]:
        """The values of a fact that leave a quiet purchase in the lowest tier, its quiet one first."""
        others = (choice for choice in self.form.choices(path, expressions) if choice != quiet[path])
        return [quiet[path], *(other for other in others if self.is_instant(self.form.facts({**quiet, path: other})))]


def _cases(choices: Mapping[str, Sequence[Value]]) -> Iterator[dict[str, Value]]:
    """All combinations, or, where those are too many, all in which at most two answers are not the first."""
    every = (dict(zip(choices, values, strict=True)) for values in product(*choices.values()))
    first = list(islice(every, MOST_CASES + 1))
    if len(first) <= MOST_CASES:
        yield from first
        return
    singles = [{path: value} for path, values in choices.items() for value in values[1:]]
    yield {}
    yield from singles
    yield from ({**one, **other} for one, other in combinations(singles, 2) if one.keys() != other.keys())
