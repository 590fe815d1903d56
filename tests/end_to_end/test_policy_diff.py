"""A change of policies is reviewed as IT, marketing and a pull request would: in a repository, from files to words."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from click.testing import CliRunner, Result

from procureguard.cli.main import cli
from procureguard.cli.surroundings import guard_of
from procureguard.source.diagnostic import InvalidInput
from repository import committed
from written import Data, folder, policy

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas" / "policy-changes.v1.schema.json").read_text("utf-8"))
DAY = ("--as-of", "2026-11-21")
NOTICE: Data = policy(
    "notice",
    title="The contract can be stopped soon",
    effect="review",
    role="procurement",
    require="contract.notice_days <= params.days",
    params={"days": {"type": "int", "value": 60, "about": "longest notice we accept"}},
    message="We would have to write {contract.notice_days} days ahead.",
    remedy="Ask for {params.days} days.",
    examples=[
        {"name": "short", "given": {"contract": {"notice_days": 10}}, "expect": "pass"},
        {"name": "long", "given": {"contract": {"notice_days": 200}}, "expect": "fail"},
        {"name": "open", "given": {}, "expect": "unknown", "asks": ["contract.notice_days"]},
    ],
)
SMALL: Data = policy(
    "small",
    title="Few people need a login",
    require="request.users < 100",
    message="More than a hundred people log in.",
    remedy="Give logins to fewer.",
    examples=[
        {"name": "few", "given": {"request": {"users": 10}}, "expect": "pass"},
        {"name": "many", "given": {"request": {"users": 200}}, "expect": "fail"},
        {"name": "open", "given": {}, "expect": "unknown", "asks": ["request.users"]},
    ],
)
DEFINITIONS: Data = {
    "kind": "definitions",
    "version": 1,
    "definitions": [{"name": "many", "title": "many log in", "is": "request.users > 50"}],
}
PACK: Data = {"kind": "pack", "version": 1, "id": "money", "title": "Money", "domain": "cost", "release": "2026.11"}


def purchase(identity: str, days: int, users: int, **more: Any) -> Data:  # noqa: ANN401 - any fact
    request = {"id": identity, "type": "new", "users": users, "department": "events", "owner": "ana@example.com"}
    return {
        "kind": "purchase",
        "version": 1,
        "request": {**request, **more},
        "product": {"name": f"Tool {identity}"},
        "contract": {"notice_days": days},
    }


BEFORE: Data = {
    "policies/definitions.yaml": DEFINITIONS,
    "policies/money/pack.yaml": PACK,
    "policies/money/notice.yaml": NOTICE,
    "policies/people/small.yaml": SMALL,
    "purchases/a.yaml": purchase("A", 40, 5),
    "purchases/b.yaml": purchase("B", 10, 5),
    "purchases/c.yaml": purchase("C", 90, 200),
}
STRICT = {**NOTICE, "effect": "deny", "params": {"days": {**NOTICE["params"]["days"], "value": 30}}}


@pytest.fixture(name="house")
def _house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with policies and purchases, all committed to `main`."""
    house = folder(tmp_path / "house", BEFORE)
    committed(house)
    monkeypatch.chdir(house)
    monkeypatch.setenv("PROCUREGUARD_CACHE", "")
    guard_of.cache_clear()
    return house


def diff(*arguments: str) -> Result:
    done = CliRunner().invoke(cli, ["policy", "diff", *arguments], standalone_mode=False)
    if done.exception:
        raise done.exception
    return done


def report(*arguments: str) -> Data:
    found: Data = json.loads(diff(*arguments, "--format", "json").stdout)
    errors = [error.message for error in jsonschema_rs.validator_for(SCHEMA).iter_errors(found)]
    assert errors == []
    return found


@pytest.mark.usefixtures("house")
def test_what_did_not_change_is_said_in_one_line() -> None:
    done = diff("main")
    assert (done.return_value, done.stdout) == (0, "Nothing is different.\n\n  main:policies -> policies\n")
    done = diff("main", "--against", "purchases", *DAY)
    assert (done.return_value, done.stdout.splitlines()[0]) == (
        0,
        "Nothing is different; all 3 purchases keep their answers.",
    )


SHOWN = """\
1 policy is stricter; of 3 purchases 2 get another answer.

  main:policies -> policies, purchases as of 2026-11-21

Answers
  - Tool A (A): yes -> not as asked
    This concerns ana@example.com in events.
    * The contract can be stopped soon: does not hold, and is deny now instead
      of review. We would have to write 40 days ahead.
  - Tool C (C): people have to agree first -> not as asked
    This concerns ana@example.com in events.
    * The contract can be stopped soon: does not hold, and is deny now instead
      of review. We would have to write 90 days ahead.
  - 1 purchase keeps its answer.

Policies of money
  - notice is stricter: The contract can be stopped soon
    effect: review -> deny
    days: 60 -> 30 (longest notice we accept)
"""


def test_a_stricter_policy_reads_so_with_whom_it_concerns(house: Path) -> None:
    folder(house, {"policies/money/notice.yaml": STRICT})
    done = diff("main", "--against", "purchases", *DAY)
    assert (done.return_value, done.stderr) == (1, "")
    assert done.stdout == SHOWN
    assert diff("main", "--against", "purchases", "--exit-zero").return_value == 0
    assert diff("main").return_value == 1
    assert diff("main", "--against", "purchases/b.yaml").return_value == 0


def test_the_report_names_verdicts_causes_and_whom_to_tell(house: Path) -> None:
    folder(house, {"policies/money/notice.yaml": STRICT})
    found = report("main", "--against", "purchases", *DAY)
    turn = found["purchases"]["turned"][0]
    assert (turn["purchase"], turn["before"], turn["after"]) == ("A", "approve", "deny")
    assert (turn["department"], turn["owner"]) == ("events", "ana@example.com")
    assert turn["causes"] == [
        {
            "policy": "notice",
            "title": "The contract can be stopped soon",
            "effect_before": "review",
            "effect_after": "deny",
            "outcome_before": "pass",
            "outcome_after": "fail",
            "unconfirmed_before": False,
            "unconfirmed_after": False,
            "message": "We would have to write 40 days ahead.",
        }
    ]
    assert found["purchases"]["kept"] == 1
    assert [(policy["id"], policy["change"]) for policy in found["policies"]] == [("notice", "stricter")]
    assert diff("main", "--format", "json").stdout == diff("main", "--format", "json").stdout


def test_a_form_that_asks_otherwise_is_told_and_turns_no_answer(house: Path) -> None:
    form = {"kind": "form", "version": 1, "quick": 1, "questions": [{"ask": "Who?", "facts": ["request.users"]}]}
    folder(house, {"policies/form.yaml": form})
    committed(house)
    folder(house, {"policies/form.yaml": {**form, "quick": 0}})
    assert diff("main").return_value == 1
    assert diff("main", "--against", "purchases", *DAY).return_value == 0
    [part] = report("main")["form"]
    assert (part["id"], part["change"], part["changes"][0]["aspect"]) == ("form", "different", "quick")
    assert "### Form" in diff("main", "--format", "markdown").stdout


def test_reasons_that_change_without_the_answer_are_counted(house: Path) -> None:
    other = {**NOTICE, "id": "ending", "title": "Somebody can end it"}
    (house / "policies/money/notice.yaml").unlink()
    folder(house, {"policies/money/ending.yaml": other})
    found = report("main", "--against", "purchases/c.yaml", *DAY)["purchases"]
    assert (found["turned"], found["other_reasons"]) == ([], [{"purchase": "C", "name": "Tool C"}])


def test_a_renamed_policy_turns_nothing_and_is_no_other_reason(house: Path) -> None:
    (house / "policies/money/notice.yaml").unlink()
    folder(house, {"policies/money/ending.yaml": {**NOTICE, "id": "ending"}})
    done = diff("main", "--against", "purchases", *DAY)
    assert done.return_value == 0
    assert "1 policy has another name; all 3 purchases keep their answers." in done.stdout
    assert "ending was called notice" in done.stdout
    assert "other reasons" not in done.stdout


def test_a_policy_that_goes_or_comes_turns_answers_too(house: Path) -> None:
    (house / "policies/money/notice.yaml").unlink()
    fresh = {**SMALL, "id": "fresh", "title": "Hardly anybody logs in", "require": "request.users < 4"}
    folder(house, {"policies/people/fresh.yaml": {**fresh, "examples": [*SMALL["examples"][1:], FOUR]}})
    found = diff("main", "--against", "purchases", *DAY).stdout
    assert "Tool C (C): people have to agree first -> yes, with conditions" in found
    assert "* The contract can be stopped soon: is gone.\n" in found
    assert "* Hardly anybody logs in: is new (condition) and does not hold. More than a\n      hundred" in found


FOUR: Data = {"name": "three", "given": {"request": {"users": 3}}, "expect": "pass"}


def test_a_definition_can_turn_an_answer_without_any_policy_changing(house: Path) -> None:
    guarded = {**SMALL, "when": "many", "examples": [*SMALL["examples"], {**FOUR, "expect": "not_applicable"}]}
    guarded["examples"][0] = {"name": "some", "given": {"request": {"users": 90}}, "expect": "pass"}
    folder(house, {"policies/people/small.yaml": guarded})
    committed(house, "v1")
    entry = {**DEFINITIONS["definitions"][0], "is": "request.users > 500"}
    folder(house, {"policies/definitions.yaml": {**DEFINITIONS, "definitions": [entry]}})
    with pytest.raises(InvalidInput) as raised:
        diff("v1", "--against", "purchases", *DAY)
    assert {found.code for found in raised.value.diagnostics} == {"PG306"}
    done = diff("v1")
    assert done.stdout.startswith("1 definition changes.\n")
    assert "1 policy rests on it: small" in done.stdout


def test_what_the_organisation_changes_counts_where_the_policy_is(house: Path) -> None:
    changes = {"notice": {"params": {"days": 20}}, "small": {"effect": "review"}}
    folder(house, {"organisation.yaml": {"kind": "organisation", "version": 1, "policies": changes}})
    done = diff("main", "--against", "purchases", *DAY)
    assert (done.return_value, done.stderr) == (0, "")
    folder(house, {"policies/money/notice.yaml": STRICT})
    assert "days: 60 -> 30" in diff("main", "--against", "purchases", *DAY).stdout
    (house / "policies/money/notice.yaml").unlink()
    done = diff("main", "--against", "purchases", *DAY)
    assert (done.return_value, "The contract can be stopped soon: is gone." in done.stdout) == (1, True)
    assert re.search(r"PG308 warning: there will be no policy `notice` to change", done.stderr)
    back = diff("policies", "main", "--against", "purchases", *DAY)
    assert (back.return_value, back.stderr) == (1, "")
    changes["nobody"] = {"effect": "deny"}
    folder(house, {"organisation.yaml": {"kind": "organisation", "version": 1, "policies": changes}})
    with pytest.raises(InvalidInput) as raised:
        diff("main", "--against", "purchases", *DAY)
    assert [found.message for found in raised.value.diagnostics] == ["there is no policy `nobody` to change"]


def test_own_facts_may_be_asked_by_one_side_only(house: Path) -> None:
    own = {"type": "object", "properties": {"green": {"type": "boolean"}}}
    folder(house, {"organisation.yaml": {"kind": "organisation", "version": 1, "ext": own}})
    examples = [
        {"name": "it is", "given": {"ext": {"green": True}}, "expect": "pass"},
        {"name": "it is not", "given": {"ext": {"green": False}}, "expect": "fail"},
        {"name": "open", "given": {}, "expect": "unknown", "asks": ["ext.green"]},
    ]
    folder(house, {"policies/green.yaml": policy("green", effect="review", require="ext.green", examples=examples)})
    done = diff("main", "--against", "purchases", *DAY)
    assert "Tool B (B): yes -> answers are missing" in done.stdout
    assert "Policies of no pack\n  - green is new (review, IT)" in done.stdout


def test_files_that_are_wrong_are_told_and_the_others_are_still_checked(house: Path) -> None:
    folder(house, {"purchases/d.yaml": {**purchase("D", 1, 1), "request": {"tpye": "new"}}})
    done = diff("main", "--against", "purchases", "--exit-zero", *DAY)
    assert done.return_value == 1
    assert "did you mean `type`?" in done.stderr
    assert "all 3 purchases keep their answers" in done.stdout
    done = diff("main", "--against", "purchases", "--against", "purchases/z.yaml", *DAY)
    assert (done.return_value, "there is no such file" in done.stderr) == (2, True)
    assert diff("main", "--against", "policies").return_value == 5


def test_broken_policies_cannot_be_compared_and_are_named_on_both_sides(house: Path) -> None:
    folder(house, {"policies/people/small.yaml": {**SMALL, "require": "request.usres < 3"}})
    committed(house, "v1")
    folder(house, {"policies/money/notice.yaml": {**NOTICE, "effect": "never"}})
    with pytest.raises(InvalidInput) as raised:
        diff("v1")
    names = [found.name for found in raised.value.diagnostics]
    assert names == ["v1:policies/people/small.yaml", "policies/money/notice.yaml", "policies/people/small.yaml"]


@pytest.mark.usefixtures("house")
def test_policies_named_twice_are_wrong_usage() -> None:
    with pytest.raises(Exception, match="stands for NEW"):
        diff("main", "policies", "--policies", "shipped")
    assert diff("main", "--policies", "policies").stdout.startswith("Nothing is different.")


HOSTILE = "</details><script>x</script> | @all [x](http://x.example) `"


def test_a_comment_holds_text_only_and_keeps_its_length(house: Path) -> None:
    hostile = {**SMALL, "effect": "deny", "title": HOSTILE, "message": HOSTILE * 3, "why": HOSTILE * 4}
    rules: Data = {f"policies/many/p{place}.yaml": {**hostile, "id": f"p{place}"} for place in range(300)}
    folder(house, {**rules, "purchases/a.yaml": purchase("A|@all", 90, 500, owner="<b>@ana</b>")})
    found = diff("main", "--against", "purchases", "--format", "markdown", *DAY).stdout
    assert found.startswith("## 300 policies are new; of 3 purchases 2 get another answer\n")
    assert len(found) <= 65_000
    assert re.search(r"\d+ more of 300 are left out here", found)
    assert set(re.findall(r"<[^>]*>", found)) <= {
        "<details>", "</details>", "<summary>", "</summary>", "<code>", "</code>", "<br>"
    }  # fmt: skip
    assert found.count("<details>") == found.count("</details>") > 0
    assert "@all" not in found
    assert "](" not in found
    rows = [line for line in found.splitlines() if line.startswith("|")]
    assert [line.count("|") for line in rows] == [6] * 4
    assert "<br>and 290 more |" in rows[2]


def test_an_answer_turns_just_as_two_checks_say(tmp_path: Path) -> None:
    """Every register that a check looks at has a say, and nothing from the folder one stands in."""
    new = Path(shutil.copytree(ROOT / "policies", tmp_path / "new"))
    for name in ("cost/split-purchases", "renewal/change-of-owner", "duplication/owned-tool-first"):
        file = new / f"{name}.yaml"
        file.write_text(re.sub(r"(?m)^effect: \w+$", "effect: deny", file.read_text("utf-8")), encoding="utf-8")
    examples = sorted((ROOT / "examples").glob("*/*.purchase.yaml"))
    old, turned = ROOT / "policies", {}
    for path in examples:
        before, after = (json.loads(run_check(path, policies))["verdict"] for policies in (old, new))
        if before != after:
            turned[str(json.loads(run_check(path, old))["purchase"]["id"])] = (before, after)
    found = CliRunner().invoke(
        cli, ["policy", "diff", str(old), str(new), "--against", str(ROOT / "examples"), *DAY, "--format", "json"]
    )
    report = json.loads(found.stdout)
    told = {turn["purchase"]: (turn["before"], turn["after"]) for turn in report["purchases"]["turned"]}
    assert told == turned
    assert {"TW-1201", "TW-1204"} <= turned.keys()


def run_check(path: Path, policies: Path) -> str:
    arguments = ["check", str(path), "--policies", str(policies), *DAY, "--format", "json", "--exit-zero"]
    return CliRunner().invoke(cli, arguments).stdout
