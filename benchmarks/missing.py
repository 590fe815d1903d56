"""What becomes of a decision when a fact is missing.

A policy's outcome depends on a fact of a purchase if some other value of that fact, everything else as it is, changes
it; that is found by trying, with the rules written by hand. Then the fact is taken out. Where the outcome depends on
it, the only right answer is unknown; where it cannot matter, the right answer is the one there was.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from benchmarks.by_hand import failing
from benchmarks.entry import explain
from benchmarks.peers import NAMES
from benchmarks.remote import Case, Crew, Remote
from benchmarks.requests import Request, requests, with_value, without
from benchmarks.table import Table
from benchmarks.values import OPEN_ENDED, alternatives
from benchmarks.worker import COUNT, RAISED
from benchmarks.workload import DAY, IDENTITIES, policies
from procureguard.facts.derived import DERIVED

PURCHASES_A_PAIR = 3
"""How many purchases a policy and a fact are tried on, of each sort."""

TITLE = "What becomes of a decision when a fact is missing, in percent"
COLUMNS = (
    "the outcome depends on it:",
    *("unknown", "passes", "fails", "raises"),
    "| it cannot matter:",
    *("still right", "needless unknown", "wrong", "raises"),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """A purchase without a fact, and what must come out of a policy: the letter there was, or unknown."""

    case: Case
    place: int
    expected: str


def measure() -> Table:
    """All engines on the same trials."""
    found = trials()
    depends = [trial for trial in found if trial.expected == "u"]
    names = [name for name in NAMES if name != "ours_explained"]
    with Crew(names) as crew:
        rows = [_row(remote, reading, found) for remote in crew.remotes for reading in remote.described["readings"]]
        notes = (
            f"{len(depends)} trials in which the outcome depends on the missing fact,",
            f"{len(found) - len(depends)} in which it cannot matter.",
            f"procureguard names the missing fact in {_named(depends):.1%} of the former.",
            *crew.absences(),
        )
        return Table(TITLE, COLUMNS, tuple(rows), notes, crew.versions())


def trials() -> list[Trial]:
    """Every policy with every fact it may read, on a few purchases of each sort."""
    tried: Counter[tuple[int, str, bool]] = Counter()
    found = []
    for number, request in enumerate(requests(COUNT)):
        broken = set(failing(request, DAY))
        for path, readers in _readers().items():
            wanted = [place for place in readers if _wanted(tried, place, path)]
            changing = _changing(request, path, broken) if wanted else set()
            for place in wanted:
                depends = IDENTITIES[place] in changing
                provable = depends or path not in OPEN_ENDED
                if provable and tried[place, path, depends] < PURCHASES_A_PAIR:
                    tried[place, path, depends] += 1
                    letter = "f" if IDENTITIES[place] in broken else "p"
                    found.append(Trial((number, path), place, "u" if depends else letter))
    return found


def _wanted(tried: Counter[tuple[int, str, bool]], place: int, path: str) -> bool:
    return any(tried[place, path, sort] < PURCHASES_A_PAIR for sort in (True, False))


@cache
def _readers() -> dict[str, list[int]]:
    """The stated facts the policies may read, with the places of those policies; computed facts by their inputs."""
    inputs = {row.path: row.inputs for row in DERIVED}
    readers: dict[str, list[int]] = {}
    for place, identity in enumerate(IDENTITIES):
        read = policies()[identity].facts
        for path in sorted({below for fact in read for below in inputs.get(fact, (fact,))}):
            if not path.startswith("organisation."):
                readers.setdefault(path, []).append(place)
    return readers


def _changing(request: Request, path: str, broken: set[str]) -> set[str]:
    """The policies whose outcome some value of the fact changes."""
    changing: set[str] = set()
    for value in alternatives(path, request):
        changing |= broken ^ set(failing(with_value(request, path, value), DAY))
    return changing


def _row(remote: Remote, reading: str, found: list[Trial]) -> tuple[str | float | None, ...]:
    cases = [case for case, _ in groupby(trial.case for trial in found)]
    answers = dict(zip(cases, remote.outcomes(reading, cases), strict=True))
    given = Counter(_judged(trial, answers[trial.case][trial.place]) for trial in found)
    title = remote.described["title"] + (f", {reading}" if reading else "")
    return (
        title,
        *_shares(given, "depends", ("u", "p", "f", RAISED)),
        "|",
        *_shares(given, "matters not", ("right", "u", "wrong", RAISED)),
    )


def _judged(trial: Trial, letter: str) -> tuple[str, str]:
    if trial.expected == "u":
        return "depends", letter
    if letter in ("u", RAISED):
        return "matters not", letter
    return "matters not", "right" if letter == trial.expected else "wrong"


def _shares(given: Counter[tuple[str, str]], sort: str, judgements: Iterable[str]) -> Iterator[float]:
    total = sum(count for (found, _), count in given.items() if found == sort)
    return (100 * given[sort, judged] / total for judged in judgements)


def _named(depends: list[Trial]) -> float:
    """How often our unknown findings wait for the very fact that was taken out."""
    known = requests(COUNT)
    named = 0
    for (number, path), group in groupby(depends, lambda trial: trial.case):
        assert path is not None
        waits = {finding.policy: finding.waits for finding in explain(without(known[number], path))}
        named += sum(path in waits[IDENTITIES[trial.place]] for trial in group)
    return named / len(depends)
