"""A change of policies in words: how aspects, kinds of change and causes are called."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from procureguard.analysis.sayings import Change
from procureguard.finding import Outcome
from procureguard.render.cases import CASES
from procureguard.render.counting import counted
from procureguard.render.policy_words import OUTCOMES
from procureguard.render.report_words import DUES
from procureguard.report.change_contract import Cause, ChangedPart, ChangedPolicy, ChangeReport, Purchases, Turn
from procureguard.report.changes import PARTS, POLICIES
from procureguard.report.headline import ROLES, listed

LABELS: Mapping[str, str] = {
    "when": "applies when",
    "require": "asks that",
    "effective_from": "applies from",
    "effective_to": "applies until",
    "evidence": "weakest source that proves it",
    "waivable": "may be waived",
    "max_days": "longest waiver in days",
    "root": "root cause",
    "remedy": "way to yes",
    "never_suggest": "not a way out",
    "ask": "question to the vendor",
    "is": "means",
    "about": "remark",
    "domain": "heading in the summary",
    "jurisdiction": "where it is the law",
    "agreed_by": "agreed by",
    "agreed_on": "agreed on",
    "review_by": "to be looked at again by",
    "unverified": "still to be verified",
    "quick": "questions that decide a small purchase",
    "questions": "order of questions",
    "facts": "facts its answer states",
    "asked_if": "is asked when",
}
"""How aspects are called that files call in another way."""

READ = frozenset({"when", "require", "is", "questions", "facts", "asked_if"})
"""Aspects that are expressions or lists, read out part by part."""

ASKED = ("when", "require")
"""What a new policy is told by."""

NOTHING: Mapping[str, str] = {"when": "always", "asked_if": "no condition"}


class Part(NamedTuple):
    """A part of what is read out part by part: `before`, `now`, or `""` where nothing was said before."""

    side: str
    phrase: str


def label(change: Change) -> str:
    """What an aspect is called; a parameter by its name, and a fact of the form with what is said of it."""
    if change.aspect == "asked_if":
        return f"{change.name} {LABELS[change.aspect]}"
    return change.name or LABELS.get(change.aspect, change.aspect)


def value(change: Change, lines: Sequence[str]) -> str:
    """What is said of an aspect, on one line."""
    if not lines:
        return NOTHING.get(change.aspect, "nothing")
    words = {"role": ROLES, "due": DUES, "agreed_by": ROLES}.get(change.aspect, {})
    told = [words.get(line, line) for line in lines]
    return listed(told) if change.aspect == "agreed_by" else ", ".join(told)


def reading(change: Change) -> str:
    """The heading of what is read out, with how many of its parts stay."""
    was, now = Counter(change.before), Counter(change.after)
    kept = 0 if was == now else (was & now).total()
    stay = f", besides {counted(kept, 'part that stays', 'parts that stay')}" if kept else ""
    return f"{label(change)}{stay}:"


def read_out(change: Change, *, new: bool) -> Iterator[Part]:
    """The parts that only one side has; all of them where the sides differ in order alone, or there is one side."""
    if new:
        yield from (Part("", phrase) for phrase in change.after)
        return
    was, now = Counter(change.before), Counter(change.after)
    sides = (("before", change.before, was - now), ("now", change.after, now - was))
    for side, whole, own in sides:
        told = whole if was == now else tuple(own.elements())
        yield from (Part(side, phrase) for phrase in (told if whole else (value(change, ()),)))


def asked(policy: ChangedPolicy) -> list[Change]:
    """What is told of a changed policy besides its name: of a new one when it applies and what it asks."""
    if policy.change == "gone":
        return []
    return [change for change in policy.changes if policy.change != "new" or change.aspect in ASKED]


def kind_words(policy: ChangedPolicy) -> str:
    """How a policy has changed, with what a new one leads to and who sees to it."""
    if policy.former_id is not None:
        return f"was called {policy.former_id}"
    told = f" ({policy.effect}, {ROLES[policy.role]})" if policy.change in ("new", "gone") else ""
    return f"{POLICIES[policy.change][0]}{told}"


def part_words(part: ChangedPart) -> str:
    """How anything but a policy has changed."""
    return PARTS[part.change][0]


def compared(report: ChangeReport) -> str:
    """Which sets are compared: `main:policies -> policies`."""
    return f"{report.before.name} -> {report.after.name}"


def turn_words(turn: Turn) -> str:
    """The answer before and now."""
    return f"{CASES[turn.before]} -> {CASES[turn.after]}"


def concerned(turn: Turn) -> str | None:
    """Whom a purchase concerns, as far as it says so."""
    people = " in ".join(part for part in (turn.owner, turn.department) if part)
    return people or None


def cause_words(cause: Cause) -> str:
    """Why an answer turns: a policy's title, how it comes out now, and what it says of the purchase."""
    told = f"{cause.title}: {_state(cause)}."
    return f"{told} {cause.message}" if cause.message else told


def kept_words(purchases: Purchases) -> str | None:
    """How many purchases keep their answer, and how many of them for other reasons; None where none does."""
    if not purchases.kept:
        return None
    told = counted(purchases.kept, "purchase keeps its answer", "purchases keep their answers")
    other = [f"{kept.name} ({kept.purchase})" for kept in purchases.other_reasons]
    return f"{told}, {len(other):,} of them for other reasons: {', '.join(other)}." if other else f"{told}."


def _state(cause: Cause) -> str:
    outcome = OUTCOMES[Outcome(cause.outcome_after)] if cause.outcome_after else "is not checked"
    if cause.effect_after is None:
        return "is gone"
    if cause.outcome_after == "pass" and cause.unconfirmed_after:
        outcome = "holds, but must be confirmed"
    if cause.effect_before is None:
        return f"is new ({cause.effect_after}) and {outcome}"
    if cause.effect_before != cause.effect_after:
        return f"{outcome}, and is {cause.effect_after} now instead of {cause.effect_before}"
    return f"{outcome} now ({cause.effect_after})"
