"""Alternatives as a report tells them."""

from collections.abc import Callable, Iterable

from procureguard.alternatives.alternative import Alternative
from procureguard.capabilities import SCALE
from procureguard.facts.schema import DECIMAL_SCALE
from procureguard.finding import Rung
from procureguard.report.contract import ReportedAlternative


def reported_alternative(found: Alternative, title: Callable[[str], str]) -> ReportedAlternative:
    """One alternative in words and plain values; capabilities by their titles."""
    evaluation, coverage, tool = found.evaluation, found.coverage, found.tool
    counted = [finding for finding in evaluation.findings if finding.decision.worst > Rung.APPROVE]
    waits = sorted(set().union(*(finding.waits | finding.doubts for finding in counted)))
    return ReportedAlternative(
        kind=found.kind,
        id=found.identity,
        name=found.name,
        plan=found.facts.value("product.plan") if tool is None else None,
        department=found.department,
        owner=tool.get("owner") if tool else None,
        operator=tool.get("operator") if tool else None,
        status=tool.get("status") if tool else None,
        coverage=_share(coverage.need),
        must=_share(coverage.must),
        at_launch=_share(coverage.at_launch),
        later=_share(coverage.later),
        covers=_titles(coverage.covers, title),
        lacks=_titles(coverage.lacks, title),
        to_switch_on=_titles(coverage.latent, title),
        free_seats=found.free_seats,
        cleared=found.cleared,
        annual_cost=money(found.annual_cost),
        currency=found.facts.value("organisation.currency"),
        verdict=found.decision.verdict,
        best=found.decision.best.word,
        worst=found.decision.worst.word,
        proven=found.decision.settled,
        reasons=tuple(finding.policy for finding in counted),
        waits_for=tuple(waits),
    )


def money(value: int | None) -> float | None:
    """An amount in the organisation's currency, from ten-thousandths."""
    return None if value is None else value / DECIMAL_SCALE


def _share(value: int | None) -> float | None:
    return None if value is None else value / SCALE


def _titles(names: Iterable[str], title: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(title(name) for name in names)
