"""The other end of a worker: an engine to ask, which may be missing, may crash, and may not take for ever."""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, Self

from benchmarks.peers import NAMES

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 120

Case = tuple[int, str | None]
"""The number of a purchase, and the fact that is taken out of it."""


class Crashed(Exception):  # noqa: N818 - it is the engine that erred
    """The process of an engine ended, or was ended after its time was up."""


class Remote:
    """One engine."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter and a module of ours
            [sys.executable, "-m", "benchmarks.worker", name],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.described: dict[str, Any] = self._hear()

    @property
    def skipped(self) -> str | None:
        """The package that is not installed."""
        missing: str | None = self.described.get("skipped")
        return missing

    def outcomes(self, reading: str, cases: Iterable[Case]) -> list[str]:
        """One letter for each policy, for each case."""
        letters: list[str] = self._ask("outcomes", reading, list(cases))
        return letters

    def round(self) -> float:
        """Microseconds for a purchase."""
        return float(self._ask("round"))

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()

    def _ask(self, question: str, *arguments: object) -> Any:  # noqa: ANN401 - any JSON value
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps([question, arguments]) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise Crashed(self.name) from None
        return self._hear()

    def _hear(self) -> Any:  # noqa: ANN401 - any JSON value
        assert self._process.stdout is not None
        patience = Timer(PATIENCE_SECONDS, self._process.kill)
        patience.start()
        line = self._process.stdout.readline()
        patience.cancel()
        if not line:
            raise Crashed(self.name)
        return json.loads(line)


class Crew:
    """All engines that are installed, the one others are compared with first; to be used in a `with` statement."""

    def __init__(self, names: Sequence[str] = NAMES) -> None:
        self.remotes: list[Remote] = []
        self.absent: dict[str, str] = {}
        for name in names:
            self._start(name)

    def _start(self, name: str) -> None:
        try:
            remote = Remote(name)
        except Crashed:
            self.absent[name] = "CRASHED"
            return
        if remote.skipped:
            self.absent[name] = f"SKIPPED, {remote.skipped} is not installed"
            remote.close()
        else:
            self.remotes.append(remote)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for remote in self.remotes:
            remote.close()

    def absences(self) -> list[str]:
        """Who does not take part, and why."""
        return [f"{name}: {why}" for name, why in self.absent.items()]

    def versions(self) -> dict[str, str]:
        """The versions of the packages that take part."""
        return {name: found for remote in self.remotes for name, found in remote.described["versions"].items()}
