"""What if: a purchase with some facts otherwise, what turns, and the ways on from there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from procureguard.changes.search import MOST_LOOKS
from procureguard.changes.space import space_of
from procureguard.changes.trial import Trials
from procureguard.changes.way import ALL, Limits, Searched, Ways, searches, ways_of
from procureguard.evaluate import evaluate, outcomes
from procureguard.facts.gather import Facts, names_a_product
from procureguard.facts.schema import FactSchema
from procureguard.guard.settings import Setting, with_settings
from procureguard.report.contract import Report, ReportedFlip
from procureguard.report.ways import WayWords
from procureguard.report.what_if_contract import ReportedAnswer, ReportedProof, ReportedSetting, WhatIfReport
from procureguard.report.words import Words
from procureguard.source.diagnostic import Diagnostic, InvalidInput, did_you_mean
from procureguard.source.document import Document
from procureguard.source.text import Source, Span
from procureguard.upcoming import flips

if TYPE_CHECKING:
    from procureguard.guard.guard import Guard

SHOWN = 3
"""How many ways to each better answer are looked for."""

LOOKS = MOST_LOOKS
"""How many looks each search takes at most."""


class Asked(NamedTuple):
    """What is asked about a purchase: facts taken to be otherwise, facts that stay, and how many changes at most."""

    settings: Sequence[Setting] = ()
    locked: tuple[str, ...] = ()
    most_changes: int | None = None


class Answered(NamedTuple):
    """One side of the question: what is known, and the report on it."""

    facts: Facts
    report: Report

    @property
    def answer(self) -> ReportedAnswer:
        """The answer in the words of a report."""
        report = self.report
        return ReportedAnswer(report.verdict, report.best, report.worst, report.headline, report.purchase.annual_cost)


@dataclass(frozen=True, slots=True)
class Look:
    """A purchase as it is and as it would be, and what was looked for and found from there."""

    guard: "Guard"
    asked: Asked
    before: Answered
    after: Answered
    trials: Trials
    searched: tuple[Searched, ...]

    def report(self) -> WhatIfReport:
        """The answer, with nothing proved."""
        return self.report_on(ways_of(self.searched, self.trials), None)

    def report_on(self, ways: Ways, proof: ReportedProof | None) -> WhatIfReport:
        """The answer with these ways on, and what a solver has to say of them."""
        guard, asked, after = self.guard, self.asked, self.after
        told = WayWords(Words(after.facts, guard.schema, guard.stack.name_of), guard.policies)
        return WhatIfReport(
            version=1,
            program=after.report.program,
            as_of=after.report.as_of,
            purchase=after.report.purchase,
            settings=tuple(_setting(setting, guard.schema) for setting in asked.settings),
            locked=asked.locked,
            most_changes=asked.most_changes,
            before=self.before.answer,
            after=after.answer,
            turned=tuple(_turned(guard, self.before.facts, after.facts)),
            ways=tuple(map(told.of, ways.found)),
            complete=ways.complete,
            proof=proof,
        )


def look(guard: "Guard", document: Document, as_of: date, asked: Asked) -> Look:
    """What would come of a purchase if what is asked were so.

    Raises:
        InvalidInput: the purchase or a setting is none, or a locked fact does not exist; everything wrong is named.
    """
    _check_locked(asked.locked, guard.schema)
    before = Answered(guard.facts(document, as_of), guard.answer(document, as_of).report)
    otherwise = with_settings(document, asked.settings)
    after = Answered(guard.facts(otherwise, as_of), guard.answer(document, as_of, asked.settings).report)
    trials = Trials(space_of(after.facts, guard.stack, guard.schema, guard.program, asked.locked), guard.program)
    now = evaluate(after.facts, guard.program).decision
    # A need without a product has nothing yet that could be changed.
    better = ALL if names_a_product(after.facts) else ()
    searched = searches(better, trials, now, Limits(asked.most_changes, SHOWN, LOOKS))
    return Look(guard, asked, before, after, trials, searched)


def _turned(guard: "Guard", before: Facts, after: Facts) -> Iterator[ReportedFlip]:
    """The policies that come out otherwise, in the order of their ids."""
    sides = outcomes(before, guard.program), outcomes(after, guard.program)
    for flip in flips(*sides, guard.program):
        policy = guard.policies.get(flip.policy)
        assert policy is not None
        yield ReportedFlip(policy.identity, policy.title, policy.effect.word, flip.before.word, flip.after.word)


def _setting(setting: Setting, schema: FactSchema) -> ReportedSetting:
    return ReportedSetting(setting.path, schema[setting.path].title, setting.data)


def _check_locked(locked: Sequence[str], schema: FactSchema) -> None:
    problems = [_no_fact(path, schema) for path in locked if schema.get(path) is None]
    if problems:
        raise InvalidInput(problems)


def _no_fact(path: str, schema: FactSchema) -> Diagnostic:
    hint = did_you_mean(path, schema.types)
    return Diagnostic.error("PG227", f"there is no fact `{path}`", Source("--lock", path), Span(0, len(path)), hint)
