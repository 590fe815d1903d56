"""Runs that are killed while they write: every file is the old one or the new one at all times."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

FILES = 60
SECONDS = 6.0
SEED = 20261122
LINES = 400
"""Long enough that a file written in pieces would be caught half written."""

BODY = "".join(f"    - name:  entry {number}   # {number}\n" for number in range(LINES))
OLD = f"# ours\nkind: purchase\nversion: '1'\nproduct: {{scim: no}}\next:\n{BODY}"


def start(*arguments: str | Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "procureguard", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def write_all(folder: Path) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number}.purchase.yaml" for number in range(FILES)]
    for path in paths:
        path.write_text(OLD, encoding="utf-8")
    return paths


@pytest.mark.parametrize("arguments", [("validate", "--fix"), ("fmt",)])
def test_a_killed_run_leaves_each_file_old_or_new(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    chance = random.Random(SEED)  # noqa: S311 - not for secrets
    paths = write_all(tmp_path / "whole")
    start(*arguments, tmp_path / "whole").wait(timeout=60)
    new = paths[0].read_text(encoding="utf-8")
    assert new != OLD
    folder, partly = tmp_path / "killed", 0
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        paths = write_all(folder)
        running = start(*arguments, folder)
        wait_for_a_change(paths[0], running)
        time.sleep(chance.uniform(0, 0.02))
        running.kill()
        running.wait(timeout=60)
        texts = {path.read_text(encoding="utf-8") for path in paths}
        assert texts <= {OLD, new}
        partly += len(texts) > 1
        found = (path.relative_to(folder).parts for path in folder.rglob("*"))
        assert {parts[0] for parts in found if not parts[0].startswith(".")} == {path.name for path in paths}
    assert partly > 0
    start(*arguments, folder).wait(timeout=60)
    assert {path.read_text(encoding="utf-8") for path in paths} == {new}


def test_a_killed_answer_leaves_the_old_purchase_or_the_new_one(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - not for secrets
    path = tmp_path / "a.purchase.yaml"
    notes = "".join(f"  # {number}: a note that nobody may lose half of\n" for number in range(LINES * 20))
    old = f"kind: purchase\nversion: 1\ndata:\n  regions: [EU]\n{notes}"
    new = old.replace("[EU]\n", "[EU]\n  people: 3\n")
    texts = set()
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        path.write_text(old, encoding="utf-8")
        running = start("answer", path, "data.people=3")
        while len(list(tmp_path.iterdir())) == 1 and running.poll() is None:
            time.sleep(0.0001)
        time.sleep(chance.uniform(0, 0.002))
        running.kill()
        running.wait(timeout=60)
        texts.add(path.read_text(encoding="utf-8"))
        for scratch in tmp_path.glob(".*"):
            shutil.rmtree(scratch)
    assert texts <= {old, new}
    assert new in texts


def wait_for_a_change(path: Path, running: "subprocess.Popen[bytes]") -> None:
    """Waits until a run has begun to write: a file written in one step is another file afterwards."""
    before = path.stat().st_ino
    while path.stat().st_ino == before and running.poll() is None:
        time.sleep(0.001)
