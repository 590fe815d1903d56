"""A vendor manifest: what is known of a vendor, its products and their plans, by whom and since when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from procureguard.source.document import Document
from procureguard.source.origin import Origin
from procureguard.source.stated import Block, Places, blocks_of, places_of, plain
from procureguard.stack.names import host_of

DEFAULT_SOURCE = "catalogue"


class Testimony(NamedTuple):
    """Facts that stand together, with who says what stands plain among them, since when, and where it is written."""

    block: Block
    source: str
    as_of: str | None
    evidence: str | None = None


class Offer(NamedTuple):
    """One product of the vendor on one of its plans, by their places in the manifest; a product may have no plans."""

    product: int
    plan: int | None


@dataclass(frozen=True, slots=True)
class VendorManifest:
    """One vendor file; facts belong to its vendor, its products or one plan of theirs."""

    origin: Origin
    data: Mapping[str, Any]
    places: Places

    @classmethod
    def of(cls, document: Document) -> "VendorManifest":
        """The manifest of a document that answers to its schema."""
        assert isinstance(document.data, dict)
        bare = cls(Origin.of(document.source), document.data, {})
        position = document.source.positions()
        prices = (bare.price_pointer(offer) for offer in bare.offers() if bare.price(offer) is not None)
        others = {pointer: position(document.value_span(pointer).start) for pointer in ("/id", *prices)}
        places = {pointer: (place.line, place.column) for pointer, place in others.items()}
        return cls(bare.origin, bare.data, {**places_of(document, bare.blocks()), **places})

    @property
    def identity(self) -> str:
        """The vendor id by which purchases and tools refer to it."""
        return str(self.data["id"])

    @property
    def name(self) -> str:
        """The name people use, or the id."""
        return str(self._said("name") or self.identity)

    @property
    def header(self) -> tuple[str, str | None]:
        """Who says what stands plain in the file, and as of which day."""
        return self.data.get("source", DEFAULT_SOURCE), self.data.get("as_of")

    @property
    def domains(self) -> tuple[str, ...]:
        """Its web domains as hosts, in any of its observations."""
        said = (host_of(domain) for domain in self._all_said("domains"))
        return tuple(dict.fromkeys(host for host in said if host is not None))

    @property
    def aliases(self) -> tuple[str, ...]:
        """The words that stand for it as well as its id, in whatever case."""
        return tuple(self.data.get("aliases", ()))

    @property
    def names(self) -> tuple[str, ...]:
        """What people may call it: its words, its trading, registered and previous names, and those of its products."""
        said = (*self._all_said("legal_names"), *self._all_said("former_names"), *self._product_names())
        return tuple(dict.fromkeys((self.name, self.identity, *self.aliases, *said)))

    @property
    def listed_as(self) -> tuple[str, ...]:
        """What lists of vendors may call it: its words, web domains, registered and previous names."""
        said = (*self._all_said("legal_names"), *self._all_said("former_names"))
        return tuple(dict.fromkeys((self.identity, *self.aliases, *self._all_said("domains"), *said)))

    def product(self, word: str | None) -> int | None:
        """The place of the product of that id or alias in the list of products."""
        return _place(self.data.get("products", ()), word)

    def plan(self, product: int, word: str | None) -> int | None:
        """The place of the plan of that id or alias in the list of plans of a product."""
        return _place(self.data["products"][product].get("plans", ()), word)

    def product_id(self, product: int) -> str:
        """The id of a product."""
        return str(self.data["products"][product]["id"])

    def plan_id(self, offer: Offer) -> str | None:
        """The id of the plan of an offer."""
        return None if offer.plan is None else str(self.data["products"][offer.product]["plans"][offer.plan]["id"])

    def product_ids(self) -> tuple[str, ...]:
        """The ids of all products."""
        return tuple(product["id"] for product in self.data.get("products", ()))

    def plan_ids(self, product: int) -> tuple[str, ...]:
        """The ids of the plans of a product."""
        return tuple(plan["id"] for plan in self.data["products"][product].get("plans", ()))

    def offers(self) -> Iterator[Offer]:
        """Every product on every plan."""
        for place, product in enumerate(self.data.get("products", ())):
            plans = range(len(product.get("plans", ())))
            yield from [Offer(place, plan) for plan in plans] or [Offer(place, None)]

    def capabilities(self, product: int) -> Mapping[str, str]:
        """What a product does, and how fully."""
        return self.data["products"][product].get("capabilities") or {}

    def known(self, product: int) -> int:
        """How much is said of a product on all its plans: the number of facts."""
        plans = range(len(self.data["products"][product].get("plans", ())))
        said = {f"/products/{product}/plans/{plan}": self.testimony(product, plan) for plan in plans}
        return sum(len(each.block.facts) for plan in said.values() for each in plan)

    def description(self, product: int) -> str:
        """What a product is for in a sentence, empty where nobody says."""
        return str(self.data["products"][product].get("description", ""))

    def price(self, offer: Offer) -> Mapping[str, Any] | None:
        """What an offer costs, or None where the vendor names no price."""
        if offer.plan is None:
            return None
        price: Mapping[str, Any] | None = self.data["products"][offer.product]["plans"][offer.plan].get("price")
        return price

    def price_pointer(self, offer: Offer) -> str:
        """Where the price of an offer stands."""
        return f"/products/{offer.product}/plans/{offer.plan}/price"

    def testimony(self, product: int | None = None, plan: int | None = None) -> Iterator[Testimony]:
        """What is said of the vendor, a product and a plan, general facts first."""
        yield from self._testimony("", self.data)
        if product is not None:
            yield from self._of_product(product)
            if plan is not None:
                own = self.data["products"][product]["plans"][plan]
                yield from self._testimony(f"/products/{product}/plans/{plan}", own)

    def said_of_plans(self, product: int) -> frozenset[str]:
        """The paths of facts that at least one plan of a product has of its own."""
        plans = self.data["products"][product].get("plans", ())
        said = (block for plan in plans for found in _levels(plan) for block in _blocks("", found))
        return frozenset(f"{block.section}.{name}" for block in said for name in block.facts)

    def blocks(self) -> Iterator[Block]:
        """Everything said of the vendor, of every product and of every plan."""
        yield from (said.block for said in self._testimony("", self.data))
        for place, product in enumerate(self.data.get("products", ())):
            yield from (said.block for said in self._of_product(place))
            for number, plan in enumerate(product.get("plans", ())):
                own = self._testimony(f"/products/{place}/plans/{number}", plan)
                yield from (said.block for said in own)

    def _product_names(self) -> Iterator[str]:
        for place, product in enumerate(self.data.get("products", ())):
            yield from (product["id"], *product.get("aliases", ()))
            facts = (said.block.facts for said in self._of_product(place) if said.block.section == "product")
            yield from (name for each in facts if (name := plain(each.get("name"))))

    def _of_product(self, place: int) -> Iterator[Testimony]:
        product, pointer = self.data["products"][place], f"/products/{place}"
        if "capabilities" in product:
            yield self._plainly(Block(pointer, "product", {"capabilities": product["capabilities"]}))
        yield from self._testimony(pointer, product)

    def _testimony(self, pointer: str, level: Mapping[str, Any]) -> Iterator[Testimony]:
        """What one level says itself, then its observations."""
        yield from (self._plainly(block) for block in _blocks(pointer, level))
        for number, seen in enumerate(_observations(level)):
            for block in _blocks(f"{pointer}/observations/{number}", seen):
                yield Testimony(block, seen["source"], seen["as_of"], seen.get("evidence"))

    def _plainly(self, block: Block) -> Testimony:
        return Testimony(block, *self.header)

    def _said(self, name: str) -> Any:  # noqa: ANN401 - the type is that of the fact
        return plain(self.data.get("vendor", {}).get(name))

    def _all_said(self, name: str) -> tuple[str, ...]:
        """All items that anybody says a list of the vendor's has."""
        blocks = (said.block.facts for said in self._testimony("", self.data))
        return tuple(dict.fromkeys(item for facts in blocks for item in plain(facts.get(name)) or ()))


def _levels(level: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield level
    yield from _observations(level)


def _observations(level: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from level.get("observations", ())


def _blocks(pointer: str, level: Mapping[str, Any]) -> Iterator[Block]:
    """The facts of a level: below `vendor` for the company, below `facts` for products and plans."""
    if "vendor" in level:
        yield from blocks_of(pointer, {"vendor": level["vendor"]})
    yield from blocks_of(f"{pointer}/facts", level.get("facts"))


def _place(entries: Any, word: str | None) -> int | None:  # noqa: ANN401 - products or plans by the schema
    """The entry of that id, else of that alias."""
    for place, entry in enumerate(entries):
        if entry["id"] == word:
            return place
    folded = (word or "").casefold()
    named = ((place, name) for place, entry in enumerate(entries) for name in entry.get("aliases", ()))
    return next((place for place, name in named if name.casefold() == folded), None)
