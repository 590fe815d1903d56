"""Finding and reading the files of a check."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from procureguard.source.diagnostic import Diagnostic, InvalidInput, did_you_mean
from procureguard.source.document import Document
from procureguard.source.read import MAXIMUM_BYTES, read_document

SUFFIXES = (".yaml", ".yml", ".json")
NAMES = ("inventory", "organisation", "decisions", "card-payments")
STANDARD_INPUT = "-"
MOST_REGISTER_BYTES = 16 * MAXIMUM_BYTES
"""A register may be longer than other files: ten thousand tools, decisions or payments are allowed."""

REPOSITORY = ".git"
"""What marks the top of a repository."""


def read_file(name: str | Path, problems: list[Diagnostic]) -> Document | None:
    """The document in a file, or None with everything wrong with it added to the problems.

    Raises:
        InvalidInput: there is no such file, or it cannot be read.
    """
    return read_document(str(name), read_bytes(Path(name)), problems)


def read_bytes(path: Path) -> bytes:
    """The content of a file.

    Raises:
        InvalidInput: there is no such file, or it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        hint = did_you_mean(path.name, _neighbours(path)) or "look at the name and at the folder you are in"
        raise InvalidInput([_unreadable(path, "there is no such file", hint)]) from None
    except IsADirectoryError:
        raise InvalidInput([_unreadable(path, "this is a folder", "name a file in it")]) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InvalidInput(
            [_unreadable(path, f"the file cannot be read: {reason}", "look at its permissions")]
        ) from None


def purchases_in(folder: Path) -> Iterator[Path]:
    """The purchases in a folder: what is called `*.purchase.yaml`, and what lies in a folder `purchases`."""
    return (path for path, above in _files_and_above(folder) if _is_named(path, "purchase") or "purchases" in above)


def manifests_in(folder: Path) -> Iterator[Path]:
    """The vendor manifests in a folder: what is called `*.vendor.yaml`, and what lies in a folder `vendors`."""
    return (path for path, above in _files_and_above(folder) if _is_named(path, "vendor") or "vendors" in above)


def documents_in(folder: Path) -> Iterator[Path]:
    """All files of a folder that are found by name: purchases, vendors, inventory, organisation, policies."""
    for path, above in _files_and_above(folder):
        by_folder = above & {"purchases", "requests", "vendors", "policies"}
        if by_folder or path.stem in NAMES or any(_is_named(path, kind) for kind in ("purchase", "vendor")):
            yield path


def vendors_in(folder: Path) -> Iterator[Path]:
    """The vendor manifests of a folder: `vendors/**` and `*.vendor.yaml` beside them."""
    if (folder / "vendors").is_dir():
        yield from _files(folder / "vendors")
    if folder.is_dir():
        yield from sorted(path for path in folder.iterdir() if path.is_file() and _is_named(path, "vendor"))


def policies_in(folder: Path) -> Iterator[Path]:
    """All files of a folder of policies."""
    return _files(folder)


def levels(path: Path, here: Path) -> list[Path]:
    """The folders in which what belongs to a file is looked for: its own, then those above.

    Up to the top of the repository it lies in, or to the working folder where that is higher or there is none: the
    answer must not depend on the folder one asks from.
    """
    folder, working = path.resolve().parent, here.resolve()
    parents = [folder, *folder.parents]
    tops = [found for found in parents if found == working or (found / REPOSITORY).exists()]
    if not tops:
        return [path.parent]
    return [_short(found, working) for found in parents[: parents.index(tops[-1]) + 1]]


def of_its_folder(path: Path) -> Path:
    """A path with the same levels, the same for all files of a folder: most are asked for together with others."""
    return path if path.is_symlink() else path.parent / "file"


def nearest(name: str, folders: Iterable[Path]) -> Path | None:
    """The nearest file of that name, whatever its suffix, or folder of that name."""
    for folder in folders:
        for candidate in (folder / name, *(folder / f"{name}{suffix}" for suffix in SUFFIXES)):
            if candidate.exists() and (candidate.is_dir() == (name not in NAMES)):
                return candidate
    return None


def _files(folder: Path) -> Iterator[Path]:
    """All files of a folder and the folders in it that may be documents; hidden ones are passed over."""
    return iter(sorted(Path(name) for name in _walk(str(folder))) if folder.is_dir() else ())


def _walk(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path)
            elif entry.name.endswith(SUFFIXES) and entry.is_file():
                yield entry.path


def _short(folder: Path, working: Path) -> Path:
    """As the user would write it, from the working folder."""
    return folder.relative_to(working) if folder.is_relative_to(working) else Path(os.path.relpath(folder, working))


def _files_and_above(searched: Path) -> Iterator[tuple[Path, set[str]]]:
    """The files of a folder, each with the names of the folders it lies in."""
    found: dict[Path, set[str]] = {}
    for path in _files(searched):
        if path.parent not in found:
            found[path.parent] = _above(path.parent, searched)
        yield path, found[path.parent]


def _above(inner: Path, searched: Path) -> set[str]:
    """The names of a folder and those above it, from the working folder or the one searched down.

    What is called like this further up, a home folder `policies` for instance, says nothing of the files in it.
    """
    folder, top = inner.resolve(), searched.resolve()
    if top.is_relative_to(Path.cwd()):
        top = Path.cwd()
    return {top.name, *folder.relative_to(top).parts}


def _is_named(path: Path, kind: str) -> bool:
    return path.suffix in SUFFIXES and path.stem.endswith(f".{kind}")


def _neighbours(path: Path) -> list[str]:
    return [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []


def _unreadable(path: Path, message: str, hint: str) -> Diagnostic:
    return Diagnostic("PG100", "error", message, name=str(path), hint=hint)


def is_file(word: str | os.PathLike[str]) -> bool:
    """Whether a word is the name of a file; one that no file can have is none."""
    try:
        return Path(word).is_file()
    except (OSError, ValueError):
        return False


def exists(word: str) -> bool:
    """Whether a word is the name of a file or folder that is there; one that none can have is not."""
    try:
        return bool(word) and Path(word).exists()
    except (OSError, ValueError):
        return False
