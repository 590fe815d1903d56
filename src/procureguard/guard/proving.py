"""Proving: what a solver has to say of the ways on that were found for a purchase."""

from dataclasses import replace
from typing import Literal

from procureguard.changes.way import Ways, ways_of
from procureguard.guard.what_if import Look
from procureguard.report.what_if_contract import ReportedProof, WhatIfReport
from procureguard.solver.prove import MOST_MILLISECONDS, Proved, prove

Outcome = Literal["smallest", "smaller_found", "not_proved"]


def proved(look: Look, milliseconds: int | None = None) -> WhatIfReport:
    """The answer with the ways on that a solver has proved to be the smallest, or with the smaller ones it has found.

    Where nothing was looked for there is nothing to prove.

    Raises:
        SolverMissing: z3 is not installed.
    """
    if not look.searched:
        return look.report()
    trials, written = look.trials, look.guard.library().written
    found = prove(look.searched, trials, written, MOST_MILLISECONDS if milliseconds is None else milliseconds)
    ways = ways_of(found.searched, trials)
    first = sorted(ways.found, key=lambda way: way.cost.order not in found.smaller)
    said = ReportedProof(_outcome(found), found.reason, found.by_evaluation)
    return look.report_on(Ways(tuple(first), ways.complete), said)


def not_proved(look: Look, reason: str) -> WhatIfReport:
    """The answer with the ways on that were found, of which nothing was proved."""
    return replace(look.report(), proof=ReportedProof("not_proved", reason, ()))


def _outcome(found: Proved) -> Outcome:
    if found.smaller:
        return "smaller_found"
    return "smallest" if found.reason is None else "not_proved"
