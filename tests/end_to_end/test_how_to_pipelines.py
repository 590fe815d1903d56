"""The pipelines of the how-to pages are what GitHub and GitLab take, and their lines do what the pages say."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from procureguard.source.diagnostic import Diagnostic
from procureguard.source.read import read_document
from written import Json

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "how-to"
YAML_BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELSEWHERE = re.compile(r"^(pip install|gh) ")
"""Lines that need a network or an account."""


def blocks(page: str) -> list[Json]:
    """What the page shows, read as YAML 1.2: `on` is a word."""
    text, problems = (PAGES / page).read_text(encoding="utf-8"), list[Diagnostic]()
    read = [read_document(page, found.encode(), problems) for found in YAML_BLOCK.findall(text)]
    assert problems == []
    return [found.data for found in read if found is not None]


def workflow() -> Json:
    """The workflow of the page, with the steps that it says to put in."""
    whole, *more = blocks("github.md")
    steps = whole["jobs"]["procureguard"]["steps"]
    steps[-1:] = [step for found in more for step in found]
    return whole


def job() -> Json:
    """The job of the page, with the keys that it says to add."""
    whole, *more = blocks("gitlab.md")
    for found in more:
        whole["procureguard"] |= found
    return whole


def lines() -> Iterator[str]:
    for step in workflow()["jobs"]["procureguard"]["steps"]:
        yield from step.get("run", "").splitlines()
    yield from job()["procureguard"]["script"]


@pytest.mark.parametrize(("schema", "made"), [("github-workflows", workflow), ("gitlab-ci", job)])
def test_a_pipeline_is_one_that_its_host_takes(schema: str, made: Json, tmp_path: Path) -> None:
    file = tmp_path / "pipeline.yaml"
    file.write_text(json.dumps(made()), encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - the validator that is installed
        [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", f"vendor.{schema}", file],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.fixture(name="checkout", scope="module")
def _checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("examples", "policies"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.mark.parametrize("line", [line for line in lines() if not ELSEWHERE.match(line)])
def test_every_line_does_what_the_page_says(line: str, checkout: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1", "GITHUB_STEP_SUMMARY": str(checkout / "summary.md")}
    done = subprocess.run(  # noqa: S602 - the documentation of this repository
        line, shell=True, cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    # Some of our stories end with a no; everything else about the files is in order.
    assert done.returncode == (1 if "check" in line and "--exit-zero" not in line else 0), done.stderr
    for _, name in re.findall(r"--report (\w+)=(\S+)", line):
        assert (checkout / name).stat().st_size > 100
    if "--format github" in line and "check" in line:
        assert "Not as asked" in (checkout / "summary.md").read_text(encoding="utf-8")
