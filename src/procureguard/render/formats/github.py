"""GitHub Actions: annotations beside the changed lines, and the whole answer in the log.

See the workflow commands of GitHub Actions; beyond ten annotations of a level in a step the rest is dropped unseen.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from procureguard.render.batch import Batch
from procureguard.render.batch_results import results_of
from procureguard.render.formats import Format, format_named
from procureguard.render.results import LEVELS, Level, Result, in_order
from procureguard.render.style import one_line

COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}
MOST = 10
"""Annotations of one level that a step may make."""


def render(batch: Batch) -> str:
    """Annotations, then the plain text with workflow commands switched off, for files may say anything."""
    results = in_order(result for file in results_of(batch) for result in file.told)
    annotations = [line for level in LEVELS for line in _annotations(level, [r for r in results if r.level == level])]
    return "".join(f"{line}\n" for line in [*annotations, *_inert(format_named("text").render(batch))])


def _annotations(level: Level, results: Sequence[Result]) -> Iterator[str]:
    """At most ten; the last says how many more there are."""
    shown = results if len(results) <= MOST else results[: MOST - 1]
    for result in shown:
        yield _annotation(result)
    if len(results) > len(shown):
        more = f"{len(results) - len(shown):,} more are listed in the log and in the summary"
        yield f"::{COMMANDS[level]} title=procureguard::{more}"


def _annotation(result: Result) -> str:
    region = result.spot.region
    properties = {
        "file": result.spot.path,
        "line": region.start.line,
        "endLine": region.end.line,
        "col": region.start.column,
        "endColumn": max(region.end.column, region.start.column + 1),
        "title": ("Open: " if result.is_open else "") + result.rule.title,
    }
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{COMMANDS[result.level]} {written}::{_data(one_line(f'{result.sentence} [{result.rule.identity}]'))}"


def _inert(text: str) -> Iterable[str]:
    """The text between commands that stop all others; the word that starts them again depends on the whole text.

    A text cannot contain a digest of itself, so nobody can write a file that ends the silence.
    """
    word = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    return [f"::stop-commands::{word}", *text.splitlines(), f"::{word}::"]


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format(render)
