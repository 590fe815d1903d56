"""Purchases that policies are looked at with: those named by `--against`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from procureguard.guard.files import is_folder, purchases_in
from procureguard.source.diagnostic import Diagnostic


def purchases_against(names: Sequence[str]) -> tuple[Path, ...]:
    """The purchases that are named, and those in folders that are, each once."""
    return tuple(dict.fromkeys(_purchases(names)))


def no_purchase(names: Sequence[str]) -> Diagnostic:
    """Says that there are none."""
    hint = "they are called `*.purchase.yaml`, or lie in folders `purchases`"
    return Diagnostic("PG100", "error", "no purchase was found here", name=" ".join(names), hint=hint)


def _purchases(names: Sequence[str]) -> Iterator[Path]:
    for path in map(Path, names):
        yield from purchases_in(path) if is_folder(path) else (path,)
