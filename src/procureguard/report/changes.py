"""Building the report on a change of policies."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from procureguard.analysis import answers, changes
from procureguard.finding import Finding, Outcome, OutcomeWord
from procureguard.policy.model import EffectWord, Policy, PolicySet
from procureguard.report import change_contract as contract
from procureguard.report.headline import listed
from procureguard.report.reporter import Reporter

K = TypeVar("K", changes.Kind, changes.PartKind)

POLICIES: Mapping[changes.Kind, tuple[str, str]] = {
    "stricter": ("is stricter", "are stricter"),
    "new": ("is new", "are new"),
    "different": ("decides differently", "decide differently"),
    "milder": ("is milder", "are milder"),
    "gone": ("is gone", "are gone"),
    "renamed": ("has another name", "have another name"),
    "reworded": ("changes but decides as before", "change but decide as before"),
}
"""How a sentence says how many policies have changed in each way."""

PARTS: Mapping[changes.PartKind, tuple[str, str]] = {
    "different": ("changes", "change"),
    "new": ("is new", "are new"),
    "gone": ("is gone", "are gone"),
}
"""The same for definitions, packs, root causes and parts of the form."""

IDENTICAL = "Nothing is different"


@dataclass(frozen=True, slots=True)
class Compared:
    """A policy set as it was named."""

    name: str
    policies: PolicySet


def build_change_report(
    before: Compared,
    after: Compared,
    found: changes.PolicyChanges,
    purchases: contract.Purchases | None,
    program: str,
) -> contract.ChangeReport:
    """The report on what was found; `program` is the version of procureguard that made it."""
    return contract.ChangeReport(
        version=1,
        kind="policy-changes",
        program=program,
        before=_set(before),
        after=_set(after),
        summary=summary(found, purchases),
        different=bool(found),
        policies=tuple(map(_policy, found.policies)),
        definitions=tuple(map(_part, found.definitions)),
        packs=tuple(map(_part, found.packs)),
        roots=tuple(map(_part, found.roots)),
        form=tuple(map(_part, found.form)),
        purchases=purchases,
    )


def summary(found: changes.PolicyChanges, purchases: contract.Purchases | None) -> str:
    """The point in one sentence: what is different, and of how many purchases the answer turns."""
    parts = (
        ("definition", "definitions", found.definitions),
        ("pack", "packs", found.packs),
        ("root cause", "root causes", found.roots),
        ("part of the form", "parts of the form", found.form),
    )
    phrases = (
        _phrase(Counter(policy.kind for policy in found.policies), POLICIES, "policy", "policies"),
        *(_phrase(Counter(part.kind for part in told), PARTS, noun, nouns) for noun, nouns, told in parts),
    )
    different = "; ".join(filter(None, phrases)) or IDENTICAL
    return f"{different}{_purchase_count(purchases) if purchases is not None else ''}."


def reported_cause(
    cause: answers.Cause, before: Reporter, after: Reporter, former: Mapping[str, str]
) -> contract.Cause:
    """A cause in words; what is said of the purchase is what the policy says now. `former` are ids before renaming."""
    old = before.policies.get(former.get(cause.policy, cause.policy))
    new = after.policies.get(cause.policy)
    present = new or old
    assert present is not None
    return contract.Cause(
        policy=cause.policy,
        title=present.title,
        effect_before=_effect(old),
        effect_after=_effect(new),
        outcome_before=_outcome(cause.before),
        outcome_after=_outcome(cause.after),
        unconfirmed_before=bool(cause.before and cause.before.doubts),
        unconfirmed_after=bool(cause.after and cause.after.doubts),
        message=after.finding(cause.after).message if _fails(cause.after) and cause.after else None,
    )


def _fails(finding: Finding | None) -> bool:
    return finding is not None and finding.outcome is Outcome.FAIL


def _phrase(counts: Counter[K], words: Mapping[K, tuple[str, str]], noun: str, nouns: str) -> str:
    """How many have changed in each way: `2 policies are stricter and 1 is new`; empty where none has."""
    phrases: list[str] = []
    for kind, (one, several) in words.items():
        count = counts[kind]
        if count:
            named = "" if phrases else f"{noun} " if count == 1 else f"{nouns} "
            phrases.append(f"{count:,} {named}{one if count == 1 else several}")
    return listed(phrases)


def _purchase_count(purchases: contract.Purchases) -> str:
    turned, checked = len(purchases.turned), purchases.checked
    if checked == 1:
        return f"; the purchase {'gets another' if turned else 'keeps its'} answer"
    if not turned:
        return f"; all {checked:,} purchases keep their answers" if checked else "; no purchase could be checked"
    return f"; of {checked:,} purchases {turned:,} {'gets' if turned == 1 else 'get'} another answer"


def _set(side: Compared) -> contract.ReportedPolicySet:
    return contract.ReportedPolicySet(side.name, len(side.policies.policies), side.policies.digest)


def _policy(found: changes.ChangedPolicy) -> contract.ChangedPolicy:
    policy = found.policy
    return contract.ChangedPolicy(
        policy.identity,
        found.former,
        found.kind,
        policy.title,
        policy.pack,
        policy.effect.word,
        policy.role,
        found.changes,
    )


def _part(found: changes.ChangedPart) -> contract.ChangedPart:
    return contract.ChangedPart(found.identity, found.kind, found.title, found.policies, found.changes)


def _effect(policy: Policy | None) -> EffectWord | None:
    return None if policy is None else policy.effect.word


def _outcome(finding: Finding | None) -> OutcomeWord | None:
    return None if finding is None else finding.outcome.word
