"""One engine in a process of its own, which answers JSON lines: `python -m benchmarks.worker NAME`.

Native engines have been seen to spoil each other's memory, so each runs alone. The first line out says what the engine
is, or which package it lacks; then each line in is a question and each line out its answer.
"""

import gc
import json
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import version
from itertools import pairwise
from statistics import median
from time import perf_counter_ns
from typing import Any, cast

from benchmarks.peers import Peer
from benchmarks.requests import Request, requests, without
from benchmarks.workload import IDENTITIES

COUNT = 400
"""Purchases in every experiment."""

LETTERS = {"pass": "p", "fail": "f", "unknown": "u"}
RAISED = "r"
"""How outcomes travel: a letter for each policy, in the order of the list of policies."""

LEAST_SECONDS = 0.08
"""How long a round lasts at least; every pass over all purchases is finished."""


def main() -> None:
    """Answer until there are no more questions."""
    try:
        peer = cast("Peer", import_module(f"benchmarks.peers.{sys.argv[1]}"))
    except ModuleNotFoundError as error:
        if (error.name or "").startswith(("benchmarks", "procureguard")):
            raise
        _say({"skipped": error.name})
        return
    _Worker(peer).serve()


class _Worker:
    """A prepared engine."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self.requests = requests(COUNT)
        self.answer = peer.prepare()
        self.questions: dict[str, Callable[..., Any]] = {"outcomes": self.outcomes, "round": self.round}

    def serve(self) -> None:
        versions = {name: version(name) for name in self.peer.DISTRIBUTIONS}
        title, rules, readings = self.peer.TITLE, self.peer.RULES, list(self.peer.READINGS)
        _say({"title": title, "rules": rules, "versions": versions, "readings": readings})
        gc.freeze()
        for line in sys.stdin:
            question, arguments = json.loads(line)
            _say(self.questions[question](*arguments))

    def outcomes(self, reading: str, cases: Iterable[tuple[int, str | None]]) -> list[str]:
        """The letters of purchases by their numbers, each without one fact or complete."""
        read = self.peer.READINGS[reading]
        return [self._letters(read, self._request(number, deleted)) for number, deleted in cases]

    def _request(self, number: int, deleted: str | None) -> Request:
        complete = self.requests[number]
        return without(complete, deleted) if deleted else complete

    def _letters(self, read: Callable[[Any], dict[str, str]], request: Request) -> str:
        try:
            outcomes = read(self.answer(request))
        except AssertionError:
            raise
        except Exception:  # noqa: BLE001 - every library raises its own
            return RAISED * len(IDENTITIES)
        return "".join(LETTERS[outcomes[policy]] for policy in IDENTITIES)

    def round(self) -> float:
        """Microseconds for a purchase: the median of as many passes over all of them as fit into the time."""
        answer, purchases = self.answer, self.requests
        clock = [perf_counter_ns()]
        while clock[-1] - clock[0] < LEAST_SECONDS * 1e9:
            for request in purchases:
                answer(request)
            clock.append(perf_counter_ns())
        return median(after - before for before, after in pairwise(clock)) / len(purchases) / 1e3


def _say(message: object) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
