"""A purchase named to `procureguard check`."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from procureguard.cli.answered import Answered
from procureguard.cli.exits import FINE, FOUND
from procureguard.guard.guard import Guard
from procureguard.render.view import View
from procureguard.source.diagnostic import InvalidInput
from procureguard.source.document import Document

if TYPE_CHECKING:
    from procureguard.guard.settings import Setting


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
