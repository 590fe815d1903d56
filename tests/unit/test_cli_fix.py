import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from procureguard.cli import output
from procureguard.cli.main import cli
from procureguard.source.diagnostic import InvalidInput

Run = Callable[..., Result]
WRONG = "# ours\nkind: purchase\nversion: '1' # one\nproduct: {scim: no, sso_on_plan: maybe}\n"
MENDED = "# ours\nkind: purchase\nversion: 1 # one\nproduct: {scim: false, sso_on_plan: maybe}\n"
ALL_MENDED = MENDED.replace("maybe", "true")


@pytest.fixture(name="run")
def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()

    def run(*arguments: str, given: str | None = None) -> Result:
        done = runner.invoke(cli, list(arguments), standalone_mode=False, input=given)
        if done.exception:
            raise done.exception
        return done

    return run


def write(text: str, name: str = "a.purchase.yaml") -> Path:
    path = Path(name)
    path.write_bytes(text.encode())
    return path


def test_what_can_be_mended_is_marked_and_counted(run: Run) -> None:
    write(WRONG)
    done = run("validate", "a.purchase.yaml")
    assert done.stdout == "1 file, 3 errors, 0 warnings; 2 can be mended with --fix\n"
    heads = [line for line in done.stderr.splitlines() if line.startswith("a.purchase")]
    assert [line.endswith(" [fixable]") for line in heads] == [True, True, False]


def test_what_is_plain_is_mended_and_the_rest_is_shown(run: Run) -> None:
    path = write(WRONG)
    done = run("validate", "--fix", ".")
    assert (done.return_value, path.read_text()) == (1, MENDED)
    assert done.stdout == "1 file, 1 error, 0 warnings\n"
    assert done.stderr.startswith("fixed 2 of 3 mistakes in 1 file\n")
    assert "`product.sso_on_plan` must be true or false" in done.stderr
    again = run("validate", "--fix", ".")
    assert (again.return_value, again.stdout) == (1, "1 file, 1 error, 0 warnings\n")


def test_standard_output_is_for_the_format_alone(run: Run) -> None:
    write(WRONG)
    assert json.loads(run("validate", "--fix", "--format", "json", ".").stdout)["files"] is not None


@pytest.mark.parametrize("others", [("--fix",), ("--format", "json"), ("--report", "json=a.json")])
def test_a_difference_is_shown_alone(run: Run, others: tuple[str, ...]) -> None:
    path = write(WRONG)
    with pytest.raises(click.UsageError, match="--diff"):
        run("validate", "--diff", *others, ".")
    assert (path.read_text(), Path("a.json").exists()) == (WRONG, False)


@pytest.mark.parametrize("command", ["fmt", "validate"])
def test_a_difference_commands_neither_a_pipeline_nor_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    text = "kind: purchase\nproduct:\n  name: |\n    a\tb\u202ec\n    ::error::x\nversion:   '1'\n"
    write(text, "\x1b[31m::a.purchase.yaml")
    shown = run(command, "--diff", ".").stdout
    assert "a\tb\\u202ec" in shown
    assert [steering for steering in ("\u202e", "\x1b", "::error") if steering in shown] == []
    listed = run("fmt", "--check", ".").stdout
    assert ("\x1b" in listed, "a.purchase.yaml" in listed) == (False, True)


def test_nothing_left_to_mend_is_fine(run: Run) -> None:
    path = write(WRONG.replace("maybe", "yes"))
    assert run("validate", "--fix", "a.purchase.yaml").return_value == 0
    assert path.read_text() == ALL_MENDED
    assert run("validate", "a.purchase.yaml").stdout == "1 file, nothing wrong\n"


def test_the_difference_is_shown_and_nothing_changed(run: Run) -> None:
    path = write(WRONG)
    before = path.stat()
    done = run("validate", "--diff", "a.purchase.yaml")
    assert done.return_value == 1
    assert path.stat() == before
    assert done.stdout == (
        "--- a.purchase.yaml\n+++ a.purchase.yaml\n@@ -1,4 +1,4 @@\n # ours\n kind: purchase\n"
        "-version: '1' # one\n-product: {scim: no, sso_on_plan: maybe}\n"
        "+version: 1 # one\n+product: {scim: false, sso_on_plan: maybe}\n"
    )
    assert "would fix 2 of 3 mistakes in 1 file\n" in done.stderr
    write(ALL_MENDED)
    assert (run("validate", "--diff", ".").return_value, run("validate", "--diff", ".").stdout) == (0, "")


@pytest.mark.parametrize("text", [WRONG, WRONG.rstrip("\n"), WRONG.replace("\n", "\r\n"), f"\ufeff{WRONG}"])
def test_line_breaks_byte_order_mark_and_the_last_line_stay_as_they_are(run: Run, text: str) -> None:
    path = write(text)
    run("validate", "--fix", "a.purchase.yaml")
    wanted = text.replace("'1'", "1").replace("scim: no", "scim: false")
    assert path.read_bytes() == wanted.encode()


def test_permissions_stay_and_a_link_still_leads_to_its_file(run: Run) -> None:
    Path("real").mkdir()
    target = write(WRONG, "real/b.purchase.yaml")
    target.chmod(0o640)
    link = Path("a.purchase.yaml")
    link.symlink_to(target)
    run("validate", "--fix", "a.purchase.yaml", "real/b.purchase.yaml")
    assert link.is_symlink()
    assert target.read_text() == MENDED
    assert target.stat().st_mode & 0o777 == 0o640


def test_files_of_several_kinds_are_mended_together_and_others_are_not_touched(run: Run) -> None:
    capabilities = "capabilities: {surveyss: full}"
    tool = f"{{id: hazelpoll, status: Active, {capabilities}, seats: '4'}}"
    inventory = write(f"kind: inventory\nversion: 1\nas_of: 01.11.2026\ntools: [{tool}]\n", "inventory.yaml")
    organisation = write("kind: organization\nversion: 1\n", "organisation.yaml")
    other = write("kind: purchse\nversion: 1\n", "other.yaml")
    done = run("validate", "--fix", ".")
    assert done.return_value == 0
    tool = "{id: hazelpoll, status: active, capabilities: {surveys: full}, seats: 4}"
    assert inventory.read_text() == f"kind: inventory\nversion: 1\nas_of: 2026-11-01\ntools: [{tool}]\n"
    assert organisation.read_text() == "kind: organisation\nversion: 1\n"
    assert other.read_text() == "kind: purchse\nversion: 1\n"


def test_json_stays_json(run: Run) -> None:
    text = '{"kind": "purchase", "version": "1", "product": {"scim": True, "sso_on_plann": "no",}}'
    path = write(text, "a.purchase.json")
    assert run("validate", "--fix", "a.purchase.json").return_value == 0
    assert path.read_text() == '{"kind": "purchase", "version": 1, "product": {"scim": true, "sso_on_plan": false}}'


def test_a_file_that_stays_unreadable_is_left_alone(run: Run) -> None:
    text = '{"kind": True, "version": 1,, }'
    path = write(text, "a.json")
    assert run("validate", "--fix", "a.json").return_value == 1
    assert path.read_text() == text


def test_standard_input_is_checked_and_shown_mended_but_not_written(run: Run) -> None:
    done = run("validate", "-", given=WRONG)
    assert (done.return_value, done.stdout) == (1, "1 file, 3 errors, 0 warnings; 2 can be mended with --fix\n")
    assert run("validate", "--diff", "-", given=WRONG).stdout.startswith("--- <stdin>\n+++ <stdin>\n")
    with pytest.raises(click.UsageError, match="standard input"):
        run("validate", "--fix", "-", given=WRONG)


def test_a_file_that_cannot_be_written_is_named_and_counts(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(WRONG)
    monkeypatch.setattr(os, "access", lambda *_: False)
    done = run("validate", "--fix", "a.purchase.yaml")
    assert done.return_value == 2
    assert "the file cannot be written: permission denied" in done.stderr
    assert done.stdout == "1 file, 4 errors, 0 warnings; 2 can be mended with --fix\n"
    assert path.read_text() == WRONG


def test_a_file_that_somebody_else_changes_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"theirs")
    with pytest.raises(InvalidInput, match="has changed"):
        output.rewrite_whole(path, b"old", b"new")
    assert path.read_bytes() == b"theirs"
    output.rewrite_whole(path, b"theirs", b"new")
    assert [path.read_bytes()] == [found.read_bytes() for found in tmp_path.iterdir()]


def test_mending_needs_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "a.purchase.yaml").write_text(WRONG)
    program = (
        "import sys\nfrom procureguard.cli.main import main\n"
        "try:\n    main(['validate', '--fix', 'a.purchase.yaml'])\n"
        "finally:\n    print(*{'pydantic', 'jsonschema', 'requests', 'jinja2'} & set(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr.splitlines()[-1] == ""
