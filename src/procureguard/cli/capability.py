"""`procureguard capability`."""

from collections.abc import Callable
from typing import Any

import click

from procureguard.capabilities import Taxonomy
from procureguard.capability_search import meant_by, search
from procureguard.cli.exits import FINE, FOUND, UNUSABLE
from procureguard.cli.groups import Commands
from procureguard.cli.output import show
from procureguard.cli.surroundings import organisation_around
from procureguard.guard.policies import refuse
from procureguard.guard.stack_files import organisation_of
from procureguard.render.capabilities import (
    capability_as_json,
    capability_as_text,
    list_as_json,
    list_as_text,
    matches_as_json,
    matches_as_text,
)
from procureguard.source.diagnostic import Diagnostic, did_you_mean
from procureguard.source.text import shown
from procureguard.stack.own_capabilities import taxonomy_of

EPILOG = """\b
Examples:
  procureguard capability find newsletter tool
  procureguard capability list --area email
  procureguard capability show marketing-automation
"""
FIND_EPILOG = """\b
Examples:
  procureguard capability find newsletter tool
"""
LIST_EPILOG = """\b
Examples:
  procureguard capability list
  procureguard capability list --area email
"""
SHOW_EPILOG = """\b
Examples:
  procureguard capability show marketing-automation
"""


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--organisation", metavar="FILE", help="Where your own capabilities are listed.")(command)
    return click.option(
        "--format", "form", type=click.Choice(["text", "json"]), default="text", help="What standard output gets."
    )(command)


@click.group(cls=Commands, epilog=EPILOG)
def capability() -> None:
    """What tools can do: the words by which needs and tools are compared."""


@capability.command("find", epilog=FIND_EPILOG)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@_options
def find_capabilities(words: tuple[str, ...], form: str, organisation: str | None) -> int:
    """The capabilities you may mean, best first. WORDS say in your own words what you need."""
    taxonomy, said = _taxonomy(organisation), " ".join(words)
    matches = search(taxonomy, said)
    show(matches_as_json(matches) if form == "json" else matches_as_text(matches, taxonomy))
    if matches:
        return FINE
    hint = "say it in other or fewer words, or look through `procureguard capability list`"
    click.echo(f"no capability resembles {shown(said)}\n  hint: {hint}", err=True)
    return FOUND


@capability.command("list", epilog=LIST_EPILOG)
@click.option("--area", metavar="AREA", help="Only those of this area.")
@_options
def list_capabilities(area: str | None, form: str, organisation: str | None) -> int:
    """All capabilities, area by area: id and title."""
    taxonomy = _taxonomy(organisation)
    if area is not None and area not in taxonomy.areas:
        hint = did_you_mean(area, taxonomy.areas) or "`procureguard capability list` begins every area with its id"
        click.echo(f"there is no area {shown(area)}\n  hint: {hint}", err=True)
        return UNUSABLE
    show(list_as_json(taxonomy, area) if form == "json" else list_as_text(taxonomy, area))
    return FINE


@capability.command("show", epilog=SHOW_EPILOG)
@click.argument("identity", metavar="ID")
@_options
def show_capability(identity: str, form: str, organisation: str | None) -> int:
    """Everything about one capability: what a tool with it does, its words, what comes with it, its area."""
    taxonomy = _taxonomy(organisation)
    found = taxonomy.capabilities.get(identity)
    if found is None:
        hint = meant_by(taxonomy, identity).hint
        hint = hint or "`procureguard capability list` names all capabilities"
        click.echo(f"there is no capability {shown(identity)}\n  hint: {hint}", err=True)
        return UNUSABLE
    show(capability_as_json(found) if form == "json" else capability_as_text(found, taxonomy))
    return FINE


def _taxonomy(organisation: str | None) -> Taxonomy:
    problems: list[Diagnostic] = []
    taxonomy = taxonomy_of(organisation_of(organisation_around(organisation), problems), problems)
    refuse(problems)
    return taxonomy
