"""The engines that are compared, one file each.

A file has `TITLE` (its row in the tables), `RULES` (how the forty rules get into it), `DISTRIBUTIONS` (packages whose
versions are shown), `prepare()`, which gives a function from a purchase to the engine's own answer, and `READINGS`: by
name, how that answer is read as an outcome (`pass`, `fail` or `unknown`) for each policy id. Only the function that
`prepare` gives is timed. A file whose imports are not installed is skipped.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from benchmarks.requests import Request

Outcomes = dict[str, str]

NAMES = ("by_hand", "ours_outcomes", "ours_explained", "zen_fused", "zen", "cel_expr", "cedar")
"""The files, in the order of the tables; the first is what the others are compared with."""


class Peer(Protocol):
    """What the file of a peer has."""

    TITLE: str
    RULES: str
    DISTRIBUTIONS: tuple[str, ...]
    READINGS: Mapping[str, Callable[[Any], Outcomes]]

    def prepare(self) -> Callable[[Request], Any]:
        """The function that is timed."""
