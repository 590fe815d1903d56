"""The hooks that other repositories use: a valid manifest whose patterns name what procureguard finds by name."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from procureguard.guard.files import documents_in, policies_in, purchases_in

MANIFEST = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
HOOKS: dict[str, dict[str, Any]] = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))}

FOLDERS = (
    "purchases",
    "vendors",
    "requests",
    "policies",
    "deep",
    "purchases.old",
    "my-vendors",
    ".hidden",
    "policies.yaml",
)
STEMS = (
    *("inventory", "organisation", "decisions", "card-payments", "a", "a.purchase", "a.vendor", "purchase", "vendor"),
    *(".purchase", ".a", "my-inventory", "inventory.old", "apurchase", "a.purchase.b", "purchases", "a.policy"),
    *("a.answers", "answers", "a.answers.b"),
)
SUFFIXES = (".yaml", ".yml", ".json", ".yaml.bak", ".md", ".YAML", "")
NAMES = st.builds(
    lambda folders, stem, suffix: "/".join((*folders, f"{stem}{suffix}")),
    st.lists(st.sampled_from(FOLDERS), max_size=3),
    st.sampled_from(STEMS),
    st.sampled_from(SUFFIXES),
)


def whatever_a_test_of_policies_reads(top: Path) -> Iterator[Path]:
    yield from policies_in(top / "policies")
    yield from (path for path in documents_in(top) if path.stem == "organisation" and path.parent == top)


FOUND: dict[str, Callable[[Path], Iterable[Path]]] = {
    "procureguard-validate": documents_in,
    "procureguard-check": purchases_in,
    "procureguard-fmt": documents_in,
    "procureguard-policy-test": whatever_a_test_of_policies_reads,
}


def test_the_manifest_is_valid_for_pre_commit() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the real pre-commit
    assert done.returncode == 0, done.stdout
    assert HOOKS.keys() == FOUND.keys()


def chosen(hook: dict[str, Any], name: str) -> bool:
    """Whether pre-commit would give a file to a hook, by its name."""
    return re.search(hook["files"], name) is not None and re.search(hook["exclude"], name) is None


@pytest.mark.parametrize("hook", HOOKS.values(), ids=list(HOOKS))
@given(names=st.sets(NAMES, min_size=1, max_size=20))
def test_a_pattern_names_exactly_what_is_found_by_name(hook: dict[str, Any], names: set[str]) -> None:
    with TemporaryDirectory(prefix="hooks") as folder:
        top = Path(folder)
        there = {name for name in sorted(names) if made(top / name)}
        found = {path.relative_to(top).as_posix() for path in FOUND[hook["id"]](top)}
        assert {name for name in there if chosen(hook, name)} == found


def made(path: Path) -> bool:
    """Whether a file could be made there: a name that is a folder already has no room for one."""
    if any(parent.is_file() for parent in path.parents) or path.is_dir():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return True
