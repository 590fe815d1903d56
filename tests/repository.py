"""A git repository of its own for a test, whatever is configured on the machine."""

import os
import subprocess
from pathlib import Path

WHO = {
    "GIT_AUTHOR_NAME": "Ana",
    "GIT_AUTHOR_EMAIL": "ana@example.com",
    "GIT_COMMITTER_NAME": "Ana",
    "GIT_COMMITTER_EMAIL": "ana@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - the arguments are ours
        ["git", *arguments],  # noqa: S607 - the git that is installed
        cwd=folder,
        env={**os.environ, **WHO},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def committed(folder: Path, tag: str | None = None) -> None:
    """Commits everything in a folder to its branch `main`, made if need be."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", tag or "next")
    if tag is not None:
        git(folder, "tag", tag)
