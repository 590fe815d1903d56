import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from procureguard.capabilities import shipped_taxonomy
from procureguard.cli.main import cli
from procureguard.source.diagnostic import InvalidInput
from written import folder

Run = Callable[..., Result]
TAXONOMY = shipped_taxonomy()
OWN = """\
kind: organisation
version: 1
capabilities:
  - {id: tent-mapping, title: Tent mapping, synonyms: [pitch planner, "\\u202eevil"], implies: [forms]}
  - {id: surveys, synonyms: [guest book]}
"""


@pytest.fixture(name="run")
def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()

    def run(*arguments: str) -> Result:
        done = runner.invoke(cli, ["capability", *arguments], standalone_mode=False)
        if done.exception:
            raise done.exception
        return done

    return run


def test_a_need_in_own_words_finds_capabilities_with_what_they_do(run: Run) -> None:
    done = run("find", "newsletter", "tool")
    assert (done.return_value, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:3] == [
        "email-campaigns: E-mail campaigns",
        "  Sends one mailing to a whole list and shows who opened it",
        "  also called: newsletter",
    ]


def test_what_is_found_by_its_title_is_not_called_anything_else(run: Run) -> None:
    assert run("find", "surveys").stdout.splitlines()[:2] == [
        "surveys: Surveys",
        "  Puts questions to people and sums up the replies",
    ]


def test_matches_as_json_carry_their_score_and_the_words_they_were_found_by(run: Run) -> None:
    found = json.loads(run("find", "nps", "--format", "json").stdout)
    assert found == {"matches": [{"id": "surveys", "title": "Surveys", "score": 1.0, "by": "synonym", "words": "nps"}]}


@pytest.mark.parametrize(("form", "printed"), [("text", ""), ("json", '{\n  "matches": []\n}\n')])
def test_words_that_resemble_nothing_exit_with_one_and_a_friendly_line(run: Run, form: str, printed: str) -> None:
    done = run("find", "forklift", "\x1b[31mtruck", "--format", form)
    assert (done.return_value, done.stdout) == (1, printed)
    assert done.stderr == (
        "no capability resembles `forklift \\u001b[31mtruck`\n"
        "  hint: say it in other or fewer words, or look through `procureguard capability list`\n"
    )


def test_all_capabilities_are_listed_by_area(run: Run) -> None:
    lines = run("list").stdout.splitlines()
    assert lines[0] == "display: Display advertising (Advertising and promotion)"
    areas = {name: area for area in TAXONOMY.areas for name, it in TAXONOMY.capabilities.items() if it.area == area}
    assert [line.split()[0] for line in lines if line.startswith("  ") and line[2] != " "] == list(areas)
    assert [line.split(":")[0] for line in lines if not line.startswith("  ")] == list(TAXONOMY.areas)
    assert [found["id"] for found in json.loads(run("list", "--format", "json").stdout)["capabilities"]] == list(
        TAXONOMY.capabilities
    )


def test_one_area_is_listed_alone(run: Run) -> None:
    done = run("list", "--area", "events")
    assert done.stdout.splitlines() == [
        "events: Events (Relationships and community)",
        "  webinars                     Webinars",
        "  event-management             Event management",
        "  appointment-scheduling       Appointment scheduling",
    ]
    found = json.loads(run("list", "--area", "events", "--format", "json").stdout)["capabilities"]
    assert [entry["area"] for entry in found] == ["events"] * 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["list", "--area", "evnts"], "there is no area `evnts`\n  hint: did you mean `events`?\n"),
        (
            ["list", "--area", "zzzz"],
            "there is no area `zzzz`\n  hint: `procureguard capability list` begins every area with its id\n",
        ),
        (["show", "survey"], "there is no capability `survey`\n  hint: did you mean `surveys`?\n"),
        (
            ["show", "zzzz"],
            "there is no capability `zzzz`\n  hint: `procureguard capability list` names all capabilities\n",
        ),
    ],
)
def test_ids_nobody_knows_are_answered_with_a_hint(run: Run, arguments: list[str], says: str) -> None:
    done = run(*arguments)
    assert (done.return_value, done.stdout, done.stderr) == (2, "", says)


def test_everything_about_a_capability_is_shown(run: Run) -> None:
    text = run("show", "email-campaigns").stdout
    assert max(map(len, text.splitlines())) <= 80
    words = " ".join(text.split())
    for part in (
        "email-campaigns: E-mail campaigns Sends one mailing to a whole list",
        "area: E-mail (Content and experience)",
        "also called: email marketing, newsletter,",
        "brings along: nothing else",
        "comes along with: marketing-automation",
        "one system only: no",
        "cannot do without: data (prospect contact or customer contact); messages (email)",
    ):
        assert part in words
    suite = " ".join(run("show", "marketing-automation").stdout.split())
    assert "brings along: email-campaigns, forms, landing-pages, lead-scoring, lead-nurturing" in suite
    assert "one system only: yes" in suite
    agents = " ".join(run("show", "ai-agents").stdout.split())
    assert "cannot do without: AI (acts in systems); a connection to our systems" in agents
    assert "cannot do without: code on our website" in run("show", "site-search").stdout
    assert "cannot do without: nothing in particular" in run("show", "surveys").stdout
    capability = TAXONOMY.capabilities["crm"]
    assert json.loads(run("show", "crm", "--format", "json").stdout) == {
        "id": "crm",
        "title": capability.title,
        "does": capability.does,
        "area": "customer-service",
        "synonyms": list(capability.synonyms),
        "implies": [],
        "exclusive": True,
        "needs": {"categories": ["prospect_contact", "customer_contact"]},
    }


def test_own_capabilities_are_found_around_the_folder_or_where_one_says(run: Run, tmp_path: Path) -> None:
    assert "tent-mapping" not in run("find", "pitch", "planner").stdout
    folder(tmp_path, {"elsewhere/own.yaml": OWN})
    elsewhere = ("--organisation", "elsewhere/own.yaml")
    assert run("find", "pitch planner", *elsewhere).stdout.startswith("tent-mapping: Tent mapping\n")
    folder(tmp_path, {"organisation.yaml": OWN})
    assert run("find", "guest book").stdout.startswith("surveys: Surveys\n")
    assert run("list").stdout.splitlines()[-2:] == ["-: in no area", "  tent-mapping                 Tent mapping"]
    shown = run("show", "tent-mapping").stdout
    assert "area: in no area" in shown
    assert "pitch planner, \\u202eevil" in shown
    own = json.loads(run("show", "tent-mapping", "--format", "json").stdout)
    assert (own["does"], own["area"]) == (None, None)


def test_an_organisation_file_that_is_wrong_is_refused(run: Run, tmp_path: Path) -> None:
    folder(tmp_path, {"organisation.yaml": OWN.replace("title: Tent mapping, ", "")})
    with pytest.raises(InvalidInput, match="PG228"):
        run("list")


def test_files_are_validated_with_the_capabilities_of_the_organisation_above_them(tmp_path: Path, run: Run) -> None:
    assert run is not None
    purchase = "kind: purchase\nversion: 1\nrequest: {must: [tent-mapping]}\n"
    folder(tmp_path, {"purchases/a.yaml": purchase, "b.purchase.yaml": purchase})

    def code(*names: str) -> int:
        done = CliRunner().invoke(cli, ["validate", *names], standalone_mode=False)
        return int(done.return_value)

    assert code("purchases", "b.purchase.yaml") == 1
    folder(tmp_path, {"organisation.yaml": OWN})
    assert [code("purchases"), code("b.purchase.yaml"), code("purchases", "organisation.yaml"), code(".")] == [0] * 4
    folder(tmp_path, {"organisation.yaml": ":"})
    assert [code("purchases"), code(".")] == [1, 1]
