"""`procureguard check`."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procureguard.cli.exits import FINE, FOUND, NO_FILE, UNUSABLE
from procureguard.cli.output import show, show_diagnostics, wants_colour, write_whole
from procureguard.cli.surroundings import Surroundings, guard_of, options
from procureguard.cli.verdicts import FAIL_ON, by_verdict, counts
from procureguard.guard.files import STANDARD_INPUT, purchases_in, read_file
from procureguard.guard.guard import Answer
from procureguard.render.formats import FORMATS
from procureguard.render.view import View
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.document import Document
from procureguard.source.read import read_document

if TYPE_CHECKING:
    from procureguard.guard.settings import Setting

EPILOG = """\b
Examples:
  procureguard check purchases/2026-11-surveys.yaml
  procureguard check purchases --format json
  procureguard check tool.purchase.yaml --as-of 2027-01-15 --report json=out.json
  procureguard check tool.purchase.yaml --set contract.dpa=signed --set request.users=4
"""


@dataclass(frozen=True, slots=True)
class _Checked:
    """One purchase file, answered or found unusable."""

    name: str
    answer: Answer | None
    exit_code: int


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
@click.option("--format", "output", type=click.Choice(list(FORMATS)), default="text", help="What standard output gets.")
@click.option("--report", "reports", multiple=True, metavar="FORMAT=PATH", help="Write a report to a file too.")
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
    output: str,
    reports: tuple[str, ...],
    fail_on: str,
    exit_zero: bool,  # noqa: FBT001 - a flag of the command line
    exit_code: str,
) -> int:
    """May we buy this? FILE is a purchase, a folder of purchases, or - for standard input.

    Inventory, organisation, vendors and policies are found by name beside the purchase and in the folders above it.
    """
    wanted = [_report_option(text) for text in reports]
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011 - the day where the user is
    wished = _settings(settings)
    names = list(dict.fromkeys(_names(files)))
    if not names:
        show_diagnostics([_no_file(files)])
        return NO_FILE
    checked = [_check(name, named, day, wished) for name in names]
    answered = [(found.name, found.answer) for found in checked if found.answer]
    views = [View(answer.report, name, answer.files, settings=settings) for name, answer in answered]
    several = len(names) > 1
    show(_render(views, output, several=several, colour=output == "text" and wants_colour()))
    for report_format, path in wanted:
        write_whole(path, _render(views, report_format, several=several))
    return _exit_code(checked, "never" if exit_zero else fail_on, exit_code == "verdict" and not exit_zero)


def _names(files: tuple[str, ...]) -> Iterator[str]:
    for name in files:
        path = Path(name)
        if name != STANDARD_INPUT and path.is_dir():
            yield from (str(found) for found in purchases_in(path))
        else:
            yield name


def _settings(texts: tuple[str, ...]) -> "tuple[Setting, ...]":
    if not texts:
        return ()
    from procureguard.guard.settings import read_settings  # noqa: PLC0415 - few checks have any

    return read_settings(texts, "--set")


def _check(name: str, named: Surroundings, day: date, settings: "tuple[Setting, ...]") -> _Checked:
    """Files that are wrong are shown and counted; the others are still checked."""
    try:
        document = _read(name)
    except InvalidInput as error:
        show_diagnostics(error.diagnostics)
        return _Checked(name, None, UNUSABLE)
    guard = guard_of(named.around(Path("purchase.yaml" if name == STANDARD_INPUT else name)))
    if settings:
        from procureguard.guard.settings import check_settings  # noqa: PLC0415 - few checks have any

        check_settings(settings, guard.schema, guard.stack.taxonomy)
    try:
        answer = guard.answer(_valid(document), day, settings)
    except InvalidInput as error:
        show_diagnostics(error.diagnostics)
        return _Checked(name, None, FOUND)
    show_diagnostics(answer.diagnostics)
    return _Checked(name, answer, FINE)


def _read(name: str) -> tuple[Document | None, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    if name == STANDARD_INPUT:
        return read_document(name, sys.stdin.buffer.read(), problems), problems
    return read_file(name, problems), problems


def _valid(read: tuple[Document | None, list[Diagnostic]]) -> Document:
    document, problems = read
    if document is None or problems:
        raise InvalidInput(problems)
    return document


def _render(views: list[View], output: str, *, several: bool, colour: bool = False) -> str:
    """The report on one purchase as it is; those on several as a JSON list, or one after the other under a line."""
    texts = [FORMATS[output](replace(view, colour=colour)) for view in views]
    if output == "json" and (several or not views):
        return json.dumps([view.report.to_dict() for view in views], ensure_ascii=False, indent=2) + "\n"
    return f"\n{'-' * 80}\n".join(texts)


def _report_option(text: str) -> tuple[str, Path]:
    name, separator, path = text.partition("=")
    if not separator or name not in FORMATS or not path:
        raise click.UsageError(f"`--report {text}`: write FORMAT=PATH with one of the formats {', '.join(FORMATS)}")
    return name, Path(path)


def _exit_code(checked: list[_Checked], fail_on: str, by_verdicts: bool) -> int:  # noqa: FBT001 - internal
    unusable = max(found.exit_code for found in checked)
    verdicts = [found.answer.report.verdict for found in checked if found.answer]
    if by_verdicts:
        return unusable or by_verdict(verdicts)
    return max(unusable, FOUND if any(counts(verdict, fail_on) for verdict in verdicts) else FINE)


def _no_file(files: tuple[str, ...]) -> Diagnostic:
    hint = "purchases are called `*.purchase.yaml` or lie in a folder `purchases`"
    return Diagnostic("PG100", "error", "no purchase was found here", name=" ".join(files), hint=hint)
