"""Statements: what each document says of a purchase, before anyone decides which one counts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from procureguard.capabilities import shipped_taxonomy
from procureguard.facts.fact import Fact, Place
from procureguard.facts.schema import FactSchema, Value, to_value
from procureguard.purchase import Purchase
from procureguard.source.document import Document
from procureguard.source.stated import Block, is_stated, plain
from procureguard.stack.inventory import Tool
from procureguard.stack.stack import Stack
from procureguard.stack.vendors import Catalogue

EXTENDS_A_TOOL = frozenset({"renewal", "expansion"})
"""Types of request that are about a tool already owned."""

OF_A_TOOL = {
    "vendor": "product.vendor",
    "product": "product.id",
    "plan": "product.plan",
    "name": "product.name",
    "owner": "request.owner",
    "it_owner": "request.it_owner",
    "operator": "request.operator",
    "renews_on": "contract.renews_on",
    "notice_days": "contract.notice_days",
}
"""What the inventory says of an owned tool, and which fact of a purchase of that tool it is."""


_OF_THE_CHOICE = ("vendor", "id", "plan", "name")
"""What a purchase asks for, be it another plan of a tool already owned: nobody knows better than the one who asks."""


@dataclass(frozen=True, slots=True)
class _Header:
    """Who says what stands plain in a document, and as of which day."""

    document: Document
    role: str
    identity: str
    source: str
    as_of: str | None = None


def statements(purchase: Purchase, stack: Stack, schema: FactSchema) -> Iterator[Fact]:
    """Everything the documents say; general statements come first, so that of equal ones the more specific is kept."""
    yield from _said_by_organisation(stack, schema)
    tool = _extended(purchase, stack)
    if tool is not None:
        asked_for = {f"product.{name}" for name in _OF_THE_CHOICE if purchase.text("product", name)}
        yield from (fact for fact in tool_statements(tool, stack, schema) if fact.path not in asked_for)
    yield from manifest_statements(
        stack.catalogue,
        schema,
        *(
            purchase.text("product", asked) or (tool.get(owned) if tool else None)
            for asked, owned in (("vendor", "vendor"), ("id", "product"), ("plan", "plan"))
        ),
    )
    header = _Header(purchase.document, "purchase", purchase.identity, "requester")
    yield from _read(header, purchase.blocks(), schema)


def organisation_facts(stack: Stack, schema: FactSchema) -> dict[str, Fact]:
    """What the organisation states, or its preset where it does not."""
    return {fact.path: fact for fact in _said_by_organisation(stack, schema)}


def tool_statements(tool: Tool, stack: Stack, schema: FactSchema) -> Iterator[Fact]:
    """What the inventory says of a tool that a purchase extends, renews or would be met by."""
    inventory = stack.inventory
    assert inventory is not None
    assert inventory.document is not None
    header = _Header(inventory.document, "inventory", "inventory", "it", inventory.as_of)
    for name, path in OF_A_TOOL.items():
        data = tool.facts.get(name)
        if plain(data) is not None:
            yield _fact(header, path, f"{tool.pointer}/{name}", data, to_value(schema[path], plain(data)))


def manifest_statements(
    catalogue: Catalogue, schema: FactSchema, vendor: str | None, product: str | None, plan: str | None
) -> Iterator[Fact]:
    """What the vendor manifests say of a product on a plan."""
    manifest = catalogue.get(vendor)
    if manifest is not None:
        source, as_of = manifest.header
        header = _Header(manifest.document, "vendor", manifest.identity, source, as_of)
        yield from _read(header, manifest.blocks(product, plan), schema)


def _extended(purchase: Purchase, stack: Stack) -> Tool | None:
    """The owned tool that the purchase renews or extends."""
    if purchase.text("request", "type") not in EXTENDS_A_TOOL or stack.inventory is None:
        return None
    return stack.inventory.find(purchase.text("request", "tool"))


def _said_by_organisation(stack: Stack, schema: FactSchema) -> Iterator[Fact]:
    organisation = stack.organisation
    preset = _Header(organisation.preset, "preset", organisation.preset_name, "it")
    own = {path.removeprefix("organisation.") for path in _paths(organisation.blocks())}
    yield from _read(preset, _without(organisation.preset_blocks(), own), schema)
    yield from _exclusive_ones(stack, preset, own)
    if organisation.document is not None:
        header = _Header(organisation.document, "organisation", "organisation", "it")
        yield from _read(header, organisation.blocks(), schema)
        yield from _empty_lists(stack, header, own)


def _exclusive_ones(stack: Stack, preset: _Header, own: set[str]) -> Iterator[Fact]:
    """The taxonomy says which capabilities are exclusive unless the organisation does; it may have changed that."""
    if "exclusive_capabilities" in own:
        return
    place = Place.of(preset.document, preset.role, preset.identity, "/organisation")
    document = stack.organisation.document
    if document is not None and stack.taxonomy.exclusive != shipped_taxonomy().exclusive:
        place = Place.of(document, "organisation", "organisation", "/capabilities")
    yield Fact("organisation.exclusive_capabilities", stack.taxonomy.exclusive, preset.source, place=place)


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
