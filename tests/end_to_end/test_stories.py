"""Every story under `examples/` is checked as a user would, and must read as its expected answer says."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

ROOT = Path(__file__).parents[2]
STORIES = sorted(path.relative_to(ROOT).parent for path in (ROOT / "examples").glob("*/*.purchase.yaml"))
DAY = "2026-11-21"

MANIFESTS = {"hazelpoll": 0, "moodmagpie": 1, "stagelantern": 0}
"""Vendor manifests that are told plan by plan, and whether any plan is out of the question."""

VERDICTS = {
    "instant-yes": "approve",
    "owned-already": "needs_review",
    "one-plan-up": "needs_review",
    "missing-facts": "needs_info",
    "with-conditions": "approve_with_conditions",
}


def checked(story: Path, output: str) -> str:
    command = [sys.executable, "-m", "procureguard", "check", str(story), "--as-of", DAY, "--exit-zero"]
    environment = {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"}
    done = subprocess.run(  # noqa: S603 - our own program
        [*command, "--format", output], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    return done.stdout.decode()


def compare(path: Path, found: str, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update"):
        path.write_text(found, encoding="utf-8", newline="\n")
    assert path.is_file(), f"{path} is missing; `make examples` writes it"
    assert found == path.read_text(encoding="utf-8"), "after a deliberate change, `make examples` rewrites the answers"


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_reads_as_expected(story: Path, request: pytest.FixtureRequest) -> None:
    compare(ROOT / story / "expected.txt", checked(story, "text"), request)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_gives_the_expected_report(story: Path, request: pytest.FixtureRequest) -> None:
    report = json.loads(checked(story, "json"))
    # The version and the digests change with every edit of any file and say nothing about the story.
    stable = {name: value for name, value in report.items() if name not in {"program", "digests"}}
    compare(ROOT / story / "expected.json", json.dumps(stable, indent=2, ensure_ascii=False) + "\n", request)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_report_answers_to_its_published_schema(story: Path) -> None:
    schema: dict[str, Any] = json.loads((ROOT / "schemas" / "report.v1.schema.json").read_text(encoding="utf-8"))
    errors = [
        error.message for error in jsonschema_rs.validator_for(schema).iter_errors(json.loads(checked(story, "json")))
    ]
    assert errors == []


@pytest.mark.parametrize("story", VERDICTS)
def test_the_first_stories_end_as_they_are_told(story: str) -> None:
    assert json.loads(checked(Path("examples") / story, "json"))["verdict"] == VERDICTS[story]


@pytest.mark.parametrize(("vendor", "found"), MANIFESTS.items())
def test_a_vendor_manifest_reads_as_expected(vendor: str, found: int, request: pytest.FixtureRequest) -> None:
    folder = ROOT / "examples" / "vendors"
    manifest = Path("examples") / "vendors" / f"{vendor}.vendor.yaml"
    compare(folder / f"{vendor}.expected.txt", checked(manifest, "text"), request)
    command = [sys.executable, "-m", "procureguard", "check", str(manifest), "--as-of", DAY]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == found  # noqa: S603 - our own


def test_every_example_file_is_well_formed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "procureguard", "validate", "examples", "policies"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
