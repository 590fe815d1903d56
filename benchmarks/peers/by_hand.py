"""Plain Python: `benchmarks.by_hand`."""

from collections.abc import Callable

from benchmarks.by_hand import failing
from benchmarks.peers import Outcomes
from benchmarks.requests import Request
from benchmarks.workload import DAY, IDENTITIES

TITLE = "plain Python, by hand"
RULES = "40 of 40"
DISTRIBUTIONS: tuple[str, ...] = ()


def prepare() -> Callable[[Request], list[str]]:
    """The ids of the rules that are broken."""
    return lambda request: failing(request, DAY)


def _outcomes(failed: list[str]) -> Outcomes:
    return dict.fromkeys(IDENTITIES, "pass") | dict.fromkeys(failed, "fail")


READINGS = {"": _outcomes}
