"""Alternatives as a person reads them on a terminal: tools owned, tools to buy instead, or whom to ask."""

from collections.abc import Iterator
from typing import NamedTuple

from procureguard.render.cases import CASES
from procureguard.render.counting import counted
from procureguard.render.style import item, wrapped
from procureguard.report.contract import Report, ReportedAlternative
from procureguard.report.headline import ROLES, listed, number


class Instead(NamedTuple):
    """Another way to do the job in words: its name, what it does, further sentences on it, and what came out."""

    name: str
    does: str
    lists: str | None
    judged: str


def owned(report: Report) -> list[Instead]:
    """The tools the company has already, whom to ask for a seat, and what came out with each."""
    return [
        Instead(found.name, f"{_coverage(found)}.{_seats(found)}{_whom(found)}", _lists(found), _judged(found))
        for found in report.alternatives
        if found.kind != "catalogue"
    ]


def catalogue(report: Report) -> list[Instead]:
    """Products that come out better than the one proposed, or as well for less."""
    return [_offered(found) for found in report.alternatives if found.kind == "catalogue"]


def _offered(found: ReportedAlternative) -> Instead:
    name = f"{found.name}, {found.plan} plan" if found.plan else found.name
    cost = cost_words(found.annual_cost, found.currency)
    return Instead(name, f"{_coverage(found)}{f', for {cost}' if cost else ''}.", _lists(found), _judged(found))


def alternative_lines(alternatives: list[Instead]) -> Iterator[str]:
    """Each as a point of a list."""
    for found in alternatives:
        yield from item(f"{found.name}: {found.does}")
        if found.lists:
            yield from wrapped(found.lists, "    ", "    ")
        yield from wrapped(found.judged, "    ", "    ")


def nothing_found(report: Report) -> str | None:
    """What to do where the answer is no yes and nothing else was found, neither a tool nor a way."""
    searched = report.searched
    if report.verdict not in ("deny", "needs_review") or report.alternatives or report.ways:
        return None
    people = f" ({listed(searched.people, 'or')})" if searched.people else ""
    whom = f"{ROLES[searched.role]}{people}"
    if not searched.need:
        return f"Say what it is for, and tools that do the same are looked for. Or ask {whom}."
    places = ["the tools we own"] if searched.inventory else []
    places += [f"the {counted(searched.offers, 'plan', 'plans')} we know of"] if searched.offers else []
    among = "among" if searched.complete else "among those that cover most of it of"
    where = f" {among} {listed(places)}" if places else ""
    return f"None found{where} that would come out better. Talk to {whom}; they know what else there is."


def cost_words(amount: float | None, currency: str | None) -> str | None:
    """What something costs a year, or None where that is not known."""
    if amount is None:
        return None
    return f"{amount:,.0f} {currency or ''} a year".replace("  ", " ") if amount else "free"


def _coverage(found: ReportedAlternative) -> str:
    done = listed([title.lower() for title in found.covers])
    share = "all" if found.coverage == 1 else f"{found.coverage or 0:.0%} of what"
    latent = listed([title.lower() for title in found.to_switch_on])
    return f"does {share} you need ({done})" + (f"; still to be switched on: {latent}" if latent else "")


def _lists(found: ReportedAlternative) -> str | None:
    """How much of each list is covered, where there is more to say than the share of the whole need."""
    shares = {"must-haves": found.must, "needed at launch": found.at_launch, "needed later": found.later}
    told = {name: share for name, share in shares.items() if share is not None}
    if all(share == found.coverage for share in told.values()):
        return None
    words = ", ".join(f"{name} {share:.0%}" for name, share in told.items())
    return f"{words.capitalize()}."


def _seats(found: ReportedAlternative) -> str:
    if found.free_seats is None:
        return ""
    if not found.free_seats:
        return " No seat is free."
    return f" {found.free_seats} {'seat is' if found.free_seats == 1 else 'seats are'} free."


def _whom(found: ReportedAlternative) -> str:
    if found.owner:
        return f" Ask {found.owner}{f' in {found.department}' if found.department else ''}."
    return f" It belongs to {found.department}." if found.department else ""


def _judged(found: ReportedAlternative) -> str:
    if found.cleared is False:
        return "It is not cleared for this kind of data."
    count = len(found.waits_for)
    if found.proven:
        outcome = CASES[found.verdict]
    elif found.verdict == "needs_info":
        answers = "answer" if count == 1 else "answers"
        outcome = f"at best {CASES[found.best]}, at worst {CASES[found.worst]}, {number(count)} {answers} open"
    else:
        outcome = f"yes, with {number(count)} {'fact' if count == 1 else 'facts'} to be confirmed"
    return f"Checked in place of the purchase: {outcome}."
