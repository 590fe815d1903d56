"""The two ways into procureguard that are measured: a valid plain purchase in, outcomes or findings out."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from benchmarks.requests import Request
from benchmarks.workload import DAY, guard
from procureguard.finding import Finding
from procureguard.guard.decider import Decider


@cache
def decider() -> Decider:
    """What decides plain purchases, made once."""
    return guard().decider()


def outcomes(request: Request, day: date = DAY) -> Mapping[str, str]:
    """The outcome of every policy by its id."""
    return decider().outcomes(request, day)


def explain(request: Request) -> Iterable[Finding]:
    """The failing and unknown findings, with the facts they rest on."""
    return decider().explain(request, DAY)
