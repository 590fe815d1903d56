"""Policies as they stand in a revision of a git repository, read by the `git` program without checking anything out."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from procureguard.guard.files import SUFFIXES
from procureguard.guard.policy_files import PolicyFile
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.read import MAXIMUM_BYTES
from procureguard.source.text import shown

PATIENCE = 60.0
"""Seconds that one call of git may take."""

MOST_BYTES = 64 * MAXIMUM_BYTES
"""What the policies of one revision may have together."""

REGULAR_FILES = frozenset({"100644", "100755"})
NAME_A_REVISION = "name a folder of policies, `shipped`, or a git revision such as `main` or `HEAD~1:policies`"


class _Entry(NamedTuple):
    path: str
    identity: str
    size: int


def revision_files(revision: str, folder: str) -> tuple[PolicyFile, ...]:
    """The policy files of a folder at a revision of the repository one is in; `folder` counts from its top.

    They are named as git names them: `main:policies/cost/x.yaml`. Links and hidden files are passed over.

    Raises:
        InvalidInput: there is no git, no repository, no such revision or folder, or the files are too large.
    """
    name = f"{revision}:{folder}"
    commit = _commit(revision)
    listed = _git(["ls-tree", "-r", "-z", "-l", "--full-tree", f"{commit}:{folder}"])
    if listed.returncode:
        where = f"there is no folder {shown(folder or '.')} in {shown(revision)}"
        raise _refused(name, where, f"name the folder of policies, as in `{revision}:path/to/policies`")
    entries = sorted(_entries(listed.stdout))
    _check_sizes(name, entries)
    prefix = f"{name.rstrip('/')}/" if folder else f"{name}./"
    contents = _contents(name, entries)
    return tuple(PolicyFile(prefix + entry.path, content) for entry, content in zip(entries, contents, strict=True))


def place_in_repository(path: Path) -> str | None:
    """A path from the top of the repository one is in, `""` for the top itself; None where it lies elsewhere."""
    found = _git(["rev-parse", "--show-toplevel"])
    if found.returncode:
        return None
    top, place = Path(os.fsdecode(found.stdout.rstrip(b"\n"))).resolve(), path.resolve()
    return "/".join(place.relative_to(top).parts) if place.is_relative_to(top) else None


def _commit(revision: str) -> str:
    if revision.startswith("-") or not revision or "\0" in revision:
        raise _refused(revision, f"{shown(revision)} cannot be a revision", NAME_A_REVISION)
    found = _git(["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"])
    if not found.returncode:
        return found.stdout.decode("ascii").strip()
    repository = _git(["rev-parse", "--git-dir"])
    if repository.returncode:
        raise _refused(revision, *_no_repository(repository.stderr.decode("utf-8", "replace")))
    hint = f"{NAME_A_REVISION}; a shallow clone lacks most, so fetch it first"
    raise _refused(revision, "there is no such folder, and no such git revision", hint)


def _no_repository(said: str) -> tuple[str, str]:
    """Why there is no repository to look into; git may find one and not trust it."""
    if "not a git repository" in said:
        message = "there is no such folder, and no git repository here in which it could be a revision"
        return message, "name a folder of policies, or `shipped` for those that come with procureguard"
    reason = said.partition("\n")[0].removeprefix("fatal: ")
    return f"git does not open the repository: {reason}", "see what `git status` says"


def _entries(listed: bytes) -> Iterator[_Entry]:
    """The files that may be policies, from lines `mode type identity size<tab>path`."""
    for line in filter(None, listed.split(b"\0")):
        head, _, name = line.partition(b"\t")
        path = name.decode("utf-8", "replace")
        mode, _, identity, size = head.decode("ascii").split()
        hidden = any(part.startswith(".") for part in PurePosixPath(path).parts)
        if mode in REGULAR_FILES and path.endswith(SUFFIXES) and not hidden:
            yield _Entry(path, identity, int(size))


def _check_sizes(name: str, entries: Sequence[_Entry]) -> None:
    for entry in entries:
        if entry.size > MAXIMUM_BYTES:
            message = f"{shown(entry.path)} has {entry.size:,} bytes; at most {MAXIMUM_BYTES:,} are read"
            raise _refused(name, message, "split it into several files", "PG102")
    if sum(entry.size for entry in entries) > MOST_BYTES:
        raise _refused(
            name, f"the policies have more than {MOST_BYTES:,} bytes", "name the folder of policies alone", "PG102"
        )


def _contents(name: str, entries: Sequence[_Entry]) -> Iterator[bytes]:
    """What the files hold, from `identity type size`, a line break, the content and a line break for each."""
    if not entries:
        return
    done = _git(["cat-file", "--batch"], "".join(f"{entry.identity}\n" for entry in entries).encode("ascii"))
    start = 0
    for entry in entries:
        head = f"{entry.identity} blob {entry.size}\n".encode("ascii")
        if not done.stdout.startswith(head, start):
            raise _refused(name, f"git cannot read {shown(entry.path)}", "look at the repository with `git fsck`")
        start += len(head) + entry.size + 1
        yield done.stdout[start - entry.size - 1 : start - 1]


def _git(arguments: Sequence[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(  # noqa: S603 - a list of arguments, of which none that the user gave begins with a dash
            ["git", *arguments],  # noqa: S607 - the git that the user calls too
            input=given,
            capture_output=True,
            timeout=PATIENCE,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _refused(
            "git", f"git did not answer within {PATIENCE:.0f} seconds", "look at the repository with `git status`"
        ) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise _refused(
            "git", f"the program `git` cannot be run: {reason}", "install git, or name two folders of policies"
        ) from None


def _refused(name: str, message: str, hint: str, code: str = "PG100") -> InvalidInput:
    return InvalidInput([Diagnostic(code, "error", message, name=name, hint=hint)])
