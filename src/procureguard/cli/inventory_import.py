"""`procureguard inventory import`."""

import json
import sys
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

import click

from procureguard.cli.exits import FINE, FOUND
from procureguard.cli.output import show, show_diagnostics, wants_colour, write_whole
from procureguard.cli.surroundings import Surroundings, stack_around, stack_options
from procureguard.guard.files import MOST_REGISTER_BYTES, STANDARD_INPUT, read_bytes
from procureguard.guard.imports import Wishes, check_inventory, import_content, purse_of
from procureguard.imports.tools import Import
from procureguard.imports.values import Formats
from procureguard.imports.writing import appended, inventory_text
from procureguard.render.csv import csv_text
from procureguard.render.imported import import_data, rejected_table, render_import
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.read import read_document
from procureguard.stack.stack import Stack

EPILOG = """\b
Examples:
  procureguard inventory import assignments.csv
  procureguard inventory import subscriptions.csv --profile saas-list --dates day-first
  procureguard inventory import payments.json --as-of 2026-11-01 --output found.yaml
  procureguard inventory import assignments.csv --into inventory.yaml
"""

MARK = "\ufeff"
DRY_RUN = "\nThis was a dry run, nothing is written. `--output FILE` or `--into FILE` writes it."


@click.command("import", epilog=EPILOG)
@click.argument("file", metavar="FILE")
@click.option(
    "--profile", metavar="NAME|PATH", help="What the columns mean: a shipped mapping profile, or one of yours."
)
@click.option("--into", type=click.Path(path_type=Path), metavar="FILE", help="Add the new tools to this inventory.")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write a new inventory of the new tools."
)
@click.option(
    "--rejected",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A new file for rejected rows, with reasons; beside what is written if not given.",
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day of the export, today if not given.")
@click.option("--dates", type=click.Choice(["day-first", "month-first"]), help="How days such as 02/11/2026 are meant.")
@click.option("--decimal-mark", type=click.Choice(["comma", "point"]), help="How numbers such as 1.234 are meant.")
@stack_options
@click.option(
    "--format", "output_format", type=click.Choice(["text", "json"]), default="text", help="Form of the preview."
)
def import_inventory(  # noqa: PLR0913, PLR0917 - one parameter for each option
    file: str,
    profile: str | None,
    into: Path | None,
    output: Path | None,
    rejected: Path | None,
    as_of: datetime | None,
    dates: str | None,
    decimal_mark: str | None,
    named: Surroundings,
    output_format: str,
) -> int:
    """Reads tools from an export of another system: sign-on, a list of subscriptions, card payments; CSV or JSON.

    Without --into or --output, nothing is written: you see what would be. Every row ends in a tool or, with its reason,
    among the rejected ones.
    """
    target = Target(file, into, output, rejected)
    _check_usage(target)
    own = replace(named, inventory=str(into)) if into else named
    stack = stack_around(own, _anchor(into or file))
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011 - the day where the user is
    wishes = Wishes(profile, Formats(_chosen(dates, "month-first"), _chosen(decimal_mark, "comma")), day)
    problems: list[Diagnostic] = []
    found = import_content(file, _content(file), wishes, stack, problems)
    if found is None:
        show_diagnostics(problems)
        return FOUND
    written = _write(found, target, day, stack)
    show(_preview(found, file, day, stack, output_format))
    for line in written or (DRY_RUN,):
        click.echo(line, err=output_format != "text")
    return FOUND if found.rejected else FINE


class Target(NamedTuple):
    """Where an import comes from, and where it is written."""

    file: str
    into: Path | None
    output: Path | None
    rejected: Path | None


def _check_usage(target: Target) -> None:
    _, into, output, rejected = target
    if into is not None and output is not None:
        raise click.UsageError("`--into` and `--output` are two ways to write: name one of them")
    if into is None and output is None and rejected is not None:
        raise click.UsageError("`--rejected` names where rejected rows are written: add `--into` or `--output`")
    if output is not None and output.exists():
        raise click.UsageError(f"`--output {output}`: there is such a file already; add to it with `--into`")
    if rejected is not None:
        _check_rejected(rejected, target)


def _check_rejected(rejected: Path, target: Target) -> None:
    """Refuses to write rejected rows over anything that is there, or will be."""
    others = {"the export": Path(target.file), "`--into`": target.into, "`--output`": target.output}
    for title, other in others.items():
        if other is not None and rejected.resolve() == other.resolve():
            raise click.UsageError(f"`--rejected {rejected}` is the same file as {title}: name another one")
    if _is_taken(rejected):
        raise click.UsageError(f"`--rejected {rejected}`: there is such a file already; name another one")


def _is_taken(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _beside(path: Path) -> Path:
    """The first file for rejected rows beside what is written that is not there yet: those of earlier runs stay."""
    names = chain([f"{path.name}.rejected.csv"], (f"{path.name}.rejected-{number}.csv" for number in count(2)))
    return next(place for name in names if not _is_taken(place := path.with_name(name)))


def _anchor(path: Path | str) -> Path:
    """What the surroundings are looked for around: the file, or the working folder where it lies somewhere else."""
    is_here = str(path) != STANDARD_INPUT and Path(path).resolve().is_relative_to(Path.cwd())
    return Path(path if is_here else "inventory.yaml")


def _content(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == STANDARD_INPUT else read_bytes(Path(file))


def _chosen(option: str | None, meaning: str) -> bool | None:
    return None if option is None else option == meaning


def _write(found: Import, target: Target, day: date, stack: Stack) -> tuple[str, ...]:
    """Writes the rejected rows and then the tools, each file whole; says what was written.

    Raises:
        InvalidInput: the tools cannot be added to the inventory, or a file cannot be written.
    """
    path = target.into or target.output
    if path is None:
        return ()
    text = _added(target.into, found) if target.into else inventory_text(found.new, target.file, day)
    problems = check_inventory(str(path), text, stack.taxonomy)
    if problems:
        raise InvalidInput(problems)
    lines = []
    if found.rejected:
        beside = target.rejected or _beside(path)
        write_whole(beside, csv_text(rejected_table(found)))
        lines.append(f"{len(found.rejected):,} rejected in {beside}, with the reasons")
    write_whole(path, text)
    return (f"\n{len(found.new):,} new in {path}", *lines)


def _added(into: Path, found: Import) -> str:
    content, problems = read_bytes(into), list[Diagnostic]()
    document = read_document(str(into), content, problems, MOST_REGISTER_BYTES)
    text = appended(document, found.new, problems) if document is not None else None
    if text is None:
        raise InvalidInput(problems)
    return f"{MARK}{text}" if content.startswith(MARK.encode()) else text


def _preview(found: Import, file: str, day: date, stack: Stack, output: str) -> str:
    currency = purse_of(stack.organisation).currency
    if output == "json":
        return json.dumps(import_data(found, file, day, currency), ensure_ascii=False, indent=2) + "\n"
    return render_import(found, file, day, currency, colour=wants_colour())
