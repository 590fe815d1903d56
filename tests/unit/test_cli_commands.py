import json
import os
import subprocess
import sys
from collections.abc import Callable
from errno import EACCES
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from procureguard.cli.main import COMMANDS, cli
from procureguard.cli.surroundings import guard_of
from procureguard.guard.files import MOST_REGISTER_BYTES
from procureguard.source.codes import CODES
from procureguard.source.read import MAXIMUM_BYTES
from procureguard.version import __version__
from written import OF_THEIR_OWN, Json, folder, policy

Run = Callable[..., Result]
PURCHASE = "kind: purchase\nversion: 1\nproduct: {scim: false}\n"


@pytest.fixture(name="run")
def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    pack = {
        "kind": "pack",
        "version": 1,
        "id": "accounts",
        "title": "Accounts",
        "domain": "security",
        "release": "2026.11",
    }
    folder(
        tmp_path,
        {
            **OF_THEIR_OWN,
            "policies/accounts/tested.yaml": policy(
                when="ai.used || request.users > 3", require="product.scim", examples=None
            )
            | {
                "examples": [
                    {"name": "a", "given": {"product": {"scim": True}}, "expect": "pass"},
                    {"name": "b", "given": {"product": {"scim": False}, "ai": {"used": True}}, "expect": "fail"},
                    {"name": "c", "given": {"ai": {"used": True}}, "expect": "unknown", "asks": ["product.scim"]},
                ]
            },
            "policies/accounts/pack.yaml": pack,
            "policies/loose.yaml": policy("loose", effect="deny", effective_from="2026-12-02"),
            "a.purchase.yaml": PURCHASE,
            "bad.purchase.yaml": "kind: purchase\nversion: 1\nwibble: 1\n",
        },
    )
    monkeypatch.chdir(tmp_path)
    guard_of.cache_clear()
    runner = CliRunner()

    def run(*arguments: str) -> Result:
        done = runner.invoke(cli, list(arguments), standalone_mode=False)
        if done.exception:
            raise done.exception
        return done

    return run


def test_what_cannot_be_read_is_told_and_the_rest_is_answered(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(Path("locked"), {"b.purchase.yaml": PURCHASE})
    Path("loop.yaml").symlink_to("loop.yaml")
    scan = os.scandir

    def refusing(path: str | int) -> object:
        if not isinstance(path, int) and Path(path).name == "locked":
            raise PermissionError(EACCES, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    for command in ("validate", "check", "fmt"):
        done = run(command, "locked", "a.purchase.yaml")
        assert (done.return_value, "PG100 error: the folder cannot be read" in done.stderr) == (2, True)
        assert run(command, "locked").return_value == 2
        for name in ("loop.yaml", "x" * 300, "a.purchase.yaml/b"):
            assert run(command, name).return_value == 2
    assert "a.purchase.yaml, as of" in run("check", "locked", "a.purchase.yaml").stdout


def test_policies_are_listed_by_pack_with_effect_id_and_title(run: Run) -> None:
    done = run("policy", "list")
    assert done.return_value == 0
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [
        ["-:", "of"],
        ["deny", "loose"],
        ["accounts:", "Accounts"],
        ["condition", "tested"],
    ]


def test_the_examples_of_policies_are_run_and_counted(run: Run) -> None:
    done = run("policy", "test")
    assert (done.return_value, done.stdout) == (0, "2 policies, 6 examples, all as stated\n")
    assert run("policy", "test", "--policies", "policies/loose.yaml").stdout.startswith("1 policy, 3 examples, ")


def test_a_policy_is_explained_with_when_it_applies_what_it_asks_and_where_it_stands(run: Run) -> None:
    done = run("explain", "tested")
    words = " ".join(done.stdout.split())
    assert done.return_value == 0
    for part in (
        "The tool opens accounts itself (condition, IT)",
        "Why: Hands forget.",
        "Way to yes: Ask for SCIM.",
    ):
        assert part in words
    assert "File: policies/accounts/tested.yaml:1" in words


@pytest.mark.parametrize(
    ("subject", "day", "state"),
    [
        ("tested", "2026-11-21", "tested: not known yet"),
        ("loose", "2026-11-21", "loose: not in force on 2026-11-21"),
        ("loose", "2026-12-02", "loose: does not hold"),
    ],
)
def test_a_finding_is_explained_with_its_facts_on_the_day_asked_for(
    run: Run, subject: str, day: str, state: str
) -> None:
    done = run("explain", subject, "a.purchase.yaml", "--as-of", day)
    assert done.return_value == 0
    assert done.stdout.splitlines()[0] == state
    assert "product.scim: no (said by requester, purchase purchase line 3)" in " ".join(done.stdout.split())


def test_a_definition_is_explained_with_the_policies_that_rest_on_it(run: Run) -> None:
    shown = run("explain", "eu_people", "--policies", "shipped").stdout
    assert shown.startswith("eu_people: it concerns people in the EEA, the UK or Switzerland\n")
    assert "It holds when one of these is so:\n  - " in shown
    assert "chatbot-disclosure" in shown.partition("Policies that rest on it: ")[2]
    assert "Not a way out" not in shown
    tier = run("explain", "risk.light", "--policies", "shipped").stdout
    marked = tier.partition("\n\nNot a way out: ")[2].partition("\n\n")[0]
    assert {"contract.term_months", "messaging.daily_volume", "data.categories"} <= {*marked.replace(",", " ").split()}
    countries = run("explain", "adequate_countries", "--policies", "shipped").stdout
    assert "It stands for:\n  - AT, BE," in countries


def test_a_fact_is_explained_with_who_states_it_and_who_reads_it(run: Run) -> None:
    done = run("explain", "product.scim")
    assert done.return_value == 0
    assert done.stdout.startswith("product.scim: ")
    assert "stated by: the vendor" in done.stdout
    assert "read by: loose, tested" in done.stdout
    assert "read by: no policy" in run("explain", "product.mfa").stdout


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_diagnostic_code_is_explained(run: Run, code: str) -> None:
    done = run("explain", code)
    assert done.return_value == 0
    assert done.stdout.startswith(f"{code}: {CODES[code].title}\n\n")
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("testd", "did you mean `tested`?"),
        ("product.scimm", "did you mean `product.scim`?"),
        ("qqqqqq", "name a policy (`procureguard policy list`), a fact or a code such as PG201"),
    ],
)
def test_what_nobody_knows_is_answered_with_a_hint(run: Run, word: str, hint: str) -> None:
    done = run("explain", word)
    assert done.return_value == 2
    assert done.stderr == f"`{word}` is no policy, definition, fact or diagnostic code\n  hint: {hint}\n"


@pytest.mark.parametrize(
    ("names", "code", "last"),
    [
        (["a.purchase.yaml"], 0, "1 file, nothing wrong"),
        (["."], 1, None),
        (["policies"], 0, "4 files, nothing wrong"),
        (["bad.purchase.yaml"], 1, None),
        (["bad.purchase.yaml", "none.yaml"], 2, None),
        (["a.purchase.yaml", "a.purchase.yaml"], 0, "1 file, nothing wrong"),
    ],
)
def test_files_and_folders_are_validated(run: Run, names: list[str], code: int, last: str | None) -> None:
    done = run("validate", *names)
    assert done.return_value == code
    if last is not None:
        assert (done.stdout.splitlines()[-1], done.stderr) == (last, "")
    else:
        assert "bad.purchase.yaml:3:1: PG202 error" in done.stderr


@pytest.mark.parametrize(
    ("name", "code"),
    [("inventory.yaml", 0), ("deeper/inventory.json", 0), ("a.purchase.yaml", 1), ("b.inventory.yaml", 1)],
)
def test_an_inventory_may_be_as_long_for_validate_as_for_check(run: Run, tmp_path: Path, name: str, code: int) -> None:
    folder(tmp_path, {name: '{"kind": "inventory", "version": 1, "tools": []}' + " " * MAXIMUM_BYTES})
    done = run("validate", name)
    assert (done.return_value, "PG102" in done.stderr) == (code, code == 1)


def test_an_inventory_has_a_longest_length_too(run: Run, tmp_path: Path) -> None:
    folder(tmp_path, {"inventory.yaml": "#" * (MOST_REGISTER_BYTES + 1)})
    assert "PG102" in run("validate", "inventory.yaml").stderr


def test_a_folder_without_any_file_of_ours_exits_with_five(run: Run, tmp_path: Path) -> None:
    folder(tmp_path / "empty", {"notes.md": ""})
    done = run("validate", "empty")
    assert (done.return_value, done.stdout) == (5, "")


# --- from outside: exit codes, and what is imported ---


def outside(
    *arguments: str, cwd: Path, text: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        input=text,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def program(*arguments: str, cwd: Path, **more: Json) -> subprocess.CompletedProcess[str]:
    return outside("-m", "procureguard", *arguments, cwd=cwd, **more)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--version"], 0, f"procureguard {__version__}\n"),
        (["check", "a.purchase.yaml", "--exit-zero"], 0, None),
        (["check", "-", "--policies", "policies"], 0, "Yes, if"),
        (["validate", "bad.purchase.yaml"], 1, None),
        (["check"], 2, "Missing argument"),
        (["chekc"], 2, "there is no command `chekc`; did you mean `check`?"),
        (["check", "a.purchase.yaml", "--as-of", "soon"], 2, "--as-of"),
        (["check", "a.purchase.yaml", "--policies", "none"], 2, "PG100 error: there is no such folder"),
        (["check", "a.purchase.yaml", "--report", "json=none/x.json"], 2, "PG100 error: the file cannot be written"),
        (["check", "none.yaml"], 2, "PG100 error: there is no such file"),
        (["check", "policies"], 5, "PG100 error"),
    ],
)
@pytest.mark.usefixtures("run")
def test_every_way_out_has_its_exit_code_and_none_a_traceback(
    tmp_path: Path, arguments: list[str], code: int, says: str | None
) -> None:
    done = program(*arguments, cwd=tmp_path, text=PURCHASE)
    assert done.returncode == code, done.stderr
    assert says is None or says in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_help_lists_every_command_without_importing_any(tmp_path: Path) -> None:
    script = (
        "import sys; from procureguard.cli.main import main\n"
        "try: main(['--help'])\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    done = outside("-c", script, cwd=tmp_path)
    assert [name for name in COMMANDS if f"  {name} " not in done.stdout] == []
    assert [name for name in done.stderr.split() if name in {entry for entry, _ in COMMANDS.values()}] == []


def test_importing_the_library_imports_next_to_nothing(tmp_path: Path) -> None:
    script = "import sys, typing; before = set(sys.modules); import procureguard; print(*(set(sys.modules) - before))"
    loaded = set(outside("-c", script, cwd=tmp_path).stdout.split())
    assert loaded == {"procureguard", "procureguard.version"}


HEAVY = ("pydantic", "jsonschema", "requests", "asyncio", "hypothesis", "procureguard.vocabulary", "jinja2", "sqlite3")


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize(
    "command", [["check", "a.purchase.yaml", "--exit-zero"], ["validate", "."]], ids=lambda it: it[0]
)
def test_a_run_imports_only_what_it_needs(tmp_path: Path, command: list[str]) -> None:
    script = (
        "import json, sys; from procureguard.cli.main import main\n"
        f"try: main({command!r})\n"
        "finally: json.dump(sorted(sys.modules), open('modules.json', 'w'))"
    )
    outside("-c", script, cwd=tmp_path)
    loaded = set(json.loads((tmp_path / "modules.json").read_text("utf-8")))
    assert {"click", "yaml", "jsonschema_rs"} <= loaded
    assert [name for name in HEAVY if name in loaded] == []


@pytest.mark.usefixtures("run")
def test_our_own_fault_is_called_that_and_exits_with_three(tmp_path: Path) -> None:
    script = (
        "import procureguard.guard.guard as guard; from procureguard.cli.main import main\n"
        "def broken(*_): raise RuntimeError('boom')\n"
        "guard.gather = broken\n"
        "main(['check', 'a.purchase.yaml'])"
    )
    done = outside("-c", script, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("procureguard: this is our fault, not yours: RuntimeError: boom\n")


def test_a_full_disk_is_told_in_a_sentence() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("only Linux has a disk that is always full")
    for words in (["schema", "purchase"], ["schema"]):
        with full.open("wb") as output:
            done = subprocess.run(  # noqa: S603 - our own program
                [sys.executable, "-m", "procureguard", *words], stdout=output, stderr=subprocess.PIPE, check=False
            )
        assert (done.returncode, done.stderr.decode().splitlines()) == (
            2,
            ["standard output: PG100 error: nothing can be written: no space left on device", "  hint: make room"],
        )


def test_whoever_stops_it_while_it_begins_is_shown_no_traceback() -> None:
    program = (
        "import sys\n"
        "class Stopping:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'procureguard.cli.exits':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stopping())\n"
        "from procureguard.cli import main\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)  # noqa: S603 - our own program
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
