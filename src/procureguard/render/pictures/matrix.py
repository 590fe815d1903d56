"""The matrix of jobs and tools: for each area, which tools do which of the jobs that several tools do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from procureguard.capabilities import Taxonomy
from procureguard.render.figures import way
from procureguard.render.pictures.fitting import broken, clipped, columns, in_pieces
from procureguard.stack.inventory import Tool
from procureguard.stack.jobs import Job, Way, jobs_of
from procureguard.stack.overlaps import Overlap

LABEL_WIDTH = 206
LABEL_COLUMNS = 33
COLUMN_WIDTH = 86
HEADING_COLUMNS = 13
HEADING_LINES = 3
LINE_HEIGHT = 14
ROW_HEIGHT = 20
COLUMNS_EACH = 5
ROWS_EACH = 21
OTHER_AREA = "Other jobs"


class Heading(NamedTuple):
    """A job at the head of a column: its centre, and its lines with their heights."""

    x: int
    lines: tuple[tuple[int, str], ...]


class Mark(NamedTuple):
    """The sign in one cell, by its centre."""

    x: int
    way: Way


class Row(NamedTuple):
    """A tool: the middle of its row, its name and department as they fit, and its marks."""

    y: int
    name: str
    department: str
    marks: tuple[Mark, ...]


class Sheet(NamedTuple):
    """One picture, small enough for a page.

    Attributes:
        titles: the jobs in full, for those who do not see the picture.
        table: tools with the words for each job, empty where a tool does not do it.
    """

    identity: str
    width: int
    height: int
    top: int
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    titles: tuple[str, ...]
    table: tuple[tuple[Tool, tuple[str, ...]], ...]


class Shelf(NamedTuple):
    """The pictures of one area."""

    title: str
    sheets: tuple[Sheet, ...]


def matrix(overlaps: Sequence[Overlap], taxonomy: Taxonomy) -> tuple[Shelf, ...]:
    """One shelf for each area with overlaps, in the order of the taxonomy; jobs and tools wrapped to fit pages."""
    by_area: dict[str, list[Overlap]] = {}
    for overlap in sorted(overlaps, key=lambda overlap: taxonomy.title(overlap.capability).casefold()):
        capability = taxonomy.capabilities.get(overlap.capability)
        by_area.setdefault(capability.area if capability else "", []).append(overlap)
    known = [area for area in taxonomy.areas if area in by_area]
    rest = sorted(by_area.keys() - taxonomy.areas.keys())
    return tuple(_shelf(area, by_area[area], taxonomy) for area in (*known, *rest))


def _shelf(area: str, overlaps: Sequence[Overlap], taxonomy: Taxonomy) -> Shelf:
    title = taxonomy.areas[area].title if area in taxonomy.areas else OTHER_AREA
    pieces = [
        (names, rows)
        for names in in_pieces([overlap.capability for overlap in overlaps], COLUMNS_EACH)
        for rows in in_pieces(_tools(names, overlaps, taxonomy), ROWS_EACH)
    ]
    identity = area or "other"
    return Shelf(
        title,
        tuple(_sheet(f"{identity}-{place}", *piece, taxonomy) for place, piece in enumerate(pieces, start=1)),
    )


def _tools(names: Sequence[str], overlaps: Iterable[Overlap], taxonomy: Taxonomy) -> list[Mapping[str, Job]]:
    """The jobs of every tool that does one of them, those that do the first jobs first."""
    found = {
        part.tool.identity: part.tool for overlap in overlaps if overlap.capability in names for part in overlap.parts
    }
    jobs = [{name: job for name, job in jobs_of(tool, taxonomy).items() if name in names} for tool in found.values()]
    return sorted(jobs, key=lambda done: _order(done, names))


def _order(jobs: Mapping[str, Job], names: Sequence[str]) -> tuple[list[int], str]:
    return [-jobs[name].level if name in jobs and jobs[name].done else 0 for name in names], _tool(jobs).identity


def _tool(jobs: Mapping[str, Job]) -> Tool:
    return next(iter(jobs.values())).tool


def _sheet(identity: str, names: Sequence[str], rows: Sequence[Mapping[str, Job]], taxonomy: Taxonomy) -> Sheet:
    centres = [LABEL_WIDTH + COLUMN_WIDTH * place + COLUMN_WIDTH // 2 for place in range(len(names))]
    titles = [taxonomy.title(name) for name in names]
    lines = [broken(title, HEADING_COLUMNS, HEADING_LINES) for title in titles]
    top = max(map(len, lines)) * LINE_HEIGHT + 10
    return Sheet(
        identity,
        LABEL_WIDTH + COLUMN_WIDTH * len(names),
        top + ROW_HEIGHT * len(rows) + 2,
        top,
        tuple(Heading(x, tuple(_from_below(found, top))) for x, found in zip(centres, lines, strict=True)),
        tuple(_row(top + ROW_HEIGHT * place, jobs, names, centres) for place, jobs in enumerate(rows)),
        tuple(titles),
        tuple((_tool(jobs), tuple(_words(jobs.get(name), taxonomy) for name in names)) for jobs in rows),
    )


def _from_below(lines: Sequence[str], top: int) -> Iterator[tuple[int, str]]:
    """Headings of different length stand on one line."""
    return ((top - 10 - LINE_HEIGHT * (len(lines) - 1 - place), line) for place, line in enumerate(lines))


def _row(y: int, jobs: Mapping[str, Job], names: Sequence[str], centres: Sequence[int]) -> Row:
    tool = _tool(jobs)
    name = clipped(tool.name, LABEL_COLUMNS - 6)
    marks = (Mark(x, jobs[job].way) for job, x in zip(names, centres, strict=True) if job in jobs)
    room = LABEL_COLUMNS - columns(name) - 1
    return Row(y + ROW_HEIGHT // 2, name, clipped(tool.get("department") or "", room), tuple(marks))


def _words(job: Job | None, taxonomy: Taxonomy) -> str:
    return "" if job is None else way(job, taxonomy)
