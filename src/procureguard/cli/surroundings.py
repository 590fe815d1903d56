"""What a check finds by name around a file, or is told to use: policies, organisation, vendors, registers."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache, wraps
from pathlib import Path
from typing import Any

import click

from procureguard.cli.output import show_diagnostics
from procureguard.guard.cache import LOCATION, Cache, user_cache
from procureguard.guard.files import files_in, is_folder, levels, nearest, of_its_folder, vendors_in
from procureguard.guard.guard import Guard
from procureguard.guard.policy_files import policies_around, shared_by
from procureguard.guard.stack_files import StackFiles, load_stack
from procureguard.source.diagnostic import Diagnostic
from procureguard.stack.stack import Stack

Command = Callable[..., Any]

_STACK_OPTIONS = {
    "inventory": click.option("--inventory", metavar="FILE", help="The tools already owned."),
    "organisation": click.option(
        "--organisation", metavar="FILE", help="Thresholds, regions, lists and changes to policies."
    ),
    "vendors": click.option("--vendors", multiple=True, metavar="PATH", help="Vendor manifests: files or folders."),
}
_ALL_OPTIONS = {
    "policies": click.option(
        "--policies", multiple=True, metavar="FOLDER", help="Policies: folders, a source that was pulled, or `shipped`."
    ),
    **_STACK_OPTIONS,
    "requests": click.option(
        "--requests", multiple=True, metavar="PATH", help="Purchases that others have open: files or folders."
    ),
    "decisions": click.option("--decisions", metavar="FILE", help="The log of what was decided before."),
    "card_payments": click.option(
        "--card-payments", metavar="FILE", help="What was paid by card or expense claim in twelve months."
    ),
}
"""The options by which the user names files."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The files a guard is loaded from; what the user does not name is looked for beside the purchase and above."""

    policies: tuple[str, ...]
    inventory: str | None
    organisation: str | None
    vendors: tuple[str, ...]
    requests: tuple[str, ...] | None = None
    decisions: str | None = None
    card_payments: str | None = None

    def around(self, path: Path) -> "Surroundings":
        """The surroundings of one file: the nearest of each kind, vendors from every folder on the way up."""
        folders = levels(path, Path.cwd())
        organisation = self.organisation or _text(nearest("organisation", folders))
        return Surroundings(
            self.policies or policies_around(nearest("policies", folders), _shared(organisation)),
            self.inventory or _text(nearest("inventory", folders)),
            organisation,
            self.vendors or tuple(dict.fromkeys(str(found) for folder in folders for found in vendors_in(folder))),
            self.requests if self.requests is not None else _files_of(nearest("requests", folders)),
            self.decisions or _text(nearest("decisions", folders)),
            self.card_payments or _text(nearest("card-payments", folders)),
        )

    def without_vendors(self, files: Collection[Path]) -> "Surroundings":
        """The same without the vendor manifests that are these files, whose paths are whole."""
        return replace(self, vendors=tuple(name for name in self.vendors if Path(name).resolve() not in files))


def once_for_each_folder(named: Surroundings) -> Callable[[Path], Surroundings]:
    """What is around files, looked for once for all files of a folder."""
    found = cache(named.around)
    return lambda path: found(of_its_folder(path))


def organisation_around(named: str | None) -> str | None:
    """The organisation file that is named, or the nearest to the folder one is in."""
    return named or _text(nearest("organisation", levels(Path("purchase.yaml"), Path.cwd())))


@cache
def guard_of(surroundings: Surroundings) -> Guard:
    """The guard of these surroundings, loaded once; what was read and compiled before comes from the user's cache."""
    found = surroundings
    return Guard.load(
        found.policies,
        found.inventory,
        found.organisation,
        found.vendors,
        found.requests,
        found.decisions,
        found.card_payments,
        cache_of_user(),
    )


@cache
def _shared(organisation: str | None) -> str:
    """The policies that everybody in an organisation shares, looked up once."""
    return shared_by(organisation)


def stack_of(found: Surroundings) -> Stack:
    """The tools owned, vendors and registers of these surroundings, and of no others."""
    files = StackFiles(found.inventory, found.vendors, found.requests, found.decisions, found.card_payments)
    return load_stack(found.organisation, files, cache_of_user())


def stack_around(named: Surroundings, path: Path) -> Stack:
    """The tools owned and what is known of vendors around a file, for commands that ask no policy."""
    return stack_of(named.around(path))


def cache_of_user() -> Cache:
    """What took long to make, kept between runs; a cache that cannot be used is warned of."""
    cache, warning = user_cache()
    if warning is not None:
        show_diagnostics(
            [Diagnostic("PG120", "warning", warning, name="procureguard", hint=f"set {LOCATION} to another")]
        )
    return cache


def options(command: Command) -> Command:
    """The options by which a command is told its surroundings, given to it as one argument `named`."""
    return _with(_ALL_OPTIONS, command)


def stack_options(command: Command) -> Command:
    """The same for a command that asks no policy."""
    return _with(_STACK_OPTIONS, command)


def _with(known: Mapping[str, Callable[[Command], Command]], command: Command) -> Command:
    @wraps(command)
    def called(**given: Any) -> Any:  # noqa: ANN401 - whatever options the command has besides
        named = from_options(**{name: given.pop(name) for name in known})
        return command(named=named, **given)

    optioned: Command = called
    for option in reversed(list(known.values())):
        optioned = option(optioned)
    return optioned


def from_options(  # noqa: PLR0913, PLR0917 - one parameter for each option
    policies: tuple[str, ...] = (),
    inventory: str | None = None,
    organisation: str | None = None,
    vendors: tuple[str, ...] = (),
    requests: tuple[str, ...] = (),
    decisions: str | None = None,
    card_payments: str | None = None,
) -> Surroundings:
    """What the user named; folders of vendors and of open requests become their files."""
    open_requests = tuple(_files_in(requests)) if requests else None
    manifests = tuple(_files_in(vendors))
    return Surroundings(policies, inventory, organisation, manifests, open_requests, decisions, card_payments)


def _files_in(names: tuple[str, ...]) -> list[str]:
    files: list[str] = []
    for name in names:
        path = Path(name)
        files += map(str, files_in(path) if is_folder(path) else [path])
    return files


def _files_of(folder: Path | None) -> tuple[str, ...] | None:
    return None if folder is None else tuple(_files_in((str(folder),)))


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)
