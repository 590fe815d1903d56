from procureguard.analysis.answers import Judged, causes, renamed, same_reasons
from procureguard.finding import Finding, Outcome, decide, deciding
from procureguard.policy.model import Effect


def judged(*findings: Finding) -> Judged:
    decision = decide(findings)
    reasons = frozenset(found.policy for found in deciding(findings, decision))
    return Judged(decision.verdict, {found.policy: found for found in findings}, reasons)


def failing(policy: str, effect: Effect = Effect.REVIEW) -> Finding:
    return Finding(policy, effect, Outcome.FAIL)


def named(before: Judged, after: Judged) -> list[str]:
    return [cause.policy for cause in causes(before, after)]


def test_what_decides_now_is_told_before_what_decided_and_what_decides_nothing_is_not() -> None:
    before = judged(failing("b"), failing("note", Effect.ADVISE), failing("z", Effect.CONDITION))
    after = judged(failing("c", Effect.DENY), failing("same", Effect.CONDITION))
    assert named(before, after) == ["c", "b"]
    [now, then] = causes(before, after)
    assert (now.before, then.after) == (None, None)


def test_a_reason_that_stays_as_it_was_turned_nothing() -> None:
    before = judged(failing("a"))
    assert named(before, judged(failing("a"), failing("b", Effect.DENY))) == ["b"]
    assert named(before, judged(failing("a", Effect.DENY))) == ["a"]


def test_where_no_reason_changed_every_other_finding_is_told() -> None:
    before, after = (
        judged(Finding("a", Effect.DENY, Outcome.PASS)),
        judged(Finding("a", Effect.DENY, Outcome.NOT_APPLICABLE)),
    )
    assert named(before, after) == ["a"]
    assert same_reasons(before, after)


def test_reasons_are_the_same_when_the_same_policies_come_out_the_same() -> None:
    before = judged(failing("a"))
    assert same_reasons(before, judged(failing("a"), failing("note", Effect.ADVISE)))
    assert not same_reasons(before, judged(failing("a"), failing("b")))
    assert not same_reasons(before, judged(Finding("a", Effect.REVIEW, Outcome.UNKNOWN)))
    doubted = Finding("a", Effect.DENY, Outcome.PASS, doubts=frozenset({"vendor.encryption"}))
    assert not same_reasons(judged(failing("a", Effect.CONDITION)), judged(doubted))


def test_a_renamed_policy_is_the_same_reason() -> None:
    assert same_reasons(renamed(judged(failing("old")), {"old": "fresh"}), judged(failing("fresh")))
