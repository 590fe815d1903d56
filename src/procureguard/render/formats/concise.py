"""Concise: one line for each thing to look at, `file:line:column: rule level: message`, as compilers write it."""

from collections.abc import Iterator

from procureguard.render.batch import Batch
from procureguard.render.batch_results import results_of
from procureguard.render.formats import Format
from procureguard.render.results import FileResults, Result
from procureguard.render.style import one_line
from procureguard.render.validation import validation_summary


def render(batch: Batch) -> str:
    """The lines of every file; before those of an answered one its answer, behind those of validated ones the count."""
    lines = [line for file in results_of(batch) for line in _lines(file, answered=batch.views is not None)]
    if batch.views is None:
        lines.append(validation_summary(len(batch.files), batch.diagnostics))
    return "".join(f"{one_line(line)}\n" for line in lines)


def _lines(file: FileResults, *, answered: bool) -> Iterator[str]:
    if answered:
        yield f"{file.file}: {file.summary}"
    told = file.told if answered else sorted(file.told, key=lambda found: found.spot.region.start)
    yield from map(_line, told)


def _line(result: Result) -> str:
    state = "open" if result.is_open else result.level
    hint = f" ({result.hint})" if result.hint else ""
    fixable = " [fixable]" if result.fix else ""
    return f"{result.spot.place}: {result.rule.identity} {state}: {result.message}{hint}{fixable}"


FORMAT = Format(render)
