"""Law 4: the verdict is a fold by `max` over what failed and what is open; no order can change it."""

import random
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn_documents import Json
from procureguard import Guard
from procureguard.compile.python import compile_policies, generate
from procureguard.evaluate import evaluate
from procureguard.finding import Decision, Finding, Outcome, Rung, decide
from procureguard.guard.files import policies_in
from procureguard.policy.load import load_policies
from procureguard.policy.model import Effect
from procureguard.source.document import Document
from procureguard.source.read import read_document
from procureguard.source.shipped import shipped
from property.checking import DAY, PURCHASES, document, guard_for, interval, outcomes, read, yaml_text

RUNGS = tuple(Rung)
DECISIONS = [Decision(best, worst) for best, worst in product(RUNGS, RUNGS) if best <= worst]

VERDICTS = {
    (0, 0): "approve",
    (0, 1): "approve_with_conditions",
    (1, 1): "approve_with_conditions",
    (0, 2): "needs_info",
    (1, 2): "needs_info",
    (2, 2): "needs_review",
    (0, 3): "needs_info",
    (1, 3): "needs_info",
    (2, 3): "needs_info",
    (3, 3): "deny",
}
"""The law, case by case: best and worst as places on the ladder from approve to deny."""

FINDINGS = st.builds(lambda *parts: Finding("policy", *parts), st.sampled_from(Effect), st.sampled_from(Outcome))


def each_purchase() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", PURCHASES, ids=lambda path: f"{path.parent.name}/{path.stem}")


def test_the_verdict_of_every_interval() -> None:
    assert {(decision.best, decision.worst): decision.verdict for decision in DECISIONS} == VERDICTS


def test_the_fold_is_commutative_associative_and_idempotent() -> None:
    for one, two, three in product(DECISIONS, repeat=3):
        assert one | two == two | one
        assert (one | two) | three == one | (two | three)
        assert one | one == one
        assert one | Decision(Rung.APPROVE, Rung.APPROVE) == one
        assert (one | two).best <= (one | two).worst


@given(findings=st.lists(FINDINGS, max_size=12), chance=st.randoms(use_true_random=False))
def test_best_counts_what_failed_and_worst_what_is_open_too(findings: list[Finding], chance: random.Random) -> None:
    ladder = {Effect.ADVISE: 0, Effect.CONDITION: 1, Effect.REVIEW: 2, Effect.DENY: 3}
    failed = [ladder[finding.effect] for finding in findings if finding.outcome is Outcome.FAIL]
    is_open = [ladder[finding.effect] for finding in findings if finding.outcome is Outcome.UNKNOWN]
    decision = decide(findings)
    assert decision.best == max(failed, default=0)
    assert decision.worst == max(failed + is_open, default=0)
    shuffled = chance.sample(findings, len(findings))
    assert decide(shuffled) == decide([*findings, *findings]) == decision


@given(findings=st.lists(FINDINGS, max_size=8), more=st.sampled_from([Outcome.PASS, Outcome.NOT_APPLICABLE]))
def test_what_passes_or_does_not_apply_or_only_advises_counts_in_nothing(
    findings: list[Finding], more: Outcome
) -> None:
    quiet = [Finding("more", effect, more) for effect in Effect]
    advice = [Finding("more", Effect.ADVISE, outcome) for outcome in Outcome]
    assert decide([*quiet, *findings, *advice]) == decide(findings)


@each_purchase()
def test_the_report_s_verdict_is_the_fold_of_its_findings(path: Path) -> None:
    """Law 15 can only add open conditions, so that `worst` may be a condition where the fold alone says approve."""
    guard = guard_for(path)
    facts = guard.facts(document(read(path)), DAY)
    evaluation = evaluate(facts, guard.program)
    assert {finding.policy: finding.outcome for finding in evaluation.findings} == outcomes(facts, guard)
    fold = interval(outcomes(facts, guard), guard)
    doubtful = any(finding.doubts for finding in evaluation.findings)
    assert evaluation.decision.best == fold.best
    assert evaluation.decision.worst == max(fold.worst, Rung.APPROVE_WITH_CONDITIONS if doubtful else Rung.APPROVE)


# --- order ---


def shuffled(data: Json, chance: random.Random) -> Json:
    """The same data with the keys of every mapping in another order."""
    if isinstance(data, list):
        return [shuffled(item, chance) for item in data]
    if not isinstance(data, dict):
        return data
    return {key: shuffled(data[key], chance) for key in chance.sample(list(data), len(data))}


def unplaced(data: Json) -> Json:
    """A report without lines, columns and digests of texts, which follow the text and not what it says."""
    if isinstance(data, list | tuple):
        return [unplaced(item) for item in data]
    if not isinstance(data, dict):
        return data
    return {key: unplaced(value) for key, value in data.items() if key not in {"line", "column", "digests"}}


def policy_documents() -> list[Document]:
    problems: list[Any] = []
    found = [read_document(str(path), path.read_bytes(), problems) for path in policies_in(shipped("policies"))]
    assert problems == []
    return [document for document in found if document is not None]


def test_the_order_of_policy_files_changes_no_report() -> None:
    documents = policy_documents()
    for seed, path in enumerate(PURCHASES):
        guard = guard_for(path)
        mixed = random.Random(seed).sample(documents, len(documents))  # noqa: S311 - cases, no secrets
        problems: list[Any] = []
        loaded = load_policies(mixed, guard.schema, guard.stack.organisation, problems)
        assert problems == []
        other = Guard(guard.schema, guard.stack, compile_policies(loaded), ())
        purchase = document(read(path))
        expected = guard.answer(purchase, DAY).report.to_dict()
        assert other.answer(purchase, DAY).report.to_dict() == expected
        assert generate(loaded).source == generate(guard.library().written).source


@each_purchase()
def test_the_order_of_keys_in_a_purchase_changes_no_report(path: Path) -> None:
    guard, data = guard_for(path), read(path)
    expected = unplaced(guard.answer(document(data), DAY).report.to_dict())
    for seed in range(4):
        mixed = shuffled(data, random.Random(seed))  # noqa: S311 - cases, no secrets
        assert unplaced(guard.answer(document(mixed), DAY).report.to_dict()) == expected


def test_the_order_of_facts_in_the_stack_changes_no_report(tmp_path: Path) -> None:
    """Keys of vendor manifests, of the organisation and of each tool; the order of tools is law 8's."""
    path = PURCHASES[0].parent / "surveys.yaml"
    guard = guard_for(path)
    chance = random.Random(4)  # noqa: S311 - cases, no secrets
    names: dict[str, list[Path]] = {"vendor": [], "inventory": [], "organisation": []}
    for (role, identity), name in guard.answer(document(read(path)), DAY).files.items():
        if role in names:
            copy = tmp_path / f"{identity}.yaml"
            copy.write_text(yaml_text(shuffled(read(Path(name)), chance)))
            names[role].append(copy)
    assert all(names.values())
    mixed = Guard.load(
        inventory=names["inventory"][0],
        organisation=names["organisation"][0],
        vendors=chance.sample(names["vendor"], len(names["vendor"])),
        decisions=path.parents[1] / "decisions.yaml",
        card_payments=path.parents[1] / "card-payments.yaml",
    )
    for purchase in PURCHASES[:6]:
        expected = unplaced(guard.answer(document(read(purchase)), DAY).report.to_dict())
        assert unplaced(mixed.answer(document(read(purchase)), DAY).report.to_dict()) == expected
