"""Adding a policy is adding one file: its rule, its words and its examples; nothing else is touched."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IDENTITY = "usable-by-one-hand"
POLICY = """\
id: usable-by-one-hand
title: The tool comes as an app for the phone
effect: review
role: owner
when: request.users > params.users
require: '"mobile_app" in product.delivery'
params:
  users: {type: int, value: 3, about: a team this small shares a tablet}
message: The tool does not run on a phone.
why: Colleagues at the fair have no desk.
remedy: Ask the vendor for an app, or name at most three people.
examples:
  - {name: an app, given: {product: {delivery: [web_app, mobile_app]}}, expect: pass}
  - {name: a web page, given: {request: {users: 4}, product: {delivery: [web_app]}}, expect: fail}
  - {name: not said, given: {request: {users: 4}}, expect: unknown, asks: [product.delivery]}
  - {name: three people, given: {request: {users: 3}}, expect: not_applicable}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the shipped policies and one purchase."""
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    shutil.copy(ROOT / "tests" / "miniatures" / "purchases" / "surveys.yaml", tmp_path / "surveys.purchase.yaml")
    return tmp_path


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "procureguard", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.stderr == ""
    assert done.returncode in {0, 1}
    return done.stdout


def counts(output: str) -> tuple[int, int]:
    """Policies and examples, as `policy test` says."""
    policies, examples = (int(part.split()[0]) for part in output.split(", ")[:2])
    return policies, examples


def failing(folder: Path, *options: str) -> set[str]:
    text = run(folder, "check", "surveys.purchase.yaml", "--as-of", "2026-11-21", "--format", "json", *options)
    return {finding["policy"] for finding in json.loads(text)["findings"] if finding["outcome"] == "fail"}


def test_one_new_file_is_a_policy_that_is_tested_listed_explained_and_checked(folder: Path) -> None:
    before, failed = counts(run(folder, "policy", "test")), failing(folder)
    assert IDENTITY not in failed
    (folder / "policies" / "lifecycle" / f"{IDENTITY}.yaml").write_text(POLICY, encoding="utf-8")
    assert counts(run(folder, "policy", "test")) == (before[0] + 1, before[1] + 4)
    assert failing(folder) == failed | {IDENTITY}
    assert IDENTITY in run(folder, "policy", "list")
    assert "comes as an app for the phone" in run(folder, "explain", IDENTITY)


def test_an_organisation_changes_it_without_touching_the_file(folder: Path) -> None:
    (folder / "policies" / "lifecycle" / f"{IDENTITY}.yaml").write_text(POLICY, encoding="utf-8")
    organisation = f"kind: organisation\nversion: 1\npolicies: {{{IDENTITY}: {{params: {{users: 50}}}}}}\n"
    (folder / "organisation.yaml").write_text(organisation, encoding="utf-8")
    assert IDENTITY not in failing(folder)
