from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from procureguard.cli.main import cli
from procureguard.cli.surroundings import guard_of
from procureguard.source.diagnostic import InvalidInput
from written import Data, folder, policy

Run = Callable[..., Result]

PACK: Data = {
    "kind": "pack",
    "version": 1,
    "id": "accounts",
    "title": "Accounts that close",
    "domain": "cost",
    "release": "2026.11",
    "agreed_by": ["marketing", "it"],
    "agreed_on": "2026-10-15",
    "review_by": "2027-04-30",
}
NOTICE = """\
id: short-notice
title: The contract can be stopped soon
effect: condition
role: procurement
waivable: false
effective_from: 2026-01-01
effective_to: 2027-12-31
when: {all: [contract.auto_renew, request.users > 3]}
require: contract.notice_days <= params.days
params:
  days: {type: int, value: 60, about: longest notice we accept}
message: We would have to write {contract.notice_days} days ahead.
why: Nobody thinks of it half a year before.
remedy: Ask for {params.days} days or fewer.
never_suggest: [contract.auto_renew]
ask: Can you accept {params.days} days?
due: before_signature
evidence: contract
root: tie-in
references: [Data Act 25]
examples:
  - {name: a month, given: {contract: {notice_days: 30}}, expect: pass}
  - name: half a year
    given: {contract: {auto_renew: true, notice_days: 180}, request: {users: 4}}
    expect: fail
  - name: not said
    as_of: 2026-11-16
    given: {contract: {auto_renew: true}, request: {users: 4}}
    expect: unknown
    asks: [contract.notice_days]
  - {name: it ends, given: {contract: {auto_renew: false}}, expect: not_applicable}
"""
SHOWN = """\
short-notice: The contract can be stopped soon

  effect: condition, due before signing
  role: procurement
  pack: accounts (Accounts that close; release 2026.11, agreed by marketing and
    IT on 2026-10-15, to be looked at again by 2027-04-30)
  in force: from 2026-01-01 until 2027-12-31
  may be waived: no
  weakest source that proves it: contract
  root cause: tie-in (Leaving would be hard)

It applies when all of this is so:
  - automatic renewal
  - number of people with a login is more than 3
  in CEL: contract.auto_renew && request.users > 3

It asks that all of this holds:
  - at most 60 days of notice to cancel
  in CEL: contract.notice_days <= params.days

Parameters:
  - days: 60 (int): longest notice we accept

Message: We would have to write {contract.notice_days} days ahead.
Why: Nobody thinks of it half a year before.
Way to yes: Ask for 60 days or fewer.
Not a way out: contract.auto_renew
Question to the vendor: Can you accept 60 days?
See: Data Act 25
File: policies/accounts/short-notice.yaml:1

Examples:
  - pass: a month
  - fail: half a year
  - unknown, waiting for contract.notice_days: not said (on 2026-11-16)
  - not_applicable: it ends
"""
ROOTS: Data = {"kind": "definitions", "version": 1, "roots": {"tie-in": "Leaving would be hard"}}


@pytest.fixture(name="run")
def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    files: dict[str, Any] = {
        "policies/accounts/short-notice.yaml": NOTICE,
        "policies/accounts/pack.yaml": PACK,
        "policies/definitions.yaml": ROOTS,
        "policies/loose.yaml": policy("loose", remedy="Ask for accounts."),
    }
    folder(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    guard_of.cache_clear()

    def run(*arguments: str) -> Result:
        done = CliRunner().invoke(cli, ["policy", *arguments], standalone_mode=False)
        if done.exception:
            raise done.exception
        return done

    return run


def test_a_policy_reads_out_in_full(run: Run) -> None:
    done = run("show", "short-notice")
    assert done.return_value == 0
    assert done.stdout.splitlines() == SHOWN.splitlines()


def test_what_a_policy_does_not_have_is_not_shown(run: Run) -> None:
    shown = run("show", "loose").stdout
    assert "  effect: condition, due before it goes live\n" in shown
    assert "  pack: none\n  in force: always\n  may be waived: yes\n\nIt asks that" in shown
    absent = ("It applies", "Parameters", "root cause", "See:", "Question", "Not a way out")
    assert not any(word in shown for word in absent)


def test_what_the_organisation_changes_is_shown_beside_what_the_file_says(run: Run, tmp_path: Path) -> None:
    changes = {"short-notice": {"effect": "review", "role": "legal", "params": {"days": 30}}}
    folder(tmp_path, {"organisation.yaml": {"kind": "organisation", "version": 1, "policies": changes}})
    shown = run("show", "short-notice").stdout
    assert "  effect: review\n  role: legal\n" in shown
    assert "  - at most 30 days of notice to cancel\n" in shown
    assert "  - days: 30 (int, in its file 60): longest notice we accept\n" in shown


def test_an_id_that_no_policy_has_is_wrong_usage(run: Run) -> None:
    done = run("show", "short-notise")
    assert (done.return_value, done.stdout) == (2, "")
    assert done.stderr == "there is no policy `short-notise`\n  hint: did you mean `short-notice`?\n"
    assert run("show", "zzz").stderr.endswith("hint: `procureguard policy list` names all policies\n")


def test_policies_that_are_fine_are_said_to_be(run: Run) -> None:
    done = run("lint", "--as-of", "2027-04-30", "--strict")
    assert (done.return_value, done.stdout, done.stderr) == (0, "2 policies, nothing to improve\n", "")


def test_warnings_have_their_place_and_count_only_if_one_says_so(run: Run) -> None:
    done = run("lint", "--as-of", "2027-05-01")
    assert (done.return_value, done.stdout) == (0, "2 policies, 1 warning\n")
    first, hint, *_ = done.stderr.splitlines()
    message = "the pack `accounts` was to be looked at again by 2027-04-30"
    assert first.startswith("policies/accounts/pack.yaml:1:")
    assert first.endswith(f": PG406 warning: {message}")
    assert hint == "  hint: read its policies, then write a new day"
    assert run("lint", "--as-of", "2027-05-01", "--strict").return_value == 1


def test_a_folder_among_others_is_looked_at_with_the_definitions_it_needs_and_alone(run: Run) -> None:
    done = run("lint", "policies/accounts", "--as-of", "2026-11-21", "--strict")
    assert (done.return_value, done.stdout) == (0, "1 policy, nothing to improve\n")
    done = run("lint", "policies/loose.yaml", "--as-of", "2027-05-01", "--strict")
    assert (done.return_value, done.stdout) == (0, "1 policy, nothing to improve\n")


def test_own_facts_are_known_from_the_organisation(run: Run, tmp_path: Path) -> None:
    own = {"type": "object", "properties": {"green": {"type": "boolean"}}}
    loose = policy("loose", require="ext.green", remedy="Choose a green one.")
    for example in loose["examples"]:
        if "product" in example["given"]:
            example["given"] = {"ext": {"green": example["given"]["product"]["scim"]}}
    loose["examples"][2]["asks"] = ["ext.green"]
    folder(
        tmp_path,
        {
            "policies/loose.yaml": loose,
            "organisation.yaml": {"kind": "organisation", "version": 1, "ext": own},
        },
    )
    assert run("lint", "--as-of", "2026-11-21").stdout == "2 policies, nothing to improve\n"


def test_a_folder_without_policies_is_not_clean_but_empty(run: Run, tmp_path: Path) -> None:
    folder(tmp_path, {"elsewhere/pack.yaml": PACK})
    done = run("lint", "elsewhere")
    assert (done.return_value, done.stdout) == (5, "")
    assert done.stderr.startswith("elsewhere: PG100 error: no policy was found here\n")


def test_a_broken_policy_is_an_error_and_nothing_is_linted(run: Run, tmp_path: Path) -> None:
    folder(tmp_path, {"policies/loose.yaml": policy("loose", require="product.scmi")})
    with pytest.raises(InvalidInput) as raised:
        run("lint")
    assert [found.code for found in raised.value.diagnostics] == ["PG302"]
    with pytest.raises(InvalidInput) as raised:
        run("lint", "policies/accounts")
    assert [found.name for found in raised.value.diagnostics] == ["policies/loose.yaml"]
    with pytest.raises(InvalidInput) as raised:
        run("lint", "nowhere")
    assert [found.code for found in raised.value.diagnostics] == ["PG100"]


def test_the_shipped_sentences_packs_and_examples_are_as_we_ask_of_others(run: Run) -> None:
    done = run("lint", "shipped", "--as-of", "2026-11-21", "--strict")
    assert (done.exit_code, done.stderr) == (0, "")
