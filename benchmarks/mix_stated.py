"""What of a drawn purchase somebody has stated: whom the form asks for what, and what is left open."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from benchmarks.chance import Chance
from benchmarks.conditions import Conditions, shipped_policies
from benchmarks.mix_company import Company
from benchmarks.mix_data import Mix
from benchmarks.mix_purchases import Drawn, draw_purchase
from benchmarks.mix_vendors import day_in, proof
from benchmarks.workload import DAY
from procureguard import Guard
from procureguard.facts.derived import shipped_schema
from procureguard.guard.plain_data import document_of
from procureguard.policy.form import Form
from procureguard.source.diagnostic import Diagnostic
from procureguard.source.document import Document

SOURCES = {"it": "it", "organisation": "it", "vendor": "vendor"}
"""Who stands behind what a purchase says; what the requester says stands there plain."""


def purchases(company: Company, guard: Guard, count: int) -> Iterator[dict[str, Any]]:
    """The first purchases of a company as plain data; each is as it is, however many there are."""
    mix = company.mix
    when = {path: fact.when for path, fact in mix.facts.items() if fact.when is not None}
    conditions = Conditions(mix.asked_if | when, {path: found.checked for path, found in form().conditions().items()})
    for number in range(count):
        drawn = draw_purchase(company, number)
        everything = guard.facts(document(written(drawn.facts, DAY.isoformat())), DAY)
        not_asked = conditions.not_held(everything)
        chance = Chance(company.seed, "stated", number)
        stated = {
            path: value
            for path, value in drawn.facts.items()
            if path not in not_asked and not chance.apart(path).likely(_open(path, drawn, mix))
        }
        yield written(stated, day_in(-chance.between(0, 20)))


def document(purchase: Mapping[str, Any]) -> Document:
    """The document of a purchase given as plain data."""
    problems: list[Diagnostic] = []
    found = document_of(purchase, problems)
    assert found is not None, problems
    return found


def written(facts: Mapping[str, Any], as_of: str) -> dict[str, Any]:
    """A purchase document that states these facts, with who says so as of which day."""
    purchase: dict[str, Any] = {"kind": "purchase", "version": 1}
    for path, value in facts.items():
        section, name = path.split(".")
        source = (
            None if path in quick_answers() else proof(path, facts) or SOURCES.get(shipped_schema()[path].stated_by)
        )
        said = {"value": value, "source": source, "as_of": as_of} if source else value
        purchase.setdefault(section, {})[name] = said
    return purchase


def form() -> Form:
    """The shipped form."""
    found = shipped_policies().form
    assert found is not None
    return found


@cache
def quick_answers() -> frozenset[str]:
    """The facts that the form asks for first, with which the lowest tier is decided."""
    return frozenset(form().facts(form().quick))


def _open(path: str, drawn: Drawn, mix: Mix) -> float:
    """The share of purchases in which nobody has stated a fact that somebody is asked for."""
    unknown = mix.unknown
    if path in unknown.signed_in:
        return 0.0
    if path in quick_answers():
        return unknown.eight_answers
    return {
        "requester": unknown.requester,
        "vendor": unknown.vendor if drawn.offer.vendor.covered else unknown.vendor_not_covered,
        "it": unknown.it,
        "organisation": unknown.organisation,
    }[shipped_schema()[path].stated_by]
