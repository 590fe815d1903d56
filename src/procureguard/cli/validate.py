"""`procureguard validate`."""

from collections.abc import Mapping
from pathlib import Path

import click

from procureguard.cli.exits import FINE, FOUND, NO_FILE, UNUSABLE
from procureguard.cli.named_files import contents_of, names_of, say_no_file
from procureguard.cli.output import show_diagnostics
from procureguard.cli.progress import with_progress
from procureguard.cli.reports import Outputs, output_options
from procureguard.guard.files import MOST_REGISTER_BYTES, NAMES, levels, nearest, of_its_folder, read_file, resolved
from procureguard.guard.validate import validate_documents
from procureguard.render.batch import Batch
from procureguard.render.formats import DEFAULT
from procureguard.render.validation import validation_summary
from procureguard.source.diagnostic import Diagnostic, InvalidInput, in_order
from procureguard.source.document import Document
from procureguard.source.read import MAXIMUM_BYTES, read_document

EPILOG = """\b
Examples:
  procureguard validate purchases vendors
  procureguard validate inventory.yaml policies/security/single-sign-on.yaml
  procureguard validate . --format concise
  procureguard validate --diff purchases
  procureguard validate --fix purchases

\b
Exit code: 0 if no mistake is left; 1 if one is, or if --diff shows a change;
2 if a file cannot be read or written.
"""


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--fix", is_flag=True, help="Mend what is plain, in the files themselves; comments and order stay.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@output_options
def validate(
    files: tuple[str, ...],
    outputs: Outputs,
    fix: bool,  # noqa: FBT001 - a flag of the command line
    diff: bool,  # noqa: FBT001 - as above
) -> int:
    """Are these files well formed?

    FILE is a file of any kind procureguard knows, a folder of them, or - for standard input.
    """
    _check_options(outputs, fix=fix, diff=diff)
    unreadable: list[Diagnostic] = []
    names = names_of(files, unreadable)
    if not names and not unreadable:
        say_no_file(files)
        outputs.show_none(Batch(()))
        return NO_FILE
    found, differs = _found(names, unreadable, fix=fix, diff=diff)
    if diff:
        show_diagnostics(found)
        click.echo(validation_summary(len(names), found), err=True)
    else:
        outputs.show(Batch(tuple(names), None, found))
    if unreadable:
        return UNUSABLE
    return FOUND if differs or any(problem.severity == "error" for problem in found) else FINE


def _check_options(outputs: Outputs, *, fix: bool, diff: bool) -> None:
    if fix and diff:
        raise click.UsageError("`--fix` changes files and `--diff` changes none: name one of them")
    if diff and (outputs.form != DEFAULT or outputs.files):
        raise click.UsageError("`--diff` shows a difference and nothing else: leave out `--format` and `--report`")


def _found(
    names: list[str], unreadable: list[Diagnostic], *, fix: bool, diff: bool
) -> tuple[tuple[Diagnostic, ...], bool]:
    """Everything wrong with files, after mending where that is wished for, and whether a difference was shown.

    Files that cannot be read or written are added to those that are unreadable.
    """
    contents = contents_of(names, unreadable)
    around = _organisations_around([Path(name) for name in names])

    def check(texts: Mapping[str, str]) -> tuple[list[Document], list[Diagnostic]]:
        return _checked({**contents, **{name: text.encode() for name, text in texts.items()}}, around, unreadable)

    documents, problems = check({})
    differs = False
    if fix or diff:
        from procureguard.cli.fix import fix_files, show_fixes  # noqa: PLC0415 - only where files are mended

        if diff:
            shown = show_fixes(contents, documents, problems, check)
            problems, differs = shown.problems, bool(shown.texts)
        else:
            problems, unwritten = fix_files(contents, documents, problems, check)
            unreadable += unwritten
    return tuple(in_order([*problems, *dict.fromkeys(unreadable)])), differs


def _checked(
    contents: Mapping[str, bytes], around: list[Document], unreadable: list[Diagnostic]
) -> tuple[list[Document], list[Diagnostic]]:
    """The documents in files, and everything wrong with them; what else could not be read for it is added."""
    problems: list[Diagnostic] = []
    read = (_read(name, content, problems) for name, content in with_progress(list(contents.items())))
    documents = [document for document in read if document is not None]
    try:
        validate_documents(documents, problems, around)
    except InvalidInput as error:
        unreadable.extend(error.diagnostics)
    return documents, problems


def _read(name: str, content: bytes, problems: list[Diagnostic]) -> Document | None:
    """The document in a file; a register, which is known by its name, may be as long as a check takes it."""
    return read_document(name, content, problems, MOST_REGISTER_BYTES if Path(name).stem in NAMES else MAXIMUM_BYTES)


def _organisations_around(paths: list[Path]) -> list[Document]:
    """The organisation files above these files that are not among them; what is wrong with one is not said here."""
    asked = {of_its_folder(path) for path in paths}
    found = {nearest("organisation", levels(path, Path.cwd())) for path in asked} - {None}
    named = {resolved(path) for path in paths} if found else set()
    unnamed = sorted(path for path in found if path is not None and resolved(path) not in named)
    read = (read_file(path, []) for path in unnamed)
    return [document for document in read if document is not None]
