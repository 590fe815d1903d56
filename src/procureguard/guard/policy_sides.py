"""Policy sets as a user names them to compare: a folder, `shipped`, a source, a git revision, or those in use."""

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from procureguard.guard.files import exists, is_folder
from procureguard.guard.policy_files import (
    FOLDER,
    SHIPPED,
    PolicyFile,
    beside,
    is_fetched,
    policies_with,
    policy_files,
    readable,
    stands_alone,
    whole,
)
from procureguard.guard.revisions import place_in_repository, revision_files
from procureguard.source.diagnostic import Diagnostic, InvalidInput

_REVISION = re.compile(r"(?:[@^]\{[^}]*\}|[^:])*")
"""A revision; what stands in its braces is a day or a text to look for, and may hold colons."""


class Side(NamedTuple):
    """A policy set: its name as a user would write it, and its files."""

    name: str
    files: tuple[PolicyFile, ...]


class Sides(NamedTuple):
    """The policy sets before and after a change."""

    before: Side
    after: Side


def find_sides(old: str, new: str | None, in_use: Sequence[str], shared: str = SHIPPED) -> Sides:
    """The two policy sets of these names; without a second, that of the folders in use.

    What exists as a path is a folder, else it is a revision, `REVISION:FOLDER` or the revision alone: its folder is
    then the one that the other side names, or `policies`. Part of a policy set stands for the whole; policies without
    definitions stand beside those that are shared.

    Raises:
        InvalidInput: a name stands for nothing, or a file cannot be read.
    """
    if new is not None:
        return Sides(_side(old, new, shared), _side(new, old, shared))
    used = policies_with(in_use, shared)
    own = next((folder for folder in used if not _is_shared(folder)), SHIPPED)
    return Sides(_side(old, own, shared), Side(" + ".join(map(readable, used)), policy_files(used)))


def _side(name: str, other: str, shared: str) -> Side:
    if _is_revision(name):
        revision, folder = _parts(name)
        return _revision(revision, _folder_of(other) if folder is None else folder, shared)
    if not _is_shared(name) and not is_folder(name):
        hint = "name the folder of policies that it lies in"
        raise InvalidInput([Diagnostic("PG100", "error", "this is a file and no folder", name=name, hint=hint)])
    folders = policies_with([name], shared)
    return Side(readable(folders[-1]), policy_files(folders))


def _revision(revision: str, folder: str, shared: str) -> Side:
    """The policy set of a folder at a revision; a part of it that was not there then is refused."""
    part, root = revision_files(revision, folder), _whole(folder)
    files = part if root == folder else revision_files(revision, root)
    around = () if stands_alone(file.content for file in files) else policy_files([shared])
    return Side(f"{revision}:{root}", beside(around, files))


def _whole(folder: str) -> str:
    """The folder of the policy set that a folder of a repository is part of."""
    path = PurePosixPath(folder)
    return next((str(found) for found in (path, *path.parents) if found.name == FOLDER), folder)


def _parts(name: str) -> tuple[str, str | None]:
    """The revision and the folder of `REVISION:FOLDER`; None for a revision alone, `""` for its top."""
    found = _REVISION.match(name)
    assert found is not None
    revision, rest = found[0], name[found.end() :]
    return revision, rest.removeprefix(":").rstrip("/") if rest else None


def _folder_of(name: str) -> str:
    """Where in the repository the other side has its policies."""
    if _is_shared(name):
        return FOLDER
    if _is_revision(name):
        return _whole(_parts(name)[1] or FOLDER)
    place = place_in_repository(whole(Path(name)))
    return FOLDER if place is None else place


def _is_revision(name: str) -> bool:
    return not _is_shared(name) and not exists(name)


def _is_shared(name: str) -> bool:
    """Whether a name stands for policies that lie in no folder of the user's."""
    return name == SHIPPED or is_fetched(name)
