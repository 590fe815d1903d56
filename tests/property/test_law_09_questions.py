"""Law 9: the fewest answers that can reach the best verdict, and those that settle it whatever they are."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from procureguard.evaluate import evaluate
from procureguard.facts.fact import ANSWERERS, Fact
from procureguard.finding import Outcome, Rung
from procureguard.policy.model import Effect
from procureguard.questions.best_case import BestCase, best_case
from procureguard.questions.cases import Cases
from procureguard.questions.send_once import send_once
from procureguard.settle import settled_verdict
from property.asking import SCHEMA, Purchase, cost, purchases
from property.checking import DAY, PURCHASES, document, fact, guard_for, random_value, read

PLENTY = 100_000
SEEDS = range(int(os.environ.get("PROCUREGUARD_CASES", "60")))
"""Of each come up to twelve purchases; with 700 there are more than 5,000."""


def drawn() -> Iterator[Purchase]:
    return purchases(SEEDS)


def found_by_search(purchase: Purchase) -> BestCase:
    cases = Cases(purchase.program, SCHEMA)
    return best_case(purchase.facts, purchase.evaluation.decision, cases, PLENTY)


def test_the_best_case_is_what_trying_everything_finds() -> None:
    sizes: Counter[int] = Counter()
    for purchase in drawn():
        found = found_by_search(purchase)
        assert found.proved
        assert found.reached == purchase.best_rung, purchase
        assert (cost(found.asks) if found.asks else None) == purchase.fewest, purchase
        assert purchase.decision(dict(found.answers)).worst <= (found.reached or Rung.DENY)
        assert {path for path, _ in found.answers} == {*found.asks} <= {*purchase.unknown}
        sizes[len(found.asks)] += 1
    assert min(sizes[size] for size in (1, 2, 3)) >= 10, sizes


def test_a_search_that_ends_early_claims_nothing_that_is_not_so() -> None:
    early = 0
    for purchase in drawn():
        found = best_case(purchase.facts, purchase.evaluation.decision, Cases(purchase.program, SCHEMA), most=3)
        if found.reached is not None:
            assert purchase.decision(dict(found.answers)).worst <= found.reached, purchase
        if found.proved:
            assert found.reached == purchase.best_rung, purchase
            assert len(found.asks) == (purchase.fewest or (0,))[0], purchase
        early += not found.proved
    assert early >= 10


def test_what_is_sent_once_settles_the_verdict_and_nothing_of_it_is_to_spare() -> None:
    sizes: Counter[int] = Counter()
    for purchase in drawn():
        if settled_verdict(purchase.facts, purchase.evaluation, purchase.program, SCHEMA) is not None:
            continue
        found = send_once(purchase.facts, Cases(purchase.program, SCHEMA), PLENTY, PLENTY)
        assert purchase.is_enough(found.asks), purchase
        if found.proved:
            for path in found.asks:
                assert not purchase.is_enough([other for other in found.asks if other != path]), (path, purchase)
        sizes[len(found.asks) if found.proved else -1] += 1
    assert min(sizes[size] for size in (1, 2, 3)) >= 10, sizes
    assert sizes[-1] < sizes.total() / 10, sizes


def test_stating_facts_that_nothing_waits_for_leaves_what_is_unknown_unknown() -> None:
    """What the search for the fewest answers rests on when it only answers what an open policy waits for."""
    seen = 0
    for purchase in drawn():
        for finding in purchase.evaluation.findings:
            others = [path for path in purchase.unknown if path not in finding.waits]
            if not finding.waits or not others:
                continue
            seen += 1
            for answers in purchase.answers(others):
                facts = purchase.facts.with_facts(Fact(path, value, "requester") for path, value in answers.items())
                now = evaluate(facts, purchase.program)
                same = next(found for found in now.findings if found.policy == finding.policy)
                assert same.waits, (finding, answers)
    assert seen >= 100


@pytest.mark.parametrize("path", PURCHASES, ids=lambda path: path.stem)
def test_the_same_holds_of_the_shipped_policies_and_of_what_is_computed(path: Path) -> None:
    guard, chance = guard_for(path), random.Random(path.stem)  # noqa: S311 - cases, no secrets
    whole = read(path)
    half = {
        section: {name: value for name, value in said.items() if chance.random() < 0.5}
        if isinstance(said, dict)
        else said
        for section, said in whole.items()
    }
    facts = guard.facts(document(half), DAY)
    kinds = [kind for kind in guard.schema if kind.stated_by in ANSWERERS and not kind.is_map]
    for finding in evaluate(facts, guard.program).with_outcome(Outcome.UNKNOWN):
        others = [kind for kind in kinds if kind.path not in finding.waits and kind.path not in facts.known]
        said = (fact(kind, random_value(kind, chance)) for kind in others if chance.random() < 0.8)
        now = evaluate(facts.with_facts(said), guard.program)
        same = next(found for found in now.findings if found.policy == finding.policy)
        assert same.outcome is Outcome.UNKNOWN, finding


def test_a_verdict_is_settled_just_when_every_completion_gives_it() -> None:
    settled: Counter[bool] = Counter()
    for purchase in drawn():
        conditions = any(policy.effect is Effect.CONDITION for policy in purchase.program.policies.policies)
        if conditions or not all(SCHEMA[path].type in {"bool", "enum"} for path in purchase.unknown):
            continue  # an open condition counts as one, and a list of values is tried for these types alone
        verdicts = {purchase.decision(answers).verdict for answers in purchase.answers(purchase.unknown)}
        found = settled_verdict(purchase.facts, purchase.evaluation, purchase.program, SCHEMA)
        assert found == (verdicts.pop() if len(verdicts) == 1 else None), purchase
        settled[found is not None] += 1
    assert settled[False] >= 20, settled


def caught() -> bool:
    """Whether the comparison with brute force fails."""
    for purchase in drawn():
        found = found_by_search(purchase)
        if found.reached != purchase.best_rung or (cost(found.asks) if found.asks else None) != purchase.fewest:
            return True
    return False


def test_a_search_that_skips_a_value_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Cases.choices
    monkeypatch.setattr(
        Cases, "choices", lambda self, case, path: (found := whole(self, case, path))._replace(values=found.values[1:])
    )
    assert caught()


def test_a_search_with_a_bound_that_is_too_high_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_high(self: object, case: object) -> tuple[int, int, int]:
        del self
        return 2 * len(case.standing.waits), 0, 0  # type: ignore[attr-defined]

    monkeypatch.setattr("procureguard.questions.best_case._Search.bound", too_high)
    assert caught()


def test_a_search_that_drops_what_is_waited_for_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def fewer(self: object, case: object) -> list[str]:
        del self
        return min(sorted(paths) for paths in case.standing.waits.values())[:1]  # type: ignore[attr-defined]

    monkeypatch.setattr("procureguard.questions.best_case._Search.branches", fewer)
    assert caught()


def test_a_search_that_takes_open_policies_for_independent_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def apart(self: Cases, case: object) -> list[object]:
        return [self.among(case, frozenset({number})) for number in case.standing.waits]  # type: ignore[attr-defined,arg-type]

    monkeypatch.setattr(Cases, "apart", apart)
    assert caught()
