"""Remarks: what is odd about a purchase, or about what it was compared with, and turns no policy."""

from collections.abc import Iterable, Iterator

from procureguard.alternatives.need import Need
from procureguard.facts.cost import PERIODS_A_YEAR
from procureguard.facts.gather import Facts
from procureguard.facts.schema import DECIMAL_SCALE, stated_facts
from procureguard.facts.standing import is_listed
from procureguard.facts.statements import Choice, identity_of
from procureguard.policy.model import Pack, PolicySet
from procureguard.stack.manifest import Offer
from procureguard.stack.profile import PARTIES
from procureguard.stack.stack import Stack

LISTS = {"banned": "do-not-buy list", "sanctioned": "sanctions list"}
NAMES_OF_A_VENDOR = ("vendor.name", "vendor.domains", "vendor.legal_names", "vendor.former_names")
TOLERANCE = 0.02
"""Prices that differ by less than this share are the same price, rounded."""


def remarks(facts: Facts, stack: Stack, policies: PolicySet) -> Iterator[str]:
    """What a reader should know besides, in sentences."""
    yield from _packs(facts, policies)
    yield from _measures(facts)
    yield from _plan(facts, stack)
    yield from _listed(facts)
    yield from _not_done(facts, stack)
    yield from _price(facts, stack)
    yield from _silent_tools(facts, stack)


def _packs(facts: Facts, policies: PolicySet) -> Iterator[str]:
    """Rules are agreed by both sides, until a day on which they are looked at again."""
    used = {policy.pack for policy in policies.policies}
    known = sorted(policies.packs.items())
    packs = [pack for identity, pack in known if identity in used]
    yield from _of_packs("Not in use here", (pack for identity, pack in known if identity not in used))
    for party, name in PARTIES.items():
        yield from _of_packs(f"Without {name} so far", (pack for pack in packs if party not in pack.agreed_by))
    due = sorted({pack.review_by for pack in packs if pack.review_by and facts.as_of and pack.review_by < facts.as_of})
    for day in due:
        yield from _of_packs(f"Due to be looked at again by {day}", (pack for pack in packs if pack.review_by == day))


def _of_packs(what: str, packs: Iterable[Pack]) -> Iterator[str]:
    titles = "; ".join(pack.title for pack in packs)
    if titles:
        yield f"{what}, these rules of ours: {titles}."


def _measures(facts: Facts) -> Iterator[str]:
    """A measure counts only if everybody reckons it the same way, where the organisation has agreed on any."""
    agreed, named = facts.value("organisation.metrics"), facts.value("request.metrics") or ()
    if agreed is None:
        return
    place = [name for name, _ in stated_facts()["organisation.metrics"].fields].index("kind")
    undefined = [kind.replace("_", " ") for kind in named if kind not in {metric[place] for metric in agreed}]
    if undefined:
        yield f"Nobody has written down yet how this is measured: {', '.join(undefined)}."


def _plan(facts: Facts, stack: Stack) -> Iterator[str]:
    """The lines of a plan are told apart from its days, which nobody may have looked at for years."""
    plan = stack.organisation.plan
    named = facts.value("request.plan_item")
    if plan is not None and named is not None and facts.as_of is not None and not plan.covers(facts.as_of):
        yield f"Our investment plan runs from {plan.first_day} to {plan.last_day}, and this day is not in it."


def _listed(facts: Facts) -> Iterator[str]:
    """A list may name what the purchase says of its vendor, though not the vendor itself."""
    for register, title in LISTS.items():
        listed = facts.value(f"organisation.{register}_vendors") or ()
        if facts.value(f"vendor.{register}") is not False:
            continue
        for path in NAMES_OF_A_VENDOR:
            stated = facts.value(path) or ()
            names = [stated] if isinstance(stated, str) else list(stated)
            yield from (f"{name} is on our {title}. Is it this vendor?" for name in names if is_listed([name], listed))


def _not_done(facts: Facts, stack: Stack) -> Iterator[str]:
    """Must-haves that the product does not have, as far as its manifest knows."""
    need, offered = Need.of(facts), facts.value("product.capabilities")
    if need is None or not offered:
        return
    taxonomy = stack.taxonomy
    lacking = [taxonomy.title(name).lower() for name in sorted(need.must) if not taxonomy.level(offered, name)]
    if lacking:
        name = facts.value("product.name") or facts.value("product.id") or "It"
        yield f"By all that is known, {name} does not do what is a must here: {', '.join(lacking)}."


def _price(facts: Facts, stack: Stack) -> Iterator[str]:
    """The price of the purchase beside that of the vendor's plan, where both are in one currency."""
    words = (facts.value(path) for path in ("product.vendor", "product.id", "product.plan"))
    identity = identity_of(Choice(*words), stack)
    if identity is None or identity.product is None or identity.plan is None:
        return
    price = identity.manifest.price(Offer(identity.product, identity.plan))
    seats = facts.value("contract.seats")
    stated = [facts.value(f"contract.{name}") for name in ("amount", "currency", "period")]
    if price is None or None in stated or price["per"] == "usage" or (price["per"] == "seat" and seats is None):
        return
    amount, currency, period = stated
    if currency != price["currency"] or "free" in (period, price["period"]):
        return
    asked = amount / DECIMAL_SCALE * PERIODS_A_YEAR[period]
    listed = price["amount"] * PERIODS_A_YEAR[price["period"]] * (seats if price["per"] == "seat" else 1)
    if abs(asked - listed) > TOLERANCE * max(asked, listed):
        by_seats = f" for {seats:,} seats" if price["per"] == "seat" else ""
        yield (
            f"The vendor's price list comes to {listed:,.0f} {currency} a year{by_seats}; the purchase says "
            f"{asked:,.0f} {currency}. The amount is that of the whole offer, not of one seat."
        )


def _silent_tools(facts: Facts, stack: Stack) -> Iterator[str]:
    """Tools that could not be compared because nobody has said what they do."""
    count = stack.inventory.index.silent if stack.inventory is not None else 0
    if count and Need.of(facts) is not None:
        tools = "one of the tools we own does, so it was" if count == 1 else f"{count:,} of our tools do, so they were"
        yield f"Nobody has said what {tools} not compared."
