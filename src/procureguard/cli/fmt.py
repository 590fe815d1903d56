"""`procureguard fmt`."""

from collections.abc import Iterator

import click

from procureguard.cli.changes import show_changes, write_changes
from procureguard.cli.exits import FINE, FOUND, NO_FILE, UNUSABLE
from procureguard.cli.named_files import contents_of, names_of, say_no_file
from procureguard.cli.output import inert, show, show_diagnostics
from procureguard.guard.files import MOST_REGISTER_BYTES, STANDARD_INPUT
from procureguard.guard.formatting import formatted
from procureguard.render.counting import counted
from procureguard.render.style import one_line
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.read import read_document

EPILOG = """\b
Examples:
  procureguard fmt purchases vendors
  procureguard fmt --check policies
  procureguard fmt --diff inventory.yaml
  procureguard fmt - < draft.yaml

\b
Exit code: 0 if all is as it should be or was made so; 1 if a file is not well
formed, or if --check or --diff finds something to change; 2 if a file cannot
be read or written.
"""


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--check", is_flag=True, help="List the files that would change, and change nothing.")
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
def fmt(files: tuple[str, ...], check: bool, diff: bool) -> int:  # noqa: FBT001 - flags of the command line
    """Lay files out alike: blanks, indentation and empty lines.

    FILE is a YAML or JSON file, a folder of files that procureguard knows by name, or - for standard input. Comments,
    the order of keys, quotes and texts stay as they are.
    """
    unreadable: list[Diagnostic] = []
    names = names_of(files, unreadable)
    if not names and not unreadable:
        say_no_file(files)
        return NO_FILE
    contents = contents_of(names, unreadable)
    problems: list[Diagnostic] = []
    unwritten: list[Diagnostic] = []
    texts = dict(_changed(contents, problems))
    if diff:
        show_changes(contents, texts)
    elif check:
        show(inert("".join(f"{one_line(name)}\n" for name in sorted(texts))))
    else:
        _show_standard_input(contents, texts)
        unwritten = write_changes(contents, {name: text for name, text in texts.items() if name != STANDARD_INPUT})
        unreadable += unwritten
    show_diagnostics([*problems, *unreadable])
    kept = diff or check
    click.echo(_summary(len(texts) - len(unwritten), len(names), changed=not kept), err=True)
    wrong = any(problem.severity == "error" for problem in problems)
    return UNUSABLE if unreadable else FOUND if wrong or (texts and kept) else FINE


def _changed(contents: dict[str, bytes], problems: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    """The files that are laid out otherwise, with their new texts."""
    for name, content in contents.items():
        document = read_document(name, content, problems, MOST_REGISTER_BYTES)
        if document is not None and (text := formatted(document, problems)) != document.source.text:
            yield name, text


def _show_standard_input(contents: dict[str, bytes], texts: dict[str, str]) -> None:
    """What was read from standard input goes to standard output, changed or not."""
    if STANDARD_INPUT in contents:
        show(texts.get(STANDARD_INPUT, contents[STANDARD_INPUT].decode("utf-8-sig", "replace")))


def _summary(count: int, among: int, *, changed: bool) -> str:
    return f"{count:,} of {counted(among, 'file', 'files')} {'formatted' if changed else 'would be formatted'}"
