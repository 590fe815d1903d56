"""What if: a purchase with some facts otherwise, what turns, and the ways on from there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from procureguard.changes.search import MOST_LOOKS
from procureguard.changes.space import space_of
from procureguard.changes.trial import Trials
from procureguard.changes.way import ALL, Limits, Searched, Ways, searches, ways_of
from procureguard.evaluate import evaluate, outcomes
from procureguard.facts.fact import COMPUTED, SOURCES, SPEAKS_FOR
from procureguard.facts.gather import Facts, names_a_product
from procureguard.facts.schema import FactSchema
from procureguard.guard.settings import OWN, Setting, with_settings
from procureguard.report.contract import Report, ReportedFlip
from procureguard.report.ways import WayWords
from procureguard.report.what_if_contract import ReportedAnswer, ReportedProof, ReportedSetting, WhatIfReport
from procureguard.report.words import Words
from procureguard.source.diagnostic import Diagnostic, InvalidInput, did_you_mean
from procureguard.source.document import Document
from procureguard.source.stated import is_stated, plain
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
    stopped: bool = False

    def report(self) -> WhatIfReport:
        """The answer, with nothing proved."""
        return self.report_on(ways_of(self.searched, self.trials), None)

    def report_on(self, ways: Ways, proof: ReportedProof | None) -> WhatIfReport:
        """The answer with these ways on, and what a solver has to say of them."""
        guard, asked, after = self.guard, self.asked, self.after
        told = WayWords(
            Words(after.facts, guard.schema, guard.stack.name_of), guard.policies, guard.stack.taxonomy.title
        )
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
            complete=ways.complete and not self.stopped,
            proof=proof,
        )


def look(guard: "Guard", document: Document, as_of: date, asked: Asked, *, patient: bool = True) -> Look:
    """What would come of a purchase if what is asked were so.

    Who is not patient may end the search with Ctrl-C, and gets what was found until then.

    Raises:
        InvalidInput: the purchase or a setting is none, or a locked fact does not exist; everything wrong is named.
    """
    _check_locked(asked.locked, guard.schema)
    facts = guard.facts(document, as_of)
    said = tuple(_that_counts(setting, facts, guard.schema, as_of) for setting in asked.settings)
    then = guard.facts(with_settings(document, said), as_of) if said else facts
    trials = Trials(space_of(then, guard.stack, guard.schema, guard.program, asked.locked), guard.program)
    searched, stopped = _searched(trials, asked, patient=patient)
    after = Answered(then, guard.answer(document, as_of, said, lambda *_: ways_of(searched, trials)).report)
    before = Answered(facts, guard.answer(document, as_of).report) if said else after
    return Look(guard, asked, before, after, trials, searched, stopped)


def _searched(trials: Trials, asked: Asked, *, patient: bool) -> tuple[tuple[Searched, ...], bool]:
    """What was looked for and found, and whether somebody has stopped it."""
    facts = trials.space.facts
    # A need without a product has nothing yet that could be changed.
    better = ALL if names_a_product(facts) else ()
    now = evaluate(facts, trials.program).decision
    found: list[Searched] = []
    try:
        found.extend(searches(better, trials, now, Limits(asked.most_changes, SHOWN, LOOKS)))
    except KeyboardInterrupt:
        if patient:
            raise
        return tuple(found), True
    return tuple(found), False


def _that_counts(setting: Setting, facts: Facts, schema: FactSchema, as_of: date) -> Setting:
    """The setting as said today by whoever is asked for the fact, or by whoever has spoken of it with more weight."""
    data = setting.data
    if plain(data) is None or is_stated(data) or setting.section == OWN:
        return setting
    now = facts.known.get(setting.path)
    usual = SPEAKS_FOR.get(schema[setting.path].stated_by, SOURCES[0])
    source = usual if now is None or now.source == COMPUTED else max(usual, now.source, key=SOURCES.index)
    if source == SOURCES[0]:
        return setting
    return replace(setting, data={"value": data, "source": source, "as_of": as_of.isoformat()})


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
