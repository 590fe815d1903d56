"""What tools do: the taxonomy of capabilities, and how far one tool covers a need."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from procureguard.source.shipped import shipped

Value = Any
"""A value of a fact as evaluators hold it, lists as tuples."""

SCALE = 10_000
"""Shares and levels are whole numbers of ten-thousandths, so that thresholds compare exactly."""


FACTS_OF_NEEDS = (
    "data.categories",
    "messaging.channels",
    "ai.functions",
    "ai.used",
    "web.loads_on_site",
    "integration.systems",
)
"""The facts of a purchase that needs are about."""


class Needs(NamedTuple):
    """What of a purchase a capability cannot do without; of each list any one will do."""

    categories: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    ai: tuple[str, ...] = ()
    loads_on_site: bool = False
    connects: bool = False

    @classmethod
    def of(cls, entry: Mapping[str, Any] | None) -> "Needs":
        """The needs that an entry of a file states."""
        stated = entry or {}
        categories, channels, ai = (tuple(stated.get(name) or ()) for name in ("categories", "channels", "ai"))
        return cls(categories, channels, ai, bool(stated.get("loads_on_site")), bool(stated.get("connects")))

    def broken(self, before: Mapping[str, Value], after: Mapping[str, Value]) -> bool:
        """Whether any of them was met by some facts and is not met by others; what is unknown meets and breaks none."""
        return any(was and now is False for was, now in zip(self._met(before), self._met(after), strict=True))

    def _met(self, facts: Mapping[str, Value]) -> Iterator[bool | None]:
        """Which of them facts meet, in an order that is always the same; None where there is no need, or no fact."""
        yield _any_of(facts.get("data.categories"), self.categories)
        yield _any_of(facts.get("messaging.channels"), self.channels)
        yield _any_of(facts.get("ai.functions"), self.ai)
        yield facts.get("ai.used") if self.ai else None
        yield facts.get("web.loads_on_site") if self.loads_on_site else None
        systems = facts.get("integration.systems")
        yield bool(systems) if self.connects and systems is not None else None


def _any_of(stated: Value | None, wanted: Collection[str]) -> bool | None:
    return None if stated is None or not wanted else not set(stated).isdisjoint(wanted)


class Capability(NamedTuple):
    """One thing a tool can do, and what people call it."""

    identity: str
    title: str
    synonyms: tuple[str, ...]
    implies: tuple[str, ...]
    exclusive: bool
    does: str = ""
    area: str = ""
    needs: Needs = Needs()


class Area(NamedTuple):
    """A shelf for browsing capabilities, and the title of the group of shelves it stands in."""

    identity: str
    title: str
    group: str


@dataclass(frozen=True, slots=True, eq=False)
class Taxonomy:
    """All capabilities with the weights by which coverage is counted (levels in ten-thousandths).

    A taxonomy equals itself only, so that what is made of it can be kept beside it.
    """

    capabilities: Mapping[str, Capability]
    weights: Mapping[str, int]
    levels: Mapping[str, int]
    implied: int
    areas: Mapping[str, Area] = field(default_factory=dict)

    @property
    def exclusive(self) -> tuple[str, ...]:
        """Capabilities of which an organisation has one system of record only."""
        return tuple(sorted(name for name, capability in self.capabilities.items() if capability.exclusive))

    def title(self, identity: str) -> str:
        """The name people read, or the id itself where the taxonomy does not know it."""
        capability = self.capabilities.get(identity)
        return capability.title if capability else identity

    def level(self, offered: Mapping[str, str], wanted: str) -> int:
        """How fully a tool does one thing, 0 to 10,000, suites counted at the implied share."""
        direct = self.levels[offered[wanted]] if wanted in offered else 0
        through_suites = (
            self.levels[stated] * self.implied // SCALE
            for suite, stated in offered.items()
            if suite in self.capabilities and wanted in self.capabilities[suite].implies
        )
        return max(direct, *through_suites, 0)

    def doers(self, wanted: Collection[str]) -> frozenset[str]:
        """The capabilities by which a tool can do any of the wanted ones: these themselves, and suites of them."""
        suites = (name for name, found in self.capabilities.items() if not set(found.implies).isdisjoint(wanted))
        return frozenset((*wanted, *suites))

    def coverage(self, offered: Mapping[str, str], wanted: Collection[str], must: Collection[str]) -> int:
        """The weighted share of a need that a tool covers, 0 to 10,000, rounded down.

        Rounding down keeps `share < threshold` exact for every threshold of four places.
        """
        need = sorted({*wanted, *must})
        if not need:
            return 0
        weights = {name: self.weights["must" if name in must else "nice"] for name in need}
        covered = sum(weight * self.level(offered, name) for name, weight in weights.items())
        return covered // sum(weights.values())

    def lost(self, must: Collection[str], before: Mapping[str, Value], after: Mapping[str, Value]) -> frozenset[str]:
        """The capabilities of `must` that facts allowed before and do not allow any more, by the paths of facts."""
        known = (self.capabilities[name] for name in must if name in self.capabilities)
        return frozenset(found.identity for found in known if found.needs.broken(before, after))


@cache
def shipped_taxonomy() -> Taxonomy:
    """The taxonomy that comes with the package."""
    return _taxonomy(json.loads((shipped("schemas") / "capabilities.json").read_text(encoding="utf-8")))


def _taxonomy(data: Any) -> Taxonomy:  # noqa: ANN401 - shipped data, checked against its schema by the tests
    coverage = data["coverage"]
    return Taxonomy(
        {entry["id"]: _capability(entry) for entry in data["capabilities"]},
        coverage["weights"],
        {name: round(level * SCALE) for name, level in coverage["levels"].items()},
        round(coverage["implied"] * SCALE),
        {name: Area(name, area["title"], data["groups"][area["group"]]) for name, area in data["areas"].items()},
    )


def _capability(entry: Any) -> Capability:  # noqa: ANN401 - as above
    return Capability(
        entry["id"],
        entry["title"],
        tuple(entry.get("synonyms", ())),
        tuple(entry.get("implies", ())),
        bool(entry.get("exclusive", False)),
        entry["does"],
        entry["area"],
        Needs.of(entry.get("needs")),
    )
