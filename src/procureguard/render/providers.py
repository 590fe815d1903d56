"""Who has a tool for a job, as text and JSON."""

from collections.abc import Iterator, Sequence

from procureguard.render.counting import counted
from procureguard.render.figures import NOT_KNOWN, free_seats, labelled, way
from procureguard.render.inventory import InventoryView
from procureguard.render.json import as_json
from procureguard.render.style import wrapped
from procureguard.stack.inventory import Tool
from procureguard.stack.jobs import Job

CLEARANCE_NOT_STATED = "nobody has stated for which data"


def providers_text(capability: str, jobs: Sequence[Job], view: InventoryView) -> str:
    """The tools for one job, the readiest first."""
    return "\n".join(_lines(capability, jobs, view)) + "\n"


def providers_json(capability: str, jobs: Sequence[Job], view: InventoryView) -> str:
    """The tools for one job, the readiest first; level from 0 to 1."""
    return as_json(
        {
            "capability": capability,
            "title": view.taxonomy.title(capability),
            "tools": [_record(job) for job in jobs],
        }
    )


def _lines(capability: str, jobs: Sequence[Job], view: InventoryView) -> Iterator[str]:
    title = f"{view.taxonomy.title(capability)} ({capability})"
    if not jobs:
        yield from wrapped(f"{title}: nobody here has a tool for this")
        return
    doing = sum(job.done for job in jobs)
    could = len(jobs) - doing
    rest = f", {could} more could once switched on" if could else ""
    yield from wrapped(f"{title}: {counted(doing, 'tool does', 'tools do')} this{rest}")
    for job in jobs:
        yield ""
        yield from wrapped(f"{labelled(job.tool)}: {way(job, view.taxonomy)}", "  ", "    ")
        for text in _details(job.tool):
            yield from wrapped(text, "    ", "      ")


def _details(tool: Tool) -> Iterator[str]:
    who = {"department": tool.get("department"), "owner": tool.get("owner"), "run by": tool.get("operator")}
    yield ", ".join(f"{name}: {value or NOT_KNOWN}" for name, value in who.items())
    yield f"seats: {free_seats(tool)}"
    cleared = tool.get("cleared_for")
    words = CLEARANCE_NOT_STATED if cleared is None else ", ".join(_words(name) for name in cleared) or "no data at all"
    yield f"cleared for: {words}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _record(job: Job) -> dict[str, object]:
    tool = job.tool
    facts = {name: tool.get(name) for name in ("department", "owner", "operator", "status")}
    return {
        "id": tool.identity,
        "name": tool.name,
        "way": job.way,
        "through": job.suite,
        "level": job.level / 10_000,
        **facts,
        "free_seats": tool.free_seats,
        "cleared_for": tool.get("cleared_for"),
    }
