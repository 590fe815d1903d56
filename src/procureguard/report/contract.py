"""The report: the published, versioned result of a check, of which every output format is a rendering.

It holds words and plain values only and is the same for the same inputs, day and version, wherever it is made.
"""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from procureguard.finding import OutcomeWord, RungWord, VerdictWord
from procureguard.policy.model import EffectWord
from procureguard.report.way_contract import ReportedWay

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class ReportedPlace:
    """Where something stands: role and id of the document, JSON pointer, line and column from 1."""

    role: str
    document: str
    pointer: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ReportedFact:
    """A fact a finding read: its value, who said so and when, and where; `value` is null while nobody has stated it."""

    path: str
    title: str
    value: Any
    words: str | None
    source: str | None
    as_of: str | None
    evidence: str | None
    place: ReportedPlace | None


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A policy that does not hold, or that cannot be judged yet.

    `facts` are what the outcome rests on, `applies_by` what makes the policy apply, `waits_for` what nobody has stated.
    """

    policy: str
    title: str
    pack: str
    domain: str
    effect: EffectWord
    outcome: Literal["fail", "unknown"]
    role: str
    root: str | None
    message: str
    why: str
    remedy: str
    references: tuple[str, ...]
    facts: tuple[ReportedFact, ...]
    applies_by: tuple[ReportedFact, ...]
    waits_for: tuple[str, ...]
    place: ReportedPlace


@dataclass(frozen=True, slots=True)
class ReportedQuestion:
    """A fact nobody has stated that could change the verdict, in words for the one who can answer."""

    fact: str
    title: str
    answered_by: str
    ask: str
    policies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedAsking:
    """What the questions are good for.

    `mode` is how they were chosen; `proved` whether fewer could not do it, as that mode means it; `at_worst` what can
    come out at worst once they are answered well, null where that is not promised; `others` how many facts are open
    besides.
    """

    mode: Literal["best_case", "send_once", "next"]
    proved: bool
    at_worst: RungWord | None
    others: int


@dataclass(frozen=True, slots=True)
class ReportedCondition:
    """What must happen, who sees to it and by when.

    `open` while it is not known whether it holds already; `to_confirm` when it holds, but on too little evidence.
    """

    policy: str
    state: Literal["not_met", "open", "to_confirm"]
    text: str
    role: str
    due: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedAlternative:
    """Another way to do the job, with the verdict that evaluating it gave; proven when no answer can change that.

    `must`, `at_launch` and `later` are the shares of these three lists that it covers, null where a list is empty or
    not stated, `coverage` null where nobody says what it does; `cleared` is null while nobody has said what kinds of
    data go in, and for what is not owned.
    """

    kind: Literal["owned", "activate", "catalogue", "purchase"]
    id: str
    name: str
    plan: str | None
    department: str | None
    owner: str | None
    operator: str | None
    status: str | None
    coverage: float | None
    must: float | None
    at_launch: float | None
    later: float | None
    covers: tuple[str, ...]
    lacks: tuple[str, ...]
    to_switch_on: tuple[str, ...]
    free_seats: int | None
    cleared: bool | None
    annual_cost: float | None
    currency: str | None
    verdict: VerdictWord
    best: RungWord
    worst: RungWord
    proven: bool
    reasons: tuple[str, ...]
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedSearch:
    """Where alternatives were looked for, and whom to ask where none was found.

    `need` is whether it is stated what the purchase is for, `inventory` whether the tools owned are known, `offers` how
    many plans the vendor manifests describe, `complete` whether all that cover enough of the need were judged.
    """

    need: bool
    inventory: bool
    offers: int
    complete: bool
    role: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedContact:
    """Who answers for policies that stand in the way, and the people in that role as far as they are named."""

    role: str
    people: tuple[str, ...]
    policies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedDispute:
    """A fact on which documents differ: the value that counts and the ones that do not."""

    path: str
    title: str
    counts: ReportedFact
    others: tuple[ReportedFact, ...]


@dataclass(frozen=True, slots=True)
class ReportedFlip:
    """A policy that comes out otherwise from some day on."""

    policy: str
    title: str
    effect: EffectWord
    before: OutcomeWord
    after: OutcomeWord


@dataclass(frozen=True, slots=True)
class ReportedChange:
    """A day on which the answer or a reason for it changes by itself, and what the answer is from then on."""

    on: str
    verdict: VerdictWord
    best: RungWord
    worst: RungWord
    flips: tuple[ReportedFlip, ...]


@dataclass(frozen=True, slots=True)
class ReportedGap:
    """A policy that was not run because a register it needs was not supplied."""

    policy: str
    title: str
    registers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedSubject:
    """What is to be bought, as people would name it; `product` is whether a product is named at all."""

    id: str
    name: str
    product: bool
    plan: str | None
    type: str | None
    annual_cost: float | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class ReportedTier:
    """The risk tier as things stand, and the highest it may still turn out to be."""

    now: str
    at_most: str


@dataclass(frozen=True, slots=True)
class Report:
    """The answer to one purchase.

    Attributes:
        reasons: ids of the policies that decided the verdict.
        findings: the policies that fail or are unknown; the others are listed by id.
        settled: whether the verdict was found by trying every completion of what is unknown (law 5).
        questions: the fewest whose answers can already reach the best answer.
        asking: what is known of these questions.
        further: questions for what else is open; good answers to the first ones may settle it.
        ways: the smallest changes to this purchase that make the answer better.
        contacts: whom to talk to where the answer is no, or others have to agree; those who decide, each role once.
        searched: where alternatives were looked for, and whom to ask for others.
        remarks: what is odd about the purchase or what it was compared with, in sentences.
        upcoming: what changes by date in the next 180 days, if nothing else changes.
        not_checked: policies that were not run, beside the verdict.
        digests: SHA-256 of everything that went in, by role.
    """

    version: Literal[1]
    program: str
    as_of: str
    purchase: ReportedSubject
    verdict: VerdictWord
    best: RungWord
    worst: RungWord
    settled: bool
    headline: str
    tier: ReportedTier
    reasons: tuple[str, ...]
    findings: tuple[ReportedFinding, ...]
    passed: tuple[str, ...]
    not_applicable: tuple[str, ...]
    not_checked: tuple[ReportedGap, ...]
    questions: tuple[ReportedQuestion, ...]
    asking: ReportedAsking
    further: tuple[ReportedQuestion, ...]
    conditions: tuple[ReportedCondition, ...]
    alternatives: tuple[ReportedAlternative, ...]
    ways: tuple[ReportedWay, ...]
    contacts: tuple[ReportedContact, ...]
    searched: ReportedSearch
    remarks: tuple[str, ...]
    upcoming: tuple[ReportedChange, ...]
    disputed: tuple[ReportedDispute, ...]
    preset: str
    digests: dict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data, ready for JSON."""
        return as_data(self)


def as_data(report: "DataclassInstance") -> dict[str, Any]:
    """A report of any kind as plain data, ready for JSON."""
    return {name: _plain(value) for name, value in asdict(report).items()}


def _plain(value: Any) -> Any:  # noqa: ANN401 - what JSON can hold, with tuples for lists
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else value
