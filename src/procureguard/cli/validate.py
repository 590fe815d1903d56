"""`procureguard validate`."""

from collections.abc import Mapping
from pathlib import Path

import click

from procureguard.cli.exits import FINE, FOUND, NO_FILE, UNUSABLE
from procureguard.cli.named_files import contents_of, names_of, say_no_file
from procureguard.cli.output import show_diagnostics
from procureguard.guard.files import MOST_REGISTER_BYTES, NAMES, levels, nearest, read_file
from procureguard.guard.validate import validate_documents
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.read import MAXIMUM_BYTES, read_document

EPILOG = """\b
Examples:
  procureguard validate purchases vendors
  procureguard validate inventory.yaml policies/security/single-sign-on.yaml
  procureguard validate --fix purchases       mend what is plain, such as a misspelt key
  procureguard validate --diff purchases      show what --fix would change

\b
Exit code: 0 if no mistake is left, 1 if one is, or if --diff shows any change.
"""


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--fix", is_flag=True, help="Mend what is plain, in the files themselves; comments and order stay.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
def validate(files: tuple[str, ...], fix: bool, diff: bool) -> int:  # noqa: FBT001 - flags of the command line
    """Are these files well formed?

    FILE is a file of any kind procureguard knows, a folder of them, or - for standard input.
    """
    names = names_of(files)
    if not names:
        say_no_file(files)
        return NO_FILE
    contents, unreadable = contents_of(names)
    around = _organisations_around([Path(name) for name in names])

    def check(texts: Mapping[str, str]) -> tuple[list[Document], list[Diagnostic]]:
        return _checked({**contents, **{name: text.encode() for name, text in texts.items()}}, around)

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
    show_diagnostics([*problems, *unreadable])
    click.echo(_summary(len(names), [*problems, *unreadable]), err=diff)
    if unreadable:
        return UNUSABLE
    return FOUND if differs or any(problem.severity == "error" for problem in problems) else FINE


def _checked(contents: Mapping[str, bytes], around: list[Document]) -> tuple[list[Document], list[Diagnostic]]:
    """The documents in files, and everything wrong with them."""
    problems: list[Diagnostic] = []
    read = (_read(name, content, problems) for name, content in contents.items())
    documents = [document for document in read if document is not None]
    validate_documents(documents, problems, around)
    return documents, problems


def _read(name: str, content: bytes, problems: list[Diagnostic]) -> Document | None:
    """The document in a file; a register, which is known by its name, may be as long as a check takes it."""
    return read_document(name, content, problems, MOST_REGISTER_BYTES if Path(name).stem in NAMES else MAXIMUM_BYTES)


def _organisations_around(paths: list[Path]) -> list[Document]:
    """The organisation files above these files that are not among them; what is wrong with one is not said here."""
    found = {nearest("organisation", levels(path, Path.cwd())) for path in paths}
    named = {path.resolve() for path in paths}
    unnamed = sorted(path for path in found if path is not None and path.resolve() not in named)
    read = (read_file(path, []) for path in unnamed)
    return [document for document in read if document is not None]


def _summary(count: int, problems: list[Diagnostic]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    files = _counted(count, "file")
    if not problems:
        return f"{files}, nothing wrong"
    fixable = sum(bool(problem.fix) for problem in problems)
    mendable = f"; {fixable} can be mended with --fix" if fixable else ""
    return f"{files}, {_counted(errors, 'error')}, {_counted(len(problems) - errors, 'warning')}{mendable}"


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
