"""Ways as people read them: the price, how sure it is, and names that stay text in every format."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from html_pages import Elements
from procureguard.render.batch import Batch
from procureguard.render.formats import format_named
from procureguard.render.view import View
from procureguard.render.ways import SHOWN, TITLE, price, proof, told_ways, way_lines, ways
from procureguard.report.contract import Report
from procureguard.report.way_contract import ReportedStep, ReportedWay
from written import checked, guarded, rule, tool

STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
STEP = ReportedStep("contract.dpa", "Agreement", "set", "signed", "none", "vendor", 2, "Sign it", "Or else.", ("a",))
WAY = ReportedWay(
    by=("vendor",),
    sentence="Sign it: then yes.",
    steps=(STEP,),
    extra_cost=0.0,
    annual_cost=1200.0,
    currency="USD",
    verdict="approve",
    best="approve",
    worst="approve",
    proven=True,
    complete=True,
    waits_for=(),
    conditions=(),
    roles=(),
    loses=(),
    effort=2,
    waiver=None,
)


@pytest.mark.parametrize(
    ("extra", "annual", "sentence"),
    [
        (0.0, 1200.0, None),
        (1200.4, 2400.4, "It costs 1,200 USD more a year."),
        (-720.0, 480.0, "It costs 720 USD less a year."),
        (None, 9600.0, "It costs 9,600 USD a year then."),
        (None, None, None),
    ],
)
def test_money_is_told_where_it_changes_or_becomes_known(
    extra: float | None, annual: float | None, sentence: str | None
) -> None:
    assert price(replace(WAY, extra_cost=extra, annual_cost=annual)) == sentence


def test_money_of_nobodys_currency_has_none() -> None:
    assert price(replace(WAY, extra_cost=5.0, currency=None)) == "It costs 5 more a year."


@pytest.mark.parametrize(
    ("proven", "complete", "sentence"),
    [
        (True, True, "Checked; nothing smaller does it."),
        (False, True, "Checked with what is known; nothing smaller does it."),
        (True, False, "Checked; something smaller may do; the search was cut short."),
    ],
)
def test_more_is_never_claimed_than_was_seen(proven: bool, complete: bool, sentence: str) -> None:  # noqa: FBT001 - drawn
    assert proof(replace(WAY, proven=proven, complete=complete)) == sentence


def test_of_several_ways_only_those_with_nothing_smaller_above_claim_to_be_the_smallest() -> None:
    two = replace(WAY, steps=(STEP, STEP))
    assert [told.proof for told in told_ways([two, two, WAY, replace(WAY, proven=False)])] == [
        "Checked; nothing smaller does it.",
        "Checked; nothing smaller does it, but for what stands above.",
        "Checked; nothing smaller does it.",
        "Checked with what is known; nothing smaller does it, but for what stands above.",
    ]


def test_a_single_step_is_not_told_twice_and_several_are_told_by_their_names() -> None:
    (single, several) = told_ways([WAY, replace(WAY, steps=(STEP, STEP))])
    assert single.steps == ("Or else.",)
    assert several.steps == ("Sign it. Or else.",) * 2
    lines = [*way_lines(told_ways([replace(WAY, extra_cost=5.0), WAY]))]
    assert lines[0] == "  1. Sign it: then yes. It costs 5 USD more a year."
    assert lines[3] == "  2. Sign it: then yes."


NAMES = (
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) @team #7 | `code` **b**",
    "a\nb\n\n# c",
    "{0} {product.plan} {{ 7 * 7 }}",
    "\u202etxt.exe",
)


DATA = {"categories": ["public_content"]}
EXAMPLES = [
    {"name": "it is", "given": {"overlap": {"best_replaced": True}}, "expect": "pass"},
    {"name": "it is not", "given": {"overlap": {"best_replaced": False}}, "expect": "fail"},
    {
        "name": "nobody has said",
        "given": {},
        "expect": "unknown",
        "asks": ["data.categories", "request.capabilities", "request.must"],
    },
]


def answered(path: Path, name: str) -> Report:
    """An answer with ways in which the names of the product and of a tool stand."""
    said = "{product.name} keeps it all."
    guard = guarded(
        path,
        [
            rule("agreement", "contract.dpa", "signed", "none", effect="deny", message=said),
            rule("given-up", "overlap.best_replaced", good=True, bad=False, effect="deny", examples=EXAMPLES),
        ],
        inventory={"tools": [tool("old", name=name, capabilities={"surveys": "full"})]},
    )
    request = {"type": "new", "capabilities": ["surveys"], "must": ["surveys"], "replaces": []}
    return checked(guard, {"request": request, "data": DATA, "product": {"name": name}, "contract": {"dpa": "none"}})


def rendered(form: str, report: Report) -> str:
    view = View(report, "a.purchase.yaml", {})
    return format_named(form).render(Batch((view.name,), (view,)))


def markdown(text: str) -> list[str]:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    return [token.type for token in tokens for token in [token, *(token.children or [])] if token.type != "text"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_a_way_is_text_in_every_format(tmp_path: Path, name: str) -> None:
    hostile, harmless = answered(tmp_path / "hostile", name), answered(tmp_path / "harmless", "Formwise")
    (way,) = hostile.ways
    assert name in way.sentence
    assert name in "".join(step.because for step in way.steps)
    assert STEERING.search(rendered("text", hostile)) is None
    assert markdown(rendered("markdown", hostile)) == markdown(rendered("markdown", harmless))
    tags = [[tag for tag, _ in Elements(rendered("html", report)).found] for report in (hostile, harmless)]
    assert tags[0] == tags[1]


def test_every_format_for_people_shows_the_best_ways_and_no_more(tmp_path: Path) -> None:
    report = answered(tmp_path, "Formwise")
    several = tuple(replace(WAY, sentence=f"Take way number {place}: then yes.") for place in range(4))
    assert len(ways(replace(report, ways=several))) == SHOWN
    for form in ("text", "markdown", "html"):
        text = rendered(form, replace(report, ways=several))
        assert TITLE in text
        assert [place for place in range(4) if f"number {place}:" in text] == [*range(SHOWN)]
