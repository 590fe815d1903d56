"""The files of a policy set, by the names of their folders."""

import re
from collections.abc import Iterable
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import NamedTuple

from procureguard.guard.files import levels, policies_in, read_bytes
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.shipped import shipped

SHIPPED = "shipped"
"""The name of the policies that come with the package."""

FOLDER = "policies"
"""What a folder is called that holds a whole policy set."""

_OWN_DEFINITIONS = re.compile(rb"""^[{\s]*["']?kind["']?\s*:\s*["']?definitions\b""", re.MULTILINE)


class PolicyFile(NamedTuple):
    """A file of a policy set: its name as the user would write it, and its content."""

    name: str
    content: bytes


def policy_files(folders: Iterable[str | PathLike[str]]) -> tuple[PolicyFile, ...]:
    """All files of folders of policies.

    Raises:
        InvalidInput: a folder does not exist, or a file cannot be read.
    """
    found: list[PolicyFile] = []
    for folder in folders:
        path = shipped("policies") if folder == SHIPPED else Path(folder)
        if not path.exists():
            hint = f"name a folder of policies, or `{SHIPPED}` for those that come with procureguard"
            raise InvalidInput([Diagnostic("PG100", "error", "there is no such folder", name=str(folder), hint=hint)])
        files = policies_in(path) if path.is_dir() else [path]
        found += [PolicyFile(str(file), read_bytes(file)) for file in files]
    return tuple(found)


def policies_around(found: Path | None) -> tuple[str, ...]:
    """The policies in force where a folder of policies was found by its name, or none was.

    A folder with definitions of its own is a policy set of its own; policies without stand beside the shipped ones,
    whose definitions they share.
    """
    if found is None:
        return (SHIPPED,)
    alone = stands_alone(read_bytes(file) for file in policies_in(found))
    return (str(found),) if alone else (SHIPPED, str(found))


def policies_with(folders: Iterable[str]) -> tuple[str, ...]:
    """The policies in force where folders of policies, or single files, are looked at: what they stand among."""
    sets = (policies_around(whole(Path(folder))) if folder != SHIPPED else (SHIPPED,) for folder in folders)
    return tuple(dict.fromkeys(chain.from_iterable(sets)))


def whole(part: Path) -> Path:
    """The folder of the policy set that a file or folder is part of: the one called `policies`, or its own.

    It is looked for in the path as it is written, and as high up as everything that belongs to a file.
    """
    folder = part if part.is_dir() else part.parent
    written = (found for found in (folder, *folder.parents) if found.name == FOLDER)
    above = (found for found in levels(folder / "policy.yaml", Path.cwd()) if found.resolve().name == FOLDER)
    return next(chain(written, above), folder)


def stands_alone(contents: Iterable[bytes]) -> bool:
    """Whether files are a policy set of their own: definitions are among them, or there is nothing at all."""
    files = iter(contents)
    first = next(files, None)
    return first is None or any(_OWN_DEFINITIONS.search(content) for content in chain([first], files))
