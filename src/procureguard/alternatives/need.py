"""The need behind a purchase, and how far something covers it."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from procureguard.capabilities import Taxonomy
from procureguard.facts.gather import Facts

NOTEWORTHY = 4_000
"""The share of the need, in ten-thousandths, from which an owned tool is worth a look."""

ENOUGH = 8_000
"""The share of the need, in ten-thousandths, from which something does the job."""


class Need(NamedTuple):
    """What is asked for, and for whom; None stands for what nobody has stated."""

    wanted: tuple[str, ...]
    must: frozenset[str]
    at_launch: frozenset[str] | None
    later: frozenset[str] | None
    categories: frozenset[str] | None
    department: str | None
    purpose: str

    @classmethod
    def of(cls, facts: Facts) -> "Need | None":
        """The need that facts state, or None while nobody has said which capabilities are wanted."""
        capabilities, must = facts.value("request.capabilities"), facts.value("request.must") or ()
        wanted = tuple(sorted({*(capabilities or ()), *must}))
        if not wanted:
            return None
        return cls(
            wanted,
            frozenset(must),
            _stated(facts, "request.needed_at_launch"),
            _stated(facts, "request.needed_later"),
            _stated(facts, "data.categories"),
            facts.value("request.department"),
            facts.value("request.purpose") or "",
        )


class Coverage(NamedTuple):
    """How far a need is covered, in ten-thousandths; None of a list that is empty or not stated, or of the unknown.

    Attributes:
        need: the weighted share of everything asked for.
        must: the share of the must-haves, each counted alike; `at_launch` and `later` likewise.
        covers: what it does of what was asked for; `lacks` is the rest.
        latent: what it would do once switched on.
    """

    need: int | None
    must: int | None
    at_launch: int | None
    later: int | None
    covers: tuple[str, ...]
    lacks: tuple[str, ...]
    latent: tuple[str, ...]


def coverage_of(need: Need, offered: Mapping[str, str], taxonomy: Taxonomy) -> Coverage:
    """How far what is offered covers a need."""
    return Coverage(
        share_of(need, offered, taxonomy),
        _share(need.must, offered, taxonomy),
        _share(need.at_launch, offered, taxonomy),
        _share(need.later, offered, taxonomy),
        tuple(name for name in need.wanted if taxonomy.level(offered, name)),
        tuple(name for name in need.wanted if not taxonomy.level(offered, name)),
        tuple(name for name in need.wanted if _is_latent(offered, name, taxonomy)),
    )


NOTHING_KNOWN = Coverage(None, None, None, None, (), (), ())
"""Of something of which nobody says what it does."""


def share_of(need: Need, offered: Mapping[str, str], taxonomy: Taxonomy) -> int:
    """The weighted share of everything asked for that is covered, in ten-thousandths."""
    return taxonomy.coverage(offered, need.wanted, need.must)


def _share(listed: Collection[str] | None, offered: Mapping[str, str], taxonomy: Taxonomy) -> int | None:
    return taxonomy.coverage(offered, listed, ()) if listed else None


def _is_latent(offered: Mapping[str, str], name: str, taxonomy: Taxonomy) -> bool:
    """Whether switching something on would do more of a job than is done now."""
    on = {capability: level for capability, level in offered.items() if level != "latent"}
    return taxonomy.level(offered, name) > taxonomy.level(on, name)


def _stated(facts: Facts, path: str) -> frozenset[str] | None:
    value = facts.value(path)
    return None if value is None else frozenset(value)
