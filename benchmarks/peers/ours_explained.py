"""procureguard, with the facts that every failing and unknown finding rests on."""

from collections.abc import Callable, Iterable

from benchmarks.entry import explain
from benchmarks.peers import Outcomes
from benchmarks.requests import Request
from benchmarks.workload import IDENTITIES, guard
from procureguard.finding import Finding, Outcome

TITLE = "procureguard, explained"
RULES = "40 of 40"
DISTRIBUTIONS = ("procureguard",)


def prepare() -> Callable[[Request], Iterable[Finding]]:
    """The findings that fail or are unknown."""
    guard()
    return explain


def _outcomes(findings: Iterable[Finding]) -> Outcomes:
    """Of a failing finding it is expected that it names what it rests on, of an unknown one what it waits for."""
    read: Outcomes = dict.fromkeys(IDENTITIES, "pass")
    for finding in findings:
        assert finding.outcome is not Outcome.FAIL or finding.reads, finding
        assert finding.outcome is not Outcome.UNKNOWN or finding.waits, finding
        read[finding.policy] = finding.outcome.word
    return read


READINGS = {"": _outcomes}
