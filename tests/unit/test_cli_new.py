import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import yaml
from click import UsageError
from click.testing import CliRunner, Result

from procureguard.cli import new as module
from procureguard.cli.main import cli
from procureguard.cli.surroundings import guard_of
from procureguard.source.diagnostic import Diagnostic, InvalidInput

Run = Callable[..., Result]
EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = ("--as-of", "2026-11-21")
SMALL = (
    *(
        "subtitmouse",
        "creator",
        "Subtitles",
        "video editing",
        "1",
        "new",
        "none",
        "2",
        "24",
        "usd",
        "month",
        "1",
        "card",
    ),
    *("2", "no", "public content", "none", "no", "none", "no"),
)
"""What is typed for a small purchase, question by question."""


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLES / "vendors", tmp_path / "vendors")
    for name in ("inventory.yaml", "organisation.yaml"):
        shutil.copy(EXAMPLES / name, tmp_path)
    return tmp_path


@pytest.fixture(name="run")
def _run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(home)
    guard_of.cache_clear()

    def run(*arguments: str, typed: Iterable[str] | None = None) -> Result:
        if typed is not None:
            monkeypatch.setattr(module, "can_ask", lambda: True)
        lines = None if typed is None else "".join(f"{line}\n" for line in typed)
        done = CliRunner().invoke(cli, list(arguments), input=lines, standalone_mode=False)
        if done.exception:
            raise done.exception
        return done

    return run


def read(path: Path) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def test_an_interview_ends_in_a_file_and_the_answer_of_a_check(run: Run, home: Path) -> None:
    done = run("new", *DAY, typed=SMALL)
    path = home / "purchases" / "2026-11-subtitmouse.yaml"
    assert (done.return_value, done.stdout.splitlines()[0]) == (0, "Yes.")
    assert "That settles it." in done.stderr
    assert read(path)["contract"] == {
        "amount": 24,
        "currency": "USD",
        "period": "month",
        "term_months": 1,
        "payment": "card",
        "pricing": "seat",
        "seats": 2,
    }
    assert "#" not in path.read_text(encoding="utf-8").partition("kind:")[2]
    assert done.stdout == run("check", *DAY, "purchases/2026-11-subtitmouse.yaml").stdout
    assert run("validate", "purchases").stdout == "1 file, nothing wrong\n"


def test_an_answer_may_be_wrong_asked_about_or_taken_back(run: Run, home: Path) -> None:
    typed = [*SMALL[:2], "?", "Wrong", "<", *SMALL[2:8], "much", "?", *SMALL[8:]]
    done = run("new", *DAY, typed=typed)
    assert "`contract.amount` must be a number, got text `much`" in done.stderr
    assert "No rule depends on it." in done.stderr
    assert read(home / "purchases" / "2026-11-subtitmouse.yaml")["request"]["purpose"] == "Subtitles"
    assert done.stdout.startswith("Yes.\n")


def test_going_back_passes_over_what_followed_by_itself(run: Run, home: Path) -> None:
    done = run("new", *DAY, typed=["hazelpoll", "<", *SMALL])
    assert "The only product known: hazelpoll" in done.stderr
    assert read(home / "purchases" / "2026-11-subtitmouse.yaml")["product"]["vendor"] == "subtitmouse"


def test_going_back_shows_the_old_answer_which_stays_unless_it_is_emptied(run: Run, home: Path) -> None:
    back = [*SMALL[:8], "4800", "<"]
    path = home / "purchases" / "2026-11-subtitmouse.yaml"
    assert "now: 4800 (Enter keeps it, `-` empties it)" in run("new", *DAY, typed=[*back, ""]).stderr
    assert read(path)["contract"] == {"amount": 4800, "pricing": "seat", "seats": 2}
    run("new", *DAY, "--force", str(path), typed=back)
    assert read(path)["contract"] == {"amount": 4800, "pricing": "seat", "seats": 2}
    run("new", *DAY, "--force", str(path), typed=[*back, "-"])
    assert read(path)["contract"] == {"pricing": "seat", "seats": 2}


def test_going_back_further_keeps_what_was_said_in_between(run: Run, home: Path) -> None:
    done = run("new", *DAY, typed=[*SMALL[:9], "<", "<", "<", "", "", "", *SMALL[9:]])
    assert done.stdout.startswith("Yes.\n")
    assert read(home / "purchases" / "2026-11-subtitmouse.yaml")["contract"]["amount"] == 24


def test_an_old_answer_that_is_not_asked_for_any_more_is_not_written(run: Run, home: Path) -> None:
    typed = [*SMALL[:5], "trial", "none", "14", "<", "<", "<", "new"]
    run("new", *DAY, typed=typed)
    assert read(home / "purchases" / "2026-11-subtitmouse.yaml")["request"] == {
        "purpose": "Subtitles",
        "capabilities": ["video-editing"],
        "must": ["video-editing"],
        "type": "new",
        "replaces": [],
    }


def test_the_numbers_of_questions_never_jump_back(run: Run) -> None:
    shown = run("new", *DAY, typed=["formwise", *[""] * 60]).stderr
    numbers = [int(number) for number in re.findall(r"(\d) of 8:", shown)]
    assert numbers == sorted(set(numbers))


def test_the_list_price_of_a_seat_is_offered_for_all_seats(run: Run, home: Path) -> None:
    typed = [*SMALL[:7], "3", "", "1", "card", "3", *SMALL[-7:]]
    done = run("new", *DAY, "--from", "vendors/subtitmouse.vendor.yaml", typed=typed[1:])
    assert "creator: 12 USD a month per seat" in done.stderr
    assert "List price: 12 USD a month per seat, 36 USD a month for 3. Enter if" in done.stderr
    assert "432 USD a year" in done.stdout
    assert read(home / "purchases" / "2026-11-subtitmouse.yaml")["contract"] == {
        "amount": 36,
        "currency": "USD",
        "period": "month",
        "term_months": 1,
        "payment": "card",
        "pricing": "seat",
        "seats": 3,
    }


def test_the_price_of_one_seat_for_many_is_asked_back(run: Run) -> None:
    done = run("new", *DAY, typed=[*SMALL[:7], "3", "12", "36", *SMALL[9:]])
    assert "12 is the list price of one seat, and the order has 3" in done.stderr
    assert "432 USD a year" in done.stdout


@pytest.mark.parametrize(("more", "added"), [("", []), ("crm", ["crm"])])
def test_what_was_understood_of_a_list_is_kept(run: Run, home: Path, more: str, added: list[str]) -> None:
    done = run("new", *DAY, typed=[*SMALL[:3], "surveys, magic pony dust", more])
    assert "I do not know `magic pony dust`" in done.stderr
    said = read(home / "purchases" / "2026-11-subtitmouse.yaml")["request"]["capabilities"]
    assert said == ["surveys", *added]


def test_choices_are_told_with_what_they_mean(run: Run) -> None:
    shown = run("new", *DAY, typed=[*SMALL[:15], "77", "secrets"]).stderr
    assert "14  biometric: Faces, voices or fingerprints that identify people" in shown
    assert "I do not know `77` (choose 1 to 16)" in shown


def test_a_currency_without_a_rate_is_asked_back(run: Run, home: Path) -> None:
    done = run("new", *DAY, typed=[*SMALL[:9], "YES", *SMALL[9:]])
    assert "no exchange rate is known for `YES`" in done.stderr
    assert read(home / "purchases" / "2026-11-subtitmouse.yaml")["contract"]["currency"] == "USD"


def test_an_odd_answer_may_be_kept_or_given_anew(run: Run, home: Path) -> None:
    done = run("new", *DAY, typed=["subtitmouse", "creater", "creator", "<", "creater", "", *SMALL[2:]])
    assert "did you mean `creator`?" in done.stderr
    assert read(home / "purchases" / "2026-11-subtitmouse.yaml")["product"]["plan"] == "creater"


def test_the_end_of_the_input_keeps_the_answers_and_shows_what_is_missing(run: Run, home: Path) -> None:
    done = run("new", *DAY, typed=SMALL[:4])
    text = (home / "purchases" / "2026-11-subtitmouse.yaml").read_text(encoding="utf-8")
    assert done.stdout.startswith("Not yet")
    assert "  # Which of those jobs are a must, so that a tool without them is no use to you?" in text
    assert "  #must:" in text
    assert yaml.safe_load(text)["request"] == {"purpose": "Subtitles", "capabilities": ["video-editing"]}


def test_without_a_terminal_nothing_is_asked(run: Run, home: Path) -> None:
    done = run("new", *DAY, "--set", "request.users=4", "--set", "product.name=Poll Master")
    assert done.return_value == 0
    assert read(home / "purchases" / "2026-11-poll-master.yaml")["product"] == {"name": "Poll Master"}
    again = run("new", *DAY, "--set", "product.name=Poll Master")
    again_in = "purchases/2026-11-poll-master-2.yaml"
    assert again.stderr.splitlines()[-2:] == [
        "wrote purchases/2026-11-poll-master-2.yaml",
        f"Next: open it and write an answer where a line begins with `#`, then `procureguard check {again_in}`",
    ]


def test_fmt_leaves_the_lines_that_are_still_to_be_answered(run: Run, home: Path) -> None:
    run("new", "purchases/a.yaml", *DAY, "--from", "vendors/subtitmouse.vendor.yaml")
    path = home / "purchases" / "a.yaml"
    before = path.read_text(encoding="utf-8")
    run("fmt", "purchases/a.yaml")
    assert path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("name", "message"), [("a.json", "ends in .yaml or .yml"), ("inventory.yaml/a.yaml", "cannot be written: look at")]
)
def test_a_place_that_cannot_be_written_is_refused_before_anything_is_asked(run: Run, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        run("new", name, typed=[])


def test_answers_that_cannot_be_written_are_shown(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, _: str) -> None:
        raise InvalidInput([Diagnostic("PG101", "error", "the disk is full", name=str(path))])

    monkeypatch.setattr(module, "write_whole", full)
    monkeypatch.chdir(home)
    done = CliRunner().invoke(cli, ["new", *DAY, "--set", "request.users=4"], standalone_mode=False)
    assert isinstance(done.exception, InvalidInput)
    assert yaml.safe_load(done.stdout)["request"] == {"users": 4}


def test_who_answers_nothing_gets_no_file(run: Run, home: Path) -> None:
    assert "Nothing was answered, so nothing is written." in run("new", typed=[]).stderr
    assert not (home / "purchases").exists()


def test_a_manifest_names_what_it_leaves_no_choice_of(run: Run, home: Path) -> None:
    run("new", "a.yaml", "--from", "vendors/hazelpoll.vendor.yaml")
    text = (home / "a.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["product"] == {"vendor": "hazelpoll", "id": "hazelpoll"}
    assert "  # one of " in text.partition("product:")[2].partition("#plan:")[0]
    run("new", "b.yaml", "--from", "vendors/hazelpoll.vendor.yaml", "--set", "product.plan=business")
    assert read(home / "b.yaml")["product"] == {"vendor": "hazelpoll", "id": "hazelpoll", "plan": "business"}


def test_a_manifest_from_elsewhere_counts_and_is_told_to_be_out_of_sight(run: Run, home: Path) -> None:
    (home / "vendors" / "hazelpoll.vendor.yaml").rename(home.parent / "hazelpoll.vendor.yaml")
    done = run("new", "a.yaml", "--from", "../hazelpoll.vendor.yaml", "--set", "product.plan=business")
    assert "will not find this manifest" in done.stderr
    assert "Hazelpoll" in done.stdout
    assert run("new", "b.yaml", "--from", "vendors/askfern.vendor.yaml").stderr.count("will not find") == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--set", "request.user=4"), "there is no fact `request.user`"),
        (("--set", "request.users=few"), "must be a whole number"),
        (("--set", "cost.annual=4"), "`cost.annual` is computed"),
        (("--from", "nothing.yaml"), "there is no such file"),
        (("--from", "inventory.yaml"), "of kind `inventory`"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_written(
    run: Run, home: Path, arguments: tuple[str, ...], message: str
) -> None:
    with pytest.raises(InvalidInput, match=message):
        run("new", *arguments)
    assert not (home / "purchases").exists()


def test_a_file_is_never_written_over_unless_asked(run: Run, home: Path) -> None:
    (home / "a.yaml").write_text("mine\n", encoding="utf-8")
    with pytest.raises(UsageError, match="is there already"):
        run("new", "a.yaml")
    assert (home / "a.yaml").read_text(encoding="utf-8") == "mine\n"
    assert run("new", "a.yaml", "--force").return_value == 0


def test_a_repository_that_keeps_schemas_gets_a_modeline(run: Run, home: Path) -> None:
    run("init", "--schemas")
    run("new", *DAY, "--set", "product.name=Poll")
    first = (home / "purchases" / "2026-11-poll.yaml").read_text(encoding="utf-8").partition("\n")[0]
    assert first == "# yaml-language-server: $schema=../.procureguard/schemas/purchase.schema.json"


ON_A_TERMINAL = """
import os, pty, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever started the tests may ignore Ctrl-C
sys.exit(os.waitstatus_to_exitcode(pty.spawn([sys.executable, "-m", "procureguard", *sys.argv[1:]])))
"""


def on_a_terminal(home: Path, typed: Iterable[str], *arguments: str) -> tuple[str, int]:
    """What a command shows on a real terminal where these lines are typed, each when something is asked."""
    shown, lines = b"", iter(typed)
    command = [sys.executable, "-c", ON_A_TERMINAL, *arguments]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        while part := run.stdout.read(4096):
            shown += part
            if shown.endswith((b"  > ", b"[y/N] ")):
                run.stdin.write(next(lines).encode())
    return shown.decode().replace("\r\n", "\n"), run.returncode


needs_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")


@needs_a_terminal
def test_a_real_terminal_is_asked_and_answered(home: Path) -> None:
    shown, code = on_a_terminal(home, [f"{line}\n" for line in SMALL], "new", *DAY)
    assert code == 0
    assert "1 of 8: Which tool is it, and which plan?" in shown
    assert "wrote purchases/2026-11-subtitmouse.yaml" in shown
    assert read(home / "purchases" / "2026-11-subtitmouse.yaml")["request"]["users"] == 2


@needs_a_terminal
@pytest.mark.parametrize(("key", "code", "written"), [("\x04", 0, 1), ("\x03", 130, 0)])
def test_one_key_keeps_the_answers_and_another_writes_nothing(home: Path, key: str, code: int, written: int) -> None:
    shown, ended = on_a_terminal(home, ["subtitmouse\n", key], "new", *DAY)
    assert ended == code
    assert "Traceback" not in shown
    assert ("Nothing is written." in shown) == (not written)
    assert len(list(home.glob("purchases/*"))) == written
    assert not list(home.glob(".*"))


@needs_a_terminal
def test_a_terminal_is_not_asked_where_nothing_is_to_be_asked(home: Path) -> None:
    shown, code = on_a_terminal(home, [], "new", *DAY, "--no-input", "--set", "product.name=Poll")
    assert (code, "> " in shown) == (0, False)
