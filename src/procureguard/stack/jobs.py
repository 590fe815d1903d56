"""The jobs tools do: each capability of each tool, and in which way the tool comes to it."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from procureguard.capabilities import SCALE, Taxonomy
from procureguard.stack.inventory import Tool

Way = Literal["full", "partial", "latent", "suite"]
"""Completely, in part, not switched on yet, or only because a suite it has brings the job along."""

WAYS: tuple[Way, ...] = ("full", "partial", "latent", "suite")
"""In the order in which people should look at them."""

_WAY_OF: Mapping[str, Way] = {"full": "full", "partial": "partial", "latent": "latent"}


class Job(NamedTuple):
    """One thing a tool does or could do; level in ten-thousandths, and the suite where it comes through one."""

    tool: Tool
    capability: str
    way: Way
    level: int
    suite: str | None = None

    @property
    def done(self) -> bool:
        """Whether the tool does it today."""
        return self.way != "latent"


def jobs_of(tool: Tool, taxonomy: Taxonomy) -> Mapping[str, Job]:
    """All jobs of one tool by capability, in the order of ids; what it does today goes before what it could do."""
    offered = tool.capabilities
    latent = {name: state for name, state in offered.items() if state == "latent"}
    done = {name: state for name, state in offered.items() if state != "latent"}
    jobs = {**_through(tool, latent, "latent", taxonomy), **_direct(tool, latent, taxonomy)}
    jobs.update(_through(tool, done, "suite", taxonomy))
    for name, job in _direct(tool, done, taxonomy).items():
        jobs[name] = job._replace(level=max(job.level, jobs[name].level if _is_done(jobs.get(name)) else 0))
    return {name: jobs[name] for name in sorted(jobs)}


def jobs_by_capability(tools: Iterable[Tool], taxonomy: Taxonomy) -> Mapping[str, tuple[Job, ...]]:
    """The jobs of all tools, for each capability in the order of the tools' ids."""
    found: dict[str, list[Job]] = {}
    for tool in sorted(tools, key=lambda tool: tool.identity):
        for name, job in jobs_of(tool, taxonomy).items():
            found.setdefault(name, []).append(job)
    return {name: tuple(found[name]) for name in sorted(found)}


def _direct(tool: Tool, offered: Mapping[str, str], taxonomy: Taxonomy) -> dict[str, Job]:
    return {name: Job(tool, name, _WAY_OF[state], taxonomy.levels[state]) for name, state in offered.items()}


def _through(tool: Tool, offered: Mapping[str, str], way: Way, taxonomy: Taxonomy) -> dict[str, Job]:
    """What suites bring along; where several do, the one that brings most."""
    best: dict[str, Job] = {}
    for suite in sorted(offered.keys() & taxonomy.capabilities.keys()):
        level = taxonomy.levels[offered[suite]] * taxonomy.implied // SCALE
        for name in taxonomy.capabilities[suite].implies:
            if name not in best or level > best[name].level:
                best[name] = Job(tool, name, way, level, suite)
    return best


def _is_done(job: Job | None) -> bool:
    return job is not None and job.done
