"""How long one command takes over a thousand purchase files."""

import json
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import yaml

from benchmarks.requests import requests
from benchmarks.startup import CHECK, OURS, PEER, SCHEMA, Command, interleaved, script, skipped, warm
from benchmarks.table import Table, broken, installed

ROUNDS = 5
FILES = 1_000
FOLDER = "purchases"
PEERS, VALIDATE, DECIDE = f"{PEER} FILE...", f"{OURS} validate FOLDER", f"{OURS} check FOLDER"
MOST_TIMES = 0.10
"""For what both do, ours takes at most so many times as long as check-jsonschema on the same files."""


def measure(rounds: int = ROUNDS) -> Table:
    """All commands in turn, round by round; the first run of each only warms what it caches."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        files = write_purchases(folder, FILES)
        listed = commands(folder / "cache", files)
        times = interleaved([command for command in listed if command.installed], folder, rounds)
    notes = (f"{rounds} interleaved rounds; ratios of medians. Exit codes are asserted.", *skipped(listed))
    return of_bulk(times, notes)


def write_purchases(folder: Path, count: int) -> tuple[str, ...]:
    """The purchases of the other experiments, one file each, and the names of the files."""
    (folder / FOLDER).mkdir()
    names = tuple(f"{FOLDER}/{number:04}.yaml" for number in range(count))
    for name, data in zip(names, requests(count), strict=True):
        (folder / name).write_text(yaml.safe_dump(json.loads(json.dumps(data)), sort_keys=False), encoding="utf-8")
    return names


def commands(cache: Path, files: tuple[str, ...]) -> list[Command]:
    """What is timed; the first is what the others are compared with."""
    again = warm(cache)
    return [
        Command(PEERS, (script(PEER), *SCHEMA, *files), 0, PEER, again),
        Command(VALIDATE, (script(OURS), "validate", FOLDER), 0, OURS, again),
        Command(DECIDE, (script(OURS), "check", FOLDER, *CHECK), 0, OURS, again),
    ]


def of_bulk(times: Mapping[str, list[float]], notes: tuple[str, ...]) -> Table:
    """The seconds of all commands as a table, and whether the promises are met."""
    medians = {title: median(seconds) for title, seconds in times.items()}
    ratios = {title: medians[title] / medians[PEERS] if PEERS in medians else None for title in medians}
    rows = tuple((title, medians[title], ratios[title], min(times[title]), max(times[title])) for title in times)
    unmet = broken(f"{VALIDATE}, times {PEER},", ratios.get(VALIDATE), MOST_TIMES)
    title = f"Time from start to end of one command on {FILES:,} files"
    columns = ("command", "seconds", f"x {PEER}", "least", "most")
    return Table(title, columns, rows, notes, installed(PEER, OURS), unmet)
