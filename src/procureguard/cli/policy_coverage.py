"""`procureguard policy coverage`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from procureguard.cli.against import no_purchase, purchases_against
from procureguard.cli.exits import FINE, FOUND, NO_FILE
from procureguard.cli.output import show, show_diagnostics
from procureguard.cli.surroundings import Surroundings, guard_of, options, organisation_around
from procureguard.guard.files import read_file
from procureguard.guard.policy_files import policies_with, policy_files, shared_by
from procureguard.source.diagnostic import Diagnostic, InvalidInput

if TYPE_CHECKING:
    from procureguard.facts.gather import Facts
    from procureguard.guard.library import Library
    from procureguard.render.coverage import CoverageView

EPILOG = """\b
Examples:
  procureguard policy coverage
  procureguard policy coverage policies/privacy --fail-under 95
  procureguard policy coverage --without-examples --against purchases --as-of 2026-11-21
"""


class Percentage(click.FloatRange):
    """A number from 0 to 100; what is no number is in no range."""

    def __init__(self) -> None:
        super().__init__(0, 100)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - as click has it
        """The number, or a usage error."""
        number = super().convert(value, param, ctx)
        return self.fail(f"{value} is no number.", param, ctx) if isnan(number) else number


@click.command("coverage", epilog=EPILOG)
@click.argument("folders", nargs=-1, metavar="[FOLDER]...")
@options
@click.option("--against", multiple=True, metavar="PATH", help="Purchases to count too: files or folders.")
@click.option("--without-examples", is_flag=True, help="Count the purchases alone.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to check purchases for, today if not given.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", help="What is printed.")
@click.option(
    "--fail-under",
    type=Percentage(),
    default=0,
    metavar="PERCENT",
    help="Exit 1 if fewer policies, or fewer of their branches, are covered.",
)
def measure_coverage(  # noqa: PLR0913, PLR0917 - one parameter for each option
    folders: tuple[str, ...],
    named: Surroundings,
    against: tuple[str, ...],
    without_examples: bool,  # noqa: FBT001 - a flag of the command line
    as_of: datetime | None,
    output: str,
    fail_under: float,
) -> int:
    """What do the examples try of the policies: which outcomes, which branches, which facts?

    A policy is covered when it was seen to pass, to fail and, where it has a `when`, not to apply. Each condition of
    `when` and `require` has two branches, true and false; one that was not looked at or stayed unknown took neither.

    FOLDER is a folder of policies or a single one; without it, the policies in use here. Purchases are checked as
    `procureguard check` does, with the inventory, organisation and vendors around them.
    """
    if without_examples and not against:
        raise click.UsageError("without examples there is nothing to count; name purchases with `--against`")
    chosen = frozenset(Path(file.name).resolve() for file in policy_files(folders))
    purchases = purchases_against(against)
    if against and not purchases:
        show_diagnostics([no_purchase(against)])
        return NO_FILE
    here = replace(
        named, policies=named.policies or policies_with(folders, shared_by(organisation_around(named.organisation)))
    )
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011 - the day where the user is
    view = _measured(here, chosen if folders else None, purchases, day, examples=not without_examples)
    if not view.coverage.policies:
        show_diagnostics([_no_policy(folders)])
        return NO_FILE
    show(_rendered(view, output))
    short = view.coverage.below(fail_under)
    if short:
        click.echo(f"below {fail_under:g} %: {' and '.join(short)}", err=True)
    return FOUND if short else FINE


def _measured(
    here: Surroundings, chosen: frozenset[Path] | None, purchases: Sequence[Path], day: date, *, examples: bool
) -> "CoverageView":
    """What was seen of the policies in the chosen files, or of all."""
    from procureguard.analysis.coverage import Case, cases_of, coverage, seen_in  # noqa: PLC0415 - a list needs no expressions
    from procureguard.render.coverage import CoverageView  # noqa: PLC0415 - as above

    library_of = cache(_library)
    library = library_of(here.around(Path("purchase.yaml")))
    names = (document.source.name for document in library.written.documents)
    files = frozenset(name for name in names if chosen is None or Path(name).resolve() in chosen)
    tried = library.examples if examples else ()
    cases = [Case(library.written, result.written, result.facts) for result in tried]
    for purchase in purchases:
        around = here.around(purchase)
        cases += cases_of(library_of(around).written, _facts(purchase, around, day))
    count = sum(result.written.document.source.name in files for result in tried)
    return CoverageView(coverage(library.written, seen_in(cases), files), count, len(purchases))


def _rendered(view: "CoverageView", output: str) -> str:
    from procureguard.render.coverage import coverage_json, coverage_text  # noqa: PLC0415 - a list needs neither

    return {"text": coverage_text, "json": coverage_json}[output](view)


def _library(surroundings: Surroundings) -> "Library":
    return guard_of(surroundings).library()


def _facts(purchase: Path, around: Surroundings, day: date) -> "Facts":
    """What is known of a purchase.

    Raises:
        InvalidInput: it is no valid one; what nothing is known of would only seem untried.
    """
    problems: list[Diagnostic] = []
    document = read_file(purchase, problems)
    if document is None:
        raise InvalidInput(problems)
    return guard_of(around).facts(document, day)


def _no_policy(folders: tuple[str, ...]) -> Diagnostic:
    hint = "name a folder of policies, or a single one"
    return Diagnostic("PG100", "error", "no policy was found here", name=" ".join(folders), hint=hint)
