"""What a run imports is decided here: start-up is a promise, and one careless import breaks it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STORY = ROOT / "examples" / "instant-yes"
HEAVY = {
    "asyncio",
    "difflib",
    "importlib.metadata",
    "jinja2",
    "jsonschema",
    "pydantic",
    "requests",
    "tempfile",
    "z3",
    "procureguard.vocabulary",
}
LANGUAGE = {
    "procureguard.cel.checker",
    "procureguard.cel.generator",
    "procureguard.cel.interpreter",
    "procureguard.cel.lexer",
    "procureguard.cel.parser",
    "procureguard.compile.python",
    "procureguard.examples",
    "procureguard.policy.load",
    "procureguard.policy.written",
    "procureguard.trace",
}
OF_VENDORS = {
    "procureguard.cli.manifests",
    "procureguard.guard.manifests",
    "procureguard.plans",
    "procureguard.render.plans",
    "procureguard.report.plans",
    "procureguard.report.vendor_contract",
}
PROGRAM = """
import sys
from procureguard.cli.main import main
try:
    main(sys.argv[1:])
finally:
    print("\\n".join(sys.modules), file=sys.stderr)
"""


def imported(cache: Path, *arguments: str) -> set[str]:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=ROOT,
        env={**os.environ, "PROCUREGUARD_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


@pytest.fixture(name="cache")
def _cache(tmp_path: Path) -> Path:
    imported(tmp_path, "check", str(STORY))
    return tmp_path


def test_a_warm_check_loads_neither_the_language_nor_anything_heavy(cache: Path) -> None:
    modules = imported(cache, "check", str(STORY))
    assert "procureguard.evaluate" in modules
    assert modules & (HEAVY | LANGUAGE | OF_VENDORS) == set()


def test_a_warm_check_of_a_vendor_manifest_loads_no_more_than_its_own(cache: Path) -> None:
    manifest = ROOT / "examples" / "vendors" / "hazelpoll.vendor.yaml"
    imported(cache, "check", str(manifest))
    modules = imported(cache, "check", str(manifest))
    assert modules >= OF_VENDORS
    assert modules & (HEAVY | LANGUAGE) == set()


def test_validating_a_purchase_loads_no_policies_at_all(tmp_path: Path) -> None:
    purchase = next(STORY.glob("*.purchase.yaml"))
    modules = imported(tmp_path, "validate", str(purchase))
    assert modules & (HEAVY | LANGUAGE | {"procureguard.evaluate", "procureguard.report.contract"}) == set()


def test_listing_the_tools_loads_neither_the_language_nor_anything_heavy(tmp_path: Path) -> None:
    listing = ("inventory", "list", "--inventory", str(ROOT / "examples" / "inventory.yaml"))
    imported(tmp_path, *listing)
    modules = imported(tmp_path, *listing)
    assert modules & (HEAVY | LANGUAGE) == set()


def test_the_package_alone_loads_no_third_party_module() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import procureguard, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) & (HEAVY | {"click", "yaml", "jsonschema_rs"}) == set()
