"""Gathering: what all documents say of one purchase, the strongest statement of each fact first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from procureguard.facts.computation import Computation, Registers, derive
from procureguard.facts.derived import DERIVED
from procureguard.facts.fact import Fact, Place
from procureguard.facts.schema import FactSchema, Value, to_value
from procureguard.purchase import Purchase
from procureguard.source import Block, Document, is_stated, plain
from procureguard.stack import Catalogue, Stack

NO_WAIT: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a purchase on a day; what is not in `known` is unknown."""

    known: Mapping[str, Fact]
    waits: Mapping[str, frozenset[str]]
    disputed: Mapping[str, tuple[Fact, ...]]
    registers: frozenset[str]
    as_of: date | None

    def value(self, path: str) -> Value:
        """The value evaluators compare, None where nobody has stated it."""
        fact = self.known.get(path)
        return None if fact is None else fact.value

    def waits_for(self, path: str) -> frozenset[str]:
        """The facts to state before this one is known: itself, or the inputs a derived one lacks."""
        return NO_WAIT if path in self.known else self.waits.get(path, frozenset({path}))


@dataclass(frozen=True, slots=True)
class _Header:
    document: Document
    role: str
    identity: str
    source: str
    as_of: str | None


def gather(purchase: Purchase, stack: Stack, schema: FactSchema, as_of: date) -> Facts:
    """The facts of a purchase: stated ones by the strongest source, then the derived ones; documents must be valid."""
    known, disputed = _strongest_of(_statements(purchase, stack, schema))
    return _derived(known, disputed, registers_for(stack, known), as_of)


def complete(known: Mapping[str, Fact], registers: Registers, as_of: date | None) -> Facts:
    """Facts from stated ones alone, as examples of policies give them; a derived fact that is given stays as given."""
    return _derived(dict(known), {}, registers, as_of)


def manifest_facts(
    catalogue: Catalogue, schema: FactSchema, vendor: str | None, product: str | None, plan: str | None
) -> dict[str, Fact]:
    """What the manifests alone say of a product on a plan, the strongest statement of each fact."""
    return _strongest_of(_said_by_manifest(catalogue, schema, vendor, product, plan))[0]


def _derived(
    known: dict[str, Fact], disputed: Mapping[str, tuple[Fact, ...]], registers: Registers, as_of: date | None
) -> Facts:
    waits: dict[str, frozenset[str]] = {}
    for row in DERIVED:
        if row.path in known:
            continue
        computation = derive(row, Computation(known, waits, registers, as_of))
        if isinstance(computation, Fact):
            known[row.path] = computation
        else:
            waits[row.path] = computation
    return Facts(known, waits, disputed, registers.supplied, as_of)


def _strongest_of(facts: Iterable[Fact]) -> tuple[dict[str, Fact], dict[str, tuple[Fact, ...]]]:
    """The strongest statement of each fact, and all statements of those on which they differ."""
    said: dict[str, list[Fact]] = {}
    for fact in facts:
        said.setdefault(fact.path, []).append(fact)
    disputed = {
        path: tuple(found) for path, found in said.items() if any(fact.value != found[0].value for fact in found)
    }
    return {path: _strongest(found) for path, found in said.items()}, disputed


def _strongest(facts: list[Fact]) -> Fact:
    """Of equal statements the later one, which is the more specific."""
    best = facts[0]
    for fact in facts[1:]:
        if fact.strength >= best.strength:
            best = fact
    return best


def _statements(purchase: Purchase, stack: Stack, schema: FactSchema) -> Iterator[Fact]:
    """General statements come first, so that of equal ones the more specific is kept."""
    organisation = stack.organisation
    preset = _Header(organisation.preset, "preset", organisation.preset_name, "it", None)
    own = {path.removeprefix("organisation.") for path in _paths(organisation.blocks())}
    yield from _read(preset, _without(organisation.preset_blocks(), own), schema)
    yield from _preset_lists(stack, preset, own)
    if organisation.document is not None:
        header = _Header(organisation.document, "organisation", "organisation", "it", None)
        yield from _read(header, organisation.blocks(), schema)
        yield from _empty_lists(stack, header, own)
    yield from _said_by_manifest(
        stack.catalogue, schema, *(purchase.text("product", name) for name in ("vendor", "id", "plan"))
    )
    yield from _read(
        _Header(purchase.document, "purchase", purchase.identity, "requester", None), purchase.blocks(), schema
    )


def _said_by_manifest(
    catalogue: Catalogue, schema: FactSchema, vendor: str | None, product: str | None, plan: str | None
) -> Iterator[Fact]:
    manifest = catalogue.get(vendor)
    if manifest is not None:
        source, as_of = manifest.header
        header = _Header(manifest.document, "vendor", manifest.identity, source, as_of)
        yield from _read(header, manifest.blocks(product, plan), schema)


def _preset_lists(stack: Stack, header: _Header, own: set[str]) -> Iterator[Fact]:
    """The taxonomy says which capabilities are exclusive unless the organisation does."""
    if "exclusive_capabilities" not in own:
        place = Place.of(header.document, header.role, header.identity, "/organisation")
        yield Fact("organisation.exclusive_capabilities", stack.taxonomy.exclusive, header.source, place=place)


def _empty_lists(stack: Stack, header: _Header, own: set[str]) -> Iterator[Fact]:
    """A vendor list that the organisation states to be empty is a fact as well as a register."""
    for register in ("banned_vendors", "sanctioned_vendors"):
        if register in stack.organisation.empty_registers and register not in own:
            place = Place.of(header.document, header.role, header.identity, f"/registers/{register}")
            yield Fact(f"organisation.{register}", (), header.source, place=place)


def _paths(blocks: Iterable[Block]) -> Iterator[str]:
    return (
        f"{block.section}.{name}" for block in blocks for name, data in block.facts.items() if plain(data) is not None
    )


def _without(blocks: Iterable[Block], names: set[str]) -> Iterator[Block]:
    for block in blocks:
        yield Block(
            block.pointer, block.section, {name: data for name, data in block.facts.items() if name not in names}
        )


def _read(header: _Header, blocks: Iterable[Block], schema: FactSchema) -> Iterator[Fact]:
    for block in blocks:
        for name, data in block.facts.items():
            kind = schema.get(f"{block.section}.{name}")
            if kind is not None and plain(data) is not None:
                pointer = f"{block.pointer}/{name}"
                yield _fact(header, kind.path, pointer, data, to_value(kind, plain(data)))


def _fact(header: _Header, path: str, pointer: str, data: Any, value: Value) -> Fact:  # noqa: ANN401 - any JSON value
    own = data if is_stated(data) else {}
    place = Place.of(header.document, header.role, header.identity, f"{pointer}/value" if own else pointer)
    return Fact(
        path, value, own.get("source") or header.source, own.get("as_of") or header.as_of, own.get("evidence"), place
    )


def registers_for(stack: Stack, known: Mapping[str, Fact]) -> Registers:
    """The registers that are supplied, by a document or by the statement that one is empty."""
    owned = stack.owned()
    lists = {name for name in ("banned_vendors", "sanctioned_vendors") if f"organisation.{name}" in known}
    stated = lists | stack.organisation.empty_registers | ({"inventory"} if owned is not None else set())
    return Registers(owned, stack.catalogue, stack.taxonomy, frozenset(stated))
