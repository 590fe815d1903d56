"""The answer to "what if": published and versioned like the report on a purchase."""

from dataclasses import dataclass
from typing import Any, Literal

from procureguard.finding import RungWord, VerdictWord
from procureguard.report.contract import ReportedFlip, ReportedSubject, as_data
from procureguard.report.way_contract import ReportedWay


@dataclass(frozen=True, slots=True)
class ReportedSetting:
    """A fact that is taken to be otherwise, with the value as it stands in a file, null for unknown."""

    fact: str
    title: str
    value: Any


@dataclass(frozen=True, slots=True)
class ReportedAnswer:
    """The answer at one time: before or after the changes that were asked about."""

    verdict: VerdictWord
    best: RungWord
    worst: RungWord
    headline: str
    annual_cost: float | None


@dataclass(frozen=True, slots=True)
class WhatIfReport:
    """What would come of a purchase if some facts were otherwise, and the ways on from there.

    Attributes:
        settings: the facts taken to be otherwise.
        locked: facts that no way may change; `most_changes` is how many steps a way may have.
        turned: the policies that come out otherwise than before.
        ways: for each better answer the ways of least effort; none where there is none.
        complete: whether everything was looked at that might have been less effort.
        proof: what a solver has to say of the ways; null where none was asked.
    """

    version: Literal[1]
    program: str
    as_of: str
    purchase: ReportedSubject
    settings: tuple[ReportedSetting, ...]
    locked: tuple[str, ...]
    most_changes: int | None
    before: ReportedAnswer
    after: ReportedAnswer
    turned: tuple[ReportedFlip, ...]
    ways: tuple[ReportedWay, ...]
    complete: bool
    proof: "ReportedProof | None"

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data, ready for JSON."""
        return as_data(self)


@dataclass(frozen=True, slots=True)
class ReportedProof:
    """What a solver found about the ways.

    Attributes:
        outcome: `smallest` where nothing is less effort than the ways shown, or without any where there are none;
            `smaller_found` where something is, which the ways then begin with; `not_proved` where it came to no end.
        reason: why not everything is proved; null where it is.
        checked_by_evaluation: the policies it could not look into; what it proposed was evaluated by these as well.
    """

    outcome: Literal["smallest", "smaller_found", "not_proved"]
    reason: str | None
    checked_by_evaluation: tuple[str, ...]
