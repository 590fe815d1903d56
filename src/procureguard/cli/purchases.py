"""A purchase named to `procureguard check`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from procureguard.cli.answered import Answered
from procureguard.cli.exits import FINE, FOUND
from procureguard.cli.surroundings import Surroundings, guard_of
from procureguard.guard.files import STANDARD_INPUT
from procureguard.render.view import View
from procureguard.source.diagnostic import InvalidInput
from procureguard.source.document import Document

if TYPE_CHECKING:
    from procureguard.guard.settings import Setting


def answer_purchase(document: Document, named: Surroundings, day: date, settings: Sequence["Setting"]) -> Answered:
    """The answer to a purchase.

    Raises:
        InvalidInput: something is wrong with what it is checked against, or with a setting.
    """
    name = document.source.name
    guard = guard_of(named.around(Path("purchase.yaml" if name == STANDARD_INPUT else name)))
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
