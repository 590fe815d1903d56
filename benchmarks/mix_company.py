"""The invented company that buys: the vendors it could buy from, and the tools it owns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from benchmarks.chance import Chance
from benchmarks.mix_data import DataKind, Mix
from benchmarks.mix_vendors import PLANS, Offer, Product, Vendor, day_in, draw_vendors
from procureguard.capabilities import shipped_taxonomy

PEOPLE = ("ana", "ben", "chloe", "dario", "emre", "farah", "sam")


class Tool(NamedTuple):
    """An owned tool: its entry in the inventory, what was bought, and the kind of data it is used with."""

    entry: dict[str, Any]
    offer: Offer
    kind: DataKind

    @property
    def identity(self) -> str:
        """Its id."""
        return str(self.entry["id"])

    @property
    def last_notice(self) -> str:
        """The last day on which notice can be given."""
        renews_on = date.fromisoformat(self.entry["renews_on"])
        return (renews_on - timedelta(days=self.entry["notice_days"])).isoformat()


@dataclass(frozen=True, slots=True)
class Company:
    """Everything that purchases are drawn and checked beside; drawn once for each seed."""

    mix: Mix
    seed: int
    vendors: tuple[Vendor, ...]
    tools: tuple[Tool, ...]
    systems_of_record: tuple[str, ...]

    @classmethod
    def of(cls, mix: Mix, seed: int) -> "Company":
        """The company of a seed."""
        vendors = draw_vendors(mix, Chance(seed, "vendors"))
        tools = tuple(_tools(vendors, mix, Chance(seed, "tools")))
        records = tuple(dict.fromkeys(_systems_of_record(tools, mix, Chance(seed, "records"))))
        return cls(mix, seed, vendors, tools, records)

    @property
    def active(self) -> list[Tool]:
        """The tools in use that nobody has given up."""
        return [tool for tool in self.tools if tool.entry["status"] == "active"]

    @property
    def renewing(self) -> list[Tool]:
        """The tools for which it is time to decide on a renewal; all that are in use where there is none."""
        least, most = (day_in(days) for days in self.mix.company.renewal_notice)
        return [tool for tool in self.active if least <= tool.last_notice <= most] or self.active

    @property
    def others(self) -> list[str]:
        """The ids of the tools in use that are no systems of record."""
        return [tool.identity for tool in self.active if tool.identity not in self.systems_of_record]

    def doing(self, capability: str, *, covered: bool) -> list[tuple[Vendor, Product]]:
        """What could be bought anew for a job, with a manifest or without one; anything where nothing does the job."""
        owned = {tool.offer.product.identity for tool in self.tools}
        found = [
            (vendor, product)
            for vendor in self.vendors
            for product in vendor.products
            if vendor.covered == covered and product.identity not in owned
        ]
        return [pair for pair in found if capability in pair[1].capabilities] or found


def most_wanted(chance: Chance, mix: Mix, count: int) -> list[str]:
    """So many different capabilities, the popular ones more often."""
    shares = mix.request.capabilities.popularity
    found: dict[str, None] = {}
    while len(found) < count:
        found[chance.one(shares)] = None
    return list(found)


def _tools(vendors: Sequence[Vendor], mix: Mix, chance: Chance) -> Iterator[Tool]:
    shares = mix.company
    covered = [vendor for vendor in vendors if vendor.covered]
    others = [vendor for vendor in vendors if not vendor.covered]
    count = round(shares.tools * mix.vendors.covered)
    for vendor in (*chance.some(covered, count), *chance.some(others, shares.tools - count)):
        kind = chance.one(mix.data.kinds)
        offer = Offer(vendor, chance.any_of(vendor.products), chance.any_of(PLANS))
        yield Tool(_entry(offer, kind, mix, chance), offer, kind)


def _entry(offer: Offer, kind: DataKind, mix: Mix, chance: Chance) -> dict[str, Any]:
    shares = mix.company
    used = chance.of(mix.users.of(kind))
    free = chance.between(*(shares.idle.free_seats if chance.likely(shares.idle.share) else shares.free_seats))
    return {
        "id": f"tool-{offer.product.identity}",
        "name": offer.product.name,
        "vendor": offer.vendor.identity,
        "product": offer.product.identity,
        "plan": offer.plan,
        "department": chance.any_of(shares.departments),
        "owner": mail(chance.any_of(PEOPLE)),
        "status": "ending" if chance.likely(shares.sunset) else "active",
        "capabilities": dict(offer.product.capabilities),
        "cleared_for": list(shares.cleared_for[kind]),
        "seats": max(used, round(used * 100 / (100 - free))),
        "seats_used": used,
        "renews_on": day_in(chance.between(*shares.renewal_days)),
        "notice_days": chance.one(shares.notice_days),
        "conditions": list(_promises(mix, chance)),
    }


def _promises(mix: Mix, chance: Chance) -> Iterator[dict[str, Any]]:
    if not chance.likely(mix.company.no_promises):
        late = chance.likely(mix.company.overdue)
        yield {
            "policy": "success-measures",
            "text": "Name a measure",
            "role": "owner",
            "due_on": day_in(-chance.between(5, 90) if late else chance.between(5, 90)),
            "state": "overdue" if late else "open",
        }


def _systems_of_record(tools: Sequence[Tool], mix: Mix, chance: Chance) -> Iterator[str]:
    """For each exclusive capability the first tool that does it in full, if the company has decided on one."""
    for capability in shipped_taxonomy().exclusive:
        doing = [tool.identity for tool in tools if tool.offer.product.capabilities.get(capability) == "full"]
        if doing and chance.likely(mix.company.systems_of_record):
            yield doing[0]


def mail(person: str) -> str:
    """The address of a colleague."""
    return f"{person}@mix.example"
