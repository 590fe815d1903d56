"""Jobs that several tools do, and what is paid for them twice.

A tool's yearly cost is split evenly over the jobs it does. Of each job that several tools do, the dearest part is what
the job costs; everything else is paid twice. Money is whole ten-thousandths of the organisation's currency.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from procureguard.capabilities import SCALE, Taxonomy
from procureguard.stack.inventory import Tool
from procureguard.stack.jobs import Job, jobs_of

FEWEST = 2
"""So many tools make an overlap."""


class Part(NamedTuple):
    """One tool's part in a job: how it does it, and the share of its yearly cost, None where nobody stated the cost."""

    job: Job
    cost: int | None

    @property
    def tool(self) -> Tool:
        """The tool that does the job."""
        return self.job.tool


class Overlap(NamedTuple):
    """A job that several active tools do, the dearest first, those of unknown cost last.

    Attributes:
        paid_twice: all known costs but the dearest; while a cost is not known it is at least that much.
    """

    capability: str
    parts: tuple[Part, ...]
    paid_twice: int

    @property
    def unknown_costs(self) -> int:
        """The number of tools in it whose cost nobody has stated."""
        return sum(part.cost is None for part in self.parts)


class Overlaps(NamedTuple):
    """All jobs done by several active tools, those that cost most first."""

    overlaps: tuple[Overlap, ...]

    @property
    def paid_twice(self) -> int:
        """What is paid twice in all; at least that much while costs are not known."""
        return sum(overlap.paid_twice for overlap in self.overlaps)

    @property
    def tools(self) -> tuple[Tool, ...]:
        """The tools that take part in any overlap, by id."""
        found = {part.tool.identity: part.tool for overlap in self.overlaps for part in overlap.parts}
        return tuple(found[identity] for identity in sorted(found))

    @property
    def of_unknown_cost(self) -> tuple[Tool, ...]:
        """Those of them whose cost nobody has stated."""
        return tuple(tool for tool in self.tools if annual_cost(tool) is None)


def annual_cost(tool: Tool) -> int | None:
    """What a tool costs a year, in ten-thousandths, or None where nobody has stated it."""
    cost = tool.get("annual_cost")
    return None if cost is None else round(cost * SCALE)


def split_cost(cost: int, capabilities: Iterable[str]) -> Mapping[str, int]:
    """A cost split evenly over jobs, exact: what does not divide goes to the first jobs in the order of their ids."""
    names = sorted(capabilities)
    whole, rest = divmod(cost, len(names)) if names else (0, 0)
    return {name: whole + (place < rest) for place, name in enumerate(names)}


def find_overlaps(tools: Iterable[Tool], taxonomy: Taxonomy, at_least: int = FEWEST) -> Overlaps:
    """The jobs that at least so many active tools do; the order of the tools does not matter."""
    parts: dict[str, list[Part]] = {}
    for tool in tools:
        if tool.active:
            for part in _parts(tool, taxonomy):
                parts.setdefault(part.job.capability, []).append(part)
    found = (_overlap(name, several) for name, several in parts.items() if len(several) >= at_least)
    return Overlaps(tuple(sorted(found, key=_order)))


def _parts(tool: Tool, taxonomy: Taxonomy) -> Iterable[Part]:
    done = {name: job for name, job in jobs_of(tool, taxonomy).items() if job.done}
    cost = annual_cost(tool)
    costs = {} if cost is None else split_cost(cost, done)
    return (Part(job, costs.get(name)) for name, job in done.items())


def _overlap(capability: str, parts: Iterable[Part]) -> Overlap:
    ordered = tuple(sorted(parts, key=lambda part: (part.cost is None, -(part.cost or 0), part.tool.identity)))
    return Overlap(capability, ordered, sum(part.cost or 0 for part in ordered[1:]))


def _order(overlap: Overlap) -> tuple[int, int, str]:
    return -overlap.paid_twice, -len(overlap.parts), overlap.capability
