"""`procureguard validate`."""

from collections.abc import Iterator
from pathlib import Path

import click

from procureguard.cli.exits import FINE, FOUND, NO_FILE, UNUSABLE
from procureguard.cli.output import show_diagnostics
from procureguard.cli.progress import counted
from procureguard.guard.files import (
    MOST_REGISTER_BYTES,
    NAMES,
    documents_in,
    levels,
    nearest,
    of_its_folder,
    read_bytes,
    read_file,
)
from procureguard.guard.validate import validate_documents
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.document import Document
from procureguard.source.read import MAXIMUM_BYTES, read_document

EPILOG = """\b
Examples:
  procureguard validate purchases vendors
  procureguard validate inventory.yaml policies/security/single-sign-on.yaml
"""


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def validate(files: tuple[str, ...]) -> int:
    """Are these files well formed? FILE is a file of any kind procureguard knows, or a folder of them."""
    paths = list(dict.fromkeys(_paths(files)))
    if not paths:
        hint = "files are found by name: `*.purchase.yaml`, `*.vendor.yaml`, `inventory.yaml`, or a folder `policies`"
        message = "no file of procureguard was found here"
        show_diagnostics([Diagnostic("PG100", "error", message, name=" ".join(files), hint=hint)])
        return NO_FILE
    problems: list[Diagnostic] = []
    unusable = False
    documents: list[Document] = []
    for path in counted(paths):
        try:
            document = _read(path, problems)
        except InvalidInput as error:
            problems.extend(error.diagnostics)
            unusable = True
        else:
            documents += [document] if document is not None else []
    validate_documents(documents, problems, _organisations_around(paths))
    show_diagnostics(problems)
    click.echo(_summary(len(paths), problems))
    return UNUSABLE if unusable else FOUND if any(problem.severity == "error" for problem in problems) else FINE


def _paths(files: tuple[str, ...]) -> Iterator[Path]:
    for name in files:
        path = Path(name)
        yield from documents_in(path) if path.is_dir() else [path]


def _read(path: Path, problems: list[Diagnostic]) -> Document | None:
    """The document in a file; a register, which is known by its name, may be as long as a check takes it."""
    most = MOST_REGISTER_BYTES if path.stem in NAMES else MAXIMUM_BYTES
    return read_document(str(path), read_bytes(path), problems, most)


def _organisations_around(paths: list[Path]) -> list[Document]:
    """The organisation files above these files that are not among them; what is wrong with one is not said here."""
    asked = {of_its_folder(path) for path in paths}
    found = {nearest("organisation", levels(path, Path.cwd())) for path in asked} - {None}
    named = {path.resolve() for path in paths} if found else set()
    unnamed = sorted(path for path in found if path is not None and path.resolve() not in named)
    read = (read_file(path, []) for path in unnamed)
    return [document for document in read if document is not None]


def _summary(count: int, problems: list[Diagnostic]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    files = _counted(count, "file")
    if not problems:
        return f"{files}, nothing wrong"
    return f"{files}, {_counted(errors, 'error')}, {_counted(len(problems) - errors, 'warning')}"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
