"""Candidates for one need side by side, at most 80 columns wide."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from procureguard.render.alternatives import cost_words
from procureguard.render.cases import CASES
from procureguard.render.json import as_json
from procureguard.render.style import wrapped
from procureguard.report.contract import ReportedAlternative
from procureguard.report.headline import listed, number
from procureguard.source.text import printable

KINDS = {
    "owned": "owned",
    "activate": "owned, to be switched on",
    "catalogue": "to be bought",
    "purchase": "as proposed",
}
NAME_WIDTH = 26
ANSWER_WIDTH = 26
HEADING = f"  #  {'candidate':<{NAME_WIDTH}}  {'answer':<{ANSWER_WIDTH}}  need  must"


def render_comparison_text(compared: Sequence[ReportedAlternative]) -> str:
    """A table of all candidates, then a few words on each."""
    return "\n".join([*_table(compared), "", *_notes(compared)]) + "\n"


def render_comparison_json(compared: Sequence[ReportedAlternative]) -> str:
    """The candidates as the report tells alternatives, best first."""
    rows = [{"rank": rank, **asdict(found)} for rank, found in enumerate(compared, 1)]
    return as_json(rows)


def _table(compared: Sequence[ReportedAlternative]) -> Iterator[str]:
    yield HEADING
    for rank, found in enumerate(compared, 1):
        name = printable(_cut(_name(found), NAME_WIDTH))
        answer = _cut(CASES[found.verdict], ANSWER_WIDTH)
        need = "?" if found.coverage is None else f"{found.coverage:.0%}"
        must = "-" if found.must is None else f"{found.must:.0%}"
        yield f"  {rank:<2} {name:<{NAME_WIDTH}}  {answer:<{ANSWER_WIDTH}}  {need:>4}  {must:>4}"


def _notes(compared: Sequence[ReportedAlternative]) -> Iterator[str]:
    for rank, found in enumerate(compared, 1):
        yield from wrapped(f"{rank}. {_name(found)}: {'; '.join(_remarks(found))}.", "  ", "     ")


def _remarks(found: ReportedAlternative) -> Iterator[str]:
    yield KINDS[found.kind] if found.status in ("active", None) else f"owned, but {found.status}"
    if found.coverage is None:
        yield "nobody says what it does"
    if found.cleared is False:
        yield "not cleared for this kind of data"
    if found.lacks:
        yield f"does not do {listed([title.lower() for title in found.lacks], 'or')}"
    if found.to_switch_on:
        yield f"{listed([title.lower() for title in found.to_switch_on])} to be switched on"
    if found.free_seats is not None:
        yield f"{found.free_seats} free {'seat' if found.free_seats == 1 else 'seats'}"
    if found.kind in ("owned", "activate") and found.annual_cost == 0:
        yield "no further cost"
    else:
        yield cost_words(found.annual_cost, found.currency) or "cost not known"
    if not found.proven:
        count = len(found.waits_for)
        open_facts = f", {number(count)} {'fact' if count == 1 else 'facts'} open" if count else ""
        yield f"at best {CASES[found.best]}, at worst {CASES[found.worst]}{open_facts}"


def _name(found: ReportedAlternative) -> str:
    return f"{found.name}, {found.plan}" if found.plan else found.name


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
