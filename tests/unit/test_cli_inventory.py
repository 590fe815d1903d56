import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from procureguard.capabilities import shipped_taxonomy
from procureguard.capability_search import SURE, search
from procureguard.cli.inventory import STAGES
from procureguard.cli.main import cli
from procureguard.facts.schema import stated_facts
from procureguard.source.diagnostic import InvalidInput
from written import Data, folder, tool

Run = Callable[..., Result]

TOOLS = [
    tool(
        "tidewhistle",
        name="Tidewhistle",
        vendor="tidewhistle",
        department="marketing-operations",
        owner="ines@tarnwick.example",
        operator="team",
        capabilities={"marketing-automation": "full", "email-campaigns": "full"},
        cleared_for=["public_content", "customer_contact"],
        seats=25,
        seats_used=19,
        annual_cost={"value": 58800.5, "source": "contract"},
        renews_on="2027-03-31",
        notice_days=60,
        systems=["rolobarn", "ledger"],
        conditions=[{"text": "Close old accounts", "state": "open"}],
    ),
    tool(
        "rolobarn",
        name="Rolobarn",
        department="it",
        capabilities={"crm": "full", "email-campaigns": "partial", "forms": "latent"},
        seats=10,
        seats_used=10,
        annual_cost=1200,
        renews_on="2026-12-15",
        notice_days=60,
    ),
    tool("pollpod", name="=cmd()", status="ending", capabilities={"surveys": "full"}, systems=[]),
    tool("papergrebe", name="Papergrebe", department="IT", capabilities={"forms": "full"}, systems=[]),
]
VENDOR = {
    "kind": "vendor",
    "version": 1,
    "id": "tidewhistle",
    "aliases": ["tide"],
    "vendor": {"name": "Tidewhistle", "domains": ["tidewhistle.example"]},
}


@pytest.fixture(name="run")
def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    folder(
        tmp_path,
        {
            "inventory.yaml": {"kind": "inventory", "version": 1, "as_of": "2026-11-01", "tools": TOOLS},
            "vendors/tidewhistle.yaml": VENDOR,
        },
    )
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()

    def run(*arguments: str, given: str = "") -> Result:
        done = runner.invoke(cli, ["inventory", *arguments], standalone_mode=False, input=given)
        if done.exception:
            raise done.exception
        return done

    return run


def data(done: Result) -> Data:
    found: Data = json.loads(done.stdout)
    return found


LISTED = """\
4 tools, 60,001 USD a year and 2 of unknown cost; as of 2026-11-01

IT: 1 tool, cost not known
  tool                      owner                     seats    a year renews on
  Papergrebe                not known             not known not known not known

it: 1 tool, 1,200 USD a year
  tool                      owner                     seats    a year renews on
  Rolobarn                  not known                 10/10     1,200 2026-12-15

marketing-operations: 1 tool, 58,801 USD a year
  tool                      owner                     seats    a year renews on
  Tidewhistle               ines@tarnwick.example     19/25    58,801 2027-03-31

department not known: 1 tool, cost not known
  tool                      owner                     seats    a year renews on
  =cmd() (pollpod) [ending] not known             not known not known not known
"""


def test_the_list_says_who_has_what(run: Run) -> None:
    assert run("list").stdout == LISTED


def test_no_output_gives_prices_away_when_they_are_left_out(run: Run) -> None:
    for arguments in (["list"], ["list", "--format", "json"], ["list", "--format", "csv"], ["show", "tidewhistle"]):
        text = run(*arguments, "--no-prices").stdout
        assert "58" not in text
        assert "cost" not in text.lower()
        assert "Tidewhistle" in text
    for arguments in (["renewals"], ["renewals", "--format", "json"]):
        assert "1,200" not in (text := run(*arguments, "--no-prices", "--as-of", "2026-11-21").stdout)
        assert "cost" not in text
        assert "1200" not in text


def test_choices_narrow_the_list(run: Run) -> None:
    def listed(*arguments: str) -> list[str]:
        return [each["id"] for each in data(run("list", "--format", "json", *arguments))["tools"]]

    assert listed() == ["papergrebe", "pollpod", "rolobarn", "tidewhistle"]
    assert listed("--department", "It") == ["papergrebe", "rolobarn"]
    assert listed("--status", "ending") == ["pollpod"]
    assert run("list", "--department", "it", "--status", "ending").stdout == "No tool answers to this.\n"


def test_a_department_nobody_has_is_a_slip(run: Run) -> None:
    done = run("list", "--department", "marketing-operation")
    assert done.return_value == 2
    assert done.stderr == (
        "no tool belongs to a department `marketing-operation`\n  hint: did you mean `marketing-operations`?\n"
    )


def test_json_has_every_fact_and_null_for_what_nobody_stated(run: Run) -> None:
    found = data(run("list", "--format", "json"))
    assert (found["as_of"], found["currency"]) == ("2026-11-01", "USD")
    known = {each["id"]: each for each in found["tools"]}
    names = [path.removeprefix("tool.") for path in stated_facts().types if path.startswith("tool.")]
    assert list(known["pollpod"]) == [*names, "free_seats", "notice_on"]
    assert (known["pollpod"]["annual_cost"], known["pollpod"]["free_seats"]) == (None, None)
    tide = known["tidewhistle"]
    assert (tide["annual_cost"], tide["free_seats"], tide["notice_on"]) == (58800.5, 6, "2027-01-30")
    assert tide["systems"] == ["rolobarn", "ledger"]
    assert tide["conditions"][0]["text"] == "Close old accounts"


def test_csv_has_a_row_for_each_tool_and_no_formula(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("list", "--format", "csv").stdout, newline="")))
    assert [row["id"] for row in rows] == ["papergrebe", "pollpod", "rolobarn", "tidewhistle"]
    assert rows[1]["name"] == "'=cmd()"
    assert rows[3]["capabilities"] == "email-campaigns: full; marketing-automation: full"
    assert rows[3]["systems"] == "rolobarn; ledger"
    assert (rows[3]["annual_cost"], rows[1]["annual_cost"], rows[1]["systems"]) == ("58800.5", "", "none")


def test_stages_are_those_of_the_schema() -> None:
    assert stated_facts()["tool.status"].values == STAGES


SHOWN = """\
Tidewhistle (tidewhistle)

  seats: 6 of 25 free; ask ines@tarnwick.example in marketing-operations
  notice can be given until: 2027-01-30

What it does
  - E-mail campaigns: full
  - Forms: through marketing automation
  - Landing pages: through marketing automation
  - Lead nurturing: through marketing automation
  - Lead scoring: through marketing automation
  - Marketing automation: full

Who else does the same
  - E-mail campaigns: Rolobarn in part
  - Forms: Papergrebe full

What it exchanges data with
  - ledger (said by Tidewhistle; not in the inventory)
  - Rolobarn (said by Tidewhistle)

Facts
"""


def test_show_tells_everything_known_and_what_nobody_stated(run: Run) -> None:
    text = run("show", "tidewhistle").stdout
    assert text.startswith(SHOWN)
    assert "  - Cost per year: 58,800.50 USD\n" in text
    assert "Nobody has stated\n  - Product behind the tool\n" in text
    assert "  - nothing: it is an island\n" in run("show", "papergrebe").stdout
    assert "whom to ask is not known" in run("show", "pollpod").stdout


def test_show_as_data_names_both_directions(run: Run) -> None:
    found = data(run("show", "rolobarn", "--format", "json"))
    assert found["tool"]["id"] == "rolobarn"
    assert found["also_done_by"] == {"email-campaigns": ["tidewhistle"]}
    assert found["exchanges_with"] == [
        {"id": "tidewhistle", "name": "Tidewhistle", "owned": True, "named_by": "other"},
    ]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("tidewhistel", "did you mean `tidewhistle`?"),
        ("Tide-Whistle", "did you mean `tidewhistle`?"),
        ("zzz", "`procureguard inventory list` names all tools"),
    ],
)
def test_a_tool_that_is_not_there_is_asked_back(run: Run, word: str, hint: str) -> None:
    done = run("show", word)
    assert done.return_value == 2
    assert done.stdout == ""
    assert done.stderr == f"the inventory has no tool `{word}`\n  hint: {hint}\n"


MATCHED = """\
https://tidewhistle.example
  is the vendor Tidewhistle (tidewhistle); owned from it: Tidewhistle
Rolo Barn
  perhaps the tool Rolobarn (rolobarn): 71% alike
zzz: nothing here has a name like this
"""


def test_match_says_what_is_and_proposes_the_rest(run: Run) -> None:
    done = run("match", "https://tidewhistle.example", "Rolo Barn", "zzz")
    assert done.stdout == MATCHED
    assert done.return_value == 1
    assert run("match", "rolobarn", "tide").return_value == 0


def test_match_reads_names_from_standard_input(run: Run) -> None:
    done = run("match", "-", "--format", "json", given="Rolo Barn\n\n tide \n")
    found = json.loads(done.stdout)
    assert [(each["name"], [known["id"] for known in each["is"]]) for each in found] == [
        ("Rolo Barn", []),
        ("tide", ["tidewhistle"]),
    ]
    assert found[0]["perhaps"] == [
        {"kind": "tool", "id": "rolobarn", "name": "Rolobarn", "by": "Rolobarn", "likeness": 0.7059}
    ]
    assert found[1]["is"][0]["owned"] == ["Tidewhistle"]


WHO_HAS = """\
Forms (forms): 2 tools do this, 1 more could once switched on

  Papergrebe: full
    department: IT, owner: not known, run by: not known
    seats: not known
    cleared for: nobody has stated for which data

  Rolobarn: not switched on
    department: it, owner: not known, run by: not known
    seats: 0 of 10 free
    cleared for: nobody has stated for which data

  Tidewhistle: through marketing automation
    department: marketing-operations, owner: ines@tarnwick.example, run by: team
    seats: 6 of 25 free
    cleared for: public content, customer contact
"""


@pytest.mark.parametrize("words", [["forms"], ["Forms"]])
def test_who_has_a_tool_for_a_job(run: Run, words: list[str]) -> None:
    assert run("who-has", *words).stdout == WHO_HAS


def test_who_has_as_data_and_without_an_answer(run: Run) -> None:
    found = data(run("who-has", "forms", "--format", "json"))
    assert (found["capability"], found["title"]) == ("forms", "Forms")
    assert [(each["id"], each["way"], each["through"], each["level"]) for each in found["tools"]] == [
        ("papergrebe", "full", None, 1.0),
        ("rolobarn", "latent", None, 0.5),
        ("tidewhistle", "suite", "marketing-automation", 0.6),
    ]
    assert run("who-has", "webinars").stdout == "Webinars (webinars): nobody here has a tool for this\n"
    assert run("who-has", "webinar", "tool").stdout == run("who-has", "webinars").stdout
    done = run("who-has", "qqqqqq")
    assert (done.return_value, done.stderr.splitlines()[0]) == (2, "no capability is like `qqqqqq`")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["servey"], "Ad serving (ad-serving), Tag management (tag-management) or Surveys (surveys)"),
        (["landingpage"], "Landing pages (landing-pages)"),
    ],
)
def test_a_guess_at_a_need_is_asked_back_and_not_taken_for_a_fact(run: Run, words: list[str], meant: str) -> None:
    for arguments in ([], ["--format", "json"]):
        done = run("who-has", *words, *arguments)
        assert (done.return_value, done.stdout) == (2, "")
        assert done.stderr == f"it is not clear what `{' '.join(words)}` means\n  hint: did you mean {meant}?\n"


def test_who_has_says_what_words_were_taken_for_unless_a_need_is_called_so(run: Run) -> None:
    told = run("who-has", "newsleter", "\u202e").stdout.splitlines()
    assert told[0].endswith("is taken for E-mail campaigns (email-campaigns).")
    assert (told[0].startswith("`newsleter \\u202e`"), told[1]) == (True, "")
    assert "\n".join([*told[2:], ""]) == run("who-has", "newsletter").stdout
    named = [run("who-has", words).stdout for words in ("email-campaigns", "E-Mail campaigns", "newsletters")]
    assert named == [run("who-has", "newsletter").stdout] * 3
    assert data(run("who-has", "newsleter", "--format", "json"))["capability"] == "email-campaigns"


def test_what_is_taken_for_a_need_is_nearly_always_meant_so() -> None:
    phrases = yaml.safe_load((Path(__file__).parent / "capability_phrases.yaml").read_text(encoding="utf-8"))
    said = [(each["id"], search(shipped_taxonomy(), each["says"], 1)) for part in phrases.values() for each in part]
    taken = [wanted == found[0].identity for wanted, found in said if found and found[0].score >= SURE]
    assert len(taken) > len(said) / 2
    assert sum(taken) / len(taken) >= 0.96


def test_overlaps_say_what_is_paid_twice_and_what_is_not_known(run: Run) -> None:
    text = run("overlaps").stdout
    assert "Paid twice: at least 600 USD a year." in text
    assert "The cost of 1 tool is not known; it is not counted as zero, but left out." in text
    assert "E-mail campaigns: 2 tools, paid twice: 600 USD a year\n" in text
    assert "Forms: 2 tools, paid twice: not known\n" in text
    assert text.endswith(
        "Group 1: 3 systems exchange data\n  Tidewhistle, ledger (not in the inventory), Rolobarn\n\n"
        "Islands, which exchange data with nothing: 1\n  Papergrebe\n"
    )
    assert run("overlaps", "--at-least", "3").stdout.startswith("No job is done by several tools.\n")


def test_overlaps_as_data(run: Run) -> None:
    found = data(run("overlaps", "--format", "json"))
    assert (found["paid_twice"], found["cost_not_known"]) == (600, ["papergrebe"])
    assert [(each["capability"], each["area"], each["paid_twice"]) for each in found["overlaps"]] == [
        ("email-campaigns", "email", 600),
        ("forms", "web", 0),
    ]
    assert found["overlaps"][0]["tools"][1] == {
        "id": "rolobarn",
        "name": "Rolobarn",
        "way": "partial",
        "through": None,
        "level": 0.6,
        "department": "it",
        "annual_cost": 1200,
        "cost_part": 600,
        "free_seats": 0,
    }
    assert found["groups"] == [
        {
            "tools": ["tidewhistle", "rolobarn"],
            "not_in_inventory": ["ledger"],
            "connections": [["ledger", "tidewhistle"], ["rolobarn", "tidewhistle"]],
        }
    ]
    assert (found["islands"], found["connections_not_known"]) == (["papergrebe"], [])


def test_overlaps_are_written_to_a_file(run: Run, tmp_path: Path) -> None:
    done = run("overlaps", "--format", "html", "--output", str(tmp_path / "page.html"))
    assert (done.return_value, done.stdout) == (0, "")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == run("overlaps", "--format", "html").stdout
    with pytest.raises(InvalidInput, match="cannot be written"):
        run("overlaps", "--output", str(tmp_path / "nowhere" / "page.txt"))


RENEWALS = """\
As of 2026-11-21: 2 notice days, 2 not known

Notice day missed: these renew as they are, unless the vendor lets you out
  notice by  renews on  tool        seats a year ask
  2026-10-16 2026-12-15 Rolobarn    10/10  1,200 it

Later
  notice by  renews on  tool        seats a year ask
  2027-01-30 2027-03-31 Tidewhistle 19/25 58,801 ines@tarnwick.example

Not known
  - Papergrebe: the day it renews and its days of notice; ask IT
  - =cmd() (pollpod) [ending]: the day it renews and its days of notice
"""


def test_renewals_stand_by_notice_day(run: Run) -> None:
    assert run("renewals", "--as-of", "2026-11-21").stdout == RENEWALS
    assert "Tidewhistle" not in run("renewals", "--as-of", "2026-11-21", "--within", "69").stdout
    assert "Tidewhistle" in run("renewals", "--as-of", "2026-11-21", "--within", "70").stdout


def test_renewals_as_data(run: Run) -> None:
    found = data(run("renewals", "--as-of", "2026-12-20", "--format", "json"))
    assert [(each["id"], each["state"], each["days"], each["check_from"]) for each in found["renewals"]] == [
        ("rolobarn", "past", -65, "2026-09-01"),
        ("tidewhistle", "check", 41, "2026-12-16"),
    ]
    assert [(each["id"], each["missing"]) for each in found["not_known"]] == [
        ("papergrebe", ["renews_on", "notice_days"]),
        ("pollpod", ["renews_on", "notice_days"]),
    ]


COMMANDS = [["list"], ["show", "a"], ["match", "a"], ["who-has", "crm"], ["overlaps"], ["renewals"]]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_without_an_inventory_every_command_says_so(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "inventory.yaml").unlink()
    with pytest.raises(InvalidInput, match="no inventory was found here"):
        run(*arguments)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("stated", [True, False])
def test_an_organisation_without_tools_is_no_mistake(
    run: Run,
    tmp_path: Path,
    arguments: list[str],
    stated: bool,  # noqa: FBT001 - a case of the test
) -> None:
    if stated:
        (tmp_path / "inventory.yaml").unlink()
        folder(
            tmp_path, {"organisation.yaml": {"kind": "organisation", "version": 1, "registers": {"inventory": "none"}}}
        )
    else:
        folder(tmp_path, {"inventory.yaml": {"kind": "inventory", "version": 1, "tools": []}})
    done = run(*arguments)
    if arguments[0] in {"list", "overlaps", "renewals"}:
        assert (done.return_value, done.stdout) == (0, "No tools are owned.\n")
    else:
        assert (done.return_value, done.stdout + done.stderr != "") == (
            {"show": 2, "match": 1, "who-has": 0}[arguments[0]],
            True,
        )


def test_mistakes_in_the_inventory_are_named_at_their_place(run: Run, tmp_path: Path) -> None:
    folder(
        tmp_path,
        {"inventory.yaml": {"kind": "inventory", "version": 1, "tools": [tool("a", capabilities={"krm": "full"})]}},
    )
    with pytest.raises(InvalidInput, match=r"inventory.yaml:1:.*there is no capability `krm`"):
        run("list")


def test_hostile_words_steer_no_terminal(run: Run, tmp_path: Path) -> None:
    hostile = [
        tool(name, name=f"\u202e{name}\u2066", department="\u202e", systems=["\u202e"], capabilities={"crm": "full"})
        for name in "ab"
    ]
    folder(tmp_path, {"inventory.yaml": {"kind": "inventory", "version": 1, "tools": hostile}})
    for arguments in (["list"], ["show", "a"], ["match", "\u202ea"], ["who-has", "crm"], ["overlaps"], ["renewals"]):
        text = run(*arguments).stdout
        assert "\u202e" not in text
        assert "\\u202e" in text
        assert all(len(line) <= 80 for line in text.splitlines())


def test_every_line_of_the_examples_fits_a_terminal(run: Run) -> None:
    examples = str(Path(__file__).parents[2] / "examples" / "inventory.yaml")
    for arguments in (["list"], ["show", "tidewhistle"], ["overlaps"], ["renewals"], ["who-has", "forms"]):
        lines = run(*arguments, "--inventory", examples).stdout.splitlines()
        assert len(lines) > 5
        assert max(map(len, lines)) <= 80
