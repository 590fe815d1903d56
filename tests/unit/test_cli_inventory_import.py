import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from procureguard.cli.main import cli, main

ROOT = Path(__file__).parents[2]
DAY = ("--as-of", "2026-11-21")


@pytest.fixture(name="folder")
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The examples, as the working folder."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path / "examples")
    return tmp_path / "examples"


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["inventory", "import", *arguments, *DAY], input=stdin, standalone_mode=False)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def leaves(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["inventory", "import", *arguments, *DAY])
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.mark.parametrize("name", ["sign-on", "subscriptions", "card-payments"])
def test_without_a_place_to_write_nothing_is_written(folder: Path, name: str) -> None:
    before = files(folder)
    done = run(f"imports/{name}.csv")
    assert done.return_value == 1
    assert "This was a dry run" in done.stdout
    assert files(folder) == before


def test_new_tools_go_into_the_inventory_and_rejected_rows_beside_it(folder: Path) -> None:
    before = files(folder)
    done = run("imports/card-payments.csv", "--into", "inventory.yaml")
    assert done.return_value == 1
    after = files(folder)
    assert {name for name in after if after[name] != before.get(name)} == {
        "inventory.yaml",
        "inventory.yaml.rejected.csv",
    }
    assert after["inventory.yaml"].startswith(before["inventory.yaml"].rstrip(b"\n"))
    assert b"Hotel Seerose" in after["inventory.yaml.rejected.csv"]
    again = run("imports/card-payments.csv", "--into", "inventory.yaml")
    assert "New tools" not in again.stdout
    assert "in inventory.yaml.rejected-2.csv, with the reasons" in again.stderr + again.stdout
    run("imports/sign-on.csv", "--into", "inventory.yaml")
    later = files(folder)
    assert later["inventory.yaml.rejected.csv"] == after["inventory.yaml.rejected.csv"]
    assert later["inventory.yaml.rejected-2.csv"] == after["inventory.yaml.rejected.csv"]
    assert b"the person is not stated" in later["inventory.yaml.rejected-3.csv"]


def test_a_byte_order_mark_stays(folder: Path) -> None:
    path = folder / "inventory.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    run("imports/card-payments.csv", "--into", "inventory.yaml")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf# yaml")


def test_a_file_of_its_own_holds_what_is_new_and_rejected_rows_go_where_asked(folder: Path) -> None:
    done = run("imports/subscriptions.csv", "--output", "found.yaml", "--rejected", "left.csv", "--format", "json")
    assert done.return_value == 1
    data = json.loads(done.stdout)
    assert data["rows"] == {"read": 6, "in": 5, "rejected": 1}
    assert [tool["id"] for tool in data["new"]] == ["hazelpoll", "pfadwiesel", "askfern-umfragen"]
    assert [tool["id"] for tool in data["known"]] == ["tidewhistle"]
    assert data["new"][0]["facts"]["annual_cost"] == 264.48
    text = (folder / "found.yaml").read_text("utf-8")
    assert text.startswith("# Imported from imports/subscriptions.csv, exported on 2026-11-21.\n")
    assert "there is no exchange rate from CHF to USD" in (folder / "left.csv").read_text("utf-8")
    assert done.stderr.splitlines() == ["", "3 new in found.yaml", "1 rejected in left.csv, with the reasons"]


@pytest.mark.usefixtures("folder")
def test_rows_that_all_go_in_exit_with_zero_also_from_standard_input() -> None:
    done = run("-", "--profile", "saas-list", stdin=b'[{"name": "Quillfinch", "licences": 1.0}]')
    assert done.return_value == 0
    assert "Quillfinch (quillfinch), 1 row: seats 1" in done.stdout


@pytest.mark.usefixtures("folder")
def test_days_and_numbers_are_read_as_somebody_says() -> None:
    export = b"Name;Annual cost;Renewal date\nQuillfinch;1.234;02/11/2026\n"
    done = run("-", "--dates", "day-first", "--decimal-mark", "comma", stdin=export)
    assert "annual_cost 1234, renews_on 2026-11-02" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("imports/none.csv",), 2, "PG100 error: there is no such file"),
        (("imports",), 2, "PG100 error: this is a folder"),
        (("broken.json",), 1, "PG105 error: a comma or a closing bracket is missing"),
        (("imports/sign-on.csv", "--profile", "okta"), 2, "PG243 error: there is no mapping profile of this name"),
        (("imports/sign-on.csv", "--profile", "organisation.yaml"), 2, "PG225 error: this file is of kind"),
        (("imports/sign-on.csv", "--into", "none.yaml"), 2, "PG100 error: there is no such file"),
        (
            ("imports/sign-on.csv", "--into", "brackets.yaml"),
            2,
            "PG242 error: the list of tools is written in brackets",
        ),
        (("imports/sign-on.csv", "--output", "none/x.yaml"), 2, "PG100 error: the file cannot be written"),
        (("imports/sign-on.csv", "--output", "inventory.yaml"), 2, "there is such a file already"),
        (("imports/sign-on.csv", "--output", "a.yaml", "--into", "inventory.yaml"), 2, "name one of them"),
        (("imports/sign-on.csv", "--rejected", "a.csv"), 2, "add `--into` or `--output`"),
        (
            ("imports/sign-on.csv", "--into", "inventory.yaml", "--rejected", "./imports/sign-on.csv"),
            2,
            "`--rejected imports/sign-on.csv` is the same file as the export: name another one",
        ),
        (
            ("imports/sign-on.csv", "--into", "inventory.yaml", "--rejected", "inventory.yaml"),
            2,
            "same file as `--into`",
        ),
        (
            ("imports/sign-on.csv", "--output", "a.yaml", "--rejected", "imports/../a.yaml"),
            2,
            "same file as `--output`",
        ),
        (("imports/sign-on.csv", "--output", "a.yaml", "--rejected", "broken.json"), 2, "there is such a file already"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    folder: Path, arguments: tuple[str, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "broken.json").write_text('[{"a": 1} {"b": 2}]', encoding="utf-8")
    (folder / "brackets.yaml").write_text(
        "kind: inventory\nversion: 1\ntools: [{id: a, status: active, capabilities: {}}]\n", encoding="utf-8"
    )
    before = files(folder)
    assert leaves(*arguments) == code
    assert said in capsys.readouterr().err
    assert files(folder) == before


@pytest.mark.usefixtures("folder")
def test_what_an_export_says_cannot_steer_a_terminal() -> None:
    done = run("-", "--profile", "saas-list", stdin="Name,\x1b[2J\nA\x1b[31m,\u202e\n".encode())
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_a_blank_status_gets_the_default_and_a_name_without_letters_is_no_tool() -> None:
    done = run("-", "--profile", "saas-list", stdin=b"Name,Status\nQuillfinch,active\nFotofalke,\n---,active\n")
    assert done.stdout.startswith("2 rows in, 1 rejected, of 3 in -.")
    assert "row 4: the name has neither a letter nor a digit" in done.stdout
