"""What a hook adds to a commit: pre-commit runs it on a repository of purchases, and a hook that does nothing."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from benchmarks.bulk import write_purchases
from benchmarks.startup import OURS, PEER, SCHEMA, Command, interleaved, script, skipped, warm
from benchmarks.table import Table, broken, installed

ROUNDS = 9
FILES = 40
NOTHING, VALIDATE = "nothing", "procureguard-validate"
MOST_TIMES = 0.2
"""Our hook adds at most so many times what the hook of check-jsonschema adds."""

HOOKS = Path(__file__).parents[1] / ".pre-commit-hooks.yaml"


def measure(rounds: int = ROUNDS) -> Table:
    """All hooks in turn, round by round; the first run of each only warms what it caches."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_purchases(folder, FILES)
        write_repository(folder)
        listed = commands(folder)
        times = interleaved([command for command in listed if command.installed], folder, rounds)
    notes = (
        f"{rounds} interleaved rounds of `pre-commit run HOOK --all-files` on {FILES} purchases; medians.",
        "Ours is one process for all files; the others are shared among the processors by pre-commit.",
        *skipped(listed),
    )
    return of_hooks(times, notes)


def hooks() -> list[dict[str, Any]]:
    """Ours as other repositories get it, and two to compare it with, each as a command of this environment."""
    ours = next(hook for hook in yaml.safe_load(HOOKS.read_text(encoding="utf-8")) if hook["id"] == VALIDATE)
    program, *words = ours["entry"].split()
    others = {NOTHING: [shutil.which("true") or sys.executable], PEER: [script(PEER), *SCHEMA]}
    return [
        {**ours, "language": "system", "entry": " ".join([script(program), *words])},
        *(
            {"id": name, "name": name, "language": "system", "entry": " ".join(entry), "types_or": ["json", "yaml"]}
            for name, entry in others.items()
        ),
    ]


def write_repository(folder: Path) -> None:
    """A repository whose every file is known to git; it needs no commit."""
    settings = {"repos": [{"repo": "local", "hooks": [{**hook, "exclude": r"^\."} for hook in hooks()]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    for words in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *words], cwd=folder, check=True)  # noqa: S603, S607 - the git that is installed


def commands(folder: Path) -> list[Command]:
    """What is timed; the first is what a commit costs anyway."""
    again = {**warm(folder / "cache"), "PRE_COMMIT_HOME": str(folder / "home")}
    run = (script("pre-commit"), "run", "--all-files")
    return [Command(name, (*run, name), 0, "pre-commit", again) for name in (NOTHING, PEER, VALIDATE)]


def of_hooks(times: Mapping[str, list[float]], notes: tuple[str, ...]) -> Table:
    """The seconds of all hooks as a table, and whether the promise is met."""
    anyway = median(times[NOTHING]) if NOTHING in times else 0.0
    added = {title: median(seconds) - anyway for title, seconds in times.items()}
    ratio = added[VALIDATE] / added[PEER] if {PEER, VALIDATE} <= added.keys() else None
    rows = tuple(
        (title, 1000 * median(seconds), 1000 * added[title], ratio if title == VALIDATE else None)
        for title, seconds in times.items()
    )
    columns = ("hook", "milliseconds", "added", f"x {PEER}")
    unmet = broken(f"what {VALIDATE} adds, times what {PEER} adds,", ratio, MOST_TIMES)
    return Table("Time a hook adds to pre-commit", columns, rows, notes, installed("pre-commit", PEER, OURS), unmet)
