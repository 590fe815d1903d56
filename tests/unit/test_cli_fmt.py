import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from procureguard.cli.main import cli
from procureguard.guard import formatting
from procureguard.source.layout_yaml import laid_out_yaml

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
UGLY = "# ours\nkind:  purchase # a wish\nversion: 1\nproduct:\n    scim:   false   \n\n\n"
TIDY = "# ours\nkind: purchase # a wish\nversion: 1\nproduct:\n  scim: false\n"


@pytest.fixture(name="run")
def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, given: bytes | None = None) -> Result:
        done = CliRunner().invoke(cli, ["fmt", *arguments], standalone_mode=False, input=given)
        if done.exception:
            raise done.exception
        return done

    return run


def write(text: str, name: str = "a.purchase.yaml") -> Path:
    path = Path(name)
    path.write_bytes(text.encode())
    return path


def test_files_are_laid_out_once_and_then_left_alone(run: Run) -> None:
    path = write(UGLY)
    other = write("a:   1", "other.yaml")
    done = run(".")
    assert (done.return_value, done.stdout, done.stderr) == (0, "", "1 of 1 file formatted\n")
    assert path.read_text() == TIDY
    before = path.stat()
    assert run(".").stderr == "0 of 1 file formatted\n"
    assert path.stat() == before
    assert other.read_text() == "a:   1"


def test_check_lists_what_would_change_and_changes_nothing(run: Run) -> None:
    path = write(UGLY)
    write(TIDY, "b.purchase.yaml")
    done = run("--check", ".")
    assert (done.return_value, done.stdout) == (1, "a.purchase.yaml\n")
    assert done.stderr == "1 of 2 files would be formatted\n"
    assert path.read_text() == UGLY
    assert run("--check", "b.purchase.yaml").return_value == 0


def test_diff_shows_what_would_change_and_changes_nothing(run: Run) -> None:
    path = write(UGLY)
    done = run("--diff", "a.purchase.yaml")
    assert (done.return_value, path.read_text()) == (1, UGLY)
    assert "-    scim:   false   \n" in done.stdout
    assert "+  scim: false\n" in done.stdout


def test_standard_input_goes_to_standard_output(run: Run) -> None:
    assert run("-", given=UGLY.encode()).stdout == TIDY
    assert run("-", given=TIDY.encode()).stdout == TIDY
    assert run("-", given=b'{"a":1}').stdout == '{\n  "a": 1\n}\n'
    done = run("-", given=b"a: [")
    assert (done.return_value, done.stdout) == (1, "a: [")


def test_a_file_that_cannot_be_read_is_told_and_left_alone(run: Run) -> None:
    path, other = write("a: [1\n"), write("b:   1", "b.yaml")
    done = run("a.purchase.yaml", "b.yaml")
    assert done.return_value == 1
    assert "PG104" in done.stderr
    assert (path.read_text(), other.read_text()) == ("a: [1\n", "b: 1\n")
    gone = run("gone.yaml")
    assert (gone.return_value, "0 of 1 file formatted" in gone.stderr) == (2, True)
    Path("empty").mkdir()
    assert run("empty").return_value == 5


def test_a_file_that_cannot_be_written_is_not_counted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(UGLY)
    monkeypatch.setattr(os, "access", lambda *_: False)
    done = run("a.purchase.yaml")
    assert (done.return_value, path.read_text()) == (2, UGLY)
    assert "permission denied" in done.stderr
    assert done.stderr.endswith("0 of 1 file formatted\n")


def test_a_file_that_would_read_as_something_else_is_left_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(UGLY)
    for wrong in (lambda text: f"{text}b: 1\n", lambda text: text.replace("version: 1", "version:1"), lambda _: "["):
        monkeypatch.setattr(formatting, "laid_out_yaml", lambda text, wrong=wrong: wrong(laid_out_yaml(text)))
        done = run("a.purchase.yaml")
        assert (done.return_value, path.read_text()) == (0, UGLY)
        assert "PG116 warning: this file is left as it is" in done.stderr


def test_json_is_laid_out_with_two_blanks(run: Run) -> None:
    path = write('{"a":[1.50,{},[]], "b":{"c":"\\u00e9 x"}}', "a.json")
    assert run("a.json").return_value == 0
    assert path.read_text() == (
        '{\n  "a": [\n    1.50,\n    {},\n    []\n  ],\n  "b": {\n    "c": "\\u00e9 x"\n  }\n}\n'
    )


@pytest.mark.parametrize("text", [f"\ufeff{UGLY}", UGLY.replace("\n", "\r\n")])
def test_a_byte_order_mark_and_the_kind_of_line_break_stay(run: Run, text: str) -> None:
    path = write(text)
    run("a.purchase.yaml")
    line_break = "\r\n" if "\r" in text else "\n"
    assert path.read_bytes() == (text[: text.startswith("\ufeff")] + TIDY.replace("\n", line_break)).encode()


def test_all_that_is_shipped_is_in_the_house_form(run: Run) -> None:
    shipped = [*(ROOT / "schemas").glob("*.json"), *(ROOT / "examples").rglob("*.json")]
    done = run("--check", str(ROOT / "examples"), str(ROOT / "policies"), *map(str, shipped))
    assert (done.return_value, done.stdout) == (0, "")


def test_all_that_new_and_init_write_is_in_the_house_form(run: Run, tmp_path: Path) -> None:
    vendor = str(ROOT / "examples" / "vendors" / "askfern.vendor.yaml")
    for words in (
        ["new", "--no-input", "--set", "product.name=Formwise"],
        ["new", "full.purchase.yaml", "--no-input", "--from", vendor],
        ["init", "--pre-commit", "--ci", "github", "--ci", "gitlab", "--schemas", "--example"],
    ):
        CliRunner().invoke(cli, words, standalone_mode=False, catch_exceptions=False)
    # The pre-commit configuration has an anchor, which is no part of the YAML that procureguard reads.
    ours = (path for path in tmp_path.rglob("*") if path.name != ".pre-commit-config.yaml")
    written = [str(path) for path in ours if path.suffix in {".yaml", ".yml", ".json"}]
    assert len(written) > 5
    done = run("--check", *written)
    assert (done.return_value, done.stdout) == (0, ""), done.stderr
