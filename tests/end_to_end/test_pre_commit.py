"""The hooks under the real pre-commit: the how-to followed to the letter, and each hook on files of its own.

pre-commit installs this working tree into an environment, without a network: what it needs lies in a folder of wheels
that `make` fills when it sets itself up.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from end_to_end.test_documentation import ROOT, Block, commands, matches, read
from repository import WHO, committed, git

WHEELS = Path(sys.prefix) / "wheelhouse"
PACKAGED = (".pre-commit-hooks.yaml", "LICENSE", "README.md", "policies", "pyproject.toml", "schemas", "src")
PAGE = ROOT / "docs" / "how-to" / "pre-commit.md"
ADDRESS = "https://git.example/procureguard"
RELEASE = "v0.1.0"
FILE = re.compile(r"# (\S+\.yaml)\n")
PATIENCE_SECONDS = 300

pytestmark = pytest.mark.skipif(
    not WHEELS.is_dir(), reason="pre-commit installs the hooks from a folder of wheels, which `make test` fetches"
)


@pytest.fixture(scope="module", name="hooks")
def _hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This working tree as a repository of hooks with one release."""
    top = tmp_path_factory.mktemp("hooks")
    for name in PACKAGED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, top / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, top / name)
    committed(top, RELEASE)
    return top


@pytest.fixture(scope="module", name="home")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environment, made once for all tests of this module."""
    return tmp_path_factory.mktemp("home")


class Clone:
    """Somebody's repository that uses the hooks."""

    def __init__(self, folder: Path, hooks: Path, home: Path) -> None:
        self.folder = folder
        self._hooks = hooks
        self._home = home
        git(folder, "init", "--quiet", "--initial-branch=main")

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def configure(self, text: str) -> None:
        self.write(".pre-commit-config.yaml", text.replace(ADDRESS, str(self._hooks)))

    def use(self, *hooks: str) -> None:
        listed = "".join(f"      - id: {hook}\n" for hook in hooks)
        self.configure(f"repos:\n  - repo: {ADDRESS}\n    rev: {RELEASE}\n    hooks:\n{listed}")

    def run(self, command: str) -> tuple[int, str]:
        """What a shell line exits with and prints, the address of the hooks as the page has it."""
        done = subprocess.run(  # noqa: S602 - the documentation of this repository
            command,
            shell=True,
            cwd=self.folder,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
        return done.returncode, done.stdout.replace(str(self._hooks), ADDRESS)

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "GIT_", "VIRTUALENV_"))
        }
        return {
            **kept,
            **WHO,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_FIND_LINKS": WHEELS.as_uri(),
            "PIP_NO_INDEX": "1",
            "PRE_COMMIT_HOME": str(self._home / "pre-commit"),
            "PRE_COMMIT_COLOR": "never",
            "PROCUREGUARD_CACHE": str(self._home / "cache"),
            "VIRTUALENV_NO_DOWNLOAD": "1",
            "VIRTUALENV_NO_PERIODIC_UPDATE": "1",
            "VIRTUALENV_OVERRIDE_APP_DATA": str(self._home / "virtualenv"),
        }


@pytest.fixture(name="clone")
def _clone(tmp_path: Path, hooks: Path, home: Path) -> Clone:
    return Clone(tmp_path, hooks, home)


def test_the_page_is_followed_to_the_letter(clone: Clone, request: pytest.FixtureRequest) -> None:
    """Each block in turn: settings and files are written, commands are run and print what is shown."""
    ran = 0
    for block in read(PAGE):
        named = FILE.match(block.text)
        if block.language == "yaml" and named is not None:
            clone.write(named[1], block.text)
        elif block.language == "yaml":
            clone.configure(block.text)
        elif block.language == "text":
            ran += follow(block, clone, update=bool(request.config.getoption("--update")))
    assert ran > 5


def follow(block: Block, clone: Clone, *, update: bool) -> int:
    """Runs the commands of a block, or writes down what they print, and says how many there are."""
    shown = list(commands(block))
    found = [clone.run(command)[1] for command, _ in shown]
    if update and not all(matches(expected, said) for (_, expected), said in zip(shown, found, strict=True)):
        printed = "".join(f"$ {command}\n{said}" for (command, _), said in zip(shown, found, strict=True))
        page = PAGE.read_text(encoding="utf-8").replace(f"```text\n{block.text}```", f"```text\n{printed}```", 1)
        PAGE.write_text(page, encoding="utf-8", newline="\n")
        return len(shown)
    for (command, expected), said in zip(shown, found, strict=True):
        assert matches(expected, said), f"{command}\n{said}"
    return len(shown)


VENDOR = """\
kind: vendor
version: 1
id: formwise
products: [{id: formwise, capabilities: {surveys: LEVEL}}]
"""
PURCHASE = """\
kind: purchase
version: 1
request: {type: new, capabilities: [surveys], users: 4}
product: {vendor: formwise, id: formwise}
ai: {used: true, functions: [FUNCTION]}
"""
POLICY = """\
id: accounts
title: The tool opens accounts itself
effect: condition
role: it
require: product.scim
message: Accounts are made by hand.
remedy: Ask for the plan that makes them.
ask: Which plan makes accounts by itself?
why: Hands forget.
examples:
  - {name: it does, given: {product: {scim: true}}, expect: EXPECTED}
  - {name: it does not, given: {product: {scim: false}}, expect: fail}
  - {name: nobody has said, given: {}, expect: unknown, asks: [product.scim]}
"""


def answer(clone: Clone, hook: str) -> tuple[int, str]:
    """What the hook says of all files that are there."""
    git(clone.folder, "add", "--all")
    return clone.run(f"pre-commit run {hook} --all-files")


def passed(said: str) -> bool:
    return said.rstrip().endswith("Passed")


def test_a_file_with_a_mistake_stops_until_it_is_mended(clone: Clone) -> None:
    clone.use("procureguard-validate")
    clone.write("deep/vendors/formwise.yaml", VENDOR.replace("LEVEL", "yes"))
    clone.write("vendors.txt", "no manifest")
    code, said = answer(clone, "procureguard-validate")
    assert code == 1
    assert "- exit code: 1\n" in said
    assert "deep/vendors/formwise.yaml:4:" in said
    clone.write("deep/vendors/formwise.yaml", VENDOR.replace("LEVEL", "full"))
    code, said = answer(clone, "procureguard-validate")
    assert (code, passed(said)) == (0, True)


def test_manifests_are_compared_with_one_another_however_many_there_are(clone: Clone) -> None:
    """pre-commit would share forty files among processes, none of which saw all pairs of the same id."""
    clone.use("procureguard-validate")
    manifest = VENDOR.replace("LEVEL", "full")
    for number in range(40):
        clone.write(f"vendors/{number:02}.yaml", manifest.replace("id: formwise", f"id: vendor-{number // 2}", 1))
    code, said = answer(clone, "procureguard-validate")
    assert (code, said.count("is described twice")) == (1, 20)


def test_a_refusal_stops_a_commit_and_a_vendor_manifest_is_not_asked(clone: Clone) -> None:
    clone.configure(
        f"repos:\n  - repo: {ADDRESS}\n    rev: {RELEASE}\n"
        "    hooks: [{id: procureguard-check, args: [--fail-on, deny, --as-of, '2026-11-21']}]\n"
    )
    clone.write("vendors/formwise.yaml", VENDOR.replace("LEVEL", "full"))
    code, said = answer(clone, "procureguard-check")
    assert (code, "(no files to check)Skipped" in said) == (0, True)
    clone.write("purchases/moods.yaml", PURCHASE.replace("FUNCTION", "emotion_recognition_at_work"))
    code, said = answer(clone, "procureguard-check")
    assert (code, "purchases/moods.yaml, as of 2026-11-21" in said) == (1, True)
    clone.write("purchases/moods.yaml", PURCHASE.replace("FUNCTION", "generate_text"))
    code, said = answer(clone, "procureguard-check")
    assert (code, passed(said)) == (0, True)


def test_a_policy_stops_a_commit_until_it_does_what_its_examples_say(clone: Clone) -> None:
    clone.use("procureguard-policy-test")
    clone.write("policies/accounts.yaml", POLICY.replace("EXPECTED", "fail"))
    code, said = answer(clone, "procureguard-policy-test")
    assert (code, "policies/accounts.yaml:11:" in said) == (1, True)
    clone.write("policies/accounts.yaml", POLICY.replace("EXPECTED", "pass"))
    code, said = answer(clone, "procureguard-policy-test")
    assert (code, passed(said)) == (0, True)


def test_a_file_is_brought_into_form_once(clone: Clone) -> None:
    clone.use("procureguard-fmt")
    clone.write(
        "vendors/formwise.yaml", VENDOR.replace("LEVEL", "full").replace("id: formwise\n", "id:    formwise   \n")
    )
    code, said = answer(clone, "procureguard-fmt")
    assert (code, "files were modified by this hook" in said) == (1, True)
    code, said = answer(clone, "procureguard-fmt")
    assert (code, passed(said)) == (0, True)
