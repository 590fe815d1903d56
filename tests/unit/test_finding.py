from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.finding import VERDICTS, Decision, Finding, Outcome, Rung, decide, rung_of
from procureguard.policy.model import Effect

WORDS = {
    (0, 0): "approve",
    (0, 1): "approve_with_conditions",
    (0, 2): "needs_info",
    (0, 3): "needs_info",
    (1, 1): "approve_with_conditions",
    (1, 2): "needs_info",
    (1, 3): "needs_info",
    (2, 2): "needs_review",
    (2, 3): "needs_info",
    (3, 3): "deny",
}


@pytest.mark.parametrize(("best", "worst"), list(combinations_with_replacement(Rung, 2)))
def test_a_verdict_is_the_worst_case_or_a_call_for_information(best: Rung, worst: Rung) -> None:
    decision = Decision(best, worst)
    assert (decision.verdict, decision.settled) == (WORDS[best, worst], best == worst)


@pytest.mark.parametrize("effect", list(Effect))
def test_one_finding_counts_by_its_effect_and_outcome(effect: Effect) -> None:
    rung = Rung(effect - 1)
    assert rung_of(effect) == rung
    counted = {outcome: Finding("p", effect, outcome).decision for outcome in Outcome}
    assert counted == {
        Outcome.PASS: Decision(Rung.APPROVE, Rung.APPROVE),
        Outcome.FAIL: Decision(rung, rung),
        Outcome.UNKNOWN: Decision(Rung.APPROVE, rung),
        Outcome.NOT_APPLICABLE: Decision(Rung.APPROVE, Rung.APPROVE),
    }


def test_a_pass_on_too_little_evidence_is_an_open_condition() -> None:
    doubtful = Finding("p", Effect.DENY, Outcome.PASS, doubts=frozenset({"product.scim"}))
    assert doubtful.decision == Decision(Rung.APPROVE, Rung.APPROVE_WITH_CONDITIONS)


findings = st.builds(lambda *parts: Finding("p", *parts), st.sampled_from(Effect), st.sampled_from(Outcome))


@given(drawn=st.lists(findings, max_size=8))
def test_findings_add_up_to_the_strongest_that_failed_and_the_strongest_that_could(drawn: list[Finding]) -> None:
    failed = [rung_of(found.effect) for found in drawn if found.outcome is Outcome.FAIL]
    could = [rung_of(found.effect) for found in drawn if found.outcome in {Outcome.FAIL, Outcome.UNKNOWN}]
    assert decide(drawn) == Decision(max(failed, default=Rung.APPROVE), max(could, default=Rung.APPROVE))
    assert decide(drawn).verdict in VERDICTS
