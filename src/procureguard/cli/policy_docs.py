"""`procureguard policy docs`."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import click

from procureguard.cli.exits import FINE, FOUND
from procureguard.cli.output import inert, make_folder, remove_file, show, write_whole
from procureguard.cli.surroundings import Surroundings, guard_of, options
from procureguard.guard.files import exists, is_file, read_bytes
from procureguard.render.style import one_line
from procureguard.source.diagnostic import Diagnostic, InvalidInput

EPILOG = """\b
Examples:
  procureguard policy docs | less
  procureguard policy docs docs/policies
  procureguard policy docs docs/policies --check
"""


class Difference(NamedTuple):
    """A page of a folder that is not as it should be; `made_here` unless somebody else wrote it."""

    path: Path
    state: Literal["missing", "stale", "superfluous"]
    made_here: bool = True


@click.command("docs", epilog=EPILOG)
@click.argument("folder", required=False, metavar="[FOLDER]")
@options
@click.option("--check", is_flag=True, help="Write nothing; name the pages that are not fresh and exit 1.")
def write_docs(
    folder: str | None,
    named: Surroundings,
    check: bool,  # noqa: FBT001 - a flag of the command line
) -> int:
    """The policies in use as pages for everybody: an index, and for each pack what it asks, why, and the way to yes.

    The pages are written to FOLDER as Markdown, README.md being the index; without FOLDER, the index is printed. What
    your organisation changes is shown as it is in use.
    """
    from procureguard.render.policy_pages import policy_index, policy_pages  # noqa: PLC0415 - a list needs no pages

    if folder is None and check:
        raise click.UsageError("name the folder whose pages `--check` is to look at")
    guard = guard_of(named.around(Path("purchase.yaml")))
    library = guard.library()
    if folder is None:
        show(inert(policy_index(library.written)))
        return FINE
    pages = policy_pages(library.written, library.examples, guard.schema)
    found = list(_differences(Path(folder), pages))
    if check:
        show(inert("".join(f"{difference.state}: {one_line(str(difference.path))}\n" for difference in found)))
        return FOUND if found else FINE
    _write(Path(folder), pages, found)
    written = sum(difference.state != "superfluous" for difference in found)
    removed = f", {len(found) - written} removed" if written < len(found) else ""
    show(f"{len(pages)} pages, {written} written{removed}\n")
    return FINE


def _differences(folder: Path, pages: Mapping[str, str]) -> Iterator[Difference]:
    """What is missing or stale in a folder, and the pages that were made before and belong to nothing now."""
    for name, text in pages.items():
        path = folder / name
        if not exists(path):
            yield Difference(path, "missing")
        elif (content := read_bytes(path)) != text.encode():
            yield Difference(path, "stale", _is_made_here(content))
    for path in sorted(folder.glob("*.md")):
        if path.name not in pages and is_file(path) and _is_made_here(read_bytes(path)):
            yield Difference(path, "superfluous")


def _is_made_here(content: bytes) -> bool:
    from procureguard.render.policy_pages import MADE  # noqa: PLC0415 - a list of policies needs no pages

    return MADE.encode() in content.splitlines()


def _write(folder: Path, pages: Mapping[str, str], differences: Iterable[Difference]) -> None:
    """Brings a folder up to date.

    Raises:
        InvalidInput: a page cannot be written, or stands where somebody has written another; then nothing is.
    """
    found = list(differences)
    message, hint = "this page was not made by `procureguard policy docs`", "name a folder of its own for the pages"
    foreign = [
        Diagnostic("PG100", "error", message, name=str(difference.path), hint=hint)
        for difference in found
        if not difference.made_here
    ]
    if foreign:
        raise InvalidInput(foreign)
    make_folder(folder)
    for path, state, _ in found:
        if state == "superfluous":
            remove_file(path)
        else:
            write_whole(path, pages[path.name])
