"""Facts as a person reads them on a terminal: what is known, who said so, and where."""

from collections.abc import Iterable, Iterator

from procureguard.render.style import item, wrapped
from procureguard.render.view import R, View
from procureguard.report.contract import ReportedDispute, ReportedFact
from procureguard.report.headline import ROLES

SAID_BY = ROLES | {
    "measured": "a measurement of our own",
    "contract": "the contract",
    "report": "an outside report",
    "catalogue": "the catalogue",
}
"""Sources as a sentence names them."""


def said(view: View[R], fact: ReportedFact) -> str:
    """A fact with its source, its day and its place."""
    if fact.place is None:
        return f"{fact.title}: {fact.words} (computed)"
    day = f", {fact.as_of}" if fact.as_of else ""
    place = f" ({view.place(fact.place)})"
    proof = f" ({fact.evidence})" if fact.evidence else ""
    return f"{fact.title}: {fact.words}{proof}, said by {SAID_BY.get(fact.source or '', fact.source)}{day}{place}"


def disputes(view: View[R], disputed: Iterable[ReportedDispute]) -> Iterator[str]:
    """The facts on which documents differ: the statement that counts, then the others."""
    for dispute in disputed:
        yield from item(said(view, dispute.counts) + " counts.")
        for other in dispute.others:
            yield from wrapped(said(view, other), "    but ", "      ")
