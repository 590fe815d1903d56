"""`procureguard what-if`."""

from datetime import date, datetime

import click

from procureguard.cli.exits import FINE, STOPPED, UNUSABLE
from procureguard.cli.output import show, wants_colour
from procureguard.cli.purchases import place_of, read_one
from procureguard.cli.surroundings import Surroundings, guard_of, options
from procureguard.guard.settings import check_settings, read_settings
from procureguard.guard.what_if import Asked, Look, look
from procureguard.render.json import as_json
from procureguard.render.what_if import render_what_if
from procureguard.report.what_if_contract import WhatIfReport

EPILOG = """\b
Examples:
  procureguard what-if purchases/2026-11-surveys.yaml
  procureguard what-if tool.purchase.yaml --set contract.dpa=signed --set contract.seats=20
  procureguard what-if tool.purchase.yaml --lock data.categories --max-changes 2
  procureguard what-if tool.purchase.yaml --prove

\b
A proof takes at most a few seconds; Ctrl-C ends it early, and what was found
before is shown all the same.

\b
Exit code: 0 whatever the answer is; 2 if the purchase is not valid, a fact
cannot have such a value, a file cannot be read, or z3 is missing for a proof;
130 if a proof was stopped with Ctrl-C.
"""


@click.command(epilog=EPILOG)
@click.argument("file", metavar="FILE")
@options
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to look at, today if not given.")
@click.option("--set", "settings", multiple=True, metavar="FACT=VALUE", help="What if this were so? The value is YAML.")
@click.option("--lock", "locked", multiple=True, metavar="FACT", help="A fact that must stay as it is.")
@click.option("--max-changes", type=click.IntRange(1), metavar="N", help="No way of more changes than this.")
@click.option("--prove", is_flag=True, help="Have a solver prove that nothing smaller does it, or find it; needs z3.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", help="Text by default.")
def what_if(  # noqa: PLR0913, PLR0917 - one parameter for each option
    file: str,
    named: Surroundings,
    as_of: datetime | None,
    settings: tuple[str, ...],
    locked: tuple[str, ...],
    max_changes: int | None,
    prove: bool,  # noqa: FBT001 - an option is passed by its name
    output: str,
) -> int:
    """What would make this a yes? The smallest changes to a purchase, and what comes of changes of your own.

    Ways to the best answer come first, then those to lesser ones that are less effort. Every way has been evaluated
    like a purchase, and every change in it is needed. FILE, - for standard input, stays as it is.
    """
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011 - the day where the user is
    document = read_one(file)
    guard = guard_of(named.around(place_of(file)))
    wished = read_settings(settings, "--set")
    check_settings(wished, guard.schema, guard.stack.taxonomy)
    looked = look(guard, document, day, Asked(wished, locked, max_changes), patient=False)
    report, code, trouble = _proved(looked) if prove else (looked.report(), STOPPED if looked.stopped else FINE, "")
    show(as_json(report.to_dict()) if output == "json" else render_what_if(report, colour=wants_colour()))
    if trouble:
        click.echo(trouble, err=True)
    return code


def _proved(looked: Look) -> tuple[WhatIfReport, int, str]:
    """The report with a proof, or as good as it is without; the exit code and what to say of it."""
    from procureguard.guard.proving import not_proved, proved  # noqa: PLC0415 - few ask for a proof
    from procureguard.solver.search import SolverMissing  # noqa: PLC0415 - the same

    stopped = not_proved(looked, "it was stopped by you"), STOPPED, ""
    try:
        return stopped if looked.stopped else (proved(looked), FINE, "")
    except KeyboardInterrupt:
        return stopped
    except SolverMissing as missing:
        return not_proved(looked, "z3 is not installed"), UNUSABLE, str(missing)
