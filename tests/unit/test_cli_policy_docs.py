from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from procureguard.cli.main import cli
from procureguard.cli.surroundings import guard_of
from procureguard.source.diagnostic import InvalidInput
from unit.test_cli_policy import NOTICE, PACK, ROOTS
from written import folder, policy

Run = Callable[..., Result]

PAGE = """\
# Accounts that close

<!-- Made by `procureguard policy docs` from the policies: change these, not this page. -->

- Pack accounts, release 2026.11
- Agreed by marketing and IT on 2026-10-15
- To be looked at again by 2027-04-30
- Holds everywhere
- 1 policy

Back to [all policies](README.md).

## The contract can be stopped soon (short-notice)

- If it is not met: yes, if this is seen to before signing
- Who answers for it: procurement
- Exception possible: no
- In force: from 2026-01-01 until 2027-12-31
- Weakest source that proves it: contract

**It applies when all of this is so:**

- automatic renewal
- number of people with a login is more than 3

**It asks that this holds:**

- at most 60 days of notice to cancel

**Why.** Nobody thinks of it half a year before.

**Way to yes.** Ask for 60 days or fewer.

**Not a way out.** Changing only this: Automatic renewal

**Question to the vendor.** Can you accept 60 days?

**What a company may change:**

- days: **60**, longest notice we accept

**Comes from.** Data Act 25

| case | outcome |
| --- | --- |
| a month | holds |
| half a year | does not hold |
| not said (on 2026-11-16) | not known yet |
| it ends | does not apply |
"""
INDEX = """\
# Our policies

<!-- Made by `procureguard policy docs` from the policies: change these, not this page. -->

2 policies in 1 pack.

| pack | policies | agreed by | look again by |
| --- | --- | --- | --- |
| [Accounts that close](accounts.md) | 1 | marketing and IT on 2026-10-15 | 2027-04-30 |
| [Policies of no pack](policies-of-no-pack.md) | 1 |  |  |

## What follows

| effect | if a policy is not met | if nobody knows |
| --- | --- | --- |
| advise | a hint; the answer stays the same | nothing |
| condition | yes, if this is seen to | yes, if this is confirmed |
| review | whoever answers for it has to agree first | a question |
| deny | no, as it is asked | a question |

## All policies

| policy | effect | who answers for it |
| --- | --- | --- |
| [The contract can be stopped soon](accounts.md#{notice}) | condition | procurement |
| [The tool opens accounts itself](policies-of-no-pack.md#{loose}) | condition | IT |
"""
ANCHORS = {
    "notice": "the-contract-can-be-stopped-soon-short-notice",
    "loose": "the-tool-opens-accounts-itself-loose",
}


@pytest.fixture(name="run")
def _run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    folder(
        tmp_path,
        {
            "policies/accounts/short-notice.yaml": NOTICE,
            "policies/accounts/pack.yaml": PACK,
            "policies/definitions.yaml": ROOTS,
            "policies/loose.yaml": policy(
                "loose", remedy="Ask for a plan above {product.plan}.", never_suggest=["product.scim", "contract.seats"]
            ),
        },
    )
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Result:
        guard_of.cache_clear()
        done = CliRunner().invoke(cli, ["policy", "docs", *arguments], standalone_mode=False)
        if done.exception:
            raise done.exception
        return done

    return run


def page(name: str) -> str:
    return Path("pages", name).read_text(encoding="utf-8")


def test_without_a_folder_the_index_is_printed(run: Run) -> None:
    done = run()
    assert (done.return_value, done.stdout.splitlines()) == (0, INDEX.format(**ANCHORS).splitlines())
    with pytest.raises(click.UsageError, match="name the folder"):
        run("--check")


def test_a_folder_gets_an_index_and_a_page_for_each_pack(run: Run) -> None:
    done = run("pages")
    assert (done.return_value, done.stdout) == (0, "3 pages, 3 written\n")
    assert page("README.md").splitlines() == INDEX.format(**ANCHORS).splitlines()
    assert page("accounts.md").splitlines() == PAGE.splitlines()
    loose = page("policies-of-no-pack.md")
    assert "**Way to yes.** Ask for a plan above &#91;Plan being bought&#93;." in loose
    marks = "Number of seats in the order; Automatic account removal (SCIM)"
    assert f"\n\n**Not a way out.** Changing only this: {marks}\n\n" in loose
    assert run("pages").stdout == "3 pages, 0 written\n"
    assert run("pages", "--check").return_value == 0


def test_no_pack_takes_the_page_of_another_or_the_index(run: Run) -> None:
    packs = {name: {**PACK, "id": name} for name in ("readme", "policies-of-no-pack")}
    folder(Path(), {f"policies/{name}/pack.yaml": pack for name, pack in packs.items()})
    folder(Path(), {f"policies/{name}/{name}-x.yaml": policy(f"{name}-x") for name in packs})
    assert run("pages").stdout == "5 pages, 5 written\n"
    pages = {path.name for path in Path("pages").iterdir()}
    assert len({name.casefold() for name in pages}) == 5
    for name in packs:
        [found] = [path for path in pages if f"({name}-x)" in page(path) and path != "README.md"]
        assert f"Pack {name}, release" in page(found)
        assert f"]({found})" in page("README.md")


def test_pages_that_are_not_fresh_are_named_and_nothing_is_written(run: Run) -> None:
    run("pages")
    Path("pages", "accounts.md").unlink()
    Path("pages", "old.md").write_text(page("README.md"), encoding="utf-8")
    Path("pages", "notes.md").write_text("our own", encoding="utf-8")
    Path("pages", "README.md").write_text(f"{page('README.md')}more\n", encoding="utf-8")
    done = run("pages", "--check")
    assert done.return_value == 1
    assert done.stdout == "stale: pages/README.md\nmissing: pages/accounts.md\nsuperfluous: pages/old.md\n"
    assert not Path("pages", "accounts.md").exists()
    assert run("pages").stdout == "3 pages, 2 written, 1 removed\n"
    assert run("pages", "--check").return_value == 0
    assert page("notes.md") == "our own"


def test_pages_of_somebody_else_are_left_alone(run: Run) -> None:
    folder(Path("pages"), {"README.md": "# What we do here\n"})
    with pytest.raises(InvalidInput) as raised:
        run("pages")
    (found,) = raised.value.diagnostics
    assert (found.code, found.name, found.hint) == (
        "PG100",
        "pages/README.md",
        "name a folder of its own for the pages",
    )
    assert [path.name for path in Path("pages").iterdir()] == ["README.md"]
    with pytest.raises(InvalidInput, match="the folder cannot be made"):
        run("policies/loose.yaml/pages")


def test_what_an_organisation_changes_is_shown_as_it_is_in_use(run: Run, tmp_path: Path) -> None:
    changes = {"short-notice": {"effect": "review", "role": "legal", "params": {"days": 30}}}
    folder(tmp_path, {"organisation.yaml": {"kind": "organisation", "version": 1, "policies": changes}})
    run("pages")
    shown = page("accounts.md")
    assert "- If it is not met: needs the agreement of legal (in its file: condition)\n" in shown
    assert "- Who answers for it: legal (in its file: procurement)\n" in shown
    assert "- at most 30 days of notice to cancel\n" in shown
    assert "- days: **30** (in its file: 60), longest notice we accept\n" in shown
    assert "| case, with the values in its file | outcome |\n" in shown


def test_what_others_wrote_is_plain_text_on_the_pages(run: Run, tmp_path: Path) -> None:
    odd = policy("loose", title="<b>all</b> [here](https://bad.example)", why="# a | b", remedy="*now*")
    folder(tmp_path, {"policies/loose.yaml": odd, "policies/accounts/pack.yaml": {**PACK, "jurisdiction": "EU & *UK*"}})
    run("pages")
    shown = page("policies-of-no-pack.md")
    assert "## &#60;b&#62;all&#60;/b&#62; &#91;here&#93;(https&#58;&#47;&#47;bad.example) (loose)\n" in shown
    assert "**Why.** &#35; a &#124; b\n" in shown
    assert "**Way to yes.** &#42;now&#42;\n" in shown
    assert "- Where it is the law: EU &#38; &#42;UK&#42;\n" in page("accounts.md")


def test_every_effect_is_said_in_words(run: Run, tmp_path: Path) -> None:
    said = {
        "advise": "a hint; the answer stays the same",
        "condition": "yes, if this is seen to before it goes live",
        "review": "needs the agreement of IT",
        "deny": "no, as it is asked",
    }
    folder(tmp_path, {f"policies/{effect}.yaml": policy(effect, effect=effect) for effect in said})
    run("pages")
    shown = page("policies-of-no-pack.md")
    for effect, words in said.items():
        assert f"({effect})\n\n- If it is not met: {words}\n" in shown
