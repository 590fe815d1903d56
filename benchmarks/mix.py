"""What becomes of a realistic mix of purchases: how many get a yes, how many questions, which policies matter."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from math import ceil
from statistics import fmean
from typing import NamedTuple

from benchmarks.mix_seen import LIMITS, Seen, seen
from benchmarks.table import Table
from benchmarks.workload import DAY
from procureguard.compile.program import TIERS
from procureguard.facts.derived import shipped_schema
from procureguard.finding import VERDICTS

SEEDS = (1, 2, 3, 4, 5)
PURCHASES = 2_000

LEAST_OF_A_VERDICT = 5.0
"""Every verdict is given to so many purchases in a hundred, or figures on verdicts say little."""

LEAST_INSTANT_YES, AIMED_INSTANT_YES = 30.0, 50.0
"""So many purchases in a hundred get their yes in seconds, and should."""

MOST_ASKED = 12
MOST_QUESTIONS = 5
"""The median report asks no more."""

INSTANT, INSTANT_YES, UNREVIEWED = "instant tier for sure", "yes in seconds", "yes without a review"
SHARES = "percent of purchases"
SHOWN = ("fail", "unknown", "pass")


Row = tuple[str | float, ...]


class Bar(NamedTuple):
    """A promise in words, with what was found, and whether it is kept."""

    words: str
    kept: bool


def measure(seeds: Sequence[int] = SEEDS, count: int = PURCHASES) -> list[Table]:
    """Verdicts, questions, tiers and policies of so many purchases a seed; seeds run beside each other."""
    look = partial(seen, count=count)
    if len(seeds) == 1:
        return tables([look(seeds[0])])
    with ProcessPoolExecutor(min(len(seeds), os.cpu_count() or 1)) as pool:
        return tables(list(pool.map(look, seeds)))


def tables(found: Sequence[Seen]) -> list[Table]:
    """What was seen, seed by seed, with the bars it has to pass."""
    return [
        of_verdicts(found),
        of_limits(found),
        of_tiers(found),
        of_questions(found),
        of_asked(found),
        of_policies(found),
    ]


def of_verdicts(found: Sequence[Seen]) -> Table:
    """The share of each verdict and of a yes in seconds."""
    shares: dict[str, list[float]] = {verdict: [one.percent(verdict) for one in found] for verdict in VERDICTS}
    instant = [one.percent(tier="instant") for one in found]
    yes = [one.percent("approve", "instant") for one in found]
    rarest = min(shares, key=lambda verdict: fmean(shares[verdict]))
    bars = (
        Bar(
            f"each verdict must come to {LEAST_OF_A_VERDICT:.0f} % of the purchases at least; "
            f"the rarest, {rarest}, comes to {fmean(shares[rarest]):.1f} %",
            fmean(shares[rarest]) >= LEAST_OF_A_VERDICT,
        ),
        Bar(
            f"{LEAST_INSTANT_YES:.0f} % of the purchases must get a yes in seconds, in the instant tier for sure and "
            f"approved ({AIMED_INSTANT_YES:.0f} % are aimed at); {fmean(yes):.1f} % do",
            fmean(yes) >= LEAST_INSTANT_YES,
        ),
    )
    count = len(found[0].questions)
    title = f"Verdicts on a mix of purchases, {count:,} for each seed"
    alone = [one.percent("approve") + one.percent("approve_with_conditions") for one in found]
    return _by_seed(title, SHARES, found, {**shares, INSTANT: instant, INSTANT_YES: yes, UNREVIEWED: alone}, bars)


def of_questions(found: Sequence[Seen]) -> Table:
    """How many questions reports ask: of purchases that are not decided, and of all."""
    rows = {
        "not decided, median": [quantile(one.asking, 0.5) for one in found],
        "not decided, nine in ten": [quantile(one.asking, 0.9) for one in found],
        "all, median": [quantile(one.questions, 0.5) for one in found],
        "all, nine in ten": [quantile(one.questions, 0.9) for one in found],
    }
    asking = quantile([number for one in found for number in one.asking], 0.5)
    everyone = quantile([number for one in found for number in one.questions], 0.5)
    bars = (
        Bar(
            f"the median report on a purchase that is not decided must ask {MOST_QUESTIONS} questions at most; "
            f"it asks {asking}",
            asking <= MOST_QUESTIONS,
        ),
        Bar(
            f"the median report on any purchase must ask {MOST_QUESTIONS} questions at most; it asks {everyone}",
            everyone <= MOST_QUESTIONS,
        ),
    )
    return _by_seed("Questions in a report", "questions", found, rows, bars)


def of_tiers(found: Sequence[Seen]) -> Table:
    """The share of each verdict in each tier, the highest a purchase may still be in."""

    def row(tier: str | None) -> list[float]:
        return [fmean(one.percent(verdict, tier) for one in found) for verdict in (*VERDICTS, None)]

    rows: list[Row] = [(tier or "all", *row(tier)) for tier in ("instant", *TIERS, None)]
    columns = ("tier at most", *VERDICTS, "all")
    return Table(f"Verdicts by risk tier, {SHARES}, mean of the seeds", columns, tuple(rows))


def of_limits(found: Sequence[Seen]) -> Table:
    """How many purchases are left after each limit on the way to the instant tier; no more can get their yes there."""
    rows = {name: [100 * one.within[name] / len(one.questions) for one in found] for name in LIMITS}
    return _by_seed("What leads into the instant tier, step by step", SHARES, found, rows, ())


def of_asked(found: Sequence[Seen]) -> Table:
    """The facts that reports ask for most."""
    asked = sum((one.asked for one in found), Counter[str]())
    total = sum(len(one.questions) for one in found)
    rows: list[Row] = [
        (path, shipped_schema()[path].stated_by, 100 * count / total) for path, count in asked.most_common(MOST_ASKED)
    ]
    return Table("What reports ask for most", ("fact", "asked of", SHARES), tuple(rows))


def of_policies(found: Sequence[Seen]) -> Table:
    """How often each policy fails, stays unknown and passes, those that fail most first; and those that never do."""
    outcomes = sum((one.outcomes for one in found), Counter[tuple[str, str]]())
    total = sum(len(one.questions) for one in found)
    order = sorted(
        found[0].effects, key=lambda policy: (-outcomes[policy, "fail"], -outcomes[policy, "unknown"], policy)
    )
    rows: list[Row] = [
        (policy, found[0].effects[policy], *(100 * outcomes[policy, word] / total for word in SHOWN))
        for policy in order
    ]
    silent = ", ".join(policy for policy in order if not outcomes[policy, "fail"])
    bar = Bar(f"every policy must fail for some purchase; those that never do: {silent or 'none'}", not silent)
    left_out = {
        "Not checked for want of a register": set[str]().union(*(one.not_checked for one in found)),
        f"Not in force on {DAY}": found[0].not_in_force,
    }
    notes = tuple(f"{why}: {', '.join(sorted(policies))}." for why, policies in left_out.items() if policies)
    columns = ("policy", "effect", "fails", "unknown", "passes")
    return _with_bars(Table(f"What each policy says, {SHARES}, all seeds", columns, tuple(rows), notes), [bar])


def quantile(numbers: Sequence[int], share: float) -> int:
    """The number that so great a share of all numbers does not exceed; 0 of none."""
    return sorted(numbers)[ceil(share * len(numbers)) - 1] if numbers else 0


def _by_seed(
    title: str, what: str, found: Sequence[Seen], rows: Mapping[str, Sequence[float]], bars: Sequence[Bar]
) -> Table:
    """A row for each figure: seed by seed, then the mean and both ends."""
    columns = (what, *(f"seed {one.seed}" for one in found), "mean", "least", "most")
    cells: list[Row] = [(name, *figures, fmean(figures), min(figures), max(figures)) for name, figures in rows.items()]
    return _with_bars(Table(title, columns, tuple(cells)), bars)


def _with_bars(table: Table, bars: Sequence[Bar]) -> Table:
    """The table with every bar: those that are passed among its notes, the others as promises that are not met."""
    kept = tuple(f"MET: {bar.words}" for bar in bars if bar.kept)
    return replace(table, notes=(*table.notes, *kept), unmet=tuple(bar.words for bar in bars if not bar.kept))
