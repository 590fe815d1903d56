"""How long a whole process takes, from its start to its end, on one purchase file."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import yaml

from benchmarks.requests import Request, requests, with_value
from benchmarks.table import Table, broken, installed
from benchmarks.workload import DAY
from procureguard.guard.cache import LOCATION
from procureguard.source.shipped import shipped

ROUNDS = 15
TITLE = "Time from start to end of a process on one file"
COLUMNS = ("command", "milliseconds", "x check-jsonschema", "x python", "least", "most")
PEER, OURS = "check-jsonschema", "procureguard"
GOOD, BAD = "good.purchase.yaml", "bad.purchase.yaml"
PATIENCE_SECONDS = 300
MOST_TIMES = {"procureguard validate FILE": 0.40, "procureguard check FILE": 0.45}
"""A start takes at most so many times as long as that of check-jsonschema."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command line, and what it must exit with."""

    title: str
    words: tuple[str, ...]
    expected: int
    distribution: str | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def installed(self) -> bool:
        """Whether its package is here."""
        try:
            return self.distribution is None or version(self.distribution) is not None
        except PackageNotFoundError:
            return False

    def seconds(self, folder: Path) -> float:
        """Run it once and look at how it ends."""
        start = perf_counter()
        self.run(folder)
        return perf_counter() - start

    def run(self, folder: Path, *more: str) -> subprocess.CompletedProcess[bytes]:
        """What it says there, with some more words."""
        ended = subprocess.run(  # noqa: S603 - our own list of commands
            (*self.words, *more),
            cwd=folder,
            env={**os.environ, **self.environment},
            capture_output=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
        assert ended.returncode == self.expected, (self.title, ended.returncode, ended.stderr.decode())
        return ended


def script(name: str) -> str:
    """Where a command of this environment lies."""
    return str(Path(sys.executable).with_name(name))


def warm(cache: Path) -> dict[str, str]:
    """What a command finds again when it runs again: its own cache, and bytecode as any installed package has it."""
    return {LOCATION: str(cache), "PYTHONDONTWRITEBYTECODE": ""}


SCHEMA = ("--schemafile", str(shipped("schemas") / "purchase.schema.json"))
CHECK = ("--as-of", DAY.isoformat(), "--exit-zero")


def commands(cache: Path) -> list[Command]:
    """Everything that is timed; the first two are what the others are compared with."""
    jsonschema, ours, again = script(PEER), script(OURS), warm(cache)
    return [
        Command("python -c pass", (sys.executable, "-c", "pass"), 0),
        Command(f"{PEER} FILE", (jsonschema, *SCHEMA, GOOD), 0, PEER, again),
        Command(f"{OURS} validate FILE", (ours, "validate", GOOD), 0, OURS, again),
        Command(f"{OURS} check FILE", (ours, "check", GOOD, *CHECK), 0, OURS, again),
        Command(f"{PEER} BAD", (jsonschema, *SCHEMA, BAD), 1, PEER, again),
        Command(f"{OURS} validate BAD", (ours, "validate", BAD), 1, OURS, again),
    ]


def measure(rounds: int = ROUNDS) -> Table:
    """All commands in turn, round by round; the first run of each only warms what it caches."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder)
        listed = commands(folder / "cache")
        times = interleaved([command for command in listed if command.installed], folder, rounds)
    notes = (
        f"{rounds} interleaved rounds; ratios of medians, good files against good, bad against bad.",
        "The bad file has four mistakes: a name, a choice, a type, a number out of range.",
        *skipped(listed),
    )
    return of_starts(times, notes)


def interleaved(commands: list[Command], folder: Path, rounds: int) -> dict[str, list[float]]:
    """The seconds of all commands in turn, round by round, after one run that only fills caches."""
    for command in commands:
        command.seconds(folder)
    times: dict[str, list[float]] = {command.title: [] for command in commands}
    for _ in range(rounds):
        for command in commands:
            times[command.title].append(command.seconds(folder))
    return times


def skipped(commands: list[Command]) -> list[str]:
    """A line for each command whose package is not here."""
    return [f"{command.title}: SKIPPED, not installed" for command in commands if not command.installed]


def of_starts(times: Mapping[str, list[float]], notes: tuple[str, ...]) -> Table:
    """The seconds of all commands as a table, and whether the promises are met."""
    rows = {title: _row(title, times) for title in times}
    unmet = [
        promise
        for title, most in MOST_TIMES.items()
        if title in rows
        for promise in broken(f"{title}, times {PEER},", rows[title][2], most)
    ]
    return Table(TITLE, COLUMNS, tuple(rows.values()), notes, installed(PEER, OURS), tuple(unmet))


def _row(title: str, times: Mapping[str, list[float]]) -> tuple[str, float, float | None, float, float, float]:
    own = median(times[title])
    peer = times.get(f"{PEER} " + ("BAD" if title.endswith("BAD") else "FILE"))
    python = median(times["python -c pass"])
    least, most = 1000 * min(times[title]), 1000 * max(times[title])
    return title, 1000 * own, own / median(peer) if peer else None, own / python, least, most


def _write(folder: Path) -> None:
    good = requests(1)[0]
    for name, data in ((GOOD, good), (BAD, _spoilt(good))):
        text = yaml.safe_dump(json.loads(json.dumps(data)), sort_keys=False)
        (folder / name).write_text(text, encoding="utf-8")


def _spoilt(good: Request) -> Request:
    bad = with_value(good, "request.usrs", 4)
    bad = with_value(bad, "request.type", "novel")
    bad = with_value(bad, "product.sso_on_plan", "perhaps")
    return with_value(bad, "contract.term_months", -1)
