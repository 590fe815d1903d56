"""How much longer a check takes beside a large company's tools and a large catalogue, and how long overlaps take."""

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.invented import LATENT, write_inventory, write_vendors
from benchmarks.startup import Command, warm
from benchmarks.table import Table
from benchmarks.workload import DAY
from procureguard.capabilities import shipped_taxonomy
from procureguard.guard.cache import LOCATION
from procureguard.source.read import read_document
from procureguard.stack.inventory import Inventory, load_inventory
from procureguard.stack.overlaps import find_overlaps

ROUNDS = 15
TOOLS, VENDORS, OFFERS = 5_000, 500, 2_000
MOST_TIMES = 2.0
"""A warm check beside all of these takes at most so many times as long as one without them."""

OVERLAPPING = 600
MOST_SECONDS = 1.0
"""The overlaps of so many tools take less than this."""

EXAMPLES = Path(__file__).parents[1] / "examples"
STORY = EXAMPLES / "owned-already" / "surveys.purchase.yaml"
PLAIN, AMID = "check", f"check, {TOOLS:,} tools and {OFFERS:,} plans"


def measure(rounds: int = ROUNDS) -> list[Table]:
    """The table of whole checks, and the one of overlaps."""
    return [checks(rounds), overlaps(rounds)]


def checks(rounds: int) -> Table:
    """Both checks in turn, round by round, after a first run of each with an empty cache."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        commands = {title: _command(title, folder) for title in (PLAIN, AMID)}
        for title, command in commands.items():
            write_company(_place(folder, title), large=title == AMID)
            assert command.installed, "`procureguard` is not installed"
        replace(commands[PLAIN], environment={**warm(folder), LOCATION: ""}).seconds(_place(folder, PLAIN))
        cold = {title: command.seconds(_place(folder, title)) for title, command in commands.items()}
        kinds = _alternatives(commands[AMID], _place(folder, AMID))
        assert {"activate", "catalogue"} <= kinds, "the check did not look at what is there"
        times: dict[str, list[float]] = {title: [] for title in commands}
        for _ in range(rounds):
            for title, command in commands.items():
                times[title].append(command.seconds(_place(folder, title)))
    return of_checks(times, cold, rounds)


def write_company(folder: Path, *, large: bool) -> None:
    """The purchase and organisation of an example, in a large company with its inventory and catalogue."""
    folder.mkdir()
    shutil.copy(STORY, folder / STORY.name)
    shutil.copy(EXAMPLES / "organisation.yaml", folder / "organisation.yaml")
    if large:
        write_inventory(folder / "inventory.yaml", TOOLS, VENDORS, LATENT)
        write_vendors(folder / "vendors", VENDORS)


def overlaps(rounds: int) -> Table:
    """Finding all overlaps in an inventory that was just read."""
    title = f"Time to find all overlaps of {OVERLAPPING} tools"
    columns = ("what", "milliseconds", "least", "most")
    taxonomy = shipped_taxonomy()
    times = []
    for inventory in _inventories(rounds):
        start = perf_counter()
        found = find_overlaps(inventory.tools, taxonomy)
        times.append(perf_counter() - start)
        assert len(found.overlaps) > 0.9 * len(taxonomy.capabilities), "hardly anything is done twice"
    row = (f"{OVERLAPPING} tools, {len(taxonomy.capabilities)} capabilities", *_figures(times))
    slow = median(times) >= MOST_SECONDS
    unmet = (f"overlaps must take less than {MOST_SECONDS} s",) if slow else ()
    return Table(title, columns, (row,), (f"{rounds} rounds, each on tools not looked at before.",), {}, unmet)


def _inventories(count: int) -> list[Inventory]:
    with TemporaryDirectory() as name:
        path = Path(name) / "inventory.yaml"
        write_inventory(path, OVERLAPPING)
        content = path.read_bytes()
    document = read_document("inventory.yaml", content, [])
    assert document is not None
    inventory = load_inventory(document, [])
    assert inventory is not None
    return [Inventory.from_bytes(inventory.to_bytes()) for _ in range(count)]


def _command(title: str, folder: Path) -> Command:
    script = Path(sys.executable).with_name("procureguard")
    words = (str(script), "check", STORY.name, "--as-of", DAY.isoformat(), "--exit-zero")
    return Command(title, words, 0, "procureguard", warm(folder / "cache"))


def _place(folder: Path, title: str) -> Path:
    return folder / ("large" if title == AMID else "plain")


def _alternatives(command: Command, folder: Path) -> set[str]:
    """The kinds of alternatives it names."""
    ended = command.run(folder, "--format", "json")
    return {found["kind"] for found in json.loads(ended.stdout)["alternatives"]}


def of_checks(times: dict[str, list[float]], cold: dict[str, float], rounds: int) -> Table:
    """The seconds of both checks as a table, and whether the promise is met."""
    plain = median(times[PLAIN])
    rows = tuple(
        (title, *_figures(found), median(found) / plain, 1_000 * cold[title]) for title, found in times.items()
    )
    times_as_long = median(times[AMID]) / plain
    limit = f"a warm check beside all of these must take at most {MOST_TIMES} times as long"
    unmet = (f"{limit}: {times_as_long:.2f}",) if times_as_long > MOST_TIMES else ()
    return Table(
        "Time from start to end of a check in a large company",
        ("command", "milliseconds", "least", "most", "x check", "cold, once"),
        rows,
        (
            f"{rounds} interleaved rounds with a warm cache; the first run of each, with an empty one, is shown last.",
            f"{VENDORS} vendor manifests of two products on two plans; the tools are one file of fifteen facts each.",
        ),
        unmet=unmet,
    )


def _figures(seconds: Sequence[float]) -> tuple[float, float, float]:
    return 1_000 * median(seconds), 1_000 * min(seconds), 1_000 * max(seconds)
