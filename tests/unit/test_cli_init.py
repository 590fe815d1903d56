import re
import shlex
import shutil
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
ROOT = Path(__file__).parents[2]
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
    done = run("init", typed=typed)
    assert (done.return_value, f"The limits are those of `{preset}`" in done.stdout) == (0, True)
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
    assert done.stdout.count("it is there already") == 2
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


def test_an_organisation_that_was_edited_is_left_alone_where_only_more_is_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "organisation.yaml").write_text("kind: organisation\nversion: 1\npreset: regulated\n", encoding="utf-8")
    done = run("init", "--schemas", "--ci", "github", typed="")
    assert (done.return_value, "organisation.yaml" in done.stdout, "[y/N]" in done.stderr) == (0, False, False)
    assert (tmp_path / ".github/workflows/procureguard.yml").is_file()


def test_packs_with_long_ids_keep_their_titles_apart(run: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    (tmp_path / "policies" / "privacy-eu").rename(tmp_path / "policies" / "privacy-in-europe")
    pack = tmp_path / "policies" / "privacy-in-europe" / "pack.yaml"
    pack.write_text(
        pack.read_text(encoding="utf-8").replace("id: privacy-eu", "id: privacy-in-europe"), encoding="utf-8"
    )
    run("init", "--packs", "privacy-in-europe,security")
    read = yaml.safe_load((tmp_path / "organisation.yaml").read_text(encoding="utf-8"))
    assert read["packs"] == ["privacy-in-europe", "security"]


def test_hooks_are_those_that_other_repositories_run(run: Run, tmp_path: Path) -> None:
    run("init", "--pre-commit")
    (written,) = yaml.safe_load((tmp_path / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    says_the_same = ("id", "entry", "files", "exclude", "types_or", "require_serial", "pass_filenames", "language")
    assert [[hook.get(name) for name in says_the_same] for hook in written["hooks"]] == [
        [hook.get(name) for name in says_the_same] for hook in offered
    ]
    assert [hook.get("args") for hook in written["hooks"]] == [None, ["--fail-on", "deny"], None, None]


def _bare(data: object) -> object:
    """What a pipeline does: without versions."""
    if isinstance(data, dict):
        return {name: _bare(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_bare(item) for item in data]
    return re.sub(r"(?<=.)(@[0-9a-f]{40}|@v\d+|==\S+)$", "", data) if isinstance(data, str) else data


@pytest.mark.parametrize(
    ("page", "name"), [("github.md", ".github/workflows/procureguard.yml"), ("gitlab.md", ".gitlab-ci.yml")]
)
def test_a_pipeline_does_what_that_of_its_page_does(run: Run, tmp_path: Path, page: str, name: str) -> None:
    run("init", "--ci", "github", "--ci", "gitlab")
    shown = re.search(r"```yaml\n(.*?)```", (ROOT / "docs/how-to" / page).read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    written = (tmp_path / name).read_text(encoding="utf-8")
    assert _bare(yaml.safe_load(written)) == _bare(yaml.safe_load(shown[1]))


def commands_in(text: str) -> Iterator[list[str]]:
    for found in re.finditer(r"(?:run:|-|entry:) (procureguard [^|\n]*)", text):
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
    ours = (
        "purchases/a.yaml",
        "a.purchase.json",
        "x/vendors/b.yml",
        "b.vendor.yaml",
        "inventory.yaml",
        "policies/c.yaml",
    )
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
