"""Vendor manifests named to `procureguard check`: each is answered plan by plan."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from procureguard.cli.answered import Answered
from procureguard.cli.exits import FINE, FOUND
from procureguard.cli.progress import with_progress
from procureguard.cli.surroundings import Surroundings, guard_of
from procureguard.guard.guard import Guard
from procureguard.guard.manifests import read_manifests, vendor_report, with_manifests
from procureguard.guard.provenance import files_around
from procureguard.render.view import View
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.stack.check_vendors import Manifested


def answer_manifests(
    documents: Mapping[str, Document], unread: Iterable[str], around: Callable[[Path], Surroundings], day: date
) -> dict[str, Answered]:
    """The answers to manifests by their names; a manifest that is checked counts for those around it as it was read.

    Files that could not be read, which the user has been told, are left out of what is around.
    """
    checked = {Path(name).resolve(): name for name in documents}
    known = checked.keys() | {Path(name).resolve() for name in unread}
    together: dict[Surroundings, list[str]] = {}
    for name in documents:
        together.setdefault(around(Path(name)), []).append(name)
    answered: dict[str, Answered] = {}
    for surroundings, names in together.items():
        beside = [checked[path] for file in surroundings.vendors if (path := Path(file).resolve()) in checked]
        read_here = [documents[name] for name in dict.fromkeys([*names, *beside])]
        answered |= _answers(names, read_here, guard_of(surroundings.without_vendors(known)), day)
    return answered


def _answers(names: Collection[str], documents: Iterable[Document], guard: Guard, day: date) -> dict[str, Answered]:
    """Manifests that are wrong are counted; the others are still answered, without them."""
    problems: list[Diagnostic] = []
    read = read_manifests(documents, guard.stack, guard.schema, problems)
    wrong = {problem.name for problem in problems if problem.severity == "error"}
    right = [found for found in read if found.document.source.name not in wrong]
    asked = [found for found in right if found.document.source.name in names]
    found = {name: Answered(FOUND) for name in names if name in wrong}
    found |= dict(_answered(asked, replace(guard, stack=with_manifests(guard.stack, right)), day))
    return {name: replace(each, diagnostics=_of(name, problems)) for name, each in found.items()}


def _of(name: str, problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(problem for problem in problems if problem.name == name)


def _answered(manifests: list[Manifested], guard: Guard, day: date) -> Iterator[tuple[str, Answered]]:
    files = files_around(guard.stack, guard.policies)
    for found in with_progress(manifests):
        name = found.document.source.name
        report = vendor_report(found, guard.stack, guard.schema, guard.program, day)
        verdicts = [plan.best for plan in report.plans]
        yield name, Answered(FINE, View(report, name, files, document=found.document), verdicts)
