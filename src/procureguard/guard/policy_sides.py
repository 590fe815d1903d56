"""Policy sets as a user names them to compare: a folder, `shipped`, a git revision, or those in use."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from procureguard.guard.files import exists
from procureguard.guard.policy_files import SHIPPED, PolicyFile, policies_around, policy_files, stands_alone
from procureguard.guard.revisions import place_in_repository, revision_files
from procureguard.source.diagnostic import Diagnostic, InvalidInput

FOLDER = "policies"
"""Where a revision has its policies, if nothing says otherwise."""

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


def find_sides(old: str, new: str | None, in_use: Sequence[str]) -> Sides:
    """The two policy sets of these names; without a second, that of the folders in use.

    What exists as a path is a folder, else it is a revision, `REVISION:FOLDER` or the revision alone: its folder is
    then the one that the other side names, or `policies`. Policies without definitions stand beside the shipped ones.

    Raises:
        InvalidInput: a name stands for nothing, or a file cannot be read.
    """
    if new is not None:
        return Sides(_side(old, new), _side(new, old))
    own = next((folder for folder in in_use if folder != SHIPPED), SHIPPED)
    return Sides(_side(old, own), Side(" + ".join(in_use), policy_files(in_use)))


def _side(name: str, other: str) -> Side:
    path = Path(name)
    if name == SHIPPED:
        return Side(name, policy_files([SHIPPED]))
    if _is_revision(name):
        revision, folder = _parts(name)
        return _revision(revision, _folder_of(other) if folder is None else folder)
    if not path.is_dir():
        hint = "name the folder of policies that it lies in"
        raise InvalidInput([Diagnostic("PG100", "error", "this is a file and no folder", name=name, hint=hint)])
    return Side(name, policy_files(policies_around(path)))


def _revision(revision: str, folder: str) -> Side:
    files = revision_files(revision, folder)
    beside = () if stands_alone(file.content for file in files) else policy_files([SHIPPED])
    return Side(f"{revision}:{folder}", (*beside, *files))


def _parts(name: str) -> tuple[str, str | None]:
    """The revision and the folder of `REVISION:FOLDER`; None for a revision alone, `""` for its top."""
    found = _REVISION.match(name)
    assert found is not None
    revision, rest = found[0], name[found.end() :]
    return revision, rest.removeprefix(":").rstrip("/") if rest else None


def _folder_of(name: str) -> str:
    """Where in the repository the other side has its policies."""
    if name == SHIPPED:
        return FOLDER
    if _is_revision(name):
        return _parts(name)[1] or FOLDER
    place = place_in_repository(Path(name))
    return FOLDER if place is None else place


def _is_revision(name: str) -> bool:
    return name != SHIPPED and not exists(name)
