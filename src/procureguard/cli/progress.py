"""How far a long run has come: one line for a person who waits at a terminal, nothing for anybody else."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

PATIENCE_SECONDS = 2.0
"""Runs that end sooner show nothing."""

_PAUSE_SECONDS = 0.1
_EMPTY = "\x1b[K"
"""Empties a terminal's line from where one is."""


class _Line:
    """The one line at the bottom of the terminal; one is left at its beginning, so that it can be written over."""

    def __init__(self) -> None:
        self._shown = False

    def show(self, text: str) -> None:
        self._write(f"{_EMPTY}{text}\r")
        self._shown = True

    def empty(self) -> None:
        if self._shown:
            self._write(_EMPTY)
            self._shown = False

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


_LINE = _Line()


def with_progress(files: Sequence[T]) -> Iterable[T]:
    """The same files; while they are gone through, a person at a terminal sees how many are done."""
    return _told(files) if _somebody_waits() else files


def make_room() -> None:
    """Takes the line away for something else to be said in its place."""
    _LINE.empty()


def _somebody_waits() -> bool:
    return sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


def _told(files: Sequence[T]) -> Iterator[T]:
    next_at = monotonic() + PATIENCE_SECONDS
    try:
        for done, file in enumerate(files):
            if monotonic() >= next_at:
                _LINE.show(f"{done:,} of {len(files):,} files")
                next_at = monotonic() + _PAUSE_SECONDS
            yield file
    finally:
        _LINE.empty()
