"""The vendor report: the published, versioned result of checking a vendor manifest alone.

Like the report on a purchase it holds words and plain values only and is the same for the same inputs.
"""

from dataclasses import dataclass
from typing import Any, Literal

from procureguard.finding import RungWord
from procureguard.policy.model import EffectWord
from procureguard.report.contract import ReportedDispute, ReportedFinding, ReportedGap, as_data


@dataclass(frozen=True, slots=True)
class ReportedVendor:
    """The vendor that the manifest describes."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ReportedAsk:
    """A fact to ask the vendor for: the manifest leaves it unknown, and policies wait for it."""

    fact: str
    title: str
    ask: str
    effect: EffectWord
    policies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportedPlan:
    """What policies say of a product on one of its plans while nothing is known of a purchase.

    Attributes:
        product: id of the product, null where the manifest describes none; then this is about the vendor alone.
        plan: id of the plan, null where the product has none.
        best: what a purchase of it comes to at best.
        fails: the policies that do not hold whatever the purchase, the strongest effect first.
        asks: what to ask the vendor, the strongest effect first, then by how many policies wait.
        passed: ids of the policies that hold whatever the purchase.
        of_the_purchase: how many facts the policies wait for that are no business of the vendor.
    """

    product: str | None
    name: str
    plan: str | None
    best: RungWord
    headline: str
    fails: tuple[ReportedFinding, ...]
    asks: tuple[ReportedAsk, ...]
    passed: tuple[str, ...]
    of_the_purchase: int
    disputed: tuple[ReportedDispute, ...]


@dataclass(frozen=True, slots=True)
class VendorReport:
    """The answer to one vendor manifest.

    Attributes:
        kind: what tells this report from one on a purchase, always `vendor-report`.
        vendor: the vendor.
        plans: every product on every plan, in the order of the manifest.
        not_checked: policies that were not run, because a register they need was not supplied.
        digests: SHA-256 of everything that went in, by role.
    """

    kind: Literal["vendor-report"]
    version: Literal[1]
    program: str
    as_of: str
    vendor: ReportedVendor
    plans: tuple[ReportedPlan, ...]
    not_checked: tuple[ReportedGap, ...]
    preset: str
    digests: dict[str, str]

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data, ready for JSON."""
        return as_data(self)
