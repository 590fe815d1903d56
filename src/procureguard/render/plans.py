"""The vendor report as a person reads it on a terminal: what is true of several plans is said once for them."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from procureguard.render.facts import disputes, said
from procureguard.render.gaps import gap_lines
from procureguard.render.json import render_json
from procureguard.render.style import Style, item, wrapped
from procureguard.render.view import View
from procureguard.report.contract import ReportedFinding
from procureguard.report.headline import ROLES, listed, number
from procureguard.report.vendor_contract import ReportedAsk, ReportedPlan, VendorReport

T = TypeVar("T")
Plans = Sequence[ReportedPlan]
Shared = Mapping[tuple[int, ...], list[list[T]]]
"""What is said of which plans, by their numbers: for each thing said, the same thing as it stands with each plan."""

COLOURS = {"approve": "green", "approve_with_conditions": "green", "needs_review": "yellow", "deny": "red"}
NOTHING_TO_ASK = "What the manifest leaves open would not change that, so there is nothing to ask the vendor yet."


def render_plans(view: View[VendorReport]) -> str:
    """The whole report in plain sentences, ending in a new line."""
    return "\n".join(_lines(view)) + "\n"


VENDOR_FORMATS: Mapping[str, Callable[[View[VendorReport]], str]] = {"text": render_plans, "json": render_json}
"""All formats of the vendor report by name."""


def _lines(view: View[VendorReport]) -> Iterator[str]:
    style, report = Style(view.colour), view.report
    yield from (style.strong(line) for line in wrapped(f"{report.vendor.name}: {_scope(report.plans)}."))
    yield ""
    yield from wrapped(f"{view.name}, as of {report.as_of}", "  ", "    ")
    for _, found in groupby(report.plans, key=lambda plan: plan.product):
        yield from _product(view, style, tuple(found))
    yield from style.section("Not checked", gap_lines(report.not_checked))
    yield ""
    yield from _closing(report)


def _scope(plans: Plans) -> str:
    if plans[0].product is None:
        return "no product is described, so this is about the vendor alone"
    if len(plans) == 1:
        return "one plan, whatever it is bought for"
    return f"{number(len(plans))} plans, whatever they are bought for"


def _product(view: View[VendorReport], style: Style, plans: Plans) -> Iterator[str]:
    """The answer to each plan, then the reasons and questions, those of most plans first."""
    yield from style.section(plans[0].name, _answers(style, plans))
    fails = _shared(plans, lambda plan: plan.fails, lambda found: (found.policy, found.message, found.remedy))
    asks = _shared(plans, _open, lambda ask: (ask.fact, ask.ask))
    disputed = _shared(plans, lambda plan: plan.disputed, lambda found: (found.path, found.counts.words))
    for numbers in sorted({*fails, *asks, *disputed}, key=lambda found: (-len(found), found)):
        name = _called(plans, numbers)
        yield from style.section(f"{name}: why", _reasons(view, fails.get(numbers, ())))
        yield from style.section(f"{name}: questions for the vendor", _questions(asks.get(numbers, ())))
        differ = (same[0] for same in disputed.get(numbers, ()))
        yield from style.section(f"{name}: what the manifest says twice", disputes(view, differ))


def _answers(style: Style, plans: Plans) -> Iterator[str]:
    """Each headline once, with the plans it is said of."""
    for numbers in _shared(plans, lambda plan: (plan.headline,), lambda headline: headline):
        first, names = plans[numbers[0]], listed(_plan_ids(plans, numbers))
        text = f"{names}: {first.headline}" if names else first.headline
        yield from (style.strong(line, COLOURS[first.best]) for line in wrapped(text, "  ", "    "))
        if first.best == "deny" and first.asks:
            yield from wrapped(NOTHING_TO_ASK, "    ", "    ")


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


def _reasons(view: View[VendorReport], fails: Iterable[Sequence[ReportedFinding]]) -> Iterator[str]:
    """What does not hold, with its facts; those of several plans that read alike are said once."""
    for same in fails:
        yield from _reason(same[0])
        facts = dict.fromkeys(said(view, fact) for finding in same for fact in finding.facts)
        for text in facts:
            yield from wrapped(text, "    ", "      ")


def _reason(finding: ReportedFinding) -> Iterator[str]:
    if finding.effect == "condition":
        yield from wrapped(f"{finding.remedy} ({ROLES[finding.role]})", "  [ ] ", "      ")
        yield from wrapped(f"Now: {finding.message}", "      ", "      ")
    elif finding.effect == "advise":
        yield from item(f"Worth knowing: {finding.message} {finding.remedy}")
    else:
        yield from item(f"{finding.message} {finding.why}")
        yield from wrapped(finding.remedy, "    -> ", "       ")


def _questions(asks: Iterable[Sequence[ReportedAsk]]) -> Iterator[str]:
    for same in asks:
        yield from wrapped(same[0].ask, "  ? ", "    ")


def _closing(report: VendorReport) -> Iterator[str]:
    """How much depends on the purchase, which nobody can say of a plan alone."""
    most = max((plan.of_the_purchase for plan in report.plans if plan.best != "deny"), default=0)
    if most:
        facts = f"up to {most} facts about it" if most > 1 else "one fact about it"
        yield from wrapped(f"The rest depends on the purchase: policies wait for {facts}.", "  ", "  ")
    yield from wrapped(f"Thresholds: preset {report.preset}.", "  ", "  ")
