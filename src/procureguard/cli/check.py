"""`procureguard check`."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procureguard.cli.answered import Answered
from procureguard.cli.exits import FINE, FOUND, NO_FILE, UNUSABLE
from procureguard.cli.output import show_diagnostics
from procureguard.cli.progress import with_progress
from procureguard.cli.purchases import answer_purchase, place_of, read_named
from procureguard.cli.reports import Outputs, output_options
from procureguard.cli.surroundings import Surroundings, guard_of, once_for_each_folder, options
from procureguard.cli.verdicts import FAIL_ON, by_verdict, counts
from procureguard.guard.files import STANDARD_INPUT, is_folder, manifests_in, purchases_in
from procureguard.render.batch import Batch
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.document import Document
from procureguard.source.kind import kind_of

if TYPE_CHECKING:
    from procureguard.guard.settings import Setting

EPILOG = """\b
Examples:
  procureguard check purchases/2026-11-surveys.yaml
  procureguard check purchases --format json
  procureguard check tool.purchase.yaml --as-of 2027-01-15
  procureguard check purchases --report sarif=out.sarif --report junit=out.xml
  procureguard check tool.purchase.yaml --set contract.dpa=signed --set request.users=4
  procureguard check vendors
"""


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@options
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to check for, today if not given.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="FACT=VALUE",
    help="What if the purchase said this of a fact? The value is YAML; `null` is unknown.",
)
@output_options
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="needs_info",
    show_default=True,
    help="Exit 1 from this verdict on.",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever the verdict; invalid files still count.")
@click.option(
    "--exit-code", type=click.Choice(["findings", "verdict"]), default="findings", help="`verdict`: 0, 10, 11, 12, 13."
)
def check(  # noqa: PLR0913, PLR0917 - one parameter for each option
    files: tuple[str, ...],
    named: Surroundings,
    as_of: datetime | None,
    settings: tuple[str, ...],
    outputs: Outputs,
    fail_on: str,
    exit_zero: bool,  # noqa: FBT001 - a flag of the command line
    exit_code: str,
) -> int:
    """May we buy this? FILE is a purchase, a folder of purchases, or - for standard input.

    A vendor manifest, or a folder that holds manifests and no purchase, is answered plan by plan: what follows whatever
    is bought, and what to ask the vendor.

    Inventory, organisation, vendors and policies are found by name beside the file and in the folders above it.
    """
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011 - the day where the user is
    wished = _settings(settings)
    unreadable: list[Diagnostic] = []
    names = list(dict.fromkeys(_names(files, unreadable)))
    if not names and not unreadable:
        show_diagnostics([_no_file(files)])
        outputs.show_none(Batch((), ()))
        return NO_FILE
    answered = _answers(names, named, day, wished)
    answered += [Answered(UNUSABLE, diagnostics=(problem,)) for problem in dict.fromkeys(unreadable)]
    views = tuple(found.view for found in answered if found.view is not None)
    problems = tuple(problem for found in answered for problem in found.diagnostics)
    outputs.show(Batch(tuple(names), views, problems))
    return _exit_code(answered, "never" if exit_zero else fail_on, exit_code == "verdict" and not exit_zero)


def _names(files: tuple[str, ...], unreadable: list[Diagnostic]) -> Iterator[str]:
    for name in files:
        if name != STANDARD_INPUT and is_folder(name):
            path = Path(name)
            yield from map(str, tuple(purchases_in(path, unreadable)) or manifests_in(path, unreadable))
        else:
            yield name


def _settings(texts: tuple[str, ...]) -> "tuple[Setting, ...]":
    if not texts:
        return ()
    from procureguard.guard.settings import read_settings  # noqa: PLC0415 - few checks have any

    return read_settings(texts, "--set")


def _answers(names: list[str], named: Surroundings, day: date, settings: "tuple[Setting, ...]") -> list[Answered]:
    """Files that are wrong are counted; the others are still checked."""
    around = once_for_each_folder(named)
    answered: dict[str, Answered] = {}
    manifests: dict[str, Document] = {}
    for name in with_progress(names):
        problems: list[Diagnostic] = []
        try:
            document = read_named(name, problems)
        except InvalidInput as error:
            answered[name] = Answered(UNUSABLE, diagnostics=error.diagnostics)
            continue
        if document is None or problems:
            answered[name] = Answered(FOUND, diagnostics=tuple(problems))
        elif kind_of(document) == "vendor":
            manifests[name] = document
        else:
            guard = guard_of(around(place_of(name)))
            answered[name] = answer_purchase(document, guard, day, settings)
    if manifests:
        if settings:
            raise click.UsageError(f"`--set` is for purchases, and {next(iter(manifests))} is a vendor manifest")
        from procureguard.cli.manifests import answer_manifests  # noqa: PLC0415 - most checks are of purchases

        unread = [name for name, found in answered.items() if found.view is None]
        answered |= answer_manifests(manifests, unread, around, day)
    return [answered[name] for name in names]


def _exit_code(answered: list[Answered], fail_on: str, by_verdicts: bool) -> int:  # noqa: FBT001 - internal
    unusable = max(found.exit_code for found in answered)
    verdicts = [verdict for found in answered for verdict in found.verdicts]
    if by_verdicts:
        return unusable or by_verdict(verdicts)
    return max(unusable, FOUND if any(counts(verdict, fail_on) for verdict in verdicts) else FINE)


def _no_file(files: tuple[str, ...]) -> Diagnostic:
    hint = "they are called `*.purchase.yaml` and `*.vendor.yaml`, or lie in folders `purchases` and `vendors`"
    message = "no purchase or vendor manifest was found here"
    return Diagnostic("PG100", "error", message, name=" ".join(files), hint=hint)
