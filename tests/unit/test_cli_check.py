import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click import UsageError
from click.testing import CliRunner, Result

from procureguard.cli import reports
from procureguard.cli.main import cli
from procureguard.cli.surroundings import guard_of
from written import OF_THEIR_OWN, Data, Json, folder, policy, tool

Run = Callable[..., Result]
SEPARATOR = f"\n{'-' * 80}\n"


def purchase(**sections: Json) -> Data:
    return {"kind": "purchase", "version": 1, **sections}


def on(effect: str, fact: str) -> Data:
    section, name = fact.split(".")
    examples = [
        {"name": "a", "given": {section: {name: True}}, "expect": "pass"},
        {"name": "b", "given": {section: {name: False}}, "expect": "fail"},
        {"name": "c", "given": {}, "expect": "unknown", "asks": [fact]},
    ]
    return policy(effect, effect=effect, require=fact, examples=examples)


YES = {"product": {"scim": True}, "web": {"loads_on_site": True}, "ai": {"used": True}}
VERDICTS = {
    "approve": YES,
    "approve_with_conditions": {**YES, "product": {"scim": False}},
    "needs_info": {**YES, "ai": {}},
    "needs_review": {**YES, "web": {"loads_on_site": False}},
    "deny": {**YES, "ai": {"used": False}},
}
ORDER = tuple(VERDICTS)


@pytest.fixture(name="run")
def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in a folder with one purchase for each verdict, policies and an inventory."""
    files: dict[str, Any] = {f"purchases/{verdict}.yaml": purchase(**data) for verdict, data in VERDICTS.items()}
    policies = [on("condition", "product.scim"), on("review", "web.loads_on_site"), on("deny", "ai.used")]
    files |= OF_THEIR_OWN | {f"policies/{data['id']}.yaml": data for data in policies}
    files["bad.purchase.yaml"] = purchase(wibble=1)
    folder(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    guard_of.cache_clear()
    runner = CliRunner()

    def run(*arguments: str, text: str | None = None) -> Result:
        done = runner.invoke(cli, ["check", *arguments], standalone_mode=False, input=text)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return run


@pytest.mark.parametrize("fail_on", [*ORDER[1:], "never", None])
@pytest.mark.parametrize("verdict", ORDER)
def test_a_verdict_at_or_above_the_one_named_exits_with_one(run: Run, verdict: str, fail_on: str | None) -> None:
    options = ["--fail-on", fail_on] if fail_on else []
    done = run(f"purchases/{verdict}.yaml", *options)
    threshold = {"never": 9, None: 2}.get(fail_on, ORDER.index(fail_on) if fail_on in ORDER else 9)
    assert done.return_value == int(ORDER.index(verdict) >= threshold)
    assert run(f"purchases/{verdict}.yaml", *options, "--exit-zero").return_value == 0


@pytest.mark.parametrize(("verdict", "code"), list(zip(ORDER, (0, 10, 11, 12, 13), strict=True)))
def test_the_exit_code_can_be_the_verdict_itself(run: Run, verdict: str, code: int) -> None:
    name = f"purchases/{verdict}.yaml"
    assert run(name, "--exit-code", "verdict").return_value == code
    assert run(name, "purchases/approve.yaml", "--exit-code", "verdict").return_value == code
    assert run(name, "--exit-code", "verdict", "--exit-zero").return_value == 0


def test_a_wrong_file_is_shown_and_counted_and_the_others_are_still_answered(run: Run) -> None:
    done = run("bad.purchase.yaml", "purchases/approve.yaml", "--format", "json")
    assert done.return_value == 1
    assert [report["verdict"] for report in json.loads(done.stdout)] == ["approve"]
    assert done.stderr.startswith("bad.purchase.yaml:1:")
    assert "PG202 error" in done.stderr
    for options in (["--exit-zero"], ["--exit-code", "verdict"], []):
        assert run("bad.purchase.yaml", *options).return_value == 1
        assert run("none.yaml", "bad.purchase.yaml", *options).return_value == 2


def test_the_shape_of_json_depends_on_what_was_asked_not_on_what_is_valid(run: Run) -> None:
    one = json.loads(run("purchases/approve.yaml", "--format", "json").stdout)
    assert (one["verdict"], one["purchase"]["id"]) == ("approve", "purchase")
    many = json.loads(run("purchases", "--format", "json").stdout)
    assert [report["verdict"] for report in many] == sorted(ORDER)
    assert json.loads(run("bad.purchase.yaml", "--format", "json").stdout) == []


def test_folders_files_and_standard_input_may_be_mixed_and_each_is_answered_once(run: Run) -> None:
    text = json.dumps(purchase(**VERDICTS["deny"]))
    done = run("purchases", "purchases/approve.yaml", "-", "--as-of", "2026-11-21", text=text)
    parts = done.stdout.split(SEPARATOR)
    names = [f"purchases/{verdict}.yaml" for verdict in sorted(ORDER)]
    assert [
        name for part, name in zip(parts, [*names, "-"], strict=True) if f"  {name}, as of 2026-11-21" not in part
    ] == []
    assert "kind: purchase" not in run("-", text="kind: purchase\nversion: 1\n").stderr


def test_nothing_to_check_exits_with_five(run: Run) -> None:
    done = run("policies")
    assert (done.return_value, done.stdout) == (5, "")
    assert "PG100 error: no purchase or vendor manifest was found here" in done.stderr


def test_reports_are_written_beside_standard_output_each_in_its_format(run: Run, tmp_path: Path) -> None:
    done = run("purchases/deny.yaml", "--report", "json=out.json", "--report", "text=out.txt")
    assert (tmp_path / "out.txt").read_text("utf-8") == done.stdout
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["verdict"] == "deny"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("option", ["json", "json=", "=x", "xml=out.xml"])
def test_a_report_option_that_says_too_little_is_refused_before_anything_is_written(
    run: Run, tmp_path: Path, option: str
) -> None:
    with pytest.raises(UsageError, match="write FORMAT=PATH with one of the formats"):
        run("purchases/deny.yaml", "--report", "json=out.json", "--report", option)
    assert not (tmp_path / "out.json").exists()


def test_what_stands_around_a_purchase_is_found_by_name_nearest_first(run: Run, tmp_path: Path) -> None:
    surveys = {"request": {"capabilities": ["surveys"], "must": [], "users": 1}, "data": {"categories": ["behaviour"]}}
    owned = {"kind": "inventory", "version": 1}
    full = {"surveys": "full"}
    folder(
        tmp_path,
        {
            "inventory.yaml": {**owned, "tools": [tool("far", name="Far", capabilities=full)]},
            "near/inventory.yaml": {**owned, "tools": [tool("near", name="Near", capabilities=full)]},
            "near/deep/x.purchase.yaml": purchase(**YES, **surveys),
            "x.purchase.yaml": purchase(**YES, **surveys),
            "other.yaml": {**owned, "tools": []},
        },
    )
    assert "Near: does all you need" in run("near/deep/x.purchase.yaml").stdout
    assert "Far: does all you need" in run("x.purchase.yaml").stdout
    assert "does all you need" not in run("x.purchase.yaml", "--inventory", "other.yaml").stdout


def test_policies_may_be_named_and_the_shipped_ones_stand_in_where_there_are_none(run: Run, tmp_path: Path) -> None:
    folder(tmp_path / "own", {"advise.yaml": on("advise", "ai.used")})
    counted = json.loads(run("purchases/deny.yaml", "--policies", "own", "--format", "json").stdout)
    assert [finding["policy"] for finding in counted["findings"]] == ["advise"]
    many = json.loads(run("purchases/deny.yaml", "--policies", "shipped", "--format", "json").stdout)
    assert sum(len(many[part]) for part in ("findings", "passed", "not_applicable", "not_checked")) > 40
    both = json.loads(
        run("purchases/deny.yaml", "--policies", "own", "--policies", "policies", "--format", "json").stdout
    )
    assert {finding["policy"] for finding in both["findings"]} == {"advise", "deny"}


@pytest.mark.parametrize("coloured", [True, False])
def test_text_is_coloured_where_the_output_wants_it_and_json_never_is(
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    coloured: bool,  # noqa: FBT001 - what the output wants
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(reports, "show", shown.append)
    monkeypatch.setattr(reports, "wants_colour", lambda: coloured)
    run("purchases/deny.yaml", "--report", "text=out.txt")
    run("purchases/deny.yaml", "--format", "json")
    assert ["\x1b[" in text for text in [*shown, Path("out.txt").read_text("utf-8")]] == [coloured, False, False]
