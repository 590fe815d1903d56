"""zen-engine (GoRules), the fastest way: all rules in one compiled expression, with definitions written out.

One fact that is missing where it is needed takes the answer of all forty rules with it.
"""

import re
from collections.abc import Callable

from zen import compile_expression

from benchmarks.peers import Outcomes
from benchmarks.peers.zen import BROKEN, DEFINITIONS
from benchmarks.requests import Request
from benchmarks.workload import IDENTITIES

TITLE = "zen-engine, one expression"
RULES = "40 of 40, in its own language"
DISTRIBUTIONS = ("zen-engine",)


def prepare() -> Callable[[Request], dict[str, bool]]:
    """For each policy, whether it is broken."""
    broken = ", ".join(f'"{policy}": {_written_out(text)}' for policy, text in BROKEN.items())
    program = compile_expression(f"{{{broken}}}")

    def answer(request: Request) -> dict[str, bool]:
        found: dict[str, bool] = program.evaluate(request)
        return found

    return answer


def _written_out(text: str) -> str:
    return re.sub("@([a-z]+)", lambda found: f"({_written_out(DEFINITIONS[found[1]])})", text)


def _outcomes(answer: dict[str, bool]) -> Outcomes:
    return {policy: "fail" if answer[policy] else "pass" for policy in IDENTITIES}


READINGS = {"": _outcomes}
