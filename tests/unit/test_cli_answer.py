import json
import shutil
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest
from click import UsageError
from click.testing import CliRunner, Result

from procureguard.cli.main import cli
from procureguard.cli.surroundings import guard_of
from procureguard.guard.answering import answered
from procureguard.guard.settings import Setting
from procureguard.source.diagnostic import InvalidInput
from procureguard.source.document import Document

Run = Callable[..., Result]
EXAMPLES = Path(__file__).parents[2] / "examples"
STORY = EXAMPLES / "missing-facts" / "referrals.purchase.yaml"
FILE = Path("referrals.purchase.yaml")
OPEN = {
    "messaging.eu_permission": "opt_in",
    "data.vendor_reuses": "false",
    "product.encrypted_at_rest": "true",
    "integration.scheduled": "true",
}
"""What the story asks, and answers that come to a yes."""


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLES / "vendors", tmp_path / "vendors")
    for path in (EXAMPLES / "inventory.yaml", EXAMPLES / "organisation.yaml", STORY):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.fixture(name="run")
def _run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(home)
    guard_of.cache_clear()

    def run(*arguments: str) -> Result:
        done = CliRunner().invoke(cli, ["answer", *arguments], standalone_mode=False)
        if done.exception:
            raise done.exception
        return done

    return run


def form(text: str, name: str = "vendor.answers.yaml") -> str:
    Path(name).write_text(f"kind: answers\nversion: 1\n{text}", encoding="utf-8")
    return name


def test_answers_are_written_with_who_says_so_and_the_headline_follows(run: Run) -> None:
    done = run(str(FILE), *(f"{fact}={value}" for fact, value in OPEN.items()))
    assert done.return_value == 0
    assert done.stderr == f"wrote 4 answers into {FILE}\n"
    assert done.stdout.startswith("Yes, if ")
    assert done.stdout.endswith("No question is left.\n")
    text = FILE.read_text(encoding="utf-8")
    today = date.today().isoformat()  # noqa: DTZ011 - the day where the user is
    assert "\n  eu_permission: opt_in\n" in text
    assert f"\n  scheduled: {{value: true, source: it, as_of: {today}}}\n" in text
    assert f"vendor_reuses: {{value: false, source: vendor, as_of: {today}}}}}\n" in text


def test_some_answers_leave_the_other_questions(run: Run) -> None:
    done = run(str(FILE), "integration.scheduled=true")
    assert done.stdout == (
        "Not yet: three answers missing.\n"
        "Three questions are left: `procureguard check referrals.purchase.yaml` shows them.\n"
    )


def test_the_options_say_who_when_and_where(run: Run) -> None:
    run(str(FILE), "data.people=7", "--source", "contract", "--as-of", "2026-11-20", "--evidence", "Order form, 3")
    stated = 'people: {value: 7, source: contract, as_of: 2026-11-20, evidence: "Order form, 3"}'
    assert stated in FILE.read_text(encoding="utf-8")


def test_what_the_purchase_said_before_is_told(run: Run) -> None:
    run(str(FILE), "contract.dpa=signed", "--source", "contract")
    done = run(str(FILE), "contract.dpa=offered", "messaging.opt_out_sync=true", "data.people=9", "contract.seats=null")
    assert done.stderr.splitlines()[1:] == [
        "contract.dpa was signed, said by the contract; is offered now, said by the vendor, whose word counts less",
        "data.people was 12,000, is 9 now",
    ]
    again = run(str(FILE), "contract.dpa=offered", "data.people=9", "--source", "requester")
    assert again.stderr.splitlines()[1:] == [
        "contract.dpa is offered as before, but now the requester says so, whose word counts less than the vendor"
    ]
    assert run(str(FILE), "data.people=null").stderr.splitlines()[1:] == ["data.people was 9, is open now"]


def test_a_better_source_elsewhere_still_counts_and_that_is_said(run: Run) -> None:
    done = run(str(FILE), "product.sso_on_plan=false", "--source", "requester")
    assert done.stderr.partition("\n")[2] == (
        "your answer does not count, for another document is stronger: Single sign-on included in the plan: yes, "
        "said by the vendor, 2026-11-09 (vendors/palwagtail.vendor.yaml:53:34)\n"
    )


def test_nothing_changes_where_a_difference_is_shown(run: Run) -> None:
    before = FILE.read_bytes()
    done = run(str(FILE), "integration.scheduled=true", "--diff")
    assert FILE.read_bytes() == before
    added = [line for line in done.stdout.splitlines() if line.startswith("+")]
    assert [line.partition(":")[0] for line in added] == [f"+++ {FILE}", "+  scheduled"]
    assert done.stderr.startswith(f"would write 1 answer into {FILE}\nNot yet: three answers missing.\n")
    assert run(str(FILE), "integration.scheduled=true", "--dry-run").stdout == done.stdout


def test_the_same_answer_again_changes_nothing(run: Run) -> None:
    run(str(FILE), "integration.scheduled=true")
    before = FILE.stat()
    done = run(str(FILE), "integration.scheduled=true")
    assert FILE.stat() == before
    assert done.stderr == f"nothing to write: {FILE} says all of this already\n"


def test_a_filled_form_is_taken_with_its_header(run: Run) -> None:
    name = form(
        "purchase: TW-1190\nsource: vendor\nas_of: 2026-11-19\nevidence: Mail from Jo\n"
        "data:\n  vendor_reuses: false\nproduct:\n  encrypted_at_rest: {value: true, source: report}\n"
        "contract:\n  dpa:\n"
    )
    done = run(str(FILE), "--from", name, "integration.scheduled=true")
    assert done.stderr == f"wrote 3 answers into {FILE}\n"
    text = FILE.read_text(encoding="utf-8")
    assert "vendor_reuses: {value: false, source: vendor, as_of: 2026-11-19, evidence: Mail from Jo}" in text
    assert "encrypted_at_rest: {value: true, source: report, as_of: 2026-11-19, evidence: Mail from Jo}" in text
    assert "dpa" not in text


def test_an_empty_form_writes_nothing(run: Run) -> None:
    done = run(str(FILE), "--from", form("data:\n  people:\n"))
    assert (done.return_value, done.stderr) == (0, f"nothing to write: {FILE} says all of this already\n")


def test_answers_about_another_purchase_are_warned_of(run: Run) -> None:
    done = run(str(FILE), "--from", form("purchase: TW-7\nintegration: {scheduled: true}\n"))
    assert "vendor.answers.yaml:3:11: PG251 warning: these answers are about `TW-7`" in done.stderr
    assert f"wrote 1 answer into {FILE}" in done.stderr


def test_a_purchase_without_a_reference_is_not_told_from_others(run: Run) -> None:
    Path("a.purchase.yaml").write_text("kind: purchase\nversion: 1\n", encoding="utf-8")
    done = run("a.purchase.yaml", "--from", form("purchase: purchase 1234abcd\ndata: {people: 3}\n"))
    assert done.stderr == "wrote 1 answer into a.purchase.yaml\n"


def test_one_fact_has_one_answer(run: Run) -> None:
    name = form("integration: {scheduled: true}\n")
    with pytest.raises(UsageError, match=r"`integration\.scheduled` is answered twice"):
        run(str(FILE), "--from", name, "integration.scheduled=false")
    assert run(str(FILE), "--from", name, "integration.scheduled=true").return_value == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("contract.dpaa=signed", "did you mean `contract.dpa`?"),
        ("contract.dpa=sined", "did you mean `signed`?"),
        ("contract.dpa", "write FACT=VALUE"),
        ("organisation.currency=EUR", "state it in the organisation file"),
        ("tool.seats=3", "state it in the inventory"),
        ("cost.annual=3", "is computed"),
        ("contract.dpa=[", "bracket"),
    ],
)
def test_what_no_purchase_can_state_is_refused_with_a_hint(run: Run, text: str, said: str) -> None:
    before = FILE.read_bytes()
    with pytest.raises(InvalidInput) as caught:
        run(str(FILE), "integration.scheduled=true", text)
    assert any(said in f"{problem.message} {problem.hint}" for problem in caught.value.diagnostics)
    assert FILE.read_bytes() == before


@pytest.mark.parametrize("arguments", [("-", "data.people=3"), (str(FILE),)])
def test_a_file_and_an_answer_are_needed(run: Run, arguments: tuple[str, ...]) -> None:
    with pytest.raises(UsageError):
        run(*arguments)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.purchase.yaml", "kind: purchase\nversion: 1\ndata: {people: many}\n", "PG203"),
        ("a.purchase.yaml", "kind: purchase\nversion: [\n", "PG104"),
        ("a.vendor.yaml", "kind: vendor\nversion: 1\nid: x\nproducts: []\n", "PG225"),
        ("a.yaml", "- 1\n", "PG203"),
    ],
)
def test_a_file_that_is_no_valid_purchase_is_left_as_it_is(run: Run, name: str, text: str, code: str) -> None:
    Path(name).write_text(text, encoding="utf-8")
    done = run(name, "data.people=3")
    assert (done.return_value, Path(name).read_text(encoding="utf-8")) == (1, text)
    assert code in done.stderr


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("data: {people: many}\n", "vendor.answers.yaml:3:16: PG203"),
        ("data: {peple: 3}\n", "PG202"),
        ("ext: {cost_center: '1'}\n", "PG224"),
        ("ext: {cost_centre: 5010}\n", "PG224"),
        ("request: {capabilities: [survys]}\n", "PG220"),
    ],
)
def test_a_form_that_is_not_valid_changes_nothing(run: Run, text: str, code: str) -> None:
    before = FILE.read_bytes()
    done = run(str(FILE), "--from", form(text), "integration.scheduled=true")
    assert (done.return_value, FILE.read_bytes()) == (1, before)
    assert code in done.stderr


def test_own_facts_are_answered_too(run: Run) -> None:
    assert run(str(FILE), "ext.cost_centre='5011'").return_value == 0
    assert "\next: {cost_centre: '5011'}\n" not in FILE.read_text(encoding="utf-8")
    assert '"5011"' in FILE.read_text(encoding="utf-8")


def test_json_permissions_marks_and_links_stay(run: Run) -> None:
    data = {"kind": "purchase", "version": 1, "request": {"type": "new"}}
    Path("real.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(data).encode())
    Path("real.json").chmod(0o640)
    Path("a.purchase.json").symlink_to("real.json")
    run("a.purchase.json", "data.people=3")
    assert Path("a.purchase.json").is_symlink()
    assert Path("real.json").stat().st_mode & 0o777 == 0o640
    content = Path("real.json").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert json.loads(content.decode("utf-8-sig")) == {**data, "data": {"people": 3}}


def test_a_file_that_changes_meanwhile_is_not_written_over(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(document: Document, answers: Iterable[Setting]) -> Document:
        FILE.write_text("kind: purchase\nversion: 1\n", encoding="utf-8")
        return answered(document, answers)

    monkeypatch.setattr("procureguard.cli.answer.answered", meanwhile)
    with pytest.raises(InvalidInput, match="the file has changed while it was looked at"):
        run(str(FILE), "data.people=3")
    assert FILE.read_text(encoding="utf-8") == "kind: purchase\nversion: 1\n"
