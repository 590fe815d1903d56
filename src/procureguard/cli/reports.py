"""How what came of a run is shown and kept: one format on standard output, any number of them in files."""

import os
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import wraps
from os.path import realpath
from pathlib import Path
from typing import Any

import click

from procureguard.cli.output import append, inert, show, show_diagnostics, wants_colour, write_whole
from procureguard.guard.files import is_file
from procureguard.render.batch import Batch
from procureguard.render.formats import DEFAULT, format_named, format_names
from procureguard.source.diagnostic import Diagnostic, InvalidInput

Command = Callable[..., Any]
FOR_PEOPLE = frozenset({DEFAULT, "concise", "markdown"})
"""Formats that are read in a log and no program depends on to the letter."""

GITHUB = "github"
JOB_SUMMARY = "GITHUB_STEP_SUMMARY"
"""The environment variable that names the file to which a step of GitHub Actions adds its summary."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """The format of standard output, and the files to write with the format of each."""

    form: str
    files: tuple[tuple[str, Path], ...]

    def show(self, batch: Batch) -> None:
        """Shows a run and writes its files, each whole or not at all.

        Raises:
            InvalidInput: a file cannot be written.
        """
        chosen = format_named(self.form)
        if chosen.beside is not None:
            show_diagnostics(batch.diagnostics)
        text = (chosen.beside or chosen.render)(_coloured(batch) if self.form == DEFAULT and wants_colour() else batch)
        show(inert(text) if self.form in FOR_PEOPLE else text)
        self.keep(batch)

    def show_none(self, batch: Batch) -> None:
        """Gives programs what they take for nothing found; people have been told why there is no file.

        Raises:
            InvalidInput: a file cannot be written.
        """
        if self.form not in FOR_PEOPLE:
            show(format_named(self.form).render(batch))
        self.keep(batch)

    def keep(self, batch: Batch) -> None:
        """Writes the files; one that cannot be written does not keep the others from being written.

        Raises:
            InvalidInput: a file cannot be written, or would take the place of one that was looked at.
        """
        problems: list[Diagnostic] = []
        read = {realpath(name) for name in batch.files} if self.files else set[str]()
        for name, path in self.files:
            try:
                _refuse_to_overwrite(path, read)
                write_whole(path, format_named(name).render(batch))
            except InvalidInput as error:
                problems += error.diagnostics
        if self.form == GITHUB and batch.files:
            _add_to_job_summary(batch)
        if problems:
            raise InvalidInput(problems)


def output_options(command: Command) -> Command:
    """The options `--format` and `--report`, given to a command as one argument `outputs`."""

    @wraps(command)
    def called(*, form: str, reports: tuple[str, ...], **given: Any) -> Any:  # noqa: ANN401 - whatever it has besides
        files = tuple(map(_report, reports))
        if twice := [str(path) for path, count in Counter(path for _, path in files).items() if count > 1]:
            raise click.UsageError(f"`--report`: {twice[0]} is named twice; give each report a file of its own")
        return command(outputs=Outputs(form, files), **given)

    report = click.option(
        "--report",
        "reports",
        multiple=True,
        metavar="FORMAT=PATH",
        help="Write a report to a file too; may be given several times.",
    )
    form = click.option(
        "--format", "form", type=click.Choice(format_names()), default=DEFAULT, help="What standard output gets."
    )
    return form(report(called))


def _report(text: str) -> tuple[str, Path]:
    name, separator, path = text.partition("=")
    if not separator or name not in format_names() or not path:
        names = ", ".join(format_names())
        raise click.UsageError(f"`--report {text}`: write FORMAT=PATH with one of the formats {names}")
    return name, Path(path)


def _refuse_to_overwrite(path: Path, read: Collection[str]) -> None:
    if realpath(path) in read:
        message, hint = "a report cannot take the place of a file that was looked at", "name another file"
        raise InvalidInput([Diagnostic("PG100", "error", message, name=str(path), hint=hint)])


def _coloured(batch: Batch) -> Batch:
    if batch.views is None:
        return batch
    return replace(batch, views=tuple(replace(view, colour=True) for view in batch.views))


def _add_to_job_summary(batch: Batch) -> None:
    """Adds to the summary of the step, where there is one and it has room."""
    name = os.environ.get(JOB_SUMMARY)
    if not name:
        return
    from procureguard.render.formats.markdown import job_summary  # noqa: PLC0415 - only GitHub Actions asks for it

    path = Path(name)
    append(path, job_summary(batch, path.stat().st_size if is_file(path) else 0))
