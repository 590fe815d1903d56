"""Purchases of the invented company, with everything that is true of them."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar, cast

from benchmarks.chance import Chance, among_others, rest_of, with_share
from benchmarks.mix_company import PEOPLE, Company, Tool, mail, most_wanted
from benchmarks.mix_data import DataKind, PlansUpTo, RequestType, listed
from benchmarks.mix_vendors import Offer, drawn_value, in_manifests
from procureguard.facts.statements import EXTENDS_A_TOOL

K = TypeVar("K", bound=str)

NOTHING_TO_PAY = {"contract.amount": 0, "contract.period": "free", "contract.payment": "free"}


class Drawn(NamedTuple):
    """A purchase: what is bought, and by path everything that is true of it and stands in no manifest."""

    offer: Offer
    facts: Mapping[str, Any]


def draw_purchase(company: Company, number: int) -> Drawn:
    """The purchase of a number; it does not depend on the others."""
    return _Draw(company, Chance(company.seed, "purchase", number), f"mix-{number}").purchase()


class _Draw:
    """One purchase while it is drawn."""

    def __init__(self, company: Company, chance: Chance, identity: str) -> None:
        self.company = company
        self.mix = company.mix
        self.chance = chance
        self.identity = identity
        self.type: RequestType = chance.one(self.mix.request.type)
        self.kind: DataKind = chance.one(self.data_kinds())
        self.tool = self.extended() if self.type in EXTENDS_A_TOOL else None
        self.users = self.tool.entry["seats_used"] if self.tool else chance.of(self.mix.users.of(self.kind))
        self.wanted = self.capabilities()
        self.annual = self.cost()
        self.offer = self.tool.offer if self.tool else self.new_offer()

    def purchase(self) -> Drawn:
        facts = {
            **self.request(),
            **self.choice(),
            **self.contract(),
            **self.data(),
            **self.connection(),
            **self.site_and_messages(),
            **self.ai(),
        }
        return Drawn(self.offer, self.by_themselves() | facts)

    def data_kinds(self) -> Mapping[DataKind, float]:
        """Trials mostly need no real data; the other purchases make up for it."""
        data, trials = self.mix.data, self.mix.request.type["trial"]
        if self.type == "trial":
            return with_share(data.kinds, "public", data.public_trials)
        return among_others(data.kinds, "public", trials, data.public_trials)

    def extended(self) -> Tool:
        """The tool that is renewed or extended: one for the kind of data, if there is any."""
        tools = self.company.renewing if self.type == "renewal" else self.company.active
        return self.chance.any_of([tool for tool in tools if tool.kind == self.kind] or tools)

    def capabilities(self) -> list[str]:
        shares = self.mix.request.capabilities
        count = self.chance.one(shares.count)
        if self.tool is not None:
            return self.chance.some(tuple(self.tool.offer.product.capabilities), count)
        if self.chance.likely(shares.long_list.share):
            count = self.chance.between(shares.long_list.least, shares.long_list.most)
        return most_wanted(self.chance, self.mix, count)

    def cost(self) -> int:
        """What it costs a year, in the company's currency; trials are more often free than others."""
        trials, free = self.mix.request.type["trial"], self.mix.request.trial.free
        share = free if self.type == "trial" else rest_of(self.mix.cost.free, trials, free)
        return 0 if self.chance.likely(share) else self.chance.of(self.mix.cost.of(self.kind))

    def new_offer(self) -> Offer:
        """A product that does what is wanted most, as far as there is one; now and then one that is owned."""
        if self.type in {"new", "trial"} and self.chance.likely(self.mix.request.already_owned):
            return self.chance.any_of(self.company.active).offer
        covered = self.chance.likely(self.mix.vendors.covered)
        offers = self.company.doing(self.wanted[0], covered=covered)
        vendor, product = self.chance.any_of(offers)
        return Offer(vendor, product, self.chance.one(self.plans().plans))

    def plans(self) -> PlansUpTo:
        steps = self.mix.vendors.plan_by_cost
        return next(step for step in steps if step.up_to is None or self.annual <= step.up_to)

    def request(self) -> dict[str, Any]:
        facts = {
            "request.id": self.identity,
            "request.type": self.type,
            "request.purpose": "What the campaign needs",
            "request.capabilities": self.wanted,
            "request.department": self.chance.any_of(self.mix.company.departments),
            "request.requester": mail(self.chance.any_of(PEOPLE)),
            "request.owner": self.tool.entry["owner"] if self.tool else mail(self.chance.any_of(PEOPLE)),
            "request.users": self.users,
            "request.replaces": self.switched_off(),
            "request.trial_days": self.chance.one(self.mix.request.trial.days),
        }
        if self.tool is not None:
            facts["request.tool"] = self.tool.identity
        must = self.chance.one(self.mix.request.capabilities.must)
        if must != "unstated":
            facts["request.must"] = self.wanted if must == "all" else self.wanted[:1]
        return facts

    def switched_off(self) -> list[str]:
        shares = self.mix.request.switched_off
        if not self.chance.likely(shares.named if self.type == "replacement" else shares.beside):
            return []
        doing = [tool for tool in self.company.active if self.wanted[0] in tool.offer.product.capabilities]
        return [self.chance.any_of(doing or self.company.active).identity]

    def choice(self) -> dict[str, Any]:
        vendor, product, plan = self.offer
        return {
            "product.vendor": vendor.identity,
            "product.id": product.identity,
            "product.name": product.name,
            "product.plan": plan,
            "product.delivery": listed(self.chance.one(self.mix.delivery)),
        }

    def contract(self) -> dict[str, Any]:
        cost, chance = self.mix.cost, self.chance
        terms = {1: 1.0} if self.type == "trial" else self.terms_of_others()
        months = chance.one(terms)
        monthly = months == 1 or chance.likely(cost.by_the_month)
        currency = chance.one(cost.currency)
        amount = self.annual / self.mix.company.exchange_rates.get(currency, 1.0) / (12 if monthly else 1)
        facts = {
            "contract.amount": round(amount, 2),
            "contract.currency": currency,
            "contract.period": "month" if monthly else "year",
            "contract.payment": chance.one(cost.payment),
            "contract.term_months": months,
            "contract.pricing": chance.one(cost.pricing),
            "contract.seats": self.seats(),
            "contract.auto_renew": chance.likely(cost.renews_itself),
            "contract.trial_converts": chance.likely(self.mix.request.trial.converts),
        }
        return facts if self.annual else facts | NOTHING_TO_PAY

    def terms_of_others(self) -> Mapping[int, float]:
        """Trials last a month; the other purchases make up for it."""
        return among_others(self.mix.cost.term_months, 1, self.mix.request.type["trial"], 1.0)

    def seats(self) -> int:
        """Those of the tool where it is renewed as it is; else one for everybody, and what the bundle has beyond."""
        if self.type == "renewal" and self.tool is not None:
            return int(self.tool.entry["seats"])
        spare = self.chance.one(self.mix.cost.spare_seats)
        return self.users + self.users * spare // 100

    def data(self) -> dict[str, Any]:
        data, chance = self.mix.data, self.chance
        regions = listed(chance.one(data.regions))
        return {
            "data.categories": listed(chance.one(data.categories[self.kind])),
            "data.regions": regions,
            "data.people": chance.of(data.people),
            "web.regions": regions,
        }

    def connection(self) -> dict[str, Any]:
        shares = self.mix.connection
        found = self.chance.one(self.apart_from_public(shares.kinds, shares.none_of_public))
        records = found == "write_records"
        tools = self.company.systems_of_record if records else self.company.others
        return {
            "integration.systems": [] if found == "none" else [self.chance.any_of(tools)],
            "integration.writes_records": records,
            "integration.method": self.chance.one(shares.methods["alone" if found == "none" else "connected"]),
        }

    def apart_from_public(self, kinds: Mapping[K, float], none: float) -> Mapping[K, float]:
        """Shares of which public purchases have another share of none; the other purchases make up for it."""
        without = cast("K", "none")
        if self.kind == "public":
            return with_share(kinds, without, none)
        return among_others(kinds, without, self.mix.data.kinds["public"], none)

    def site_and_messages(self) -> dict[str, Any]:
        shares, site = self.mix.messages, self.mix.site
        found = self.chance.one(self.apart_from_public(shares.kinds, shares.none_of_public))
        sent = {"none": [], "email": ["email"], "texts": [self.chance.one(shares.texts)], "push": ["push"]}
        others = rest_of(site.loads, self.mix.data.kinds["public"], site.of_public)
        loads = self.chance.likely(site.of_public if self.kind == "public" else others)
        loads = loads or not set(self.wanted).isdisjoint(site.always)
        return {"web.loads_on_site": loads, "messaging.channels": sent[found]}

    def ai(self) -> dict[str, Any]:
        shares = self.mix.ai
        kind = self.chance.one(shares.kinds)
        return {
            "ai.used": kind != "unused",
            "ai.functions": listed(self.chance.one(shares.functions[kind])),
            "ai.imitates_people": self.chance.likely(shares.imitates_people),
        }

    def by_themselves(self) -> dict[str, Any]:
        """Facts that depend on nothing else; what a manifest says is left to it, where there is one."""
        manifested = dict(in_manifests(self.mix))
        own = {
            path: drawn_value(path, drawn, self.chance)
            for path, drawn in self.mix.facts.items()
            if path not in manifested
        }
        vendor, product, plan = self.offer
        return own if vendor.covered else own | vendor.true_of(product, plan)
