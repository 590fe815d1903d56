"""Purchases that are named on the command line, `-` for standard input."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from procureguard.cli.answered import Answered
from procureguard.cli.exits import FINE, FOUND
from procureguard.guard.files import STANDARD_INPUT, read_file
from procureguard.guard.guard import Guard
from procureguard.render.view import View
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.document import Document
from procureguard.source.read import read_document

if TYPE_CHECKING:
    from procureguard.guard.settings import Setting


BESIDE = "purchase.yaml"
"""Where standard input counts as lying, so that what stands around it is found."""


def place_of(name: str) -> Path:
    """Where a purchase lies; what it is checked against is looked for from there."""
    return Path(BESIDE if name == STANDARD_INPUT else name)


def read_named(name: str, problems: list[Diagnostic]) -> Document | None:
    """The document of that name, or None with everything wrong with it added to the problems."""
    if name == STANDARD_INPUT:
        return read_document(name, sys.stdin.buffer.read(), problems)
    return read_file(name, problems)


def read_one(name: str) -> Document:
    """The one document that a command is about.

    Raises:
        InvalidInput: it cannot be read; everything wrong with it is named.
    """
    problems: list[Diagnostic] = []
    document = read_named(name, problems)
    if document is None:
        raise InvalidInput(problems)
    return document


def answer_purchase(document: Document, guard: Guard, day: date, settings: Sequence["Setting"]) -> Answered:
    """The answer to a purchase.

    Raises:
        InvalidInput: something is wrong with a setting.
    """
    name = document.source.name
    if settings:
        from procureguard.guard.settings import check_settings  # noqa: PLC0415 - few checks have any

        check_settings(settings, guard.schema, guard.stack.taxonomy)
    try:
        answer = guard.answer(document, day, settings)
    except InvalidInput as error:
        return Answered(FOUND, diagnostics=error.diagnostics)
    said = tuple(setting.source.text for setting in settings)
    view = View(answer.report, name, answer.files, settings=said, document=document)
    return Answered(FINE, view, (answer.report.verdict,), answer.diagnostics)
