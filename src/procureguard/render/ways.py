"""Ways to a yes as people read them: the changes, what they cost, and what each of them is needed for."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from procureguard.render.style import wrapped
from procureguard.report.contract import Report
from procureguard.report.way_contract import ReportedWay

SHOWN = 2
"""How many ways a report shows; `what-if` shows them all."""

TITLE = "Ways to a yes"


class ToldWay(NamedTuple):
    """A way in words: all of it in a sentence, what it does to the price, and the steps with what they are for."""

    sentence: str
    price: str | None
    steps: tuple[str, ...]
    proof: str


def ways(report: Report) -> list[ToldWay]:
    """The best ways, and only those."""
    return told_ways(report.ways[:SHOWN])


def told_ways(found: Sequence[ReportedWay]) -> list[ToldWay]:
    """Ways in their order; a single step needs no name to say what it is for."""
    return [_told(way, found[:place]) for place, way in enumerate(found)]


def _told(way: ReportedWay, above: Sequence[ReportedWay]) -> ToldWay:
    alone = len(way.steps) == 1
    steps = tuple(step.because if alone else f"{step.says}. {step.because}" for step in way.steps)
    return ToldWay(way.sentence, price(way), steps, proof(way, above))


def way_lines(told: list[ToldWay]) -> Iterator[str]:
    """Each as a numbered point, what its steps are for below it."""
    for place, way in enumerate(told, 1):
        yield from wrapped(f"{way.sentence}{f' {way.price}' if way.price else ''}", f"  {place}. ", "     ")
        for step in way.steps:
            yield from wrapped(step, "     - ", "       ")
        yield from wrapped(way.proof, "     ", "     ")


def price(way: ReportedWay) -> str | None:
    """What the changes do to the price of a year; nothing where they leave it alone."""
    if way.extra_cost is None:
        return None if way.annual_cost is None else f"It costs {_money(way.annual_cost, way)} a year then."
    if not way.extra_cost:
        return None
    more = "more" if way.extra_cost > 0 else "less"
    return f"It costs {_money(abs(way.extra_cost), way)} {more} a year."


def proof(way: ReportedWay, above: Sequence[ReportedWay] = ()) -> str:
    """How sure it is that the answer comes out so, and that less does not do, but for ways that stand above."""
    checked = "Checked" if way.proven else "Checked with what is known"
    if not way.complete:
        return f"{checked}; something smaller may do; the search was cut short."
    rest = ", but for what stands above" if any(_effort(other) <= _effort(way) for other in above) else ""
    return f"{checked}; nothing smaller does it{rest}."


def _effort(way: ReportedWay) -> int:
    return sum(step.effort for step in way.steps)


def _money(amount: float, way: ReportedWay) -> str:
    return f"{amount:,.0f} {way.currency or ''}".rstrip()
