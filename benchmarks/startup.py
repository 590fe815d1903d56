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
from benchmarks.table import Table
from benchmarks.workload import DAY
from procureguard.source.shipped import shipped

ROUNDS = 15
TITLE = "Time from start to end of a process on one file"
COLUMNS = ("command", "milliseconds", "x check-jsonschema", "x python", "least", "most")
GOOD, BAD = "good.purchase.yaml", "bad.purchase.yaml"
PATIENCE_SECONDS = 60


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


def commands() -> list[Command]:
    """Everything that is timed; the first two are what the others are compared with."""
    script = Path(sys.executable).with_name
    jsonschema = (str(script("check-jsonschema")), "--schemafile", str(shipped("schemas") / "purchase.schema.json"))
    ours = str(script("procureguard"))
    peer = "check-jsonschema"
    return [
        Command("python -c pass", (sys.executable, "-c", "pass"), 0),
        Command(f"{peer} FILE", (*jsonschema, GOOD), 0, peer),
        Command("procureguard validate FILE", (ours, "validate", GOOD), 0, "procureguard"),
        Command(
            "procureguard check FILE",
            (ours, "check", GOOD, "--as-of", DAY.isoformat(), "--exit-zero"),
            0,
            "procureguard",
        ),
        Command(f"{peer} BAD", (*jsonschema, BAD), 1, peer),
        Command("procureguard validate BAD", (ours, "validate", BAD), 1, "procureguard"),
    ]


def measure(rounds: int = ROUNDS) -> Table:
    """All commands in turn, round by round; the first run of each only warms what it caches."""
    known = [command for command in commands() if command.installed]
    with TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder)
        for command in known:
            command.seconds(folder)
        times: dict[str, list[float]] = {command.title: [] for command in known}
        for _ in range(rounds):
            for command in known:
                times[command.title].append(command.seconds(folder))
    rows = [_row(command.title, times) for command in known]
    notes = (
        f"{rounds} interleaved rounds; ratios of medians, good files against good, bad against bad.",
        "The bad file has four mistakes: a name, a choice, a type, a number out of range.",
        *(f"{command.title}: SKIPPED, not installed" for command in commands() if not command.installed),
    )
    packages = sorted({command.distribution for command in known if command.distribution})
    return Table(TITLE, COLUMNS, tuple(rows), notes, {package: version(package) for package in packages})


def _row(title: str, times: Mapping[str, list[float]]) -> tuple[str | float | None, ...]:
    own = median(times[title])
    peer = times.get("check-jsonschema " + ("BAD" if title.endswith("BAD") else "FILE"))
    python = median(times["python -c pass"])
    shown = (1000 * own, own / median(peer) if peer else None, own / python)
    return (title, *shown, 1000 * min(times[title]), 1000 * max(times[title]))


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
