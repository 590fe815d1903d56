"""Other values a fact could have: all of them where there are few, else some on both sides of every limit."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from benchmarks.requests import Request
from benchmarks.workload import DAY, guard
from procureguard.facts.schema import FactType

_COUNTS = (0, 1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 72, 73, 90, 91, 4_999, 5_000, 100_000, 100_001, 10**9)
_AMOUNTS = (0, 1, 42, 417, 500, 501, 1_250, 4_999, 5_000, 6_250, 25_000, 31_250, 60_000, 99_999, 100_000, 10**6)
_COUNTRIES = ("DE", "FR", "GB", "CH", "JP", "US", "IN", "CN")
_DAYS = ("2019-01-01", "2026-08-01", "2026-08-02", "2027-01-01")

OPEN_ENDED = frozenset({"contract.currency"})
"""Facts of which trying some values cannot prove that no value matters: there is always one more currency."""


def alternatives(path: str, request: Request) -> Iterator[Any]:
    """Values to put in the place of the one the purchase states."""
    kind = guard().schema[path]
    if path == "contract.currency":
        return iter(("USD", "EUR", "GBP"))
    if path in ("request.owner", "request.it_owner"):
        return iter((request["request"]["owner"], request["request"]["it_owner"], "somebody@else.example"))
    if kind.is_list:
        return _lists(kind)
    return iter(_scalars(kind))


def _scalars(kind: FactType) -> tuple[Any, ...]:
    if kind.values is not None:
        return kind.values
    return {"bool": (True, False), "int": _COUNTS, "decimal": _AMOUNTS, "date": _DAYS}[kind.type]


def _lists(kind: FactType) -> Iterator[list[Any]]:
    """None, each value alone, and many together."""
    values = list(_elements(kind))
    yield []
    yield from ([value] for value in values)
    yield values


def _elements(kind: FactType) -> Iterator[Any]:
    if kind.element == "record":
        return _attestations()
    if kind.element == "capability":
        return iter(guard().stack.taxonomy.capabilities)
    if kind.element == "country":
        return iter(_COUNTRIES)
    return iter(kind.values or ("rolobarn", "tidewhistle"))


def _attestations() -> Iterator[dict[str, str]]:
    kinds = ("soc2_type1", "soc2_type2", "iso27001", "csa_star_1", "csa_star_2", "pci_aoc", "hitrust", "caiq", "vsa")
    for kind in kinds:
        for age, left in ((30, 335), (800, -70), (400, -35)):
            issued, expires = DAY - timedelta(days=age), DAY + timedelta(days=left)
            yield {"kind": kind, "issued_on": issued.isoformat(), "expires_on": expires.isoformat()}
