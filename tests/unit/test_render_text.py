import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bending import bent
from procureguard import Guard, Report
from procureguard.render.formats import format_names
from procureguard.render.json import render_json
from procureguard.render.report_words import STILL_OPEN_SHOWN, shown_open
from procureguard.render.text import render_text
from procureguard.render.view import View
from procureguard.report.contract import ReportedPlace
from written import DAY, Json, checked, guarded, policy, tool

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
STYLED = re.compile(r"\x1b\[1(;3[123])?m|\x1b\[0m")
STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@pytest.fixture(name="reports", scope="module")
def _reports() -> list[Report]:
    vendors = sorted((EXAMPLES / "vendors").glob("*.yaml"))
    stories = sorted(EXAMPLES.rglob("*.purchase.yaml"))
    guards = [
        Guard.load(inventory=EXAMPLES / "inventory.yaml", organisation=EXAMPLES / "organisation.yaml", vendors=vendors),
        Guard.load(),
    ]
    own = [guard.check(story, DAY) for guard in guards[:1] for story in stories]
    bare = guards[1].check({"kind": "purchase", "version": 1}, DAY)
    assert len(own) >= 8
    return [*own, bare]


def shown(report: Report, *, colour: bool = False, name: str = "a.purchase.yaml") -> str:
    return render_text(View(report, name, {}, colour))


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize(
    "change",
    [str, lambda text: f"{text} " * 9, lambda text: text.replace(" ", "-") * 9],
    ids=["as is", "long", "unbroken"],
)
def test_no_line_is_wider_than_eighty_columns(reports: list[Report], colour: bool, change: Json) -> None:  # noqa: FBT001
    for report in reports:
        lines = STYLED.sub("", shown(bent(report, change), colour=colour, name="folder/" * 20)).splitlines()
        assert [line for line in lines if len(line) > 80] == []


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize(
    "hostile", ["\x1b[31mred\x1b[0m", "\x9b2J", "\u202etxt.exe", "\r\x08gone", "\x07\x00", "a\tb\nc"]
)
def test_nothing_a_file_says_can_steer_a_terminal(reports: list[Report], hostile: str, colour: bool) -> None:  # noqa: FBT001
    for report in reports:
        text = shown(bent(report, lambda words: f"{words}{hostile}{words}"), colour=colour, name=f"x{hostile}.yaml")
        assert STEERING.search(STYLED.sub("", text) if colour else text) is None


def test_emphasis_changes_nothing_but_emphasis(reports: list[Report]) -> None:
    for report in reports:
        plain, coloured = shown(report), shown(report, colour=True)
        assert "\x1b" not in plain
        assert coloured != plain
        assert STYLED.sub("", coloured) == plain


def test_the_headline_stands_first_and_the_file_and_day_below(reports: list[Report]) -> None:
    for report in reports:
        text = shown(report)
        assert " ".join(text.split("\n\n", maxsplit=1)[0].split()) == report.headline
        assert f"a.purchase.yaml, as of {DAY}" in text
        assert text.endswith("\n")
        assert not text.endswith("\n\n")


def test_the_first_questions_every_condition_and_tool_are_told(reports: list[Report]) -> None:
    for report in reports:
        text = " ".join(shown(report).split())
        about_a_product = report.purchase.product or report.verdict != "needs_info"
        asked = report.questions if about_a_product else ()
        told = [question.ask for question in asked]
        told += [found.name for found in report.alternatives]
        assert ("If these come back well" in text) is bool(asked)
        assert len(shown_open(report)) <= STILL_OPEN_SHOWN
        assert ("Name a product" in text) is not about_a_product
        if report.verdict == "approve_with_conditions":
            told += [condition.text for condition in report.conditions]
        assert [words for words in told if " ".join(words.split()) not in text] == []


def test_advice_without_a_root_cause_is_not_taken_for_said(tmp_path: Path) -> None:
    policies = [policy("review", effect="review"), policy("advice", effect="advise", message="By the way.")]
    text = shown(checked(guarded(tmp_path, policies), {"product": {"scim": False}}))
    assert "By the way." in text


def test_advice_with_the_root_cause_of_a_reason_is_said_once(tmp_path: Path) -> None:
    roots = {"roots": {"hands": "Hands forget"}}
    policies = [
        policy("review", effect="review", root="hands"),
        policy("advice", effect="advise", root="hands", message="By the way."),
    ]
    text = shown(checked(guarded(tmp_path, policies, definitions=roots), {"product": {"scim": False}}))
    assert "By the way." not in text


@pytest.mark.parametrize(
    ("tools", "sentence"),
    [
        (
            {"seats": 3, "seats_used": 2, "owner": "o@x.example", "department": "events"},
            "1 seat is free. Ask o@x.example in events.",
        ),
        ({"seats": 3, "seats_used": 1, "department": "events"}, "2 seats are free. It belongs to events."),
        ({"seats": 3, "seats_used": 3, "owner": "o@x.example"}, "No seat is free. Ask o@x.example."),
        ({}, "Askwell: does all you need (surveys). Checked in place of the purchase"),
        ({"cleared_for": []}, "It is not cleared for this kind of data."),
    ],
)
def test_an_owned_tool_is_described_with_what_is_known_of_it(tmp_path: Path, tools: Json, sentence: str) -> None:
    owned = tool("a", name="Askwell", capabilities={"surveys": "full"}, **tools)
    data = {"request": {"capabilities": ["surveys"], "must": [], "users": 1}, "data": {"categories": ["behaviour"]}}
    text = shown(checked(guarded(tmp_path, [policy()], inventory={"tools": [owned]}), data))
    assert sentence in " ".join(text.split())


def test_places_are_shown_by_file_where_it_is_known_and_by_role_where_not() -> None:
    report: Json = None
    view = View(report, "a.yaml", {("vendor", "v"): "vendors/v.yaml"})
    places = [ReportedPlace("vendor", "v", "/x", 3, 4), ReportedPlace("preset", "mid", "/x", 5, 6)]
    assert [view.place(place) for place in places] == ["vendors/v.yaml:3:4", "preset mid:5:6"]


def test_json_is_the_report_itself_and_the_same_bytes_every_time(reports: list[Report]) -> None:
    assert set(format_names()) >= {"text", "json"}
    for report in reports:
        assert render_json(View(report, "a")) == render_json(View(report, "b", colour=True))


@settings(max_examples=30)
@given(headline=st.text(min_size=1, max_size=300))
def test_any_headline_fits(reports: list[Report], headline: str) -> None:
    text = shown(replace(reports[-1], headline=headline))
    assert all(len(line) <= 80 for line in text.split("\n"))
    assert STEERING.search(text) is None
