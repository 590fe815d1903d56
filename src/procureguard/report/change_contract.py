"""The report on a change of policies: the published, versioned result, of which every output format is a rendering."""

from dataclasses import dataclass
from typing import Any, Literal

from procureguard.analysis.changes import Kind, PartKind
from procureguard.analysis.sayings import Change
from procureguard.finding import OutcomeWord, VerdictWord
from procureguard.policy.model import EffectWord
from procureguard.report.contract import as_data


@dataclass(frozen=True, slots=True)
class ReportedPolicySet:
    """A policy set: its name as the user gave it, how many policies it has, and the SHA-256 of its files."""

    name: str
    policies: int
    digest: str


@dataclass(frozen=True, slots=True)
class ChangedPolicy:
    """A policy that was added, removed, renamed or says something else; effect and role are those of now.

    `different` decides something else with its old effect, `reworded` decides as before. `former_id` is null unless it
    was renamed; `changes` of a new policy are everything it says.
    """

    id: str
    former_id: str | None
    change: Kind
    title: str
    pack: str
    effect: EffectWord
    role: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """A definition, pack, root cause, question or the whole form that was added, removed or says something else.

    `policies` are those that name a definition, through other definitions too.
    """

    id: str
    change: PartKind
    title: str
    policies: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """A policy whose finding on a purchase comes out otherwise, in words; null effects where there is no such policy.

    An outcome is null where there is no such policy or it was not run; `unconfirmed_before` and `unconfirmed_after` are
    whether a pass rests on too little evidence.
    """

    policy: str
    title: str
    effect_before: EffectWord | None
    effect_after: EffectWord | None
    outcome_before: OutcomeWord | None
    outcome_after: OutcomeWord | None
    unconfirmed_before: bool
    unconfirmed_after: bool
    message: str | None


@dataclass(frozen=True, slots=True)
class NamedPurchase:
    """A purchase: its reference, and what is to be bought."""

    purchase: str
    name: str


@dataclass(frozen=True, slots=True)
class Turn:
    """A purchase that gets another answer, why, and whom it concerns."""

    purchase: str
    name: str
    department: str | None
    owner: str | None
    before: VerdictWord
    after: VerdictWord
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Purchases:
    """Purchases checked with both policy sets on one day.

    Attributes:
        as_of: the day.
        checked: how many are valid purchases.
        turned: those that get another answer.
        kept: how many keep their answer.
        other_reasons: those that keep it for other reasons.
    """

    as_of: str
    checked: int
    turned: tuple[Turn, ...]
    kept: int
    other_reasons: tuple[NamedPurchase, ...]


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What is different between two policy sets, and what that turns.

    Attributes:
        kind: what tells this report from others, always `policy-changes`.
        summary: the point in one sentence.
        different: whether the policies say anything else.
        purchases: null where none was asked about.
    """

    version: Literal[1]
    kind: Literal["policy-changes"]
    program: str
    before: ReportedPolicySet
    after: ReportedPolicySet
    summary: str
    different: bool
    policies: tuple[ChangedPolicy, ...]
    definitions: tuple[ChangedPart, ...]
    packs: tuple[ChangedPart, ...]
    roots: tuple[ChangedPart, ...]
    form: tuple[ChangedPart, ...]
    purchases: Purchases | None

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data, ready for JSON."""
        return as_data(self)
