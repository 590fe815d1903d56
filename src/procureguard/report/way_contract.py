"""What a report says of ways to a better answer: published and versioned with the report."""

from dataclasses import dataclass
from typing import Any, Literal

from procureguard.facts.schema import ChangedBy
from procureguard.finding import RungWord, VerdictWord


@dataclass(frozen=True, slots=True)
class ReportedStep:
    """One change: the fact, what it is now and would be, who changes it, and what stands in the way without it.

    `action` tells a value that is set from an item that a list gains or loses. `says` is the step in a sentence,
    `because` what it is needed for in another; `effort` runs from 1, a tick, to 5, a different goal.
    """

    fact: str
    title: str
    action: Literal["set", "add", "remove"]
    value: Any
    now: Any
    by: ChangedBy
    effort: int
    says: str
    because: str
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedWay:
    """A set of changes of which none can be left out, and the answer that evaluating the purchase with them gave.

    Attributes:
        by: whose changes they are.
        sentence: all of it in one sentence, with what comes out then.
        extra_cost: what it costs more a year, less where it is negative; null where that is not known.
        proven: whether the answer with the changes is no interval any more.
        complete: whether the search looked at everything that might have been less effort.
        waits_for: the facts to state before the answer is certain.
        conditions: the policies whose conditions come with the answer.
        roles: those who have to agree to it.
        loses: what was wanted and no must, and would not be possible any more.
        waiver: the policy that would have to be waived besides; null where none.
    """

    by: tuple[ChangedBy, ...]
    sentence: str
    steps: tuple[ReportedStep, ...]
    extra_cost: float | None
    annual_cost: float | None
    currency: str | None
    verdict: VerdictWord
    best: RungWord
    worst: RungWord
    proven: bool
    complete: bool
    waits_for: tuple[str, ...]
    conditions: tuple[str, ...]
    roles: tuple[str, ...]
    loses: tuple[str, ...]
    effort: int
    waiver: str | None
