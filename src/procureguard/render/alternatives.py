"""Alternatives as a person reads them on a terminal: tools owned, tools to buy instead, or whom to ask."""

from collections.abc import Iterator

from procureguard.render.cases import CASES
from procureguard.render.counting import counted
from procureguard.render.style import item, wrapped
from procureguard.report.contract import Report, ReportedAlternative
from procureguard.report.headline import ROLES, listed, number


def owned_lines(report: Report) -> Iterator[str]:
    """The tools the company has already, whom to ask for a seat, and what came out with each."""
    for found in report.alternatives:
        if found.kind != "catalogue":
            yield from item(f"{found.name}: {_coverage(found)}.{_seats(found)}{_whom(found)}")
            yield from _lists(found)
            yield from wrapped(_judged(found), "    ", "    ")


def catalogue_lines(report: Report) -> Iterator[str]:
    """Products that come out better than the one proposed, or as well for less."""
    for found in report.alternatives:
        if found.kind == "catalogue":
            plan = f", {found.plan} plan" if found.plan else ""
            cost = cost_words(found.annual_cost, found.currency)
            yield from item(f"{found.name}{plan}: {_coverage(found)}{f', for {cost}' if cost else ''}.")
            yield from _lists(found)
            yield from wrapped(_judged(found), "    ", "    ")


def nothing_found(report: Report) -> Iterator[str]:
    """What to do where the answer is no yes and nothing else was found."""
    searched = report.searched
    if report.verdict not in ("deny", "needs_review") or report.alternatives:
        return
    people = f" ({listed(searched.people, 'or')})" if searched.people else ""
    whom = f"{ROLES[searched.role]}{people}"
    if not searched.need:
        yield from item(f"Say what it is for, and tools that do the same are looked for. Or ask {whom}.")
        return
    places = ["the tools we own"] if searched.inventory else []
    places += [f"the {counted(searched.offers, 'plan', 'plans')} we know of"] if searched.offers else []
    among = "among" if searched.complete else "among those that cover most of it of"
    where = f" {among} {listed(places)}" if places else ""
    yield from item(f"None found{where} that would come out better. Talk to {whom}; they know what else there is.")


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


def _lists(found: ReportedAlternative) -> Iterator[str]:
    """How much of each list is covered, where there is more to say than the share of the whole need."""
    shares = {"must-haves": found.must, "needed at launch": found.at_launch, "needed later": found.later}
    told = {name: share for name, share in shares.items() if share is not None}
    if any(share != found.coverage for share in told.values()):
        words = ", ".join(f"{name} {share:.0%}" for name, share in told.items())
        yield from wrapped(f"{words.capitalize()}.", "    ", "    ")


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
