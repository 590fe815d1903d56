"""Text: plain sentences for a person at a terminal."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from procureguard.render.batch import Batch
from procureguard.render.formats import Format
from procureguard.render.validation import validation_summary

if TYPE_CHECKING:
    from procureguard.render.view import AnyView

LINE = f"\n{'-' * 80}\n"


def render(batch: Batch) -> str:
    """What is wrong with files, then the answers."""
    from procureguard.source.excerpt import excerpt  # noqa: PLC0415 - only problems are excerpted

    return "".join([*(f"{excerpt(diagnostic)}\n" for diagnostic in batch.diagnostics), answers(batch)])


def answers(batch: Batch) -> str:
    """The reports one after the other under a line; of files that were only validated, how much is wrong with them."""
    if batch.views is None:
        return validation_summary(len(batch.files), batch.diagnostics) + "\n"
    return LINE.join(_reports(batch.views))


def _reports(views: "Iterable[AnyView]") -> Iterable[str]:
    from procureguard.report.contract import Report  # noqa: PLC0415 - no validation needs it

    for view in views:
        if isinstance(view.report, Report):
            from procureguard.render.text import render_text  # noqa: PLC0415 - no vendor needs it

            yield render_text(view)
        else:
            from procureguard.render.plans import render_plans  # noqa: PLC0415 - no purchase needs it

            yield render_plans(view)


FORMAT = Format(render, beside=answers)
