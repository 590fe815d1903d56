"""The table of derived facts, each after those it is computed from."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache

from procureguard.facts import cost, history, overlap, spending, standing, tenure
from procureguard.facts.computation import Computation, Derived, Registers
from procureguard.facts.fact import Fact
from procureguard.facts.schema import SHARE, FactSchema, FactType, Value, stated_facts

SHARE_MAXIMUM = 1_000_000_000
NEED = ("request.type", "request.tool", "request.capabilities", "request.must", "data.categories")


def _row(  # noqa: PLR0913, PLR0917 - the columns of the table
    path: str,
    kind: str,
    title: str,
    inputs: tuple[str, ...],
    compute: Callable[[Computation], Value],
    register: str | None = None,
    unit: str | None = None,
) -> Derived:
    minimum, maximum = (-SHARE_MAXIMUM, SHARE_MAXIMUM) if kind == "int" else (None, None)
    fact = FactType(path, kind, title, None, "derived", None, minimum, maximum, unit)
    return Derived(fact, inputs, compute, register)


DERIVED: tuple[Derived, ...] = (
    _row("today", "date", "The day of the check", (), tenure.today),
    _row(
        "vendor.family",
        "string",
        "Vendor family",
        ("product.vendor",),
        standing.family,
        "families",
        "vendor id",
    ),
    _row(
        "vendor.banned",
        "bool",
        "The vendor is on our do-not-buy list",
        ("product.vendor", "organisation.banned_vendors"),
        standing.banned,
        "banned_vendors",
    ),
    _row(
        "vendor.sanctioned",
        "bool",
        "The vendor is on the sanctions list",
        ("product.vendor", "organisation.sanctioned_vendors"),
        standing.sanctioned,
        "sanctioned_vendors",
    ),
    _row(
        "cost.annual",
        "decimal",
        "Cost a year",
        (
            "contract.amount",
            "contract.currency",
            "contract.period",
            "organisation.currency",
            "organisation.exchange_rates",
        ),
        cost.annual,
    ),
    _row(
        "cost.total",
        "decimal",
        "Cost over the whole commitment",
        ("cost.annual", "contract.term_months", "contract.period"),
        cost.total,
    ),
    _row("cost.per_seat", "decimal", "Cost of a seat a year", ("cost.annual", "contract.seats"), cost.per_seat),
    _row(
        "cost.family_year",
        "decimal",
        "Paid to the vendor's family by card in twelve months, this purchase included",
        (
            "cost.annual",
            "vendor.family",
            "today",
            "organisation.currency",
            "organisation.exchange_rates",
        ),
        spending.family_year,
        "card_payments",
    ),
    _row(
        "overlap.best_coverage",
        "decimal",
        "Share of the need the best owned tool covers",
        NEED,
        overlap.best_coverage,
        "inventory",
        SHARE,
    ),
    _row("overlap.best_tool", "string", "Owned tool that covers most", NEED, overlap.best_tool, "inventory", "tool id"),
    _row(
        "overlap.best_replaced",
        "bool",
        "The best owned tool is given up",
        ("overlap.best_tool", "request.replaces"),
        overlap.best_replaced,
        "inventory",
    ),
    _row(
        "overlap.same_product",
        "bool",
        "The company already has this product",
        ("request.type", "request.tool", "product.vendor", "product.id"),
        overlap.same_product,
        "inventory",
    ),
    _row(
        "overlap.same_family",
        "bool",
        "We own another product of the vendor's family",
        ("request.type", "request.tool", "vendor.family", "product.vendor", "product.id"),
        overlap.same_family,
        "inventory",
    ),
    _row(
        "overlap.exclusive_taken",
        "list(capability)",
        "Exclusive jobs an owned tool already does",
        (
            "request.type",
            "request.tool",
            "request.capabilities",
            "request.replaces",
            "organisation.exclusive_capabilities",
        ),
        overlap.exclusive_taken,
        "inventory",
    ),
    _row(
        "overlap.most_tools",
        "int",
        "Most owned tools for one must-have",
        ("request.type", "request.tool", "request.must", "request.replaces"),
        overlap.most_tools,
        "inventory",
    ),
    _row(
        "overlap.open_requests",
        "int",
        "Open requests of other departments for a must-have of this one",
        ("request.department", "request.must"),
        overlap.open_requests,
        "requests",
    ),
    _row("usage.seats", "int", "Seats used in the last 90 days", ("request.tool",), tenure.seats_used, "inventory"),
    _row(
        "usage.share",
        "decimal",
        "Share of the seats used in 90 days",
        ("usage.seats", "contract.seats"),
        tenure.share_used,
        "inventory",
        SHARE,
    ),
    _row(
        "renewal.days_to_notice",
        "int",
        "Days left to give notice",
        ("contract.renews_on", "contract.notice_days", "today"),
        tenure.days_to_notice,
    ),
    _row(
        "renewal.overdue_conditions",
        "int",
        "Overdue promises from the last approval",
        ("request.tool", "today"),
        tenure.overdue_conditions,
        "inventory",
    ),
    _row(
        "renewal.vendor_sold",
        "bool",
        "The vendor was sold since we last said yes to this tool",
        ("request.tool", "product.vendor", "vendor.family", "today"),
        history.vendor_sold,
        "decisions",
    ),
    _row(
        "history.approved",
        "bool",
        "This purchase was approved before",
        ("request.id", "today"),
        history.approved,
        "decisions",
    ),
    _row(
        "history.differences",
        "list(string)",
        "What has changed since this purchase was approved",
        ("request.id", "today"),
        history.differences,
        "decisions",
    ),
    _row(
        "history.changed",
        "bool",
        "Something has changed since this purchase was approved",
        ("request.id", "today"),
        history.changed,
        "decisions",
    ),
)


COMPARING = frozenset({"history.differences", "history.changed"})
"""Derived facts that look at whatever facts an approval was given for, besides their inputs."""

COUNTDOWNS = frozenset({"renewal.days_to_notice"})
"""Derived facts that are one less every day."""

TURNING: Mapping[str, Callable[[Registers, Mapping[str, Fact]], Iterator[int]]] = {
    "vendor.family": standing.family_days,
    "vendor.banned": standing.family_days,
    "vendor.sanctioned": standing.family_days,
    "overlap.same_family": standing.family_days,
    "cost.family_year": spending.payment_days,
    "renewal.overdue_conditions": tenure.overdue_days,
    "renewal.vendor_sold": history.sale_days,
    "history.approved": history.decision_days,
    "history.changed": history.decision_days,
    "history.differences": history.decision_days,
}
"""Derived facts that may have another value from certain days on, and those days by what is known of a purchase."""


def registers_of(path: str) -> frozenset[str]:
    """The registers a fact needs, those of its inputs included; none for a stated fact."""
    return _registers().get(path, frozenset())


@cache
def _registers() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in DERIVED:
        own = frozenset({row.register}) if row.register else frozenset()
        found[row.path] = own.union(*(found.get(path, frozenset()) for path in row.inputs))
    return found


def stated_inputs(path: str) -> frozenset[str]:
    """The stated facts that a derived fact may be computed from, or the fact itself where it is stated."""
    rows = {row.path: row for row in DERIVED}
    if path not in rows:
        return frozenset({path})
    return frozenset[str]().union(*(stated_inputs(each) for each in rows[path].inputs))


@cache
def below(path: str) -> frozenset[str]:
    """The facts that a derived one is computed from, in the end; none for a stated fact."""
    inputs = next((row.inputs for row in DERIVED if row.path == path), ())
    return frozenset(inputs).union(*(below(needed) for needed in inputs))


@lru_cache(maxsize=1_024)
def resting_on(paths: frozenset[str]) -> tuple[Derived, ...]:
    """The rows that may come to something else, in their order, once other things are known of some facts."""
    return tuple(row for row in DERIVED if row.path not in paths and _may_read(row, paths))


def _may_read(row: Derived, paths: frozenset[str]) -> bool:
    return row.path in COMPARING or not paths.isdisjoint(below(row.path))


@cache
def shipped_schema() -> FactSchema:
    """Every fact of the product: the stated ones and the derived ones."""
    return stated_facts().with_types({row.path: row.type for row in DERIVED})
