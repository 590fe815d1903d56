"""`procureguard validate --fix` and `--diff`."""

from collections.abc import Mapping

import click

from procureguard.cli.changes import show_changes, write_changes
from procureguard.guard.files import STANDARD_INPUT
from procureguard.guard.fixing import Check, Mended, mended
from procureguard.render.counting import counted
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document


def fix_files(
    contents: Mapping[str, bytes], documents: list[Document], problems: list[Diagnostic], check: Check
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Mends what is plain in the files themselves and says how much.

    Returns what is wrong after that, and which files could not be written.
    """
    if STANDARD_INPUT in contents:
        raise click.UsageError("`--fix` cannot change standard input: name files, or use `--diff`")
    result = mended(documents, problems, check)
    unwritten = write_changes(contents, result.texts)
    if unwritten:
        kept = {problem.name for problem in unwritten}
        problems = [problem for problem in problems if problem.name in kept]
        return [*problems, *(problem for problem in result.problems if problem.name not in kept)], unwritten
    if result.made:
        click.echo(_said("fixed", result), err=True)
    return result.problems, []


def show_fixes(
    contents: Mapping[str, bytes], documents: list[Document], problems: list[Diagnostic], check: Check
) -> Mended:
    """Shows what `--fix` would do and changes nothing; returns what it would come to."""
    result = mended(documents, problems, check)
    show_changes(contents, result.texts)
    if result.made:
        click.echo(_said("would fix", result), err=True)
    return result


def _said(verb: str, result: Mended) -> str:
    mistakes = counted(result.made + len(result.problems), "mistake", "mistakes")
    return f"{verb} {result.made:,} of {mistakes} in {counted(len(result.texts), 'file', 'files')}"
