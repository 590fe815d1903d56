"""What was paid by company card or expense claim."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from procureguard.cel.types import DECIMAL_SCALE
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document
from procureguard.source.kind import check_kind
from procureguard.source.origin import Origin
from procureguard.stack.shelf import packed, unpacked

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
    """All payments of the last twelve months at least, by what they call the vendor."""

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

    def days(self, vendors: frozenset[str]) -> Iterator[int]:
        """The days, as ordinals, on which payments to vendors called by these words begin or cease to count."""
        for vendor in vendors & self.by_vendor.keys():
            for payment in self.by_vendor[vendor]:
                yield from (payment.day, payment.day + YEAR)


NOTHING_PAID = CardPayments({})
"""The register of an organisation in which nobody pays that way."""


def load_card_payments(document: Document, problems: list[Diagnostic]) -> CardPayments | None:
    """The payments a document lists, or None with everything wrong with it added to the problems."""
    if not check_kind(document, "card-payments", problems):
        return None
    data: Any = document.data
    found: dict[str, list[CardPayment]] = {}
    for entry in data["payments"]:
        day = date.fromisoformat(entry["paid_on"]).toordinal()
        payment = CardPayment(day, round(entry["amount"] * DECIMAL_SCALE), entry["currency"])
        found.setdefault(entry["vendor"], []).append(payment)
    return CardPayments({vendor: tuple(paid) for vendor, paid in found.items()}, Origin.of(document.source))
