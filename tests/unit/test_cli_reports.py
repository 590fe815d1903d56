import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click import UsageError
from click.testing import CliRunner, Result

from procureguard.cli.main import cli
from procureguard.cli.surroundings import guard_of
from procureguard.render.formats import format_names
from procureguard.source.diagnostic import InvalidInput
from written import OF_THEIR_OWN, folder, policy

Run = Callable[..., Result]
GOOD = {"kind": "purchase", "version": 1, "product": {"scim": True}}
BAD = {"kind": "purchase", "version": 1, "wibble": 1}


@pytest.fixture(name="run")
def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    folder(
        tmp_path, {"good.purchase.yaml": GOOD, "bad.purchase.yaml": BAD, **OF_THEIR_OWN, "policies/a.yaml": policy("a")}
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    guard_of.cache_clear()

    def run(*arguments: str) -> Result:
        done = CliRunner().invoke(cli, [*arguments], standalone_mode=False)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return run


@pytest.mark.parametrize("command", ["check", "validate"])
def test_what_is_wrong_with_a_file_is_told_by_formats_that_tell_it_and_beside_those_that_do_not(
    run: Run, command: str
) -> None:
    both = (command, "good.purchase.yaml", "bad.purchase.yaml")
    sarif = run(*both, "--format", "sarif")
    assert (sarif.return_value, sarif.stderr) == (1, "")
    results = json.loads(sarif.stdout)["runs"][0]["results"]
    assert [found["ruleId"] for found in results if found["ruleId"].startswith("PG")] == ["PG202"]
    text = run(*both)
    assert text.return_value == 1
    assert "bad.purchase.yaml:1:36: PG202 error: `wibble` is not known here" in text.stderr
    assert "PG202" not in text.stdout


def test_a_text_report_in_a_file_tells_everything(run: Run, tmp_path: Path) -> None:
    run("validate", "bad.purchase.yaml", "--report", "text=out.txt", "--report", "junit=out.xml", "--format", "json")
    lines = (tmp_path / "out.txt").read_text("utf-8").splitlines()
    assert lines[0].startswith("bad.purchase.yaml:1:36: PG202 error")
    assert lines[-1] == "1 file, 1 error, 0 warnings"
    assert 'failures="1"' in (tmp_path / "out.xml").read_text("utf-8")


def test_a_format_changes_no_exit_code(run: Run) -> None:
    codes = {run("check", "good.purchase.yaml", "bad.purchase.yaml", "--format", form).return_value
             for form in ("text", "concise", "github", "junit")}  # fmt: skip
    assert codes == {1}


def test_the_summary_of_a_job_is_added_to(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run("check", "good.purchase.yaml")
    assert not summary.exists()
    run("check", "good.purchase.yaml", "--format", "github")
    run("validate", "bad.purchase.yaml", "--format", "github")
    text = summary.read_text("utf-8")
    assert text.index("## ") < text.index("`wibble`".replace("`", "&#96;"))
    assert "<!--" not in text


def test_a_summary_that_cannot_be_written_is_said(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "nowhere" / "summary.md"))
    with pytest.raises(InvalidInput, match="cannot be written"):
        run("check", "good.purchase.yaml", "--format", "github")


@pytest.mark.parametrize("command", ["check", "validate"])
def test_where_there_is_no_file_programs_get_what_they_take_for_nothing_found(
    run: Run, tmp_path: Path, command: str
) -> None:
    (tmp_path / "empty").mkdir()
    done = run(command, "empty", "--format", "sarif", "--report", "gitlab=out.json", "--report", "junit=out.xml")
    assert done.return_value == 5
    assert json.loads(done.stdout)["runs"][0]["results"] == []
    assert json.loads((tmp_path / "out.json").read_text("utf-8")) == []
    assert 'tests="0"' in (tmp_path / "out.xml").read_text("utf-8")
    assert run(command, "empty").stdout == ""


def test_a_report_that_cannot_be_written_keeps_no_other_from_being_written(run: Run, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nowhere"):
        run("check", "good.purchase.yaml", "--report", "json=nowhere/out.json", "--report", "junit=out.xml")
    assert (tmp_path / "out.xml").is_file()


def test_a_report_takes_the_place_of_nothing_that_was_looked_at(run: Run, tmp_path: Path) -> None:
    before = (tmp_path / "good.purchase.yaml").read_bytes()
    with pytest.raises(InvalidInput, match="cannot take the place"):
        run("check", "good.purchase.yaml", "--report", "json=./good.purchase.yaml")
    assert (tmp_path / "good.purchase.yaml").read_bytes() == before


def test_two_reports_in_one_file_are_refused(run: Run) -> None:
    with pytest.raises(UsageError, match="named twice"):
        run("check", "good.purchase.yaml", "--report", "json=out", "--report", "sarif=out")


@pytest.mark.parametrize("form", format_names())
def test_a_name_that_is_no_text_is_shown_all_the_same(run: Run, tmp_path: Path, form: str) -> None:
    name = os.fsdecode(b"\xff\xe9.purchase.yaml")
    (tmp_path / name).write_bytes((tmp_path / "bad.purchase.yaml").read_bytes())
    for command in ("check", "validate"):
        assert run(command, name, "--format", form, "--report", f"{form}=out").return_value == 1
        (tmp_path / "out").read_text("utf-8")
