"""`procureguard check` with vendor manifests: which files are answered how, and what counts for the exit code."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click import UsageError
from click.testing import CliRunner, Result

from procureguard.cli.main import cli
from procureguard.cli.surroundings import guard_of
from written import OF_THEIR_OWN, Data, Json, folder, policy

Run = Callable[..., Result]


def on(effect: str, fact: str) -> Data:
    section, name = fact.split(".")
    examples = [
        {"name": "a", "given": {section: {name: True}}, "expect": "pass"},
        {"name": "b", "given": {section: {name: False}}, "expect": "fail"},
        {"name": "c", "given": {}, "expect": "unknown", "asks": [fact]},
    ]
    return policy(effect, effect=effect, require=fact, examples=examples)


def vendor(identity: str, **plans: Json) -> Data:
    told = [{"id": name, "facts": facts} for name, facts in plans.items()]
    return {"kind": "vendor", "version": 1, "id": identity, "products": [{"id": identity, "plans": told}]}


FINE = {"product": {"scim": True, "end_announced": True}, "data": {"vendor_reuses": True}}
BESTS = {
    "approve": FINE,
    "approve_with_conditions": {**FINE, "product": {"scim": False, "end_announced": True}},
    "needs_review": {**FINE, "data": {"vendor_reuses": False}},
    "deny": {**FINE, "product": {"scim": True, "end_announced": False}},
    "unknown": {},
}
CODES = {"approve": 0, "approve_with_conditions": 10, "needs_review": 12, "deny": 13, "unknown": 0}


@pytest.fixture(name="run")
def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in a folder with one manifest for each certain verdict, a purchase, and policies."""
    names = {best: best.replace("_", "-") for best in BESTS}
    files: dict[str, Any] = {f"vendors/{best}.yaml": vendor(names[best], one=facts) for best, facts in BESTS.items()}
    policies = [
        on("condition", "product.scim"),
        on("review", "data.vendor_reuses"),
        on("deny", "product.end_announced"),
    ]
    files |= OF_THEIR_OWN | {f"policies/{data['id']}.yaml": data for data in policies}
    files["purchases/a.yaml"] = {"kind": "purchase", "version": 1, "product": {"vendor": "approve", "id": "approve"}}
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


def reports(done: Result) -> list[Data]:
    found = json.loads(done.stdout)
    return found if isinstance(found, list) else [found]


@pytest.mark.parametrize("fail_on", ["approve_with_conditions", "needs_info", "needs_review", "deny", "never", None])
@pytest.mark.parametrize("best", BESTS)
def test_a_plan_counts_by_what_is_certain_of_it(run: Run, best: str, fail_on: str | None) -> None:
    least = {"approve_with_conditions": 10, "needs_info": 11, None: 11, "needs_review": 12, "deny": 13, "never": 99}
    options = ["--fail-on", fail_on] if fail_on else []
    assert run(f"vendors/{best}.yaml", *options).return_value == int(CODES[best] >= least[fail_on])
    assert run(f"vendors/{best}.yaml", *options, "--exit-zero").return_value == 0
    assert run(f"vendors/{best}.yaml", "--exit-code", "verdict").return_value == CODES[best]


def test_the_least_welcome_plan_counts(run: Run, tmp_path: Path) -> None:
    data = vendor("two", small=FINE, large=BESTS["deny"])
    folder(tmp_path, {"vendors/two.yaml": data})
    assert run("vendors/two.yaml", "--exit-code", "verdict").return_value == 13


def test_a_folder_of_purchases_gives_purchases_and_one_of_manifests_gives_manifests(run: Run) -> None:
    assert [report["purchase"]["id"] for report in reports(run(".", "--format", "json"))] == ["purchase"]
    found = reports(run("vendors", "--format", "json"))
    assert [report["kind"] for report in found] == ["vendor-report"] * len(BESTS)
    assert [report["vendor"]["id"] for report in found] == [best.replace("_", "-") for best in sorted(BESTS)]
    assert reports(run("vendors/deny.yaml", "--format", "json"))[0]["vendor"]["id"] == "deny"


def test_a_folder_without_purchases_gives_the_manifests_in_it_by_name(run: Run, tmp_path: Path) -> None:
    folder(tmp_path, {"known/here/other.vendor.yaml": vendor("other"), "known/notes.yaml": {}})
    assert [report["vendor"]["id"] for report in reports(run("known", "--format", "json"))] == ["other"]


def test_purchases_and_manifests_come_out_in_the_order_they_were_named(run: Run) -> None:
    names = ["vendors/deny.yaml", "purchases/a.yaml", "vendors/approve.yaml"]
    found = reports(run(*names, "--format", "json"))
    assert [report.get("vendor", {}).get("id") for report in found] == ["deny", None, "approve"]
    shown = run(*names, "--as-of", "2026-11-21").stdout.split(f"\n{'-' * 80}\n")
    assert all(f"  {name}, as of 2026-11-21" in text for name, text in zip(names, shown, strict=True))


def test_a_manifest_may_come_from_standard_input(run: Run) -> None:
    (found,) = reports(run("-", "--format", "json", text=json.dumps(vendor("new", one=BESTS["deny"]))))
    assert (found["vendor"]["id"], found["plans"][0]["best"]) == ("new", "deny")


def test_reports_of_manifests_are_written_to_files_too_always_the_same(run: Run, tmp_path: Path) -> None:
    done = run("vendors", "--report", "json=one.json", "--report", "text=out.txt", "--as-of", "2026-11-21")
    run("vendors", "--report", "json=two.json", "--as-of", "2026-11-21")
    assert (tmp_path / "out.txt").read_text("utf-8") == done.stdout
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


@pytest.mark.parametrize("wrong", ["kind: vendor\nversion: 1\n", "kind: vendor\nversion: 1\nid: [\n", "unknown-word"])
def test_a_wrong_manifest_is_shown_and_counted_and_the_others_are_still_answered(
    run: Run, tmp_path: Path, wrong: str
) -> None:
    bad = {**vendor("bad"), "products": [{"id": "bad", "capabilities": {"no-such-thing": "full"}}]}
    (tmp_path / "vendors" / "bad.yaml").write_text(json.dumps(bad) if wrong == "unknown-word" else wrong)
    done = run("vendors", "--fail-on", "never", "--format", "json")
    assert done.return_value == 1
    assert [report["vendor"]["id"] for report in reports(done)] == [best.replace("_", "-") for best in sorted(BESTS)]
    assert done.stderr.startswith("vendors/bad.yaml:")


def test_two_manifests_of_one_vendor_are_not_told_apart_by_luck(run: Run, tmp_path: Path) -> None:
    folder(tmp_path, {"vendors/zz.yaml": vendor("approve", one={})})
    done = run("vendors/approve.yaml", "vendors/zz.yaml", "--format", "json")
    assert done.return_value == 1
    assert len(reports(done)) == 1
    assert "the vendor `approve` is described twice, first in vendors/approve.yaml" in done.stderr


def test_a_manifest_checked_alone_is_checked_beside_its_neighbours(run: Run, tmp_path: Path) -> None:
    closed = {"kind": "owns", "closed": "2026-01-01"}
    pair = [vendor(one) | {"family": [{"parent": other, **closed}]} for one, other in (("aa", "bb"), ("bb", "aa"))]
    folder(tmp_path, {"pair/vendors/a.yaml": pair[0], "pair/vendors/b.yaml": pair[1]})
    together = run("pair/vendors/a.yaml", "pair/vendors/b.yaml")
    assert (together.return_value, together.stderr.count("PG231")) == (1, 2)
    folder(tmp_path, {"vendors/zz.yaml": vendor("zz") | {"aliases": ["approve"]}})
    alone = run("vendors/zz.yaml", "--format", "json")
    assert alone.return_value == 1
    assert "the word `approve` stands for the vendor `approve` too" in alone.stderr
    assert [line.partition(":")[0] for line in alone.stderr.splitlines() if "PG2" in line] == ["vendors/zz.yaml"]


def test_a_manifest_elsewhere_counts_in_place_of_the_one_that_is_known(run: Run, tmp_path: Path) -> None:
    folder(tmp_path, {"drafts/approve.vendor.yaml": vendor("approve", one=BESTS["deny"])})
    (found,) = reports(run("drafts/approve.vendor.yaml", "--format", "json"))
    assert found["plans"][0]["best"] == "deny"


def test_manifests_called_by_both_their_names_are_found_once_around_them(run: Run, tmp_path: Path) -> None:
    folder(tmp_path, {"vendors/once.vendor.yaml": vendor("once", one=FINE)})
    assert run("vendors/approve.yaml").return_value == 0
    assert run("vendors/once.vendor.yaml").return_value == 0


def test_settings_are_for_purchases(run: Run) -> None:
    with pytest.raises(UsageError) as error:
        run("purchases/a.yaml", "vendors/deny.yaml", "--set", "contract.dpa=signed")
    assert error.value.message == "`--set` is for purchases, and vendors/deny.yaml is a vendor manifest"
    assert error.value.exit_code == 2


def test_nothing_in_a_text_can_steer_a_terminal(run: Run, tmp_path: Path) -> None:
    data = vendor("sly", one=BESTS["deny"]) | {"vendor": {"name": "Sly\x1b[2J"}}
    data["products"][0]["facts"] = {"product": {"name": "Hi\x1b[1m\nthere"}}
    folder(tmp_path, {"vendors/sly.yaml": data})
    assert "\x1b" not in run("vendors/sly.yaml").stdout
