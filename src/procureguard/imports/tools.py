"""Tools out of rows: what is new, and what the inventory has already."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from procureguard.imports.columns import Matching
from procureguard.imports.grouping import Group, Pair, Related, alike, grouped, related
from procureguard.imports.merging import FactValue, Merged, merged
from procureguard.imports.owned import OwnedTools
from procureguard.imports.profile import Profile
from procureguard.imports.rows import Purse, Reading, Rejected, read_rows
from procureguard.imports.table import Table
from procureguard.imports.websites import Resolve
from procureguard.imports.words import slug
from procureguard.stack.inventory import Inventory, Tool
from procureguard.stack.manifest import VendorManifest
from procureguard.stack.names import Proposal, propose

MOST_TOOLS = 10_000
"""How many tools an inventory may have."""

Suggest: TypeAlias = Callable[[str], tuple[str, ...]]
"""Ids of capabilities that a text may speak of."""


class Surroundings(NamedTuple):
    """What rows are compared with: inventory, vendors and their names, capabilities, money, the day of the export."""

    inventory: Inventory | None
    vendor_names: Sequence[tuple[str, str]]
    resolve: Resolve
    suggest: Suggest
    purse: Purse
    as_of: date


@dataclass(frozen=True, slots=True)
class FoundTool:
    """A product of an export as a tool: its id, what its rows and its manifest state, and what a person may look at."""

    identity: str
    group: Group
    merged: Merged
    manifest: VendorManifest | None
    is_sole: bool
    perhaps_vendors: tuple[Proposal, ...]
    perhaps_capabilities: tuple[str, ...]

    @property
    def name(self) -> str:
        """What its first row calls it."""
        return self.group.names[0]

    @property
    def product(self) -> str | None:
        """The product of its manifest, where that has one only and nothing else of the export is of that vendor."""
        products = self.manifest.product_ids() if self.manifest and self.is_sole else ()
        return products[0] if len(products) == 1 else None

    @property
    def capabilities(self) -> Mapping[str, str]:
        """What its product does by the manifest; nothing where that is not known."""
        return self.manifest.capabilities(0) if self.manifest and self.product else {}

    @property
    def facts(self) -> Mapping[str, FactValue]:
        """Everything stated of it, by the names of the inventory, but for id, name, status and capabilities."""
        known = {"vendor": self.manifest.identity if self.manifest else None, "product": self.product}
        stated = {name: value for name, value in self.merged.facts.items() if name != "status"}
        return {**{name: value for name, value in known.items() if value is not None}, **stated}


class KnownTool(NamedTuple):
    """A product of an export that the inventory has, with the facts on which the two differ: there, and here."""

    tool: Tool
    found: FoundTool
    differing: Mapping[str, tuple[Any, FactValue]]


@dataclass(frozen=True, slots=True)
class Import:
    """What an export comes to: every row of its table is in a new tool, in a known one, or rejected."""

    table: Table
    profile: Profile
    matching: Matching
    readings: tuple[Reading, ...]
    new: tuple[FoundTool, ...]
    known: tuple[KnownTool, ...]
    rejected: tuple[Rejected, ...]
    perhaps_same: tuple[Pair, ...]
    perhaps_related: tuple[Related, ...]

    @property
    def rows_in(self) -> int:
        """How many rows are in a tool."""
        groups = (*(tool.group for tool in self.new), *(known.found.group for known in self.known))
        return sum(len(group.readings) for group in groups)


def import_table(table: Table, profile: Profile, matching: Matching, around: Surroundings) -> Import:
    """The tools that the rows of a table speak of, and the rows that cannot be taken."""
    readings, rejected = read_rows(table, profile, matching, around.purse)
    tools = around.inventory.tools if around.inventory else ()
    groups = grouped(readings, around.resolve)
    found = tuple(_found(groups, profile, around, OwnedTools.of(tools)))
    known = tuple(each for each in found if isinstance(each, KnownTool))
    new = tuple(each for each in found if isinstance(each, FoundTool))
    room = max(0, MOST_TOOLS - len(tools))
    every = sorted([*rejected, *_too_many(new[room:])], key=lambda each: each.row.number)
    pairs = alike([tool.name for tool in new[:room]], [tool.name for tool in tools])
    return Import(
        table, profile, matching, readings, new[:room], known, tuple(every), pairs, related(groups, around.resolve)
    )


def _too_many(tools: Sequence[FoundTool]) -> Iterator[Rejected]:
    reason = f"an inventory has room for {MOST_TOOLS:,} tools"
    hint = "import fewer rows at once"
    return (Rejected(reading.row, reason, hint) for tool in tools for reading in tool.group.readings)


def _found(
    groups: Sequence[Group], profile: Profile, around: Surroundings, owned: OwnedTools
) -> Iterator[FoundTool | KnownTool]:
    used = set(owned.by_identity)
    manifests = [_manifest(group, around.resolve) for group in groups]
    named = Counter(manifest.identity for manifest in manifests if manifest is not None)
    for group, manifest in zip(groups, manifests, strict=True):
        is_sole = manifest is not None and named[manifest.identity] == 1
        tool = owned.find(group, manifest if is_sole else None)
        identity = tool.identity if tool else _free(slug(group.names[0]), used)
        used.add(identity)
        proposals = () if manifest else propose(group.names[0], around.vendor_names)
        facts, suggested = merged(group, profile, around.as_of), _suggested(group, around.suggest)
        found = FoundTool(identity, group, facts, manifest, is_sole, proposals, suggested)
        yield KnownTool(tool, found, _differing(tool, found)) if tool else found


def _suggested(group: Group, suggest: Suggest) -> tuple[str, ...]:
    texts = (reading.text(field) for reading in group.readings for field in ("category", "description"))
    return tuple(dict.fromkeys(found for text in dict.fromkeys(texts) if text for found in suggest(text)))


def _manifest(group: Group, resolve: Resolve) -> VendorManifest | None:
    """The manifest that websites, names and vendors of a group name; none where they name several."""
    vendors = (reading.text("vendor") for reading in group.readings)
    words = dict.fromkeys([*group.hosts, *group.names, *(word for word in vendors if word)])
    found = {manifest.identity: manifest for word in words if (manifest := resolve(word)) is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def _free(wanted: str, used: Collection[str]) -> str:
    """The id wanted, or with the first number behind it that makes it new."""
    stem = wanted or "tool"
    found, count = stem, 1
    while found in used:
        count += 1
        found = f"{stem}-{count}"
    return found


def _differing(tool: Tool, found: FoundTool) -> dict[str, tuple[Any, FactValue]]:
    status = found.merged.facts.get("status")
    stated = {**found.facts, **({} if status is None else {"status": status})}
    pairs = {name: (tool.get(name), value) for name, value in stated.items()}
    return {name: (old, new) for name, (old, new) in pairs.items() if not _equal(old, new)}


def _equal(old: Any, new: FactValue) -> bool:  # noqa: ANN401 - a plain fact of any kind
    if isinstance(new, date):
        return str(old) == new.isoformat()
    if isinstance(new, Fraction) and isinstance(old, int | float):
        return Fraction(repr(old)) == new
    return bool(old == new)
