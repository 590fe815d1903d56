import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from click import Abort
from click.testing import CliRunner, Result

from procureguard.cli import init as module
from procureguard.cli.main import COMMANDS, cli
from procureguard.cli.surroundings import guard_of
from procureguard.guard.editor import schema_files
from procureguard.source.diagnostic import InvalidInput
from procureguard.stack.organisation import preset_names

Run = Callable[..., Result]
EVERYTHING = ("--ci", "github", "--ci", "gitlab", "--pre-commit", "--schemas", "--example")


@pytest.fixture(name="run")
def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    guard_of.cache_clear()

    def run(*arguments: str, typed: str | None = None) -> Result:
        if typed is not None:
            monkeypatch.setattr(module, "can_ask", lambda: True)
        done = CliRunner().invoke(cli, list(arguments), input=typed, standalone_mode=False)
        if done.exception:
            raise done.exception
        return done

    return run


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("preset", preset_names())
def test_everything_written_is_valid_and_the_example_gets_its_yes(run: Run, tmp_path: Path, preset: str) -> None:
    assert run("init", "--preset", preset, *EVERYTHING).return_value == 0
    assert run("validate", ".").stdout == "3 files, nothing wrong\n"
    checked = run("check", ".")
    assert (checked.return_value, checked.stdout.splitlines()[0]) == (0, "Yes.")
    assert f"preset {preset}" in checked.stdout
    assert {path: (tmp_path / path).read_text(encoding="utf-8") for path, _ in schema_files()} == dict(schema_files())


def test_without_a_terminal_nothing_is_asked_and_the_default_preset_counts(run: Run, tmp_path: Path) -> None:
    assert run("init").return_value == 0
    assert set(content(tmp_path)) == {"organisation.yaml"}
    assert yaml.safe_load((tmp_path / "organisation.yaml").read_text(encoding="utf-8")) == {
        "kind": "organisation",
        "version": 1,
        "preset": "mid-us-eu",
        "organisation": {"currency": "USD"},
    }


@pytest.mark.parametrize(
    ("typed", "preset"),
    [("y\n", "regulated"), ("n\nmaybe\nyes\n", "mid-us-eu"), ("\n\n\n", "small-eu"), ("n\nn\ny\n", "mid-us-eu")],
)
def test_on_a_terminal_three_questions_choose_the_preset(run: Run, tmp_path: Path, typed: str, preset: str) -> None:
    assert run("init", typed=typed).return_value == 0
    assert yaml.safe_load((tmp_path / "organisation.yaml").read_text(encoding="utf-8"))["preset"] == preset


def test_an_end_of_the_input_writes_nothing(run: Run, tmp_path: Path) -> None:
    with pytest.raises(Abort):
        run("init", typed="n\n")
    assert content(tmp_path) == {}


NAMES = ("Acme: Outdoor # 1", 'the "best" \\ of', "no", "1.10", "Größe", "- a", "x\ny", "Off")


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_written_so_that_it_is_read_again(run: Run, tmp_path: Path, name: str) -> None:
    assert run("init", "--name", name, "--currency", "GBP").return_value == 0
    read = yaml.safe_load((tmp_path / "organisation.yaml").read_text(encoding="utf-8"))
    assert read["organisation"] == {"name": name, "currency": "GBP"}


def test_what_would_be_invalid_is_refused_before_anything_is_written(run: Run, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        run("init", "--schemas", "--name", "x" * 600)
    assert content(tmp_path) == {}


def test_packs_are_chosen_by_id(run: Run, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="there is no pack `securty`; did you mean `security`"):
        run("init", "--packs", "securty")
    assert run("init", "--packs", "security, privacy").return_value == 0
    read = yaml.safe_load((tmp_path / "organisation.yaml").read_text(encoding="utf-8"))
    assert read["packs"] == ["privacy", "security"]
    assert run("validate", "organisation.yaml").return_value == 0


def test_a_file_that_is_there_is_kept_and_what_is_missing_from_it_is_shown(run: Run, tmp_path: Path) -> None:
    for name in (".gitlab-ci.yml", ".pre-commit-config.yaml", "organisation.yaml"):
        (tmp_path / name).write_text("kept: true\n", encoding="utf-8")
    done = run("init", "--ci", "gitlab", "--pre-commit")
    assert done.return_value == 1
    assert set(content(tmp_path).values()) == {b"kept: true\n"}
    assert done.stdout.count("it is there already") == 3
    assert "      - id: procureguard-validate" in done.stdout
    assert "    procureguard:\n" in done.stdout
    assert "kind: organisation" not in done.stdout
    assert run("init", "--ci", "gitlab", "--pre-commit", "--force").return_value == 0
    assert b"kept: true\n" not in content(tmp_path).values()


def test_beginning_twice_changes_nothing_but_brings_schemas_up_to_date(run: Run, tmp_path: Path) -> None:
    run("init", *EVERYTHING)
    before = content(tmp_path)
    again = run("init", *EVERYTHING)
    assert (again.return_value, "wrote" in again.stdout, content(tmp_path)) == (0, False, before)
    (tmp_path / ".procureguard/schemas/purchase.schema.json").write_text("{}", encoding="utf-8")
    assert "wrote   .procureguard/schemas/purchase.schema.json" in run("init", "--schemas").stdout
    assert content(tmp_path) == before


def test_modelines_lead_to_the_schemas_that_are_kept(run: Run, tmp_path: Path) -> None:
    run("init", "shop", *EVERYTHING)
    for name in ("organisation.yaml", "purchases/example.yaml", "vendors/slidewren.yaml"):
        path = tmp_path / "shop" / name
        schema = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).is_file()


def commands_in(text: str) -> Iterator[list[str]]:
    for found in re.finditer(r"(?:run:|-|entry:) (procureguard .*)", text):
        yield shlex.split(found[1])[1:]


def test_gates_are_yaml_and_ask_for_what_the_command_line_has(run: Run, tmp_path: Path) -> None:
    run("init", *EVERYTHING)
    for name in (".github/workflows/procureguard.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert yaml.safe_load(text)
        asked = list(commands_in(text))
        assert asked
        for command, *arguments in asked:
            if command in COMMANDS:
                found = cli.get_command(cli.make_context("procureguard", ["--help"], resilient_parsing=True), command)
                assert found is not None
                found.make_context(command, [*arguments, "file"] if name.startswith(".pre") else arguments)


def test_hooks_are_such_that_pre_commit_takes_them(run: Run, tmp_path: Path) -> None:
    clientlib = pytest.importorskip("pre_commit.clientlib")
    run("init", "--pre-commit")
    clientlib.load_config(str(tmp_path / ".pre-commit-config.yaml"))


def test_hooks_look_at_our_files_and_at_no_others(run: Run, tmp_path: Path) -> None:
    run("init", "--pre-commit")
    text = (tmp_path / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    hooks = {hook["id"]: hook for hook in yaml.safe_load(text)["repos"][0]["hooks"]}
    ours = ("purchases/a.yaml", "a.purchase.json", "x/vendors/b.yml", "b.vendor.yaml", "inventory.yaml", "policies/c")
    for name in ours:
        assert re.search(hooks["procureguard-validate"]["files"], name), name
    for name in ("src/app.yaml", "purchase.yaml", "my-inventory.yaml", "mkdocs.yml"):
        assert not re.search(hooks["procureguard-validate"]["files"], name), name
    assert re.search(hooks["procureguard-check"]["files"], "purchases/a.yaml")
    assert not re.search(hooks["procureguard-check"]["files"], "vendors/a.yaml")


def test_an_end_at_any_moment_leaves_whole_files(run: Run, tmp_path: Path) -> None:
    run("init", *EVERYTHING)
    whole = content(tmp_path)
    for path in whole:
        (tmp_path / path).write_text("old\n", encoding="utf-8")
    command = [sys.executable, "-m", "procureguard", "init", *EVERYTHING, "--force"]
    for moment in range(8):
        begun = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE)  # noqa: S603 - our own program
        assert begun.stdout is not None
        for _ in range(2 * moment + 1):
            begun.stdout.readline()
        begun.kill()
        begun.communicate()
        found = {path: text for path, text in content(tmp_path).items() if path in whole}
        assert {path for path, text in found.items() if text not in {whole[path], b"old\n"}} == set()
        assert found.keys() == whole.keys()
    run("init", *EVERYTHING, "--force")
    assert {path: text for path, text in content(tmp_path).items() if path in whole} == whole
