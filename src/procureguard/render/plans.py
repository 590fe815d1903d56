"""The vendor report as a person reads it on a terminal."""

from collections.abc import Iterator

from procureguard.render.facts import disputes
from procureguard.render.gaps import gap_lines
from procureguard.render.plan_words import Product, Reason, closing, heading, products
from procureguard.render.style import Style, item, wrapped
from procureguard.render.view import View
from procureguard.report.headline import ROLES
from procureguard.report.vendor_contract import VendorReport

COLOURS = {"approve": "green", "approve_with_conditions": "green", "needs_review": "yellow", "deny": "red"}


def render_plans(view: View[VendorReport]) -> str:
    """The whole report in plain sentences, ending in a new line."""
    return "\n".join(_lines(view)) + "\n"


def _lines(view: View[VendorReport]) -> Iterator[str]:
    style, report = Style(view.colour), view.report
    yield from (style.strong(line) for line in wrapped(heading(report)))
    yield ""
    yield from wrapped(f"{view.name}, as of {report.as_of}", "  ", "    ")
    for product in products(view):
        yield from _product(view, style, product)
    yield from style.section("Not checked", gap_lines(report.not_checked))
    yield ""
    for sentence in closing(report):
        yield from wrapped(sentence, "  ", "  ")


def _product(view: View[VendorReport], style: Style, product: Product) -> Iterator[str]:
    yield from style.section(product.name, _answers(style, product))
    for part in product.parts:
        reasons = (line for reason in part.reasons for line in _reason(reason))
        questions = (line for ask in part.questions for line in wrapped(ask, "  ? ", "    "))
        yield from style.section(f"{part.name}: why", reasons)
        yield from style.section(f"{part.name}: questions for the vendor", questions)
        yield from style.section(f"{part.name}: what the manifest says twice", disputes(view, part.disputed))


def _answers(style: Style, product: Product) -> Iterator[str]:
    for answer in product.answers:
        yield from (style.strong(line, COLOURS[answer.best]) for line in wrapped(answer.text, "  ", "    "))
        if answer.remark:
            yield from wrapped(answer.remark, "    ", "    ")


def _reason(reason: Reason) -> Iterator[str]:
    finding = reason.finding
    if finding.effect == "condition":
        yield from wrapped(f"{finding.remedy} ({ROLES[finding.role]})", "  [ ] ", "      ")
        yield from wrapped(f"Now: {finding.message}", "      ", "      ")
    elif finding.effect == "advise":
        yield from item(f"Worth knowing: {finding.message} {finding.remedy}")
    else:
        yield from item(f"{finding.message} {finding.why}")
        yield from wrapped(finding.remedy, "    -> ", "       ")
    for text in reason.facts:
        yield from wrapped(text, "    ", "      ")
