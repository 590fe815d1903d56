"""`procureguard questions`: what to ask, and whom, in every format and mode."""

import json
from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from procureguard import Guard
from procureguard.cli.main import cli
from procureguard.questions.asking import MODES, Mode

ROOT = Path(__file__).parents[2]
STORIES = ROOT / "examples"
OPEN = STORIES / "missing-facts" / "referrals.purchase.yaml"
DECIDED = STORIES / "instant-yes" / "subtitles.purchase.yaml"
AS_OF = ("--as-of", "2026-11-21")


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def run(*arguments: object, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["questions", *map(str, arguments), *AS_OF], input=text)


@pytest.mark.parametrize("mode", MODES)
def test_the_command_asks_what_the_library_does(mode: Mode) -> None:
    data = json.loads(run(OPEN, "--mode", mode, "--format", "json").stdout)
    schema = json.loads((ROOT / "schemas" / "question-sheet.v1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(data)
    assert data["asking"]["mode"] == mode
    assert data["questions"]
    assert (len(data["questions"]) == 1) is (mode == "next")


def test_the_report_has_the_best_case() -> None:
    guard = Guard.load(
        inventory=STORIES / "inventory.yaml",
        organisation=STORIES / "organisation.yaml",
        vendors=sorted((STORIES / "vendors").glob("*.yaml")),
        decisions=STORIES / "decisions.yaml",
        card_payments=STORIES / "card-payments.yaml",
        requests=sorted((STORIES / "requests").iterdir()),
    )
    report = guard.check(OPEN)
    sheet = guard.questions(OPEN)
    assert [question.fact for question in report.questions] == [question.fact for question in sheet.questions]
    assert report.asking == sheet.asking
    assert report.headline.startswith("Not yet")


def test_text_has_a_letter_for_each_reader_and_one_where_one_is_named() -> None:
    whole, some = run(OPEN).stdout, run(OPEN, "--to", "vendor").stdout
    assert whole.count("Subject: ") == 3
    assert some.count("Subject: ") == 1
    assert "To: the vendor" in some


def test_a_message_is_for_one_reader() -> None:
    several = run(OPEN, "--format", "eml")
    assert several.exit_code == 2
    assert "--to vendor" in several.output
    message = message_from_string(run(OPEN, "--format", "eml", "--to", "it").stdout, policy=default)
    assert message["To"] == "jonas@tarnwick.example"
    assert "Yes or no?" in message.get_content()


@pytest.mark.parametrize("form", ["text", "markdown", "eml", "mailto"])
def test_where_nothing_is_open_nothing_is_asked_and_that_is_said(form: str) -> None:
    found = run(DECIDED, "--format", form)
    assert found.exit_code == 0
    assert "Nothing to ask" in (found.stdout if form in {"text", "markdown"} else found.stderr)
    assert "mailto:" not in found.stdout


def test_a_purchase_may_come_on_standard_input() -> None:
    found = run("-", text="kind: purchase\nversion: 1\nproduct: {name: Formwise}\n")
    assert found.exit_code == 0
    assert "To: you" in found.stdout


def test_a_follow_up_never_stands_before_what_opens_it() -> None:
    half = "kind: purchase\nversion: 1\nproduct: {name: Formwise}\nrequest: {users: 3}\n"
    data = json.loads(run("-", "--mode", "send_once", "--format", "json", text=half).stdout)
    places = {question["fact"]: place for place, question in enumerate(data["questions"])}
    asked = Guard.load().policies.asked
    follow_ups = [
        (before, path) for path, opened in asked.items() if path in places for before in opened & places.keys()
    ]
    assert len(follow_ups) >= 5
    yours = {question["fact"] for question in data["questions"] if question["answered_by"] == "requester"}
    assert [pair for pair in follow_ups if {*pair} <= yours and places[pair[0]] > places[pair[1]]] == []
