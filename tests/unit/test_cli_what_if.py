"""`procureguard what-if`: options, exit codes, and the same answer as the library."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from procureguard import Guard, InvalidInput
from procureguard.changes.way import Searched, searches
from procureguard.cli.main import cli
from procureguard.cli.surroundings import guard_of
from written import OF_THEIR_OWN, folder, rule, told

Run = Callable[..., Result]
PURCHASE = """\
kind: purchase
version: 1
product: {name: Formwise, scim: false}  # as the vendor says
contract: {dpa: none}
"""


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Path:
    policies = [
        rule("agreement", "contract.dpa", "signed", "none", effect="deny"),
        rule("accounts", "product.scim", good=True, bad=False, effect="review"),
    ]
    files = {f"policies/{each['id']}.yaml": each for each in policies}
    return folder(tmp_path, {**OF_THEIR_OWN, **files, "a.purchase.yaml": PURCHASE})


@pytest.fixture(name="run")
def _run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(home)
    guard_of.cache_clear()

    def run(*arguments: str) -> Result:
        words = ["what-if", *arguments, "--as-of", "2026-11-21"]
        done = CliRunner().invoke(cli, words, standalone_mode=False)
        if done.exception:
            raise done.exception
        return done

    return run


def test_the_ways_are_shown_and_the_file_stays_as_it_is(run: Run, home: Path) -> None:
    done = run("a.purchase.yaml")
    assert done.return_value == 0
    assert done.stdout.startswith("Not as asked; with two changes: yes.\n")
    assert "Ways from here\n  1. Have the vendor " in done.stdout
    assert (home / "a.purchase.yaml").read_text("utf-8") == PURCHASE


def test_every_option_says_the_same_as_the_library(run: Run, home: Path) -> None:
    done = run("a.purchase.yaml", "--set", "product.scim=null", "--lock", "product.mfa", "--max-changes", "2",
               "--format", "json")  # fmt: skip
    guard = Guard.load(home / "policies")
    report = guard.what_if(
        home / "a.purchase.yaml", date(2026, 11, 21), {"product.scim": None}, locked=["product.mfa"], most_changes=2
    )
    assert json.loads(done.stdout) == report.to_dict()
    assert report.ways


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--lock", "contract.dpaa"), "there is no fact `contract.dpaa`"),
        (("--set", "contract.dpa=sgned"), "`sgned` is not a value of `contract.dpa`"),
        (("--set", "contract.dpa"), "this is no fact with a value"),
    ],
)
def test_what_cannot_be_asked_is_told_at_its_place(run: Run, options: tuple[str, str], message: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        run("a.purchase.yaml", *options)
    ((_, said, *_),) = told(raised.value.diagnostics)
    assert said == message
    assert raised.value.diagnostics[0].name == options[0]


def test_only_a_purchase_can_be_asked_about(run: Run, home: Path) -> None:
    folder(
        home, {"v.vendor.yaml": "kind: vendor\nversion: 1\nid: v\n", "b.purchase.yaml": "kind: purchase\nwibble: 1\n"}
    )
    for name in ("v.vendor.yaml", "b.purchase.yaml", "gone.yaml"):
        with pytest.raises(InvalidInput):
            run(name)


@pytest.mark.parametrize(("file", "code"), [("a.purchase.yaml", 0), ("gone.yaml", 2), ("b.purchase.yaml", 2)])
def test_the_exit_code_tells_usable_from_not_whatever_the_answer(home: Path, file: str, code: int) -> None:
    folder(home, {"b.purchase.yaml": "kind: purchase\nversion: 1\nwibble: 1\n"})
    environment = {**os.environ, "PYTHONUTF8": "1", "PROCUREGUARD_CACHE": ""}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "procureguard", "what-if", file],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, bool(done.stdout), bool(done.stderr)) == (code, code == 0, code != 0)
    assert "Traceback" not in done.stderr


def test_what_was_found_before_ctrl_c_is_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*asked: Any) -> Iterator[Searched]:  # noqa: ANN401 - whatever the search takes
        searched = searches(*asked)
        yield next(found for found in searched if found.found.choices)
        raise KeyboardInterrupt

    monkeypatch.setattr("procureguard.guard.what_if.searches", stopped)
    plain, proof = run("a.purchase.yaml"), run("a.purchase.yaml", "--prove")
    assert [done.return_value for done in (plain, proof)] == [130, 130]
    assert all("Ways from here\n  1. Have the vendor " in done.stdout for done in (plain, proof))
    assert "Not proved: it was stopped by you." in proof.stdout
    assert json.loads(run("a.purchase.yaml", "--format", "json").stdout)["complete"] is False


def test_a_setting_counts_against_a_document_that_says_otherwise(run: Run, home: Path) -> None:
    sold = {"id": "formwise", "products": [{"id": "formwise", "facts": {"product": {"scim": False}}}]}
    folder(home, {"vendors/formwise.yaml": {"kind": "vendor", "version": 1, "source": "vendor", **sold}})
    named = PURCHASE.replace("{name: Formwise, scim: false}", "{vendor: formwise, id: formwise}")
    (home / "a.purchase.yaml").write_text(named, encoding="utf-8")
    found = json.loads(run("a.purchase.yaml", "--set", "product.scim=true", "--format", "json").stdout)
    assert [flip["policy"] for flip in found["turned"]] == ["accounts"]


def test_standard_input_is_a_purchase_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    guard_of.cache_clear()
    done = CliRunner().invoke(cli, ["what-if", "-", "--as-of", "2026-11-21"], input=PURCHASE, standalone_mode=False)
    assert done.return_value == 0
    assert "Ways from here\n  1. Have the vendor " in done.stdout
