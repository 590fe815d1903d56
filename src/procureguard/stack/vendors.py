"""Vendor manifests: what is known of a vendor, its products and their plans."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from procureguard.source.diagnostic import Diagnostic, did_you_mean
from procureguard.source.document import Document
from procureguard.source.kind import check_kind
from procureguard.source.stated import Block, blocks_of, plain


@dataclass(frozen=True, slots=True)
class VendorManifest:
    """One vendor file; facts belong to its vendor, its products or one plan of theirs."""

    document: Document

    @property
    def data(self) -> Mapping[str, Any]:
        """The document, a mapping by its schema."""
        assert isinstance(self.document.data, dict)
        return self.document.data

    @property
    def identity(self) -> str:
        """The vendor id by which purchases and tools refer to it."""
        return str(self.data["id"])

    @property
    def name(self) -> str:
        """The name people use, or the id."""
        return str(plain(self.data.get("vendor", {}).get("name")) or self.identity)

    @property
    def listed_as(self) -> tuple[str, ...]:
        """What lists of vendors may call it: its id, its web domains and its legal names."""
        facts = self.data.get("vendor", {})
        return (self.identity, *(plain(facts.get("domains")) or ()), *(plain(facts.get("legal_names")) or ()))

    @property
    def header(self) -> tuple[str, str | None]:
        """Who says what stands plain in the file, and as of which day."""
        return self.data.get("source", "catalogue"), self.data.get("as_of")

    def products(self) -> Mapping[str, int]:
        """Product ids with their place in the list of products."""
        return {product["id"]: place for place, product in enumerate(self.data.get("products", ()))}

    def plans(self, product: int) -> Mapping[str, int]:
        """Plan ids of one product with their place in its list of plans."""
        return {plan["id"]: place for place, plan in enumerate(self.data["products"][product].get("plans", ()))}

    def blocks(self, product: str | None, plan: str | None) -> Iterator[Block]:
        """What is said of a product on a plan, general facts first; an unknown product or plan adds nothing."""
        yield from blocks_of("", {"vendor": self.data.get("vendor", {})})
        place = self.products().get(product or "")
        if place is not None:
            yield from self._product_blocks(place)
            plan_place = self.plans(place).get(plan or "")
            if plan_place is not None:
                yield from self._plan_blocks(place, plan_place)

    def all_blocks(self) -> Iterator[Block]:
        """Everything said of the vendor, of every product and of every plan."""
        yield from blocks_of("", {"vendor": self.data.get("vendor", {})})
        for place in self.products().values():
            yield from self._product_blocks(place)
            for plan_place in self.plans(place).values():
                yield from self._plan_blocks(place, plan_place)

    def _product_blocks(self, place: int) -> Iterator[Block]:
        product = self.data["products"][place]
        pointer = f"/products/{place}"
        if "capabilities" in product:
            yield Block(pointer, "product", {"capabilities": product["capabilities"]})
        yield from blocks_of(f"{pointer}/facts", product.get("facts"))

    def _plan_blocks(self, place: int, plan_place: int) -> Iterator[Block]:
        plan = self.data["products"][place]["plans"][plan_place]
        yield from blocks_of(f"/products/{place}/plans/{plan_place}/facts", plan.get("facts"))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All vendor manifests at hand, by vendor id."""

    vendors: Mapping[str, VendorManifest]

    def get(self, vendor: str | None) -> VendorManifest | None:
        """The manifest of a vendor, or None where there is none."""
        return self.vendors.get(vendor or "")

    def misnamed(self, vendor: str | None, product: str | None, plan: str | None) -> tuple[str, str, str | None] | None:
        """The first of product and plan that a known vendor's manifest lacks: fact path, word and hint."""
        manifest = self.get(vendor)
        if manifest is None or product is None:
            return None
        products = manifest.products()
        if product not in products:
            return "product.id", product, did_you_mean(product, products)
        plans = manifest.plans(products[product])
        if plan is not None and plan not in plans:
            return "product.plan", plan, did_you_mean(plan, plans)
        return None


def load_vendor(document: Document, problems: list[Diagnostic]) -> VendorManifest | None:
    """The vendor a document describes, or None with everything wrong with it added to the problems."""
    if not check_kind(document, "vendor", problems):
        return None
    manifest = VendorManifest(document)
    products = manifest.data.get("products", ())
    _check_ids(document, "/products", "product", products, problems)
    for place, product in enumerate(products):
        _check_ids(document, f"/products/{place}/plans", "plan", product.get("plans", ()), problems)
    return manifest


def _check_ids(
    document: Document, pointer: str, what: str, entries: Iterable[Mapping[str, Any]], problems: list[Diagnostic]
) -> None:
    first: dict[str, int] = {}
    for place, entry in enumerate(entries):
        earlier = first.setdefault(entry["id"], place)
        if earlier != place:
            line = document.source.position(document.value_span(f"{pointer}/{earlier}/id").start).line
            message = f"the {what} `{entry['id']}` stands twice, first in line {line}"
            span = document.value_span(f"{pointer}/{place}/id")
            hint = f"give each {what} an id of its own"
            problems.append(Diagnostic.error("PG223", message, document.source, span, hint))


def collect_vendors(manifests: Iterable[VendorManifest], problems: list[Diagnostic]) -> Catalogue:
    """The catalogue of all manifests; a vendor described twice is a problem."""
    vendors: dict[str, VendorManifest] = {}
    for manifest in manifests:
        other = vendors.setdefault(manifest.identity, manifest)
        if other is not manifest:
            message = f"the vendor `{manifest.identity}` is described twice, first in {other.document.source.name}"
            span = manifest.document.value_span("/id")
            hint = "keep one manifest for each vendor"
            problems.append(Diagnostic.error("PG223", message, manifest.document.source, span, hint))
    return Catalogue(vendors)
