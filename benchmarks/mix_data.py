"""The shares that purchases are drawn from: `mix.yaml`, read and checked."""

from functools import cache, cached_property
from math import fsum, isclose
from pathlib import Path
from statistics import fmean
from typing import Annotated, Any, Literal, Self, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from benchmarks.chance import Spread
from procureguard.capabilities import shipped_taxonomy
from procureguard.facts.check import fits
from procureguard.facts.derived import shipped_schema
from procureguard.facts.schema import FactType

DATA = Path(__file__).with_name("mix.yaml")

Plan = Literal["cheapest", "middle", "top"]
RequestType = Literal["new", "trial", "renewal", "expansion", "replacement"]
DataKind = Literal["public", "confidential", "prospects", "customers", "behaviour", "sensitive", "payment_cards"]
Connection = Literal["none", "read", "write", "write_records"]
Sending = Literal["none", "email", "texts", "push"]
AiKind = Literal["unused", "generates", "judges", "acts"]
K = TypeVar("K")


def complete(shares: dict[K, float]) -> dict[K, float]:
    """The shares themselves, when they add up to 1.

    Raises:
        ValueError: they do not.
    """
    if not isclose(fsum(shares.values()), 1.0):
        raise ValueError(f"shares add up to {fsum(shares.values())}, not to 1")
    return shares


Share = Annotated[float, Field(ge=0, le=1)]
Shares = Annotated[dict[K, Share], Field(min_length=1), AfterValidator(complete)]
Words = Annotated[dict[str | int, Share], Field(min_length=1), AfterValidator(complete)]
Days = tuple[Share, int, int]
"""A share, and the first and last day it stands for, counted from the day of the check."""


class Part(BaseModel):
    """A part of the file: it takes the keys it names and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LongList(Part):
    """Purchases that list more capabilities than anybody needs."""

    share: Share
    least: int
    most: int


class Wanted(Part):
    """What tools are wanted for."""

    count: Shares[int]
    must: Shares[Literal["all", "first", "unstated"]]
    exponent: float
    most_wanted: tuple[str, ...]
    long_list: LongList

    @cached_property
    def popularity(self) -> dict[str, float]:
        """Every capability with its share, the most wanted first."""
        known = shipped_taxonomy().capabilities
        rest = sorted((name for name in known if name not in self.most_wanted), key=lambda name: known[name].exclusive)
        weights = {name: rank**-self.exponent for rank, name in enumerate((*self.most_wanted, *rest), 1)}
        total = fsum(weights.values())
        return {name: weight / total for name, weight in weights.items()}

    @model_validator(mode="after")
    def _known(self) -> Self:
        unknown = set(self.most_wanted) - shipped_taxonomy().capabilities.keys()
        if unknown:
            raise ValueError(f"no capabilities: {', '.join(sorted(unknown))}")
        return self


class SwitchedOff(Part):
    """Tools given up for a purchase: how many replacements name one, and how many others do."""

    named: Share
    beside: Share


class Trial(Part):
    """How trials are offered."""

    days: Shares[int]
    converts: Share
    free: Share


class ApprovedBefore(Part):
    """Purchases that were approved before, how many have grown since, and how long ago that was."""

    share: Share
    grown: Share
    days: tuple[int, int]


class Request(Part):
    """What is asked for."""

    type: Shares[RequestType]
    capabilities: Wanted
    switched_off: SwitchedOff
    trial: Trial
    approved_before: ApprovedBefore
    already_owned: Share


class Spreads(Part):
    """A spread of all purchases, and of the two kinds that it is made of."""

    all: Spread
    public: Spread
    others: Spread

    def of(self, kind: DataKind) -> Spread:
        """The spread of purchases into which that kind of data goes."""
        return self.public if kind == "public" else self.others


class Cost(Spreads):
    """What purchases cost a year, and how that is paid."""

    free: Share
    pricing: Shares[Literal["seat", "flat", "usage"]]
    term_months: Shares[int]
    payment: Shares[Literal["card", "purchase_order", "expense"]]
    currency: Shares[str]
    by_the_month: Share
    renews_itself: Share
    spare_seats: Shares[int]


class Data(Part):
    """Whose data goes in."""

    kinds: Shares[DataKind]
    public_trials: Share
    categories: dict[DataKind, Words]
    regions: Words
    people: Spread


class Connections(Part):
    """What is connected."""

    kinds: Shares[Connection]
    none_of_public: Share
    methods: dict[Literal["connected", "alone"], Words]


class Site(Part):
    """What loads on the website, of all and of public purchases, and the capabilities that always do."""

    loads: Share
    of_public: Share
    always: tuple[str, ...]


class Messages(Part):
    """What sends messages."""

    kinds: Shares[Sending]
    none_of_public: Share
    texts: Shares[Literal["sms", "whatsapp"]]


class Ai(Part):
    """What AI is used for."""

    kinds: Shares[AiKind]
    functions: dict[AiKind, Words]
    imitates_people: Share


class Unknown(Part):
    """The share of facts that nobody has stated, by who would; whoever is signed in states a few anyway."""

    requester: Share
    eight_answers: Share
    vendor: Share
    vendor_not_covered: Share
    it: Share
    organisation: Share
    signed_in: tuple[str, ...]


class Fame(Part):
    """How well known a vendor is: its share of current attestations, and of facts nobody knows."""

    attested: Share
    unknown: Share


class Attestations(Part):
    """What vendors can prove."""

    current: Share
    expired: Share
    current_days: tuple[int, int]
    expired_days: tuple[int, int]
    kinds: Shares[str]
    card_payments: Share


class Hosting(Part):
    """Where a vendor keeps data, and from where it looks at them."""

    share: Share
    stored_in: tuple[str, ...]
    accessed_from: tuple[str, ...]


class PlansUpTo(Part):
    """Which plans are bought up to a cost a year."""

    up_to: int | None
    plans: Shares[Plan]


class Vendors(Part):
    """The vendors there are."""

    count: int
    covered: Share
    capabilities_per_product: Shares[int]
    levels: Shares[Literal["full", "partial", "latent"]]
    two_products: Share
    belongs_to_another: Share
    bought_days: tuple[int, int]
    age_days: tuple[int, int]
    fame: tuple[Fame, ...]
    attestations: Attestations
    hosting: tuple[Hosting, ...]
    needs_agreement: tuple[str, ...]
    plan_by_cost: tuple[PlansUpTo, ...]


class Payments(Part):
    """What is paid by card: monthly subscriptions, single payments, and how much each is."""

    subscriptions: int
    single: int
    amount: Spread


class Idle(Part):
    """Tools that hardly anybody uses, and how many of a hundred of their seats are free."""

    share: Share
    free_seats: tuple[int, int]


class Company(Part):
    """The company that buys, and what it owns."""

    tools: int
    free_seats: tuple[int, int]
    sunset: Share
    idle: Idle
    no_promises: Share
    overdue: Share
    systems_of_record: Share
    requests: int
    logged: Share
    approved_days: tuple[int, int]
    card_payments: Payments
    banned: int
    sanctioned: int
    plan_items: tuple[str, ...]
    departments: tuple[str, ...]
    exchange_rates: dict[str, float]
    renewal_days: tuple[int, int]
    renewal_notice: tuple[int, int]
    notice_days: Shares[int]
    cleared_for: dict[DataKind, tuple[str, ...]]


class Drawn(Part):
    """How one fact is drawn by itself, in one of several ways, and why so."""

    why: str
    when: str | None = None
    likely: Share | None = None
    shares: Words | None = None
    spread: Spread | None = None
    days: tuple[Days, ...] = ()
    by_plan: dict[Plan, Share | Words] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = (self.likely is not None, self.shares, self.spread, self.days, self.by_plan)
        if sum(map(bool, ways)) != 1:
            raise ValueError("a fact is drawn in exactly one way")
        return self


class Mix(Part):
    """Everything purchases are drawn from."""

    version: Literal[1]
    request: Request
    users: Spreads
    cost: Cost
    data: Data
    connection: Connections
    site: Site
    messages: Messages
    delivery: Words
    ai: Ai
    unknown: Unknown
    vendors: Vendors
    company: Company
    asked_if: dict[str, str]
    facts: dict[str, Drawn]

    @model_validator(mode="after")
    def _of_the_schema(self) -> Self:
        for path in (*self.asked_if, *self.facts, *self.unknown.signed_in):
            if path not in shipped_schema().types:
                raise ValueError(f"there is no fact `{path}`")
        for path, drawn in self.facts.items():
            for value in _values(shipped_schema()[path], drawn):
                if not fits(shipped_schema()[path], value):
                    raise ValueError(f"`{value}` is no value of `{path}`")
        return self

    @model_validator(mode="after")
    def _sums(self) -> Self:
        """What stands there twice, whole and in parts, must be the same."""
        vendors, fame = self.vendors, self.vendors.fame
        if not isclose(fmean(one.attested for one in fame), vendors.attestations.current):
            raise ValueError("the attested vendors of each fame do not make those of all")
        if not isclose(fmean(one.unknown for one in fame), self.unknown.vendor):
            raise ValueError("the unknown facts of each fame do not make those of all")
        complete({str(place): found.share for place, found in enumerate(vendors.hosting)})
        return self


def _values(kind: FactType, drawn: Drawn) -> list[Any]:
    if drawn.likely is not None:
        return [True]
    if drawn.spread is not None:
        return [int(drawn.spread.median)]
    if drawn.days:
        return ["2026-01-01"]
    sorts = [drawn.shares, *(found for found in drawn.by_plan.values() if isinstance(found, dict))]
    values = [value_of(kind, word) for shares in sorts if shares for word in shares]
    return values or [True]


def value_of(kind: FactType, word: str | int) -> Any:  # noqa: ANN401 - a value of any type
    """The value of a fact that a word of the file stands for."""
    return listed(word) if kind.is_list else word


def listed(word: str | int) -> list[str]:
    """The list that a word of the file stands for."""
    return [] if word == "none" else str(word).split(" + ")


@cache
def mix() -> Mix:
    """The shares of the file.

    Raises:
        ValueError: the file is not in order; everything wrong with it is named.
    """
    return Mix.model_validate(yaml.safe_load(DATA.read_text(encoding="utf-8")))
