"""Gathering: what all documents say of one purchase, the strongest statement of each fact first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from procureguard.facts.computation import Computation, Derived, Registers, derive
from procureguard.facts.derived import DERIVED, resting_on
from procureguard.facts.fact import COMPUTED, Fact
from procureguard.facts.schema import FactSchema, Value
from procureguard.facts.statements import (
    Identity,
    choice_of,
    identity_of,
    manifest_statements,
    offer_statements,
    statements,
    tool_statements,
)
from procureguard.purchase import Purchase
from procureguard.stack.card_payments import NOTHING_PAID
from procureguard.stack.decisions import NOTHING_DECIDED
from procureguard.stack.inventory import Tool
from procureguard.stack.manifest import Offer, VendorManifest
from procureguard.stack.stack import Stack

NO_WAIT: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of a purchase on a day; what is not in `known` is unknown."""

    known: Mapping[str, Fact]
    waits: Mapping[str, frozenset[str]]
    disputed: Mapping[str, tuple[Fact, ...]]
    registers: Registers
    as_of: date | None

    def value(self, path: str) -> Value:
        """The value evaluators compare, None where nobody has stated it."""
        fact = self.known.get(path)
        return None if fact is None else fact.value

    def waits_for(self, path: str) -> frozenset[str]:
        """The facts to state before this one is known: itself, or the inputs a derived one lacks."""
        return NO_WAIT if path in self.known else self.waits.get(path, frozenset({path}))

    def with_fact(self, fact: Fact) -> "Facts":
        """The same with one more fact stated, and what is derived from it."""
        return self.with_facts((fact,))

    def with_facts(self, facts: Iterable[Fact]) -> "Facts":
        """The same with more facts stated, in place of what was known of them, and what is derived from them.

        Only what rests on them is derived again.
        """
        stated = {fact.path: fact for fact in facts}
        known, waits = {**self.known, **stated}, {**self.waits}
        stale = [row for row in resting_on(frozenset(stated)) if _is_open(row.path, known)]
        for path in (*stated, *(row.path for row in stale)):
            waits.pop(path, None)
        for row in stale:
            known.pop(row.path, None)
        _derive(stale, known, waits, self.registers, self.as_of)
        return Facts(known, waits, self.disputed, self.registers, self.as_of)

    def on(self, day: date) -> "Facts":
        """The same on another day, and what is derived from it."""
        stated = {path: known for path, known in self.known.items() if known.source != COMPUTED}
        return _derived(stated, self.disputed, self.registers, day)


OF_A_PRODUCT = ("product.vendor", "product.id", "product.name")
"""Facts by which a purchase names what is to be bought."""


def names_a_product(facts: Facts) -> bool:
    """Whether anybody has said what is to be bought, and not only what for."""
    return any(facts.value(path) is not None for path in OF_A_PRODUCT)


def gather(
    purchase: Purchase, stack: Stack, schema: FactSchema, as_of: date, registers: Registers | None = None
) -> Facts:
    """The facts of a purchase: stated ones by the strongest source, then the derived ones; documents must be valid.

    Derived ones are looked up in the registers of the stack, unless others are given.
    """
    known, disputed = _strongest_of(statements(purchase, stack, schema))
    return _derived(known, disputed, registers or registers_for(stack, known), as_of)


def gather_offer(identity: Identity, stack: Stack, schema: FactSchema, as_of: date) -> Facts:
    """The facts of any purchase of an offer, or of anything from a vendor, while nothing else of it is known."""
    known, disputed = _strongest_of(offer_statements(identity, stack, schema))
    return _derived(known, disputed, registers_for(stack, known), as_of)


def complete(known: Mapping[str, Fact], registers: Registers, as_of: date | None) -> Facts:
    """Facts from stated ones alone, as examples of policies give them; a derived fact that is given stays as given."""
    return _derived(dict(known), {}, registers, as_of)


def tool_facts(tool: Tool, stack: Stack, schema: FactSchema) -> dict[str, Fact]:
    """What inventory and manifests say of an owned tool, the strongest statement of each fact."""
    identity = identity_of(choice_of(tool), stack)
    of_the_vendor = manifest_statements(identity, schema) if identity is not None else ()
    return _strongest_of(chain(tool_statements(tool, stack, schema), of_the_vendor))[0]


def offer_facts(manifest: VendorManifest, offer: Offer, schema: FactSchema) -> dict[str, Fact]:
    """What a vendor manifest says of one of its offers, the strongest statement of each fact."""
    return _strongest_of(manifest_statements(Identity(manifest, *offer), schema))[0]


def _derived(
    known: dict[str, Fact], disputed: Mapping[str, tuple[Fact, ...]], registers: Registers, as_of: date | None
) -> Facts:
    waits: dict[str, frozenset[str]] = {}
    _derive([row for row in DERIVED if row.path not in known], known, waits, registers, as_of)
    return Facts(known, waits, disputed, registers, as_of)


def _derive(
    rows: Iterable[Derived],
    known: dict[str, Fact],
    waits: dict[str, frozenset[str]],
    registers: Registers,
    as_of: date | None,
) -> None:
    """Adds the facts of rows, in their order, to what is known, or to what waits for others."""
    for row in rows:
        computation = derive(row, Computation(known, waits, registers, as_of))
        if isinstance(computation, Fact):
            known[row.path] = computation
        else:
            waits[row.path] = computation


def _is_open(path: str, known: Mapping[str, Fact]) -> bool:
    """Whether a derived fact is to be computed: one that is given stays as given."""
    return path not in known or known[path].source == COMPUTED


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


def registers_for(stack: Stack, known: Mapping[str, Fact]) -> Registers:
    """The registers that are supplied, by a document or by the statement that one is empty."""
    owned, requests, decisions, paid = stack.owned(), stack.open_requests(), stack.decided(), stack.paid_by_card()
    lists = {name for name in ("banned_vendors", "sanctioned_vendors") if f"organisation.{name}" in known}
    found = {
        "inventory": owned is not None,
        "requests": requests is not None,
        "decisions": decisions is not None,
        "card_payments": paid is not None,
        "families": stack.organisation.families_told,
    }
    stated = lists | stack.organisation.empty_registers | {name for name, supplied in found.items() if supplied}
    return Registers(
        owned,
        stack.catalogue,
        stack.taxonomy,
        frozenset(stated),
        requests or (),
        decisions or NOTHING_DECIDED,
        paid or NOTHING_PAID,
    )
