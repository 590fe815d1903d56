"""The files of a policy set, by the names of their folders or the sources they were fetched from."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from procureguard.guard.files import exists, is_folder, levels, own_files_in, policies_in, read_bytes
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.read import read_document
from procureguard.source.shipped import shipped
from procureguard.stack.organisation import Organisation, load_organisation

if TYPE_CHECKING:
    from procureguard.guard.cache import Cache
    from procureguard.stack.policy_source import PolicySource

SHIPPED = "shipped"
"""The name of the policies that come with the package."""

FOLDER = "policies"
"""What a folder is called that holds a whole policy set."""

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_OWN_DEFINITIONS, _FORM = (
    re.compile(rb"""^[{\s]*["']?kind["']?\s*:\s*["']?%b\b""" % kind, re.MULTILINE) for kind in (b"definitions", b"form")
)


class PolicyFile(NamedTuple):
    """A file of a policy set: its name as the user would write it, and its content."""

    name: str
    content: bytes


def policy_files(names: Iterable[str | PathLike[str]], cache: "Cache | None" = None) -> tuple[PolicyFile, ...]:
    """All files of folders of policies, and of sources that were fetched into the cache: the user's if none is given.

    Raises:
        InvalidInput: a folder does not exist, a file cannot be read, or what a source holds was not fetched.
    """
    found: list[PolicyFile] = []
    fetched: list[PolicyFile] = []
    for folder in names:
        if is_fetched(folder):
            fetched += _fetched(str(folder), cache)
            continue
        if folder == SHIPPED:
            found += [PolicyFile(str(file), read_bytes(file)) for file in own_files_in(shipped("policies"))]
            continue
        path = Path(folder)
        if not exists(path):
            hint = f"name a folder of policies, or `{SHIPPED}` for those that come with procureguard"
            raise InvalidInput([Diagnostic("PG100", "error", "there is no such folder", name=str(folder), hint=hint)])
        files = policies_in(path) if is_folder(path) else [path]
        found += [PolicyFile(str(file), read_bytes(file)) for file in files]
    return beside(fetched, found)


def beside(shared: Sequence[PolicyFile], own: Sequence[PolicyFile]) -> tuple[PolicyFile, ...]:
    """Policies that are shared and one's own together; one's own form counts in place of the other."""
    if any(_FORM.search(file.content) for file in own):
        shared = [file for file in shared if not _FORM.search(file.content)]
    return (*shared, *own)


def shared_policies(organisation: Organisation) -> str:
    """The policies that everybody in an organisation shares: those of the source it names, or the shipped ones."""
    source = organisation.source
    return SHIPPED if source is None else source.text


def shared_by(name: str | PathLike[str] | None) -> str:
    """The policies that an organisation's file makes everybody share; whoever loads it says what is wrong with it.

    Raises:
        InvalidInput: there is no such file, or it cannot be read.
    """
    content = b"" if name is None else read_bytes(Path(name))
    if b"sha256" not in content and b"\\" not in content:  # in no way can a source be written here
        return SHIPPED
    document = read_document(str(name), content, [])
    owner = None if document is None else load_organisation(document, [])
    return SHIPPED if owner is None else shared_policies(owner)


def policies_around(found: Path | None, shared: str = SHIPPED) -> tuple[str, ...]:
    """The policies in force where a folder of policies was found by its name, or none was.

    A folder with definitions of its own is a policy set of its own; policies without stand beside those that are
    shared, the shipped ones or those the organisation names, whose definitions they use.
    """
    if found is None:
        return (shared,)
    alone = stands_alone(read_bytes(file) for file in policies_in(found))
    return (str(found),) if alone else (shared, str(found))


def policies_with(names: Iterable[str], shared: str = SHIPPED) -> tuple[str, ...]:
    """The policies in force where folders of policies, or single files, are looked at: what they stand among."""
    sets = (
        (name,) if name == SHIPPED or is_fetched(name) else policies_around(whole(Path(name)), shared) for name in names
    )
    return tuple(dict.fromkeys(chain.from_iterable(sets)))


def is_fetched(name: str | PathLike[str]) -> bool:
    """Whether the name of a policy set is a source that it is fetched from, and no folder."""
    return isinstance(name, str) and _ADDRESS.match(name) is not None


def readable(name: str) -> str:
    """What people call a policy set: a folder as it is written, a source by its file."""
    return source_of(name).name if is_fetched(name) else name


def whole(part: Path) -> Path:
    """The folder of the policy set that a file or folder is part of: the one called `policies`, or its own.

    It is looked for in the path as it is written, and as high up as everything that belongs to a file.
    """
    folder = part if is_folder(part) else part.parent
    written = (found for found in (folder, *folder.parents) if found.name == FOLDER)
    above = (found for found in levels(folder / "policy.yaml", Path.cwd()) if found.resolve().name == FOLDER)
    return next(chain(written, above), folder)


def stands_alone(contents: Iterable[bytes]) -> bool:
    """Whether files are a policy set of their own: definitions are among them, or there is nothing at all."""
    files = iter(contents)
    first = next(files, None)
    return first is None or any(_OWN_DEFINITIONS.search(content) for content in chain([first], files))


def _fetched(name: str, cache: "Cache | None") -> list[PolicyFile]:
    """The files of a source, each named by its path within what was fetched."""
    from procureguard.guard.pulled import cache_for, pulled_bundle  # noqa: PLC0415 - few policies are fetched

    source = source_of(name)
    bundle = pulled_bundle(source, cache_for(cache))
    return [PolicyFile(f"{source.name}/{path}", content) for path, content in bundle.files.items()]


def source_of(name: str) -> "PolicySource":
    """The source that a name stands for.

    Raises:
        InvalidInput: it stands for none.
    """
    from procureguard.stack.policy_source import Wrong, read_source  # noqa: PLC0415 - as above

    found = read_source(name)
    if isinstance(found, Wrong):
        raise InvalidInput([Diagnostic("PG320", "error", found.message, name=name, hint=found.hint)])
    return found
