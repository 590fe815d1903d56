"""How long a decision takes: a plain purchase in, forty outcomes out, everything in between included."""

from statistics import median

from benchmarks.remote import Crew, Remote
from benchmarks.table import Table
from benchmarks.worker import COUNT
from benchmarks.workload import IDENTITIES

ROUNDS = 15
TITLE = "Time for a decision"
COLUMNS = ("engine", "microseconds", "x by hand", "least", "most", "rules")


def measure(rounds: int = ROUNDS) -> Table:
    """Every engine in turn, round by round; the ratio is taken within the round."""
    with Crew() as crew:
        broken = _agree(crew)
        times: dict[str, list[float]] = {remote.name: [] for remote in crew.remotes}
        for number in range(rounds):
            for remote in _rotated(crew.remotes, number):
                times[remote.name].append(remote.round())
        rows = [_row(remote, times) for remote in crew.remotes]
        notes = (
            f"{COUNT} purchases, {broken / COUNT:.2f} broken rules each; all engines agree on every one of them.",
            f"{rounds} interleaved rounds, a process for each engine; medians, ratios within the round.",
            *crew.absences(),
        )
        return Table(TITLE, COLUMNS, tuple(rows), notes, crew.versions())


def _agree(crew: Crew) -> int:
    """How many rules are broken, once it is sure that all engines say so."""
    cases = [(number, None) for number in range(COUNT)]
    first, *others = crew.remotes
    expected = first.outcomes("", cases)
    fired = [any(letters[place] == "f" for letters in expected) for place in range(len(IDENTITIES))]
    assert all(fired), "a rule is never broken, so nothing is said about it"
    for remote in others:
        for reading in remote.described["readings"]:
            found = remote.outcomes(reading, cases)
            assert found == expected, f"{remote.name} differs on {_first_difference(found, expected)}"
    return sum(letters.count("f") for letters in expected)


def _first_difference(found: list[str], expected: list[str]) -> str:
    number = next(place for place, letters in enumerate(found) if letters != expected[place])
    pairs = zip(IDENTITIES, found[number], expected[number], strict=True)
    return f"purchase {number}: {[policy for policy, one, other in pairs if one != other]}"


def _rotated(remotes: list[Remote], number: int) -> list[Remote]:
    """No engine always runs after the same one."""
    place = number % len(remotes)
    return remotes[place:] + remotes[:place]


def _row(remote: Remote, times: dict[str, list[float]]) -> tuple[str | float, ...]:
    own, hand = times[remote.name], next(iter(times.values()))
    ratios = [one / other for one, other in zip(own, hand, strict=True)]
    figures = (median(own), median(ratios), min(ratios), max(ratios))
    return (remote.described["title"], *figures, remote.described["rules"])
