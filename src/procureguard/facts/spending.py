"""What has been paid to a vendor family by card or expense claim."""

from collections.abc import Iterator, Mapping
from itertools import chain

from procureguard.facts.computation import Computation, Registers
from procureguard.facts.cost import converted
from procureguard.facts.fact import Fact
from procureguard.facts.schema import Value
from procureguard.facts.standing import family_days
from procureguard.stack.card_payments import YEAR


def family_year(facts: Computation) -> Value:
    """Payments of the last twelve months to the vendor's family and this purchase's yearly cost, in the house currency.

    A currency without a rate leaves it unknown.
    """
    if not facts.registers.card_payments.by_vendor:
        return facts.read_one("cost.annual")
    yearly, family = facts.read("cost.annual", "vendor.family")
    members = facts.registers.catalogue.families.members(family, facts.day)
    payments = facts.registers.card_payments.of({member.casefold() for member in members})
    paid = (converted(facts, found.amount, found.currency) for found in payments if found.counts(facts.day))
    return sum(paid, yearly)


def payment_days(registers: Registers, known: Mapping[str, Fact]) -> Iterator[int]:
    """The days, as ordinals, on which another sum may have been paid to the family of the vendor proposed."""
    proposed = known.get("product.vendor")
    if proposed is None:
        return iter(())
    ties = registers.catalogue.families.ties
    related = {*ties, *(tie.parent for found in ties.values() for tie in found)}
    vendors = {vendor.casefold() for vendor in related} | {registers.catalogue.known_as(proposed.value)}
    days = (day for found in registers.card_payments.of(vendors) for day in (found.day, found.day + YEAR))
    return chain(days, family_days(registers, known))
