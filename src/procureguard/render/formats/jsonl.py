"""JSON Lines: one report a line, then what is wrong with files, one diagnostic a line."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from procureguard.render.batch import Batch
from procureguard.render.formats import Format
from procureguard.report.validation import reported_diagnostic
from procureguard.source.text import printable

_BREAKS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}


def render(batch: Batch) -> str:
    """One JSON object a line, whatever the reader takes for the end of one."""
    return "".join(json.dumps(data, ensure_ascii=False).translate(_BREAKS) + "\n" for data in _lines(batch))


def _lines(batch: Batch) -> Iterator[Mapping[str, Any]]:
    for view in batch.views or ():
        yield {"file": printable(view.name), **view.report.to_dict()}
    for diagnostic in batch.diagnostics:
        yield reported_diagnostic(diagnostic).to_dict()


FORMAT = Format(render)
