"""`procureguard policy diff`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procureguard.cli.against import no_purchase, purchases_against
from procureguard.cli.exits import FINE, FOUND, NO_FILE, UNUSABLE
from procureguard.cli.output import show, show_diagnostics, wants_colour
from procureguard.cli.surroundings import Surroundings, cache_of_user, options, stack_of
from procureguard.guard.files import read_file
from procureguard.guard.policy_files import SHIPPED, shared_by
from procureguard.source.diagnostic import Diagnostic, InvalidInput

if TYPE_CHECKING:
    from procureguard.guard.compare_policies import Comparison, Rejudged
    from procureguard.report.change_contract import ChangeReport

EPILOG = """\b
Examples:
  procureguard policy diff main
  procureguard policy diff main --against purchases --format markdown
  procureguard policy diff shipped ../new-release/policies
  procureguard policy diff v1.2:policies HEAD~1:policies
"""


@dataclass
class _Checked:
    """Purchases checked so far, and the exit code of those that could not be."""

    judged: "list[Rejudged]" = field(default_factory=list)
    exit_code: int = FINE


@click.command("diff", epilog=EPILOG)
@click.argument("old")
@click.argument("new", required=False)
@click.option("--against", multiple=True, metavar="PATH", help="Which answers turn? A purchase, or a folder of them.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to check for, today if not given.")
@click.option(
    "--format", "output", type=click.Choice(["text", "markdown", "json"]), default="text", help="Text by default."
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is different; invalid files still count.")
@options
def diff_policies(  # noqa: PLR0913, PLR0917 - one parameter for each option
    old: str,
    new: str | None,
    against: tuple[str, ...],
    as_of: datetime | None,
    output: str,
    exit_zero: bool,  # noqa: FBT001 - a flag of the command line
    named: Surroundings,
) -> int:
    """What a change of policies says otherwise, and which purchases get another answer.

    OLD and NEW are folders of policies, `shipped`, or git revisions, as in `main` or `main:path/to/policies`; NEW is
    the policies in use here if left out. Exits 1 if anything is different, with --against if any answer turns.
    """
    from procureguard.guard.compare_policies import Comparison, gathered  # noqa: PLC0415 - a list needs no expressions
    from procureguard.guard.policy_sides import find_sides  # noqa: PLC0415 - as above
    from procureguard.render.policy_changes import FORMATS, render_changes_text  # noqa: PLC0415 - as above

    if new is not None and named.policies:
        raise click.UsageError("`--policies` stands for NEW: leave out one of the two")
    here = named.around(Path("purchase.yaml"))
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011 - the day where the user is
    purchases = purchases_against(against)
    if against and not purchases:
        show_diagnostics([no_purchase(against)])
        return NO_FILE
    compared = Comparison.load(find_sides(old, new, here.policies, shared_by(here.organisation)), here.organisation)
    checked = _check(purchases, compared, replace(named, policies=(SHIPPED,)), day)
    report = compared.report(gathered(checked.judged, day) if against else None)
    show(render_changes_text(report, colour=wants_colour()) if output == "text" else FORMATS[output](report))
    return max(checked.exit_code, FOUND if _counts(report) and not exit_zero else FINE)


def _check(purchases: Sequence[Path], compared: "Comparison", named: Surroundings, day: date) -> _Checked:
    """Purchases that are wrong are shown and counted; the others are still checked."""
    from procureguard.guard.compare_policies import Contest  # noqa: PLC0415 - a list needs no expressions

    checked = _Checked()

    @cache
    def contest(around: Surroundings) -> Contest:
        found = Contest.load(compared, stack_of(around), cache_of_user())
        show_diagnostics(found.warnings)
        return found

    for purchase in purchases:
        problems: list[Diagnostic] = []
        try:
            document = read_file(purchase, problems)
        except InvalidInput as error:
            show_diagnostics(error.diagnostics)
            checked.exit_code = UNUSABLE
            continue
        around = contest(named.around(purchase))
        try:
            if document is not None:
                checked.judged.append(around.judge(document, day))
        except InvalidInput as error:
            problems += error.diagnostics
        if problems:
            show_diagnostics(problems)
            checked.exit_code = max(checked.exit_code, FOUND)
    return checked


def _counts(report: "ChangeReport") -> bool:
    """Whether what was asked about is different."""
    return report.different if report.purchases is None else bool(report.purchases.turned)
