import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from procureguard.cli.main import cli
from procureguard.cli.surroundings import guard_of
from procureguard.source.diagnostic import InvalidInput
from written import Data, folder, policy

Run = Callable[..., Result]

ACCOUNTS = """\
id: accounts
title: Accounts are made by themselves
effect: condition
role: it
when:
  all:
    - uses_ai
    - request.users > 5
require: product.scim || product.sso_on_plan
message: Accounts are made by hand.
why: Hands forget.
remedy: Ask for SCIM.
examples:
  - {name: by itself, given: {ai: {used: true}, request: {users: 7}, product: {scim: true}}, expect: pass}
  - name: by hand
    given: {ai: {used: true}, request: {users: 7}, product: {scim: false, sso_on_plan: false}}
    expect: fail
  - name: not said
    given: {ai: {used: true}, request: {users: 7}}
    expect: unknown
    asks: [product.scim, product.sso_on_plan]
"""
SHARED = """\
kind: definitions
version: 1
definitions:
  - name: uses_ai
    title: it uses AI
    is: ai.used
"""
SHOWN = """\
2 policies, tried by 6 examples

  what                                            seen of
  policies seen to pass, to fail and not to apply    1  2  50%
  branches of `when` and `require`                   7 10  70%
  branches of definitions                            1  2  50%
  facts that were stated                             4  4 100%
  facts that decided something                       4  4 100%

accounts
  never seen not to apply
  policies/accounts.yaml:7:7: never false: `uses_ai`
  policies/accounts.yaml:8:7: never false: `request.users > 5`
  policies/accounts.yaml:9:26: never true: `product.sso_on_plan`

definition uses_ai
  policies/definitions.yaml:6:9: never false: `ai.used`
"""


@pytest.fixture(name="run")
def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    files: dict[str, Any] = {
        "policies/accounts.yaml": ACCOUNTS,
        "policies/definitions.yaml": SHARED,
        "policies/more/loose.yaml": policy("loose", remedy="Ask for accounts."),
    }
    folder(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    guard_of.cache_clear()

    def run(*arguments: str) -> Result:
        done = CliRunner().invoke(cli, ["policy", "coverage", *arguments], standalone_mode=False)
        if done.exception:
            raise done.exception
        return done

    return run


def purchase(**stated: Data) -> Data:
    return {"kind": "purchase", "version": 1, **stated}


def test_figures_come_first_and_then_what_nothing_has_tried(run: Run) -> None:
    done = run()
    assert (done.return_value, done.stderr) == (0, "")
    assert done.stdout.splitlines() == SHOWN.splitlines()


def test_a_threshold_counts_policies_and_their_branches(run: Run) -> None:
    assert run("--fail-under", "50").return_value == 0
    short = run("--fail-under", "50.1")
    assert (short.return_value, short.stderr) == (1, "below 50.1 %: policies\n")
    assert run("policies/more", "--fail-under", "100").return_value == 0


@pytest.mark.parametrize("percent", ["nan", "-1", "100.1", "inf", "most"])
def test_a_threshold_is_a_number_from_0_to_100(run: Run, percent: str) -> None:
    with pytest.raises(click.BadParameter):
        run("--fail-under", percent)


def test_purchases_add_what_they_try(run: Run, tmp_path: Path) -> None:
    small = purchase(ai={"used": False}, product={"scim": True})
    folder(tmp_path, {"purchases/small.yaml": small})
    found = json.loads(run("--against", "purchases", "--format", "json").stdout)
    assert (found["examples"], found["purchases"]) == (6, 1)
    assert found["figures"]["policies"] == {"met": 2, "total": 2, "percent": 100.0}
    accounts = found["policies"][0]
    assert accounts["outcomes"] == ["pass", "fail", "unknown", "not_applicable"]
    assert accounts["never_taken"] == [
        {"condition": "request.users > 5", "value": False, "line": 8, "column": 7},
        {"condition": "product.sso_on_plan", "value": True, "line": 9, "column": 26},
    ]


def test_purchases_alone_are_checked_with_what_lies_around_them(run: Run, tmp_path: Path) -> None:
    changes = {"loose": {"effect": "review"}}
    files = {
        "europe/one.purchase.yaml": purchase(product={"vendor": "askwell", "id": "forms", "plan": "free"}),
        "europe/askwell.vendor.yaml": {
            "kind": "vendor",
            "version": 1,
            "id": "askwell",
            "vendor": {"name": "Askwell"},
            "products": [{"id": "forms", "plans": [{"id": "free", "facts": {"product": {"scim": False}}}]}],
        },
        "europe/organisation.yaml": {"kind": "organisation", "version": 1, "policies": changes},
    }
    folder(tmp_path, files)
    found = json.loads(run("--without-examples", "--against", "europe", "--format", "json").stdout)
    loose = next(policy for policy in found["policies"] if policy["id"] == "loose")
    assert (found["examples"], loose["outcomes"], loose["never_seen"]) == (0, ["fail"], ["pass"])


def test_a_folder_or_a_file_is_shown_alone(run: Run) -> None:
    assert run("policies/more").stdout.startswith("1 policy, tried by 3 examples\n")
    alone = run("policies/accounts.yaml").stdout
    assert "definition" not in alone
    assert "policies/accounts.yaml:7:7" in alone


def test_nothing_found_is_not_covered(run: Run, tmp_path: Path) -> None:
    folder(tmp_path, {"empty/readme.txt": "", "policies/shelf/pack.txt": ""})
    done = run("policies/shelf")
    assert (done.return_value, done.stdout) == (5, "")
    assert done.stderr.startswith("policies/shelf: PG100 error: no policy was found here\n")
    done = run("--against", "empty")
    assert (done.return_value, done.stdout) == (5, "")
    assert done.stderr.startswith("empty: PG100 error: no purchase was found here\n")
    with pytest.raises(click.UsageError, match="nothing to count"):
        run("--without-examples")


def test_what_cannot_be_read_ends_the_count(run: Run, tmp_path: Path) -> None:
    folder(tmp_path, {"odd.purchase.yaml": purchase(request={"user": 3})})
    for arguments, code in (
        (("nowhere",), "PG100"),
        (("--against", "nowhere.yaml"), "PG100"),
        (("--against", "odd.purchase.yaml"), "PG202"),
    ):
        with pytest.raises(InvalidInput) as raised:
            run(*arguments)
        assert [found.code for found in raised.value.diagnostics] == [code]


def test_what_could_steer_a_terminal_is_written_as_an_escape(run: Run, tmp_path: Path) -> None:
    folder(tmp_path, {"policies/o\u202edd/second.yaml": ACCOUNTS.replace("id: accounts", "id: second")})
    assert "  policies/o\\u202edd/second.yaml:7:7: never false" in run().stdout


def test_the_shipped_policies_are_tried_in_full(run: Run) -> None:
    """The bars: every policy, 95 of 100 branches of what they ask, 80 of those of definitions."""
    done = run("shipped", "--policies", "shipped", "--format", "json", "--fail-under", "95")
    figures = json.loads(done.stdout)["figures"]
    assert done.return_value == 0
    assert figures["policies"]["percent"] == 100
    assert figures["definition_branches"]["percent"] >= 80
    assert figures["facts"]["never_stated"] == []
