import json
import os
import shutil
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from procureguard.cli.main import cli
from procureguard.cli.surroundings import guard_of
from procureguard.guard.cache import LOCATION
from procureguard.version import __version__
from written import folder

Run = Callable[..., Result]
EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = ("--as-of", "2026-11-21")


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    shutil.copytree(EXAMPLES / "vendors", home / "vendors")
    for name in ("inventory.yaml", "organisation.yaml", "decisions.yaml"):
        shutil.copy(EXAMPLES / name, home)
    return home


@pytest.fixture(name="run")
def _run(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(home)
    guard_of.cache_clear()
    monkeypatch.setenv(LOCATION, str(tmp_path / "cache"))

    def run(*arguments: str) -> Result:
        done = CliRunner().invoke(cli, ["doctor", *arguments], standalone_mode=False)
        if done.exception:
            raise done.exception
        return done

    return run


def rows(done: Result) -> dict[str, dict[str, Any]]:
    parts = json.loads(done.stdout)["parts"]
    return {row["title"]: row for part in parts for row in part["rows"]}


def looks(done: Result) -> set[str]:
    return {title for title, row in rows(done).items() if row["hint"]}


def test_a_sound_place_needs_no_look(run: Run) -> None:
    done = run(*DAY)
    assert done.return_value == 0
    assert done.stdout.startswith(f"procureguard {__version__}: all is well.\n")
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    found = rows(run(*DAY, "--format", "json"))
    assert found["preset"]["value"] == "mid-us-eu"
    assert found["inventory"]["value"] == "inventory.yaml, 49 tools, of 2026-11-01, 20 days old"
    assert found["decisions"]["value"] == "decisions.yaml"
    assert found["requests"]["value"] == "none found"
    assert found["from"]["value"] == "shipped"
    assert found["security"]["value"].endswith("to be reviewed by 2027-04-30")


def test_what_is_old_by_a_day_needs_a_look(run: Run) -> None:
    before, after = (looks(run("--as-of", day, "--format", "json")) for day in ("2026-12-15", "2026-12-16"))
    assert after - before == {"vendors under sanctions"}
    late = run("--as-of", "2027-05-01", "--format", "json")
    assert looks(late) >= {"exchange rates", "inventory", "security"}
    assert late.return_value == 1
    assert json.loads(late.stdout)["well"] is False


def test_facts_of_vendors_that_are_too_old_are_counted_by_manifest(run: Run, home: Path) -> None:
    shutil.rmtree(home / "vendors")
    old = {
        "kind": "vendor", "version": 1, "id": "slidewren", "as_of": "2026-01-01",
        "products": [{"id": "slidewren", "facts": {"product": {"scim": False}}}],
    }  # fmt: skip
    folder(home, {"vendors/slidewren.yaml": old})
    found = rows(run("--as-of", "2026-06-30", "--format", "json"))["vendors"]
    assert found == {"title": "vendors", "value": "1 manifest", "hint": None}
    found = rows(run("--as-of", "2026-07-01", "--format", "json"))["vendors"]
    assert found["hint"] == "ask again: slidewren"


def test_packs_that_are_not_chosen_are_named_and_never_late(run: Run, home: Path) -> None:
    folder(
        home, {"organisation.yaml": {"kind": "organisation", "version": 1, "packs": ["security"], "organisation": {}}}
    )
    done = run("--as-of", "2027-05-01", "--format", "json")
    assert "privacy-eu" in rows(done)["not in use"]["value"]
    assert looks(done) == {"security", "inventory", "vendors"}


def test_files_that_are_not_valid_are_told_and_the_rest_is_shown(run: Run, home: Path) -> None:
    (home / "organisation.yaml").write_text("kind: organisation\nversion: 1\nprest: x\n", encoding="utf-8")
    done = run(*DAY, "--format", "json")
    assert (done.return_value, looks(done)) == (1, {"state"})
    assert "organisation.yaml:3:1: PG2" in done.stderr
    assert rows(done)["organisation"]["value"] == "organisation.yaml"


def test_policies_that_are_not_pulled_are_told_how_to_pull(run: Run, home: Path) -> None:
    digest = "0" * 64
    text = f"kind: organisation\nversion: 1\npolicies: https://policies.example/a.tar.gz#sha256={digest}\n"
    (home / "elsewhere.yaml").write_text(text, encoding="utf-8")
    done = run(*DAY, "--format", "json", "--organisation", "elsewhere.yaml")
    assert looks(done) == {"state"}
    assert rows(done)["state"]["hint"] == "run `procureguard policy pull`"


def test_entries_of_the_cache_that_vanish_meanwhile_are_not_counted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "walk", lambda _: [(str(tmp_path), [], ["gone"])])
    assert "0 entries" in rows(run(*DAY, "--format", "json"))["cache"]["value"]


def test_a_cache_that_cannot_be_written_needs_a_look(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    done = run(*DAY, "--format", "json")
    assert (looks(done), "cannot be written" in rows(done)["cache"]["value"]) == ({"cache"}, True)


def test_a_cache_that_cannot_be_used_needs_a_look(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache").chmod(0o777)
    assert "others can write to it" in rows(done := run(*DAY, "--format", "json"))["cache"]["value"]
    assert looks(done) == {"cache"}
    (tmp_path / "cache").chmod(0o700)
    run(*DAY)
    assert " MB in " in rows(run(*DAY, "--format", "json"))["cache"]["value"]
    monkeypatch.setenv(LOCATION, "")
    assert rows(run(*DAY, "--format", "json"))["cache"]["value"].startswith("none")


def test_a_missing_dependency_needs_a_look_and_a_missing_extra_does_not(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata, "requires", lambda _: ["click>=8", "gone>=1", 'solver>=1; extra == "solver"'])
    found = rows(run(*DAY, "--format", "json"))
    assert found["click"]["value"] == metadata.version("click")
    assert found["gone"] == {"title": "gone", "value": "not installed", "hint": "python -m pip install 'gone>=1'"}
    assert found["solver (extra solver)"]["hint"] is None


def test_schemas_of_another_version_need_a_look(run: Run, home: Path) -> None:
    CliRunner().invoke(cli, ["init", "--schemas"], standalone_mode=False)
    assert rows(run(*DAY, "--format", "json"))["schemas"]["value"].endswith("those of this version")
    (home / ".procureguard/schemas/vendor.schema.json").write_text("{}", encoding="utf-8")
    assert looks(run(*DAY, "--format", "json")) == {"schemas"}
