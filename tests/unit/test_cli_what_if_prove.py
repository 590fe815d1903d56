"""`what-if --prove`: whatever becomes of the proof, the ways on are shown, and one line says how it ended."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from procureguard.cli.main import cli
from procureguard.guard import proving
from procureguard.solver import prove as prove_module
from procureguard.solver.search import HOW_TO_INSTALL
from procureguard.solver.wish import Question

ROOT = Path(__file__).parents[2]
OWNED = str(ROOT / "examples" / "owned-already" / "surveys.purchase.yaml")
YES = str(ROOT / "examples" / "instant-yes" / "subtitles.purchase.yaml")
AS_OF = ("--as-of", "2026-11-21")
SLOW = """
import sys
from procureguard.solver.wish import Question
from procureguard.cli.main import main
from threading import Event
def unending(*_):
    print("proving", file=sys.stderr, flush=True)
    Event().wait(600)
Question.proof = unending
main(sys.argv[1:])
"""
PATIENT_SECONDS = 60


def asked(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["what-if", *arguments, *AS_OF], standalone_mode=False)


def report(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(asked(*arguments, "--format", "json").stdout)
    return found


@pytest.fixture(name="plain")
def _plain() -> dict[str, Any]:
    return report(OWNED)


def test_a_proof_changes_nothing_where_the_search_was_right(plain: dict[str, Any]) -> None:
    pytest.importorskip("z3")
    proved = report(OWNED, "--prove")
    assert proved["proof"]["outcome"] == "smallest"
    assert proved["proof"]["reason"] is None
    assert {**proved, "proof": None} == plain
    told = asked(OWNED, "--prove")
    assert "A solver has looked at every combination of the changes we know of: nothing smaller does it." in " ".join(
        told.stdout.split()
    )
    assert told.return_value == 0


def test_what_only_the_solver_finds_stands_first_and_counts_as_proved(
    plain: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("z3")
    monkeypatch.setattr("procureguard.guard.what_if.LOOKS", 3)
    cut_short = report(OWNED)
    assert not cut_short["complete"]
    assert cut_short["ways"] != plain["ways"]
    proved = report(OWNED, "--prove")
    assert proved["proof"]["outcome"] == "smaller_found"
    assert proved["complete"]
    assert sorted(proved["ways"], key=str) == sorted(plain["ways"], key=str)
    assert "A solver has found something smaller, which stands first." in asked(OWNED, "--prove").stdout


def test_a_yes_needs_no_proof() -> None:
    pytest.importorskip("z3")
    assert report(YES, "--prove")["proof"] is None
    assert "Proof" not in asked(YES, "--prove").stdout


def test_time_that_runs_out_is_told(plain: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("z3")
    for milliseconds in (0, 30):
        monkeypatch.setattr(proving, "MOST_MILLISECONDS", milliseconds)
        found = report(OWNED, "--prove")
        assert found["proof"]["outcome"] == "not_proved"
        assert found["proof"]["reason"] == prove_module.TIME
        assert found["ways"] == plain["ways"]
    assert "Not proved: the time was too short." in asked(OWNED, "--prove").stdout


def test_a_solver_that_misses_something_proves_nothing(plain: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("z3")

    def nothing_holds(asked: Question, _: object) -> Iterator[int]:
        yield asked.encoding.diagrams.any_of(())

    monkeypatch.setattr(Question, "limits", nothing_holds)
    found = report(OWNED, "--prove")
    assert (found["proof"]["outcome"], found["proof"]["reason"]) == ("not_proved", prove_module.AT_ODDS)
    assert found["ways"] == plain["ways"]


def test_without_z3_the_ways_are_shown_and_one_line_says_how_to_get_it(
    plain: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    found = asked(OWNED, "--prove", "--format", "json")
    assert found.return_value == 2
    assert found.stderr == f"{HOW_TO_INSTALL}\n"
    missing = {"outcome": "not_proved", "reason": "z3 is not installed", "checked_by_evaluation": []}
    assert json.loads(found.stdout) == {**plain, "proof": missing}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal to send to a process alone")
def test_ctrl_c_ends_the_proof_and_not_the_report(plain: dict[str, Any]) -> None:
    pytest.importorskip("z3")
    command = [sys.executable, "-c", SLOW, "what-if", OWNED, "--prove", "--format", "json", *AS_OF]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ}
    ) as running:
        assert running.stderr is not None
        assert running.stderr.readline() == "proving\n"
        running.send_signal(signal.SIGINT)
        shown, trouble = running.communicate(timeout=PATIENT_SECONDS)
    assert (running.returncode, trouble) == (130, "")
    stopped = {"outcome": "not_proved", "reason": "it was stopped by you", "checked_by_evaluation": []}
    assert json.loads(shown) == {**plain, "proof": stopped}
