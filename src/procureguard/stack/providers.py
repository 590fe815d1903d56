"""Which tools do a job, the readiest first."""

from collections.abc import Iterable

from procureguard.capabilities import Taxonomy
from procureguard.stack.inventory import Tool
from procureguard.stack.jobs import WAYS, Job, jobs_of


def providers(tools: Iterable[Tool], taxonomy: Taxonomy, capability: str) -> tuple[Job, ...]:
    """The tools that do a job or could: full, partial, not switched on, through a suite; retired ones are left out.

    Among those of one kind, active tools come first, then those with most free seats.
    """
    jobs = (jobs_of(tool, taxonomy).get(capability) for tool in tools if tool.get("status") != "retired")
    return tuple(sorted((job for job in jobs if job is not None), key=_order))


def _order(job: Job) -> tuple[int, int, bool, int, str]:
    return WAYS.index(job.way), -job.level, not job.tool.active, -(job.tool.free_seats or 0), job.tool.identity
