"""The sentences of the vendor report, in their order: what is true of several plans is said once for them."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

from procureguard.finding import RungWord
from procureguard.render.facts import said
from procureguard.render.view import View
from procureguard.report.contract import ReportedDispute, ReportedFinding
from procureguard.report.headline import listed, number
from procureguard.report.vendor_contract import ReportedAsk, ReportedPlan, VendorReport

T = TypeVar("T")
Plans = Sequence[ReportedPlan]

NOTHING_TO_ASK = "What the manifest leaves open would not change that, so there is nothing to ask the vendor yet."


class Answer(NamedTuple):
    """What a purchase comes to at best, in a sentence with the plans it is said of, and what follows from it."""

    best: RungWord
    text: str
    remark: str | None


class Reason(NamedTuple):
    """What does not hold, with the facts that show it, of all the plans it is said of."""

    finding: ReportedFinding
    facts: list[str]


class Part(NamedTuple):
    """What is said of some plans of a product; `name` is theirs."""

    name: str
    reasons: list[Reason]
    questions: list[str]
    disputed: list[ReportedDispute]


class Product(NamedTuple):
    """A product with the answers to its plans, then the reasons and questions, those of most plans first."""

    name: str
    answers: list[Answer]
    parts: list[Part]


def heading(report: VendorReport) -> str:
    """The vendor, and how much of it this is about."""
    return f"{report.vendor.name}: {_scope(report.plans)}."


def products(view: View[VendorReport]) -> Iterator[Product]:
    """Every product of the manifest, in its order."""
    for _, found in groupby(view.report.plans, key=lambda plan: plan.product):
        plans = tuple(found)
        yield Product(plans[0].name, list(_answers(plans)), list(_parts(view, plans)))


def closing(report: VendorReport) -> Iterator[str]:
    """How much depends on the purchase, which nobody can say of a plan alone; and by which thresholds."""
    most = max((plan.of_the_purchase for plan in report.plans if plan.best != "deny"), default=0)
    if most:
        facts = f"up to {most} facts about it" if most > 1 else "one fact about it"
        yield f"The rest depends on the purchase: policies wait for {facts}."
    yield f"Thresholds: preset {report.preset}."


def _scope(plans: Plans) -> str:
    if plans[0].product is None:
        return "no product is described, so this is about the vendor alone"
    if len(plans) == 1:
        return "one plan, whatever it is bought for"
    return f"{number(len(plans))} plans, whatever they are bought for"


def _answers(plans: Plans) -> Iterator[Answer]:
    """Each headline once, with the plans it is said of."""
    for numbers in _shared(plans, lambda plan: (plan.headline,), lambda headline: headline):
        first, names = plans[numbers[0]], listed(_plan_ids(plans, numbers))
        text = f"{names}: {first.headline}" if names else first.headline
        yield Answer(first.best, text, NOTHING_TO_ASK if first.best == "deny" and first.asks else None)


def _parts(view: View[VendorReport], plans: Plans) -> Iterator[Part]:
    fails = _shared(plans, lambda plan: plan.fails, lambda found: (found.policy, found.message, found.remedy))
    asks = _shared(plans, _open, lambda ask: (ask.fact, ask.ask))
    disputed = _shared(plans, lambda plan: plan.disputed, lambda found: (found.path, found.counts.words))
    for numbers in sorted({*fails, *asks, *disputed}, key=lambda found: (-len(found), found)):
        yield Part(
            _called(plans, numbers),
            [_reason(view, same) for same in fails.get(numbers, ())],
            [same[0].ask for same in asks.get(numbers, ())],
            [same[0] for same in disputed.get(numbers, ())],
        )


def _reason(view: View[VendorReport], same: Sequence[ReportedFinding]) -> Reason:
    """Facts of several plans that read alike are said once."""
    return Reason(same[0], list(dict.fromkeys(said(view, fact) for finding in same for fact in finding.facts)))


def _open(plan: ReportedPlan) -> tuple[ReportedAsk, ...]:
    """What to ask for a plan; nothing where no answer can change what comes out."""
    return () if plan.best == "deny" else plan.asks


def _shared(
    plans: Plans, told: Callable[[ReportedPlan], Iterable[T]], same: Callable[[T], Hashable]
) -> dict[tuple[int, ...], list[list[T]]]:
    """What is told of plans, by the plans it is told of."""
    found: dict[Hashable, dict[int, T]] = {}
    for number_of_plan, plan in enumerate(plans):
        for each in told(plan):
            found.setdefault(same(each), {})[number_of_plan] = each
    by_plans: dict[tuple[int, ...], list[list[T]]] = {}
    for of_plans in found.values():
        by_plans.setdefault(tuple(of_plans), []).append(list(of_plans.values()))
    return by_plans


def _called(plans: Plans, numbers: Sequence[int]) -> str:
    name, names = plans[0].name, _plan_ids(plans, numbers)
    if not names:
        return name
    if 1 < len(plans) == len(numbers):
        return f"{name}, every plan"
    return f"{name}, {listed(names)} {'plan' if len(names) == 1 else 'plans'}"


def _plan_ids(plans: Plans, numbers: Iterable[int]) -> list[str]:
    return [plan for number_of_plan in numbers if (plan := plans[number_of_plan].plan) is not None]
