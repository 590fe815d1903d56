"""Statements: what each document says of a purchase, before anyone decides which one counts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from procureguard.capabilities import shipped_taxonomy
from procureguard.facts.fact import Fact, Place
from procureguard.facts.schema import FactSchema, Value, to_value
from procureguard.purchase import Purchase
from procureguard.source.document import Document
from procureguard.source.stated import Block, is_stated, plain
from procureguard.stack.inventory import Tool
from procureguard.stack.manifest import Offer, VendorManifest
from procureguard.stack.stack import Stack

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
    """Who says what stands plain in a document, as of which day, and where its values stand."""

    place: Callable[[str], Place]
    source: str
    as_of: str | None = None
    evidence: str | None = None


class Choice(NamedTuple):
    """What is to be bought, in whatever words a purchase or the inventory uses for it."""

    vendor: str | None
    product: str | None
    plan: str | None


class Identity(NamedTuple):
    """What a choice stands for: a manifest, and the places of product and plan in it as far as they are known."""

    manifest: VendorManifest
    product: int | None
    plan: int | None


def identity_of(choice: Choice, stack: Stack, domains: Iterable[str] = ()) -> Identity | None:
    """What a choice stands for, by id, alias or domain of the vendor; domains of the vendor stand in for its id."""
    words = (choice.vendor,) if choice.vendor is not None else tuple(domains)
    manifest = next((found for word in words if (found := stack.catalogue.resolve(word)) is not None), None)
    if manifest is None:
        return None
    product = manifest.product(choice.product)
    return Identity(manifest, product, None if product is None else manifest.plan(product, choice.plan))


def statements(purchase: Purchase, stack: Stack, schema: FactSchema) -> Iterator[Fact]:
    """Everything the documents say; general statements come first, so that of equal ones the more specific is kept."""
    yield from _said_by_organisation(stack, schema)
    tool = _extended(purchase, stack)
    if tool is not None:
        asked_for = {f"product.{name}" for name in _OF_THE_CHOICE if purchase.text("product", name)}
        yield from (fact for fact in tool_statements(tool, stack, schema) if fact.path not in asked_for)
    choice = _choice(purchase, tool)
    identity = identity_of(choice, stack, purchase.texts("vendor", "domains"))
    if identity is not None:
        yield from manifest_statements(identity, schema)
        if choice.vendor is None:
            yield _of_the_vendor(identity.manifest)
    header = _Header(_places_in(purchase.document, "purchase", purchase.identity), "requester")
    yield from _read(header, purchase.blocks(), schema)


def organisation_facts(stack: Stack, schema: FactSchema) -> dict[str, Fact]:
    """What the organisation states, or its preset where it does not."""
    return {fact.path: fact for fact in _said_by_organisation(stack, schema)}


def offer_statements(identity: Identity, stack: Stack, schema: FactSchema) -> Iterator[Fact]:
    """What a purchase of an offer begins with before it states anything of its own.

    The price of the plan is not in it: what is agreed may be another one, billed otherwise.
    """
    manifest, product, plan = identity
    yield from _said_by_organisation(stack, schema)
    yield from manifest_statements(identity, schema)
    chosen = {
        "product.vendor": manifest.identity,
        "product.id": None if product is None else manifest.product_id(product),
        "product.plan": None if product is None else manifest.plan_id(Offer(product, plan)),
    }
    source, as_of = manifest.header
    place = manifest_places(manifest)("/id")
    yield from (Fact(path, word, source, as_of, None, place) for path, word in chosen.items() if word is not None)


def tool_statements(tool: Tool, stack: Stack, schema: FactSchema) -> Iterator[Fact]:
    """What the inventory says of a tool that a purchase extends, renews or would be met by."""
    inventory = stack.inventory
    assert inventory is not None
    header = _Header(tool_places(tool), "it", inventory.as_of)
    for name, path in OF_A_TOOL.items():
        data = tool.facts.get(name)
        if plain(data) is not None:
            pointer = f"{tool.pointer}/{name}"
            yield _fact(header, path, pointer, data, to_value(schema[path], plain(data)))


def tool_places(tool: Tool) -> Callable[[str], Place]:
    """The places of what the inventory says of a tool."""
    return lambda pointer: Place.among(tool.places, "inventory", "inventory", pointer)


def choice_of(tool: Tool) -> Choice:
    """What a tool is a purchase of."""
    return Choice(tool.get("vendor"), tool.get("product"), tool.get("plan"))


def manifest_statements(identity: Identity, schema: FactSchema) -> Iterator[Fact]:
    """What a vendor manifest says of a product on a plan."""
    manifest, product, plan = identity
    place = manifest_places(manifest)
    for said in manifest.testimony(product, plan):
        yield from _read(_Header(place, said.source, said.as_of, said.evidence), [said.block], schema)


def _of_the_vendor(manifest: VendorManifest) -> Fact:
    """The vendor, where the purchase gives a domain of it and no word."""
    source, as_of = manifest.header
    return Fact("product.vendor", manifest.identity, source, as_of, None, manifest_places(manifest)("/id"))


def manifest_places(manifest: VendorManifest) -> Callable[[str], Place]:
    """The places of what a manifest says."""
    return lambda pointer: Place.among(manifest.places, "vendor", manifest.identity, pointer)


def _choice(purchase: Purchase, tool: Tool | None) -> Choice:
    owned = choice_of(tool) if tool is not None else Choice(None, None, None)
    return Choice(
        purchase.text("product", "vendor") or owned.vendor,
        purchase.text("product", "id") or owned.product,
        purchase.text("product", "plan") or owned.plan,
    )


def _extended(purchase: Purchase, stack: Stack) -> Tool | None:
    """The owned tool that the purchase renews or extends."""
    if purchase.text("request", "type") not in EXTENDS_A_TOOL or stack.inventory is None:
        return None
    return stack.inventory.find(purchase.text("request", "tool"))


def _said_by_organisation(stack: Stack, schema: FactSchema) -> Iterator[Fact]:
    organisation = stack.organisation
    preset = _Header(_places_in(organisation.preset, "preset", organisation.preset_name), "it")
    own = {path.removeprefix("organisation.") for path in _paths(organisation.blocks())}
    yield from _read(preset, _without(organisation.preset_blocks(), own), schema)
    yield from _exclusive_ones(stack, preset, own)
    if organisation.document is not None:
        header = _Header(_places_in(organisation.document, "organisation", "organisation"), "it")
        yield from _read(header, organisation.blocks(), schema)
        yield from _planned(stack, header, own)
        yield from _empty_lists(stack, header, own)


def _exclusive_ones(stack: Stack, preset: _Header, own: set[str]) -> Iterator[Fact]:
    """The taxonomy says which capabilities are exclusive unless the organisation does; it may have changed that."""
    if "exclusive_capabilities" in own:
        return
    place = preset.place("/organisation")
    document = stack.organisation.document
    if document is not None and stack.taxonomy.exclusive != shipped_taxonomy().exclusive:
        place = Place.of(document, "organisation", "organisation", "/capabilities")
    yield Fact("organisation.exclusive_capabilities", stack.taxonomy.exclusive, preset.source, place=place)


def _planned(stack: Stack, header: _Header, own: set[str]) -> Iterator[Fact]:
    """The lines of the plan, once both departments have agreed to it."""
    plan = stack.organisation.plan
    if plan is not None and not plan.missing and "plan_items" not in own:
        yield Fact("organisation.plan_items", plan.lines, header.source, place=header.place("/plan/lines"))


def _empty_lists(stack: Stack, header: _Header, own: set[str]) -> Iterator[Fact]:
    """A vendor list that the organisation states to be empty is a fact as well as a register."""
    for register in ("banned_vendors", "sanctioned_vendors"):
        if register in stack.organisation.empty_registers and register not in own:
            place = header.place(f"/registers/{register}")
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


def _places_in(document: Document, role: str, identity: str) -> Callable[[str], Place]:
    position_of = document.source.positions()

    def place(pointer: str) -> Place:
        position = position_of(document.value_span(pointer).start)
        return Place(role, identity, pointer, position.line, position.column)

    return place


def _read(header: _Header, blocks: Iterable[Block], schema: FactSchema) -> Iterator[Fact]:
    for block in blocks:
        for name, data in block.facts.items():
            kind = schema.get(f"{block.section}.{name}")
            if kind is not None and plain(data) is not None:
                pointer = f"{block.pointer}/{name}"
                yield _fact(header, kind.path, pointer, data, to_value(kind, plain(data)))


def _fact(header: _Header, path: str, pointer: str, data: Any, value: Value) -> Fact:  # noqa: ANN401 - any JSON value
    own = data if is_stated(data) else {}
    place = header.place(f"{pointer}/value" if own else pointer)
    evidence = own.get("evidence") or header.evidence
    return Fact(path, value, own.get("source") or header.source, own.get("as_of") or header.as_of, evidence, place)
