"""JSON: the published reports themselves; what is wrong with files is part of the report on a validation only."""

from procureguard.render.batch import Batch
from procureguard.render.formats import Format
from procureguard.render.json import as_json


def render(batch: Batch) -> str:
    """The report on one file as an object, those on several as a list; of a validation, its report."""
    if batch.views is None:
        from procureguard.report.validation import validation_report  # noqa: PLC0415 - no check needs it

        return as_json(validation_report(batch.files, batch.diagnostics).to_dict())
    reports = [view.report.to_dict() for view in batch.views]
    return as_json(reports if len(batch.files) > 1 or not reports else reports[0])


FORMAT = Format(render, beside=render)
