"""`procureguard doctor`."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from procureguard.cli.exits import FINE, FOUND
from procureguard.cli.output import show, show_diagnostics, wants_colour
from procureguard.cli.surroundings import Surroundings, guard_of, options
from procureguard.guard.cache import user_cache
from procureguard.guard.editor import keeper_of_schemas
from procureguard.guard.files import levels
from procureguard.guard.guard import Guard
from procureguard.guard.health import cache_row, health
from procureguard.render.health import health_json, health_text
from procureguard.source.diagnostic import Diagnostic, InvalidInput

EPILOG = """\b
Examples:
  procureguard doctor
  procureguard doctor --format json
  procureguard doctor --as-of 2027-06-01
"""


@click.command(epilog=EPILOG)
@options
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to look at, today if not given.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", help="What is printed.")
def doctor(named: Surroundings, as_of: datetime | None, output: str) -> int:
    """What would a check work with here: program, policies, files, cache? Exit 1 if something needs a look.

    It looks from the folder you are in, as a check does, and changes nothing.
    """
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011 - the day where the user is
    here = Path("purchase.yaml")
    found = named.around(here)
    cache, warning = user_cache()
    looked = health(
        _guard(found),
        _names(found),
        cache_row(cache, warning),
        keeper_of_schemas(levels(here, Path.cwd())),
        day,
    )
    show(health_json(looked) if output == "json" else health_text(looked, colour=wants_colour()))
    return FOUND if looked.looks else FINE


def _guard(found: Surroundings) -> Guard | Sequence[Diagnostic]:
    """The guard of what was found, or the mistakes that allow none, which are shown."""
    try:
        return guard_of(found)
    except InvalidInput as error:
        show_diagnostics(error.diagnostics)
        return error.diagnostics


def _names(found: Surroundings) -> dict[str, str]:
    """What was found, by what it is."""
    requests = None if found.requests is None else f"{len(found.requests)} open"
    names = {
        "policies": ", ".join(found.policies),
        "organisation": found.organisation,
        "inventory": found.inventory,
        "vendors": ", ".join(found.vendors) or None,
        "requests": requests,
        "decisions": found.decisions,
        "card_payments": found.card_payments,
    }
    return {title: name for title, name in names.items() if name is not None}
