"""What was paid by company card or expense claim."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from procureguard.cel.types import DECIMAL_SCALE
from procureguard.source.document import Document
from procureguard.source.origin import Origin
from procureguard.stack.shelf import packed, unpacked
from procureguard.stack.vendors import Catalogue

YEAR = 365
"""Days for which a payment counts."""


class CardPayment(NamedTuple):
    """One payment: the day as an ordinal, and the amount in ten-thousandths of its currency."""

    day: int
    amount: int
    currency: str

    def counts(self, day: date) -> bool:
        """Whether it was made in the twelve months up to a day."""
        return 0 <= day.toordinal() - self.day < YEAR


@dataclass(frozen=True, slots=True)
class CardPayments:
    """All payments of the last twelve months at least, by the word for the vendor."""

    by_vendor: Mapping[str, tuple[CardPayment, ...]]
    origin: Origin | None = None

    def to_bytes(self) -> bytes:
        """Everything of it, for a cache."""
        listed = {vendor: [tuple(payment) for payment in paid] for vendor, paid in self.by_vendor.items()}
        return packed((listed, self.origin and tuple(self.origin)))

    @classmethod
    def from_bytes(cls, content: bytes) -> "CardPayments":
        """What `to_bytes` has packed."""
        listed, origin = unpacked(content)
        by_vendor = {vendor: tuple(CardPayment(*payment) for payment in paid) for vendor, paid in listed.items()}
        return cls(by_vendor, origin and Origin(*origin))

    def known_to(self, catalogue: Catalogue) -> "CardPayments":
        """The same by the ids of vendors, as far as the catalogue knows their words; else by the word in lower case."""
        found: dict[str, tuple[CardPayment, ...]] = {}
        for word, paid in self.by_vendor.items():
            vendor = catalogue.known_as(word)
            found[vendor] = (*found.get(vendor, ()), *paid)
        return replace(self, by_vendor=found)

    def currencies(self) -> frozenset[str]:
        """The currencies in which anything was paid."""
        return frozenset(payment.currency for paid in self.by_vendor.values() for payment in paid)

    def of(self, vendors: Iterable[str]) -> Iterator[CardPayment]:
        """The payments to some vendors."""
        return (payment for vendor in vendors for payment in self.by_vendor.get(vendor, ()))


NOTHING_PAID = CardPayments({})
"""The register of an organisation in which nobody pays that way."""


def load_card_payments(document: Document) -> CardPayments:
    """The payments that a document lists whose amounts have been checked."""
    found: dict[str, list[CardPayment]] = {}
    for entry in payment_entries(document):
        day = date.fromisoformat(entry["paid_on"]).toordinal()
        payment = CardPayment(day, round(entry["amount"] * DECIMAL_SCALE), entry["currency"])
        found.setdefault(entry["vendor"], []).append(payment)
    return CardPayments({vendor: tuple(paid) for vendor, paid in found.items()}, Origin.of(document.source))


def payment_entries(document: Document) -> list[Any]:
    """The payments of a document that answers to its schema, as they are written."""
    assert isinstance(document.data, dict)
    entries: Any = document.data["payments"]
    return list(entries)
