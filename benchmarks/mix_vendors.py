"""Invented vendors, with products on three plans, and what is known of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple, get_args

from benchmarks.chance import Chance
from benchmarks.mix_data import Drawn, Fame, Hosting, Mix, Plan, value_of
from benchmarks.workload import DAY
from procureguard.capabilities import shipped_taxonomy
from procureguard.facts.derived import shipped_schema
from procureguard.facts.schema import FactType
from procureguard.stack.names import propose

PLANS: tuple[Plan, ...] = get_args(Plan)
CERTIFICATES = frozenset({"iso27001"})
"""Attestations that say when they expire; of the others the day of issue counts."""

CERTIFIED_DAYS = 1_095
"""How long a certificate lasts."""

SYLLABLES = tuple(consonant + ending for consonant in "bdfgklmnprstvz" for ending in ("ar", "el", "in", "om", "o"))
AGREEMENT = "contract.dpa"

Values = Mapping[str, Any]
"""Facts by their paths."""


class Product(NamedTuple):
    """A product: what it does, and what is true of every plan and of each."""

    identity: str
    name: str
    capabilities: Mapping[str, str]
    facts: Values
    plans: Mapping[Plan, Values]


@dataclass(frozen=True, slots=True)
class Vendor:
    """A vendor as it is; `unknown` is the share of facts that its manifest lacks, if it has one."""

    identity: str
    facts: Values
    products: tuple[Product, ...]
    covered: bool
    unknown: float
    as_of: str
    tie: Mapping[str, str] | None

    def true_of(self, product: Product, plan: Plan) -> dict[str, Any]:
        """Everything that holds for a product on a plan."""
        return {**self.facts, **product.facts, **product.plans[plan]}


class Offer(NamedTuple):
    """What is bought or owned."""

    vendor: Vendor
    product: Product
    plan: Plan


def draw_vendors(mix: Mix, chance: Chance) -> tuple[Vendor, ...]:
    """All vendors; no name is so like another one that it could be taken for it."""
    names: list[str] = []
    vendors: list[Vendor] = []
    for place in range(mix.vendors.count):
        names.append(_new_name(names, chance.apart("name", place)))
        parents = [vendor.identity for vendor in vendors if vendor.covered and vendor.tie is None]
        vendors.append(
            _vendor(names[-1], mix.vendors.fame[place % len(mix.vendors.fame)], parents, mix, chance.apart(place))
        )
    return tuple(vendors)


def manifest(vendor: Vendor, chance: Chance) -> dict[str, Any]:
    """The manifest of a vendor, without the facts that nobody knows."""

    def sections(facts: Values, names: Values, *of: str) -> dict[str, Any]:
        known = {path: value for path, value in facts.items() if not chance.apart(*of, path).likely(vendor.unknown)}
        return nested({**names, **known}, vendor.as_of)

    names = {"vendor.name": vendor.identity.capitalize(), "vendor.domains": [f"{vendor.identity}.example"]}
    products = [
        {
            "id": product.identity,
            "capabilities": dict(product.capabilities),
            "facts": sections(product.facts, {"product.name": product.name}, product.identity),
            "plans": [
                {"id": plan, "facts": sections(facts, {}, product.identity, plan)}
                for plan, facts in product.plans.items()
            ],
        }
        for product in vendor.products
    ]
    return {
        "kind": "vendor",
        "version": 1,
        "id": vendor.identity,
        "source": "vendor",
        "as_of": vendor.as_of,
        **sections(vendor.facts, names),
        "family": [vendor.tie] if vendor.tie else [],
        "products": products,
    }


def nested(facts: Values, as_of: str) -> dict[str, Any]:
    """Facts of a vendor by section, as documents write them, with what proves them where it is more than its word."""
    found: dict[str, Any] = {}
    for path, value in facts.items():
        section, name = path.split(".")
        source = proof(path, facts)
        written = {"value": value, "source": source, "as_of": as_of} if source else value
        found.setdefault(section, {})[name] = written
    return found


def proof(path: str, facts: Values) -> str | None:
    """What proves a fact of a vendor beyond its word: a report, or the contract once that is signed."""
    if path == "vendor.attestations":
        return "report"
    return "contract" if path.startswith("contract.") and facts.get(AGREEMENT) == "signed" else None


def drawn_value(path: str, drawn: Drawn, chance: Chance, plan: Plan | None = None) -> Any:  # noqa: ANN401 - any type
    """A value of a fact, drawn by itself."""
    kind, chance = shipped_schema()[path], chance.apart(path, plan or "")
    if drawn.spread is not None:
        return chance.of(drawn.spread)
    if drawn.days:
        share_of = {(first, last): share for share, first, last in drawn.days}
        return day_in(chance.between(*chance.one(share_of)))
    found = drawn.likely if drawn.likely is not None else drawn.shares
    return _of_shares(kind, drawn.by_plan[plan] if plan and drawn.by_plan else found, chance)


def day_in(days: int) -> str:
    """The day so many days after (negative: before) the day of the check."""
    return (DAY + timedelta(days=days)).isoformat()


def _of_shares(kind: FactType, found: float | Mapping[str | int, float] | None, chance: Chance) -> Any:  # noqa: ANN401
    if isinstance(found, Mapping):
        return value_of(kind, chance.one(found))
    assert found is not None
    return chance.likely(found)


def _new_name(names: Sequence[str], chance: Chance) -> str:
    known = [(name, name) for name in names]
    while True:
        name = "".join(chance.any_of(SYLLABLES) for _ in range(3))
        if not propose(name, known):
            return name


def _vendor(name: str, fame: Fame, parents: Sequence[str], mix: Mix, chance: Chance) -> Vendor:
    shares = mix.vendors
    hosting = shares.hosting[chance.one({place: found.share for place, found in enumerate(shares.hosting)})]
    facts = {
        "vendor.country": hosting.accessed_from[0],
        "vendor.attestations": list(_attestations(fame, mix, chance)),
        **_drawn_of(mix, chance, of_the_vendor=True),
    }
    covered = chance.likely(shares.covered)
    belongs = chance.likely(shares.belongs_to_another) and covered and parents
    names = (name, f"{name}-studio")[: 1 + chance.likely(shares.two_products)]
    return Vendor(
        name,
        facts,
        tuple(_product(identity, hosting, mix, chance.apart(identity)) for identity in names),
        covered,
        fame.unknown,
        day_in(-chance.between(*shares.age_days)),
        _tie(chance.any_of(parents), mix, chance) if belongs else None,
    )


def _tie(parent: str, mix: Mix, chance: Chance) -> dict[str, str]:
    return {"parent": parent, "kind": "owns", "closed": day_in(-chance.between(*mix.vendors.bought_days))}


def _attestations(fame: Fame, mix: Mix, chance: Chance) -> Iterator[dict[str, Any]]:
    shares = mix.vendors.attestations
    states = {"current": fame.attested, "expired": shares.expired, "none": 1 - fame.attested - shares.expired}
    state = chance.one(states)
    if state != "none":
        age = chance.between(*(shares.current_days if state == "current" else shares.expired_days))
        yield _attestation(chance.one(shares.kinds), age)
    if chance.likely(shares.card_payments):
        yield _attestation("pci_aoc", chance.between(*shares.current_days))


def _attestation(kind: str, age: int) -> dict[str, Any]:
    """One issued so many days ago; a certificate says itself when it ends."""
    issued = {"kind": kind, "issued_on": day_in(-age), "scope": "all services", "exceptions": False}
    return {**issued, "expires_on": day_in(CERTIFIED_DAYS - age)} if kind in CERTIFICATES else issued


def _product(identity: str, hosting: Hosting, mix: Mix, chance: Chance) -> Product:
    known = tuple(shipped_taxonomy().capabilities)
    names = chance.some(known, chance.one(mix.vendors.capabilities_per_product))
    facts = {
        "data.stored_in": list(hosting.stored_in),
        "data.accessed_from": list(hosting.accessed_from),
        **_drawn_of(mix, chance, of_the_vendor=False),
    }
    if facts[AGREEMENT] == "none":
        facts |= dict.fromkeys(mix.vendors.needs_agreement, False)
    return Product(
        identity,
        identity.replace("-", " ").title(),
        {name: chance.one(mix.vendors.levels) for name in names},
        facts,
        {plan: _drawn_on(plan, mix, chance) for plan in PLANS},
    )


def _drawn_of(mix: Mix, chance: Chance, *, of_the_vendor: bool) -> dict[str, Any]:
    """Facts of a vendor, or of a product whatever the plan."""
    return {
        path: drawn_value(path, drawn, chance)
        for path, drawn in in_manifests(mix)
        if not drawn.by_plan and path.startswith("vendor.") == of_the_vendor
    }


def _drawn_on(plan: Plan, mix: Mix, chance: Chance) -> dict[str, Any]:
    return {path: drawn_value(path, drawn, chance, plan) for path, drawn in in_manifests(mix) if drawn.by_plan}


def in_manifests(mix: Mix) -> Iterator[tuple[str, Drawn]]:
    """The facts that vendors state whatever the purchase."""
    schema = shipped_schema()
    return ((path, drawn) for path, drawn in mix.facts.items() if schema[path].stated_by == "vendor" and not drawn.when)
