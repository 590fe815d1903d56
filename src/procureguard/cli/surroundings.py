"""What a check finds by name around a file, or is told to use: policies, inventory, organisation, vendors."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click

from procureguard.cli.output import show_diagnostics
from procureguard.guard.cache import LOCATION, user_cache
from procureguard.guard.files import levels, nearest, vendors_in
from procureguard.guard.guard import Guard
from procureguard.guard.policy_files import policies_around
from procureguard.source.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The files a guard is loaded from; what the user does not name is looked for beside the purchase and above."""

    policies: tuple[str, ...]
    inventory: str | None
    organisation: str | None
    vendors: tuple[str, ...]

    def around(self, path: Path) -> "Surroundings":
        """The surroundings of one file: the nearest of each kind, vendors from every folder on the way up."""
        folders = levels(path, Path.cwd())
        return Surroundings(
            self.policies or policies_around(nearest("policies", folders)),
            self.inventory or _text(nearest("inventory", folders)),
            self.organisation or _text(nearest("organisation", folders)),
            self.vendors or tuple(str(found) for folder in folders for found in vendors_in(folder)),
        )


@cache
def guard_of(surroundings: Surroundings) -> Guard:
    """The guard of these surroundings, loaded once; policies compiled before come from the user's cache."""
    cache, warning = user_cache()
    if warning is not None:
        show_diagnostics(
            [Diagnostic("PG120", "warning", warning, name="procureguard", hint=f"set {LOCATION} to another")]
        )
    found = surroundings
    return Guard.load(found.policies, found.inventory, found.organisation, found.vendors, cache)


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which a command is told its surroundings."""
    policies = click.option(
        "--policies", multiple=True, metavar="FOLDER", help="Policies; `shipped` names those that come along."
    )
    return policies(stack_options(command))


def stack_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which a command that asks no policy is told its surroundings."""
    for option in (
        click.option("--vendors", multiple=True, metavar="PATH", help="Vendor manifests: files or folders."),
        click.option("--organisation", metavar="FILE", help="Thresholds, regions, lists and changes to policies."),
        click.option("--inventory", metavar="FILE", help="The tools already owned."),
    ):
        command = option(command)
    return command


def from_options(
    policies: tuple[str, ...], inventory: str | None, organisation: str | None, vendors: tuple[str, ...]
) -> Surroundings:
    """What the user named; folders of vendors become their files."""
    return Surroundings(policies, inventory, organisation, tuple(_vendor_files(vendors)))


def _vendor_files(names: tuple[str, ...]) -> list[str]:
    files: list[str] = []
    for name in names:
        path = Path(name)
        inside = [*path.rglob("*.yaml"), *path.rglob("*.yml"), *path.rglob("*.json")] if path.is_dir() else [path]
        files += [str(found) for found in sorted(inside)]
    return files


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)
