"""Ways to yes on a mix of purchases: how many refusals come with one, and how long changes and questions take."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from benchmarks.mix_company import Company
from benchmarks.mix_data import mix
from benchmarks.mix_stated import document, purchases
from benchmarks.mix_surroundings import guard_of
from benchmarks.table import Table, broken
from benchmarks.workload import DAY
from procureguard import Guard, Report
from procureguard.changes.suggest import suggest_ways
from procureguard.evaluate import evaluate
from procureguard.finding import NEEDS_INFO, Rung
from procureguard.questions.asking import MODES, questions
from procureguard.report.words import Words
from procureguard.source.document import Document

SEEDS = (1, 2, 3)
PURCHASES = 300

MOST_FOR_CHANGES, MOST_FOR_QUESTIONS = 1.0, 0.5
"""Seconds that nineteen in twenty purchases take at most."""

LEAST_HELPED = 95.0
"""So many refusals in a hundred come with a way to yes, or with somebody to talk to."""

REFUSED = ("deny", "needs_review")
WELCOME = (Rung.APPROVE.word, Rung.APPROVE_WITH_CONDITIONS.word)


class Looked(NamedTuple):
    """What a refusal came with: a way that is a yes whatever else is answered, one that may be, or a named person."""

    sure: bool
    perhaps: bool
    named: bool
    complete: bool

    @property
    def helped(self) -> bool:
        """Whether its reader knows what to do."""
        return self.sure or self.perhaps or self.named


class Measured(NamedTuple):
    """What was seen of all purchases: seconds for changes and for each mode of questions, and each refusal."""

    changes: list[float]
    questions: dict[str, list[float]]
    unproved: Counter[str]
    refusals: list[Looked]


def measure(seeds: Sequence[int] = SEEDS, count: int = PURCHASES) -> list[Table]:
    """Times and shares over so many purchases of each seed, one after the other on one core."""
    found = Measured([], {mode: [] for mode in MODES}, Counter(), [])
    for seed in seeds:
        company = Company.of(mix(), seed)
        with TemporaryDirectory() as folder:
            guard = guard_of(company, Path(folder), count)
            for purchase in purchases(company, guard, count):
                look(guard, document(purchase), found)
    return [of_times(found), of_refusals(found)]


def look(guard: Guard, drawn: Document, found: Measured) -> None:
    """Times one purchase and keeps what its report says of a refusal."""
    facts = guard.facts(drawn, DAY)
    evaluation = evaluate(facts, guard.program)
    if evaluation.decision.best > Rung.APPROVE_WITH_CONDITIONS:
        started = perf_counter()
        ways = suggest_ways(facts, evaluation, guard.stack, guard.schema, guard.program)
        found.changes.append(perf_counter() - started)
        found.unproved["changes"] += not ways.complete
    if evaluation.decision.verdict == NEEDS_INFO:
        words = Words(facts, guard.schema, guard.stack.name_of)
        for mode in MODES:
            started = perf_counter()
            asked = questions(facts, evaluation, guard.program, guard.schema, words, mode)
            found.questions[mode].append(perf_counter() - started)
            found.unproved[mode] += not asked.proved
    report = guard.answer(drawn, DAY).report
    if report.verdict in REFUSED:
        found.refusals.append(looked(report))


def looked(report: Report) -> Looked:
    """What a refusal comes with."""
    ways = report.ways
    return Looked(
        any(way.worst in WELCOME for way in ways),
        any(way.best in WELCOME for way in ways),
        any(contact.people for contact in report.contacts) or bool(report.searched.people),
        all(way.complete for way in ways),
    )


def of_times(found: Measured) -> Table:
    """Milliseconds, and how often a search had to say that it is not proved."""
    rows = tuple(_times(found))
    unmet = (
        *broken("seconds for changes, nineteen in twenty", quantile(found.changes, 0.95), MOST_FOR_CHANGES),
        *broken(
            "seconds for questions, nineteen in twenty",
            max(quantile(times, 0.95) for times in found.questions.values()),
            MOST_FOR_QUESTIONS,
        ),
    )
    columns = ("what", "purchases", "median ms", "p95 ms", "most ms", "not proved")
    return Table("Changes and questions, all shipped policies, one core, warm", columns, rows, unmet=unmet)


def _times(found: Measured) -> Iterator[tuple[str | float | int, ...]]:
    for name, times in (("changes", found.changes), *found.questions.items()):
        milliseconds = [1_000 * quantile(times, share) for share in (0.5, 0.95, 1.0)]
        yield (name, len(times), *milliseconds, found.unproved[name])


def of_refusals(found: Measured) -> Table:
    """What refusals come with, in percent of them."""
    refusals = found.refusals
    shares = {
        "a change that makes it a yes whatever is answered": [each.sure for each in refusals],
        "a change that makes it a yes with good answers": [each.perhaps and not each.sure for each in refusals],
        "no such change, and a named person": [each.named and not each.perhaps for each in refusals],
        "nothing of these": [not each.helped for each in refusals],
    }
    rows = tuple((name, sum(told), 100 * sum(told) / len(refusals)) for name, told in shares.items())
    helped = 100 * sum(each.helped for each in refusals) / len(refusals)
    unmet = () if helped >= LEAST_HELPED else (f"{LEAST_HELPED:.0f} % of refusals must come with help: {helped:.1f} %",)
    return Table(
        f"What {len(refusals)} refusals of the mix come with", ("with", "refusals", "percent"), rows, unmet=unmet
    )


def quantile(times: Sequence[float], share: float) -> float:
    """The time that so great a share of all times does not exceed; 0 of none."""
    return sorted(times)[max(0, round(share * len(times)) - 1)] if times else 0.0
