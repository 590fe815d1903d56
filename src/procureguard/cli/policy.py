"""`procureguard policy`."""

from pathlib import Path

import click

from procureguard.cli.exits import FINE
from procureguard.cli.output import show
from procureguard.cli.surroundings import from_options, guard_of, options
from procureguard.guard.guard import Guard


@click.group()
def policy() -> None:
    """The policies in use."""


@policy.command("list")
@options
def list_policies(
    policies: tuple[str, ...], inventory: str | None, organisation: str | None, vendors: tuple[str, ...]
) -> int:
    """One line for each policy: effect, id, title."""
    guard = _guard(policies, inventory, organisation, vendors)
    for pack in sorted({found.pack for found in guard.policies.policies}):
        title = guard.policies.packs[pack].title if pack in guard.policies.packs else "of no pack"
        show(f"{pack or '-'}: {title}\n")
        for found in guard.policies.policies:
            if found.pack == pack:
                show(f"  {found.effect.word:<10} {found.identity:<26} {found.title}\n")
    return FINE


@policy.command("test")
@options
def test_policies(
    policies: tuple[str, ...], inventory: str | None, organisation: str | None, vendors: tuple[str, ...]
) -> int:
    """Runs the examples in every policy file; a policy whose examples come out otherwise is broken (exit 2)."""
    guard = _guard(policies, inventory, organisation, vendors)
    show(f"{len(guard.policies.policies)} policies, {len(guard.library().examples)} examples, all as stated\n")
    return FINE


def _guard(
    policies: tuple[str, ...], inventory: str | None, organisation: str | None, vendors: tuple[str, ...]
) -> Guard:
    return guard_of(from_options(policies, inventory, organisation, vendors).around(Path("purchase.yaml")))
