"""`procureguard compare`."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from procureguard.cli.exits import FINE
from procureguard.cli.output import show
from procureguard.cli.surroundings import Surroundings, guard_of, options
from procureguard.guard.compare import purchase_of_a_need
from procureguard.guard.files import is_file
from procureguard.render.compare import render_comparison_json, render_comparison_text

EPILOG = """\b
Examples:
  procureguard compare askfern hazelpoll --for purchases/2026-11-surveys.yaml
  procureguard compare askfern hazelpoll/hazelpoll/business --need surveys,forms --must surveys
  procureguard compare first.purchase.yaml second.purchase.yaml
"""


@click.command(epilog=EPILOG)
@click.argument("candidates", nargs=-1, required=True, metavar="CANDIDATE...")
@options
@click.option("--for", "purchase", metavar="PURCHASE", help="The purchase whose need is to be met.")
@click.option("--need", metavar="CAPABILITIES", help="What is needed, with commas between.")
@click.option("--must", metavar="CAPABILITIES", help="What of it is a must, with commas between.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to compare for, today if not given.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", help="Text by default.")
def compare(  # noqa: PLR0913, PLR0917 - one parameter for each option
    candidates: tuple[str, ...],
    named: Surroundings,
    purchase: str | None,
    need: str | None,
    must: str | None,
    as_of: datetime | None,
    output: str,
) -> int:
    """Which of these meets one need best? Each is checked in place of the purchase, and ranked.

    CANDIDATE is the id of a tool you own, a vendor, `vendor/product` or `vendor/product/plan` of a vendor manifest,
    or a purchase file. The need is that of --for, or of the first purchase file among the candidates.
    """
    wanted = _need(purchase, need, must, candidates)
    guard = guard_of(named.around(Path(wanted if isinstance(wanted, str) else "purchase.yaml")))
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011 - the day where the user is
    compared = guard.compare(wanted, candidates, day)
    text = render_comparison_json if output == "json" else render_comparison_text
    show(text(compared))
    return FINE


def _need(
    purchase: str | None, need: str | None, must: str | None, candidates: tuple[str, ...]
) -> str | Mapping[str, Any]:
    if need is not None or must is not None:
        if purchase is not None:
            raise click.UsageError("say what is needed with `--for`, or with `--need` and `--must`")
        return purchase_of_a_need(_listed(need), _listed(must))
    found = purchase or next((word for word in candidates if is_file(word)), None)
    if found is None:
        raise click.UsageError("say what is needed: `--for PURCHASE`, or `--need` with capabilities such as `surveys`")
    return found


def _listed(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").split(",") if word.strip()]
