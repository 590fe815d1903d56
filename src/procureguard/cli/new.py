"""`procureguard new`."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any

import click

from procureguard.cli.asking import can_ask
from procureguard.cli.exits import FINE
from procureguard.cli.interviewing import interview_buyer
from procureguard.cli.output import make_folder, show, show_diagnostics, wants_colour, write_whole
from procureguard.cli.surroundings import Surroundings, guard_of, options
from procureguard.facts.gather import Facts
from procureguard.guard.editor import keeper_of_schemas, modeline
from procureguard.guard.files import levels, read_file
from procureguard.guard.interview import Interview
from procureguard.guard.settings import Setting, check_settings, read_settings, settings_of
from procureguard.guard.starting_purchase import purchase_text
from procureguard.render.text import render_text
from procureguard.render.view import View
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.read import read_document
from procureguard.source.stated import plain
from procureguard.stack.manifest import VendorManifest
from procureguard.stack.vendors import load_vendor

EPILOG = """\b
Examples:
  procureguard new
  procureguard new --from vendors/formwise.yaml
  procureguard new --no-input --set product.name=Formwise
"""

FOLDER = "purchases"
ENDINGS = (".yaml", ".yml")
_LONGEST = 60
_OPEN = re.compile(r"(?m)^  #\w+:$")
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
_NAMED_BY = ("product.id", "product.name", "product.vendor", "request.capabilities")
"""What a file is called after, the first that is known."""


@click.command(epilog=EPILOG)
@click.argument("file", required=False, metavar="[FILE]", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--from", "manifest", metavar="MANIFEST", help="The vendor manifest of what is to be bought.")
@click.option("--set", "texts", multiple=True, metavar="FACT=VALUE", help="What is known already. The value is YAML.")
@options
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day of the purchase, today if not given.")
@click.option("--no-input", is_flag=True, help="Ask nothing, on a terminal either.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def new(  # noqa: PLR0913, PLR0917 - one parameter for each option
    file: Path | None,
    manifest: str | None,
    texts: tuple[str, ...],
    named: Surroundings,
    as_of: datetime | None,
    no_input: bool,  # noqa: FBT001 - a flag of the command line
    force: bool,  # noqa: FBT001 - a flag of the command line
) -> int:
    """Begins a purchase: asks only what matters, writes the file, and says what `check` says of it.

    Without a terminal nothing is asked: what is not known stands in the file as a comment, with its question. FILE is
    called after the month and the product if not given.
    """
    _look_at_place(file or Path(FOLDER, "new.yaml"))
    if file is not None and file.exists() and not force:
        raise click.UsageError(f"{file} is there already: name another file, or write over it with `--force`")
    day = as_of.date() if as_of is not None else date.today()  # noqa: DTZ011 - the day where the user is
    vendor = _manifest(manifest) if manifest is not None else None
    around = _around(named.around(file or Path(FOLDER, "new.yaml")), manifest)
    guard = guard_of(around)
    given = _given(vendor, texts)
    check_settings(given, guard.schema, guard.stack.taxonomy)
    interview = Interview.of(guard, day)
    said = interview_buyer(interview, given) if can_ask() and not no_input else given
    if said is None:
        return FINE
    standing = interview.standing(said)
    path = file or _free(_called(standing.facts, day))
    keeper = keeper_of_schemas(levels(path, Path.cwd()))
    text = purchase_text(interview, said, standing, modeline("purchase", path, keeper), path)
    _finish(interview, path, text)
    if manifest is not None and around.vendors != named.around(path).vendors:
        hint = "it is found in a folder `vendors` beside the purchase or above it, or named by `--vendors`"
        message = "a check of the purchase will not find this manifest by itself"
        show_diagnostics([Diagnostic("PG222", "warning", message, name=manifest, hint=hint)])
    click.echo(f"\nwrote {path}\n{_next(path, text)}", err=True)
    return FINE


def _look_at_place(path: Path) -> None:
    """Refuses a place where nothing could be written, before anybody is asked anything."""
    if path.suffix not in ENDINGS:
        raise click.UsageError(f"{path}: name a file that ends in {' or '.join(ENDINGS)}; questions stand in comments")
    there = next(folder for folder in path.absolute().parents if folder.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise click.UsageError(f"{path} cannot be written: look at {there}, or name a file elsewhere")


def _next(path: Path, text: str) -> str:
    """What to do with the file that was written."""
    if _OPEN.search(text):
        return f"Next: open it and write an answer where a line begins with `#`, then `procureguard check {path}`"
    return f"Next: commit it. After every change, `procureguard check {path}` tells how it stands"


def _manifest(name: str) -> VendorManifest:
    problems: list[Diagnostic] = []
    document = read_file(name, problems)
    manifest = None if document is None else load_vendor(document, problems)
    if manifest is None:
        raise InvalidInput(problems)
    return manifest


def _around(found: Surroundings, manifest: str | None) -> Surroundings:
    """The same with the manifest among the vendors, wherever it lies."""
    if manifest is None or Path(manifest).resolve() in {Path(name).resolve() for name in found.vendors}:
        return found
    return replace(found, vendors=(*found.vendors, manifest))


def _given(manifest: VendorManifest | None, texts: Sequence[str]) -> tuple[Setting, ...]:
    """What is known before anything is asked: the options, and of the manifest what leaves no choice."""
    stated = read_settings(texts, "--set")
    chosen = {setting.path: plain(setting.data) for setting in stated}
    offered = settings_of(_only_offer(manifest, chosen), "--from") if manifest is not None else ()
    return (*stated, *offered)


def _only_offer(manifest: VendorManifest, chosen: Mapping[str, Any]) -> dict[str, str]:
    """Vendor, product and plan as far as they are certain and not chosen otherwise."""
    found = {"product.vendor": manifest.identity}
    products = manifest.product_ids()
    product = manifest.product(chosen.get("product.id") or (products[0] if len(products) == 1 else None))
    if product is not None:
        found["product.id"] = products[product]
        plans = manifest.plan_ids(product)
        found |= {"product.plan": plans[0]} if len(plans) == 1 else {}
    return {path: word for path, word in found.items() if path not in chosen}


def _called(facts: Facts, day: date) -> str:
    """The name of the file without its ending: the month, and what is to be bought."""
    known = (facts.value(path) for path in _NAMED_BY)
    words = (value[0] if isinstance(value, tuple) else value for value in known if value)
    slugs = (_NOT_IN_A_NAME.sub("-", str(word).lower()).strip("-")[:_LONGEST] for word in words)
    return f"{day:%Y-%m}-{next(filter(None, slugs), FOLDER.removesuffix('s'))}"


def _free(name: str) -> Path:
    """The first file of that name, or with a number, that is not there yet."""
    folder = Path() if Path.cwd().name == FOLDER else Path(FOLDER)
    names = (folder / f"{name}{number}.yaml" for number in chain([""], (f"-{place}" for place in count(2))))
    return next(path for path in names if not path.exists())


def _finish(interview: Interview, path: Path, text: str) -> None:
    """Writes the file, once it is known to be valid, and shows what a check says of it.

    Raises:
        InvalidInput: it is not valid, or cannot be written.
    """
    problems: list[Diagnostic] = []
    document = read_document(str(path), text.encode(), problems)
    if document is None:
        raise InvalidInput(problems)
    answer = interview.guard.answer(document, interview.day)
    try:
        make_folder(path.parent)
        write_whole(path, text)
    except InvalidInput:
        show(text)  # what somebody has answered is not lost
        raise
    show_diagnostics(answer.diagnostics)
    show(render_text(View(answer.report, str(path), answer.files, colour=wants_colour())))
