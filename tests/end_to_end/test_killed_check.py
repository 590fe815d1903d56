"""A run that is killed at any moment leaves whole files, and a cache that the next run can trust."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STORY = "examples/instant-yes"
KILLS = 24
LONGEST_SECONDS = 2.0


def command(*reports: str) -> list[str]:
    wanted = [word for report in reports for word in ("--report", report)]
    return [sys.executable, "-m", "procureguard", "check", STORY, "--as-of", "2026-11-21", *wanted]


def environment(cache: Path) -> dict[str, str]:
    return {**os.environ, "PROCUREGUARD_CACHE": str(cache), "PYTHONUTF8": "1"}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
def test_reports_are_whole_and_the_cache_is_sound_whenever_a_run_is_killed(tmp_path: Path) -> None:
    chance = random.Random(6)  # noqa: S311 - drawn to be reproducible, not secret
    whole = subprocess.run(  # noqa: S603 - our own program
        [*command(), "--format", "json"], cwd=ROOT, env=environment(tmp_path / "other"), capture_output=True, check=True
    ).stdout
    reports = {"json": tmp_path / "out.json", "sarif": tmp_path / "out.sarif", "markdown": tmp_path / "out.md"}
    wanted = [f"{name}={path}" for name, path in reports.items()]
    killed, cache = 0, tmp_path / "cache"
    for turn in range(KILLS):
        if turn % 4 == 0:
            cache = tmp_path / f"cache-{turn}"
        run = subprocess.Popen(  # noqa: S603 - our own program
            command(*wanted), cwd=ROOT, env=environment(cache), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.02, LONGEST_SECONDS if turn % 4 == 0 else 0.4))
        run.send_signal(signal.SIGKILL)
        killed += run.wait() == -signal.SIGKILL
        for name, path in reports.items():
            if path.exists():
                text = path.read_text("utf-8")
                assert text.endswith("\n")
                if name != "markdown":
                    json.loads(text)
        done = subprocess.run(  # noqa: S603 - our own program
            [*command(), "--format", "json"], cwd=ROOT, env=environment(cache), capture_output=True, check=True
        )
        assert (done.stdout, done.stderr) == (whole, b"")
    assert killed > KILLS // 4
