"""Law 14 through the front door: whatever is wrong, the command line says where, and leaves with the right code."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
MINIATURES = ROOT / "tests" / "miniatures"
GOOD = (MINIATURES / "purchases" / "instant.yaml").read_text(encoding="utf-8")
FINE, FOUND, UNUSABLE, NO_FILE = 0, 1, 2, 5
HEADLINE = re.compile(
    r"^(?P<name>[^\n]+?)(:(?P<line>\d+):(?P<column>\d+))?: (?P<code>PG\d{3}) (error|warning): ", re.MULTILINE
)


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    def codes(self) -> list[str]:
        return [found["code"] for found in HEADLINE.finditer(self.err)]

    def places(self) -> list[tuple[str, str | None]]:
        return [(found["name"], found["line"]) for found in HEADLINE.finditer(self.err)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder with a good purchase and nothing around it."""
    (tmp_path / "good.purchase.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str, text: bytes = b"") -> Ran:
    """The command line in a folder; whatever happens, nobody is shown a traceback."""
    environment = {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "procureguard", *arguments],
        cwd=folder,
        env=environment,
        input=text,
        capture_output=True,
        check=False,
        timeout=60,
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ran.err + ran.out
    assert "our fault" not in ran.err
    assert not HEADLINE.search(ran.out)
    return ran


def check(folder: Path, *arguments: str, text: bytes = b"") -> Ran:
    return run(folder, "check", *arguments, "--as-of", "2026-11-21", text=text)


def assert_refused(ran: Ran, exit_code: int, code: str, *, placed: bool = True) -> None:
    """Diagnostics on standard error and nothing on standard output."""
    assert ran.code == exit_code, ran
    assert ran.out == ""
    assert code in ran.codes(), ran.err
    assert all((line is not None) == placed for _, line in ran.places()), ran.err


def test_a_good_file_passes(folder: Path) -> None:
    ran = check(folder, "good.purchase.yaml", "--format", "json", "--exit-zero")
    assert (ran.code, ran.err) == (FINE, "")
    assert json.loads(ran.out)["version"] == 1


# --- the purchase ---

BOMB = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

BROKEN = {
    "empty": (b"", "PG103"),
    "only blanks": (b"  \n\n", "PG103"),
    "not UTF-8": (b"kind: purchase\nversion: 1\nrequest: {owner: \xe9ric}\n", "PG101"),
    "UTF-16": ("kind: purchase\n".encode("utf-16"), "PG101"),
    "ten megabytes": (b"# " + b"a" * 10_000_000, "PG102"),
    "sixty thousand brackets": (b"a: " + b"[" * 60_000 + b"]" * 60_000, "PG112"),
    "an alias bomb": (BOMB.encode(), "PG109"),
    "a bracket left open": (b"kind: purchase\nversion: 1\nrequest: {type: new\n", "PG104"),
    "another kind of file": (b"kind: inventory\nversion: 1\ntools: []\n", "PG225"),
    "a slip in a key": (b"kind: purchase\nversion: 1\nrequest: {tpye: new}\n", "PG202"),
    "a slip in a value": (b"kind: purchase\nversion: 1\nrequest: {type: nwe}\n", "PG204"),
    "a capability nobody has": (b"kind: purchase\nversion: 1\nrequest: {capabilities: [surveyz]}\n", "PG220"),
    "half a cent of a cent": (b"kind: purchase\nversion: 1\ncontract: {amount: 0.00001}\n", "PG221"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_purchase_is_refused_at_its_place(what: str, folder: Path) -> None:
    content, code = BROKEN[what]
    (folder / "broken.purchase.yaml").write_bytes(content)
    ran = check(folder, "broken.purchase.yaml")
    assert_refused(ran, FOUND, code)
    assert {name for name, _ in ran.places()} == {"broken.purchase.yaml"}


def test_all_of_them_are_named_in_one_validation(folder: Path) -> None:
    for what, (content, _) in BROKEN.items():
        (folder / f"{what}.purchase.yaml").write_bytes(content)
    ran = run(folder, "validate", ".")
    assert ran.code == FOUND
    # What is well formed, but of another kind than its name says, is no mistake here.
    wrong = {f"{what}.purchase.yaml" for what in BROKEN if what != "another kind of file"}
    assert {name for name, _ in ran.places()} == wrong


@pytest.mark.parametrize("what", ["empty", "not UTF-8", "a bracket left open", "a slip in a key"])
def test_standard_input_is_refused_in_the_same_way(what: str, folder: Path) -> None:
    content, code = BROKEN[what]
    ran = check(folder, "-", text=content)
    assert_refused(ran, FOUND, code)
    assert {name for name, _ in ran.places()} == {"-"}


def test_a_broken_file_does_not_keep_a_good_one_from_being_checked(folder: Path) -> None:
    (folder / "broken.purchase.yaml").write_bytes(b"kind: purchase\nversion: 1\nrequest: {tpye: new}\n")
    ran = check(folder, ".", "--format", "json", "--exit-zero")
    assert ran.code == FOUND
    assert [report["purchase"]["name"] for report in json.loads(ran.out)] == ["Icondrop"]
    assert {name for name, _ in ran.places()} == {"broken.purchase.yaml"}


def test_a_file_that_is_not_there(folder: Path) -> None:
    ran = check(folder, "god.purchase.yaml")
    assert_refused(ran, UNUSABLE, "PG100", placed=False)
    assert "did you mean `good.purchase.yaml`?" in ran.err


def test_a_folder_without_purchases(folder: Path) -> None:
    (folder / "nothing").mkdir()
    assert_refused(check(folder, "nothing"), NO_FILE, "PG100", placed=False)
    assert run(folder, "validate", "nothing").code == NO_FILE


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the administrator reads every file")
def test_a_file_that_may_not_be_read(folder: Path) -> None:
    (folder / "good.purchase.yaml").chmod(0)
    assert_refused(check(folder, "good.purchase.yaml"), UNUSABLE, "PG100", placed=False)


# --- policies ---


def policy(identity: str, **changes: object) -> str:
    """A policy that is right but for the changes."""
    data = {
        "id": identity,
        "title": "It holds",
        "effect": "review",
        "role": "it",
        "require": "!ai.used",
        "message": "No.",
        "why": "Because.",
        "remedy": "So.",
        "examples": [
            {"name": "without", "given": {"ai": {"used": False}}, "expect": "pass"},
            {"name": "with", "given": {"ai": {"used": True}}, "expect": "fail"},
            {"name": "not said", "given": {}, "expect": "unknown", "asks": ["ai.used"]},
        ],
        **changes,
    }
    return json.dumps(data, indent=1)


def definitions(**expressions: str) -> str:
    entries = [{"name": name, "title": name, "is": text} for name, text in expressions.items()]
    return json.dumps({"kind": "definitions", "version": 1, "definitions": entries}, indent=1)


POLICIES = {
    "does not parse": ({"one.yaml": policy("one", require="ai.used and ai.disclosed")}, "PG301"),
    "wrong type": ({"one.yaml": policy("one", require="ai.used > 3")}, "PG302"),
    "no such fact": ({"one.yaml": policy("one", require="ai.usd")}, "PG302"),
    "the same id twice": ({"a/one.yaml": policy("one"), "b/one.yaml": policy("one")}, "PG303"),
    "definitions in a circle": (
        {"one.yaml": policy("one"), "definitions.yaml": definitions(a="b", b="!a")},
        "PG304",
    ),
    "an example that comes out otherwise": ({"one.yaml": policy("one", require="ai.used")}, "PG306"),
    "a name that is not the id": ({"two.yaml": policy("one")}, "PG307"),
    "a purchase among them": ({"one.yaml": policy("one"), "p.yaml": GOOD}, "PG225"),
    "no YAML": ({"one.yaml": "id: [one"}, "PG104"),
}


@pytest.mark.parametrize("what", POLICIES)
@pytest.mark.parametrize("command", [["check", "good.purchase.yaml"], ["policy", "test"]])
def test_broken_policies_stop_every_command_that_needs_them(what: str, command: Sequence[str], folder: Path) -> None:
    files, code = POLICIES[what]
    for name, text in files.items():
        path = folder / "policies" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    ran = run(folder, *command)
    assert_refused(ran, UNUSABLE, code)
    assert all(name.startswith("policies/") for name, _ in ran.places())


@pytest.mark.parametrize(
    "files", [{}, {"definitions.yaml": definitions(a="ai.used")}], ids=["empty", "definitions-only"]
)
def test_a_folder_without_a_policy_approves_nothing(files: dict[str, str], folder: Path) -> None:
    (folder / "policies").mkdir()
    for name, text in files.items():
        (folder / "policies" / name).write_text(text, encoding="utf-8")
    assert_refused(check(folder, "good.purchase.yaml"), UNUSABLE, "PG100", placed=False)


# --- the stack ---

ORGANISATIONS = {
    "no such preset": ("preset: mid-us\n", "PG226"),
    "no such policy": ("policies: {single-sign-off: {effect: deny}}\n", "PG308"),
    "no such parameter": ("policies: {single-sign-on: {params: {users: 3}}}\n", "PG309"),
    "a parameter of another type": ("policies: {single-sign-on: {params: {exempt_users: many}}}\n", "PG309"),
    "no such effect": ("policies: {single-sign-on: {effect: forbid}}\n", "PG204"),
    "own facts that are no schema": ("ext: {type: 5}\n", "PG224"),
}


@pytest.mark.parametrize("what", ORGANISATIONS)
def test_a_broken_organisation(what: str, folder: Path) -> None:
    text, code = ORGANISATIONS[what]
    (folder / "organisation.yaml").write_text(f"kind: organisation\nversion: 1\n{text}", encoding="utf-8")
    assert_refused(check(folder, "good.purchase.yaml"), UNUSABLE, code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tools: 5\n", "PG201"),
        ("kind: inventory\nversion: 1\ntools: [{id: a, status: active}]\n", "PG201"),
        ("kind: inventory\nversion: 1\ntools: [{id: a, status: active, capabilities: {surveyz: full}}]\n", "PG220"),
        ("", "PG103"),
    ],
)
def test_a_broken_inventory(text: str, code: str, folder: Path) -> None:
    (folder / "inventory.yaml").write_text(text, encoding="utf-8")
    assert_refused(check(folder, "good.purchase.yaml"), UNUSABLE, code)


def test_a_vendor_described_twice(folder: Path) -> None:
    (folder / "vendors").mkdir()
    for name in ("one", "two"):
        (folder / "vendors" / f"{name}.yaml").write_text("kind: vendor\nversion: 1\nid: icondrop\n", encoding="utf-8")
    assert_refused(check(folder, "good.purchase.yaml"), UNUSABLE, "PG223")


@pytest.mark.parametrize("option", ["--inventory", "--organisation", "--policies", "--vendors"])
def test_a_file_named_in_an_option_that_is_not_there(option: str, folder: Path) -> None:
    assert_refused(check(folder, "good.purchase.yaml", option, "nowhere.yaml"), UNUSABLE, "PG100", placed=False)


# --- the command line itself ---


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["chek", "good.purchase.yaml"],
        ["check", "good.purchase.yaml", "--nonsense"],
        ["check", "good.purchase.yaml", "--as-of", "yesterday"],
        ["check", "good.purchase.yaml", "--as-of", "2026-02-30"],
        ["check", "good.purchase.yaml", "--format", "pdf"],
        ["check", "good.purchase.yaml", "--report", "out.json"],
        ["check", "good.purchase.yaml", "--report", "pdf=out.pdf"],
        ["check", "good.purchase.yaml", "--fail-on", "maybe"],
        ["explain", "nothing-of-this-name"],
    ],
    ids=" ".join,
)
def test_wrong_usage_says_so(arguments: list[str], folder: Path) -> None:
    before = sorted(folder.iterdir())
    ran = run(folder, *arguments)
    assert (ran.code, ran.out) == (UNUSABLE, "")
    assert ran.err.strip()
    assert sorted(folder.iterdir()) == before


def test_a_report_into_a_folder_that_is_not_there(folder: Path) -> None:
    ran = check(folder, "good.purchase.yaml", "--format", "json", "--report", "json=nowhere/report.json")
    assert ran.code == UNUSABLE
    assert ran.codes() == ["PG100"]
    assert not (folder / "nowhere").exists()
    assert [path.name for path in folder.iterdir()] == ["good.purchase.yaml"]


def test_a_report_that_cannot_be_written_leaves_the_old_one(folder: Path) -> None:
    (folder / "report.json").mkdir()
    ran = check(folder, "good.purchase.yaml", "--report", "json=report.json", "--exit-zero")
    assert ran.code == UNUSABLE
    assert ran.codes() == ["PG100"]
    assert sorted(path.name for path in folder.iterdir()) == ["good.purchase.yaml", "report.json"]
