"""What has been paid to a vendor family by card or expense claim."""

from collections.abc import Iterator, Mapping
from itertools import chain

from procureguard.facts.computation import Computation, Registers
from procureguard.facts.cost import converted
from procureguard.facts.fact import Fact
from procureguard.facts.schema import Value
from procureguard.facts.standing import family_days, family_of


def family_year(facts: Computation) -> Value:
    """Payments of the last twelve months to the vendor's family and this purchase's yearly cost, in the house currency.

    A currency without a rate leaves it unknown.
    """
    if not facts.registers.card_payments.by_vendor:
        return facts.read_one("cost.annual")
    yearly, family = facts.read("cost.annual", "vendor.family")
    paid = (
        converted(facts, payment.amount, payment.currency)
        for word, payments in facts.registers.card_payments.by_vendor.items()
        if family_of(facts, word) == family
        for payment in payments
        if payment.counts(facts.day)
    )
    return sum(paid, yearly)


def payment_days(registers: Registers, known: Mapping[str, Fact]) -> Iterator[int]:
    """The days, as ordinals, on which another sum may have been paid to the family of the vendor proposed."""
    proposed = known.get("product.vendor")
    if proposed is None:
        return iter(())
    ties = registers.catalogue.families.ties
    related = {*ties, *(tie.parent for found in ties.values() for tie in found), _identified(registers, proposed.value)}
    words = frozenset(word for word in registers.card_payments.by_vendor if _identified(registers, word) in related)
    return chain(registers.card_payments.days(words), family_days(registers, known))


def _identified(registers: Registers, word: str) -> str:
    return registers.catalogue.identify(word) or word
