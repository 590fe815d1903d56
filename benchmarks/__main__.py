"""`python -m benchmarks [decision|startup|missing] [--rounds N] [--json]`."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence

from benchmarks import decision, missing, startup
from benchmarks.table import Table, text

EXPERIMENTS: dict[str, Callable[[int | None], Sequence[Table]]] = {
    "decision": lambda rounds: [decision.measure(rounds or decision.ROUNDS)],
    "startup": lambda rounds: [startup.measure(rounds or startup.ROUNDS)],
    "missing": lambda _: [missing.measure()],
}


def main() -> None:
    """Run the experiments that are named, or all."""
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
    main()
