"""`python -m benchmarks [EXPERIMENT...] [--rounds N] [--json]`."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable

from benchmarks import bulk, decision, hook, matching, missing, mix, ranking, scale, startup, ways
from benchmarks.table import Table, text

EXPERIMENTS: dict[str, Callable[[int | None], Iterable[Table]]] = {
    "decision": lambda rounds: [decision.measure(rounds or decision.ROUNDS)],
    "startup": lambda rounds: [startup.measure(rounds or startup.ROUNDS)],
    "bulk": lambda rounds: [bulk.measure(rounds or bulk.ROUNDS)],
    "hook": lambda rounds: [hook.measure(rounds or hook.ROUNDS)],
    "missing": lambda _: [missing.measure()],
    "mix": lambda _: mix.measure(),
    "ways": lambda _: ways.measure(),
    "scale": lambda rounds: scale.measure(rounds or scale.ROUNDS),
    "ranking": lambda _: ranking.measure(),
    "matching": lambda _: matching.measure(),
}


def main() -> int:
    """Run the experiments that are named, or all; 1 if a promise is not met."""
    arguments = _arguments()
    tables = []
    for name in arguments.experiment or EXPERIMENTS:
        for table in EXPERIMENTS[name](arguments.rounds):
            tables.append(table)
            if not arguments.json:
                print(text(table), flush=True)
    if arguments.json:
        json.dump([table.data() for table in tables], sys.stdout, indent=2)
        print()
    return int(any(table.unmet for table in tables))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="procureguard beside other engines")
    parser.add_argument("experiment", nargs="*", help=f"{', '.join(EXPERIMENTS)}; all of them by default")
    parser.add_argument("--rounds", type=int, help="rounds of each measurement of time")
    parser.add_argument("--json", action="store_true", help="JSON instead of tables")
    arguments = parser.parse_args()
    for name in arguments.experiment:
        if name not in EXPERIMENTS:
            parser.error(f"there is no experiment `{name}`: choose from {', '.join(EXPERIMENTS)}")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
