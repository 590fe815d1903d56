"""procureguard, ids and outcomes only."""

from collections.abc import Callable, Mapping

from benchmarks.entry import outcomes
from benchmarks.peers import Outcomes
from benchmarks.requests import Request
from benchmarks.workload import guard

TITLE = "procureguard, outcomes"
RULES = "40 of 40"
DISTRIBUTIONS = ("procureguard",)


def prepare() -> Callable[[Request], Mapping[str, str]]:
    """The outcome of every policy."""
    guard()
    return outcomes


def _outcomes(answer: Mapping[str, str]) -> Outcomes:
    """What does not apply passes: two-valued engines know no difference."""
    return {policy: "pass" if outcome == "not_applicable" else outcome for policy, outcome in answer.items()}


READINGS = {"": _outcomes}
