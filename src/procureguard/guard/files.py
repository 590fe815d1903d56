"""Finding and reading the files of a check."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from procureguard.source.diagnostic import Diagnostic, InvalidInput, did_you_mean
from procureguard.source.document import Document
from procureguard.source.read import MAXIMUM_BYTES, read_document

SUFFIXES = (".yaml", ".yml", ".json")
NAMES = ("inventory", "organisation", "decisions", "card-payments")
NAMED = ("purchase", "vendor", "answers")
"""Kinds of file that are known by their names wherever they lie, as in `surveys.purchase.yaml`."""

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
        InvalidInput: there is no such file, or it cannot be read; a pipe or device, which may never end, is none.
    """
    try:
        mode = path.stat().st_mode
        if not S_ISREG(mode) and not S_ISDIR(mode):
            hint = f"name a file, or `{STANDARD_INPUT}` to read standard input"
            raise InvalidInput([_unreadable(path, "this is no file", hint)])
        return path.read_bytes()
    except FileNotFoundError:
        hint = did_you_mean(path.name, _neighbours(path)) or "look at the name and at the folder you are in"
        raise InvalidInput([_unreadable(path, "there is no such file", hint)]) from None
    except IsADirectoryError:
        raise InvalidInput([_unreadable(path, "this is a folder", "name a file in it")]) from None
    except OSError as error:
        raise InvalidInput([_refused(path, "file", error)]) from None


def purchases_in(folder: Path, unreadable: list[Diagnostic] | None = None) -> Iterator[Path]:
    """The purchases in a folder: what is called `*.purchase.yaml`, and what lies in a folder `purchases`.

    Answers to questions about them, `*.answers.yaml`, may lie beside them.

    Raises:
        InvalidInput: a folder in it cannot be read, and there is no list of what is unreadable to say so in.
    """
    found = _files_and_above(folder, unreadable)
    return (
        path
        for path, above in found
        if _is_named(path, "purchase") or ("purchases" in above and not _is_named(path, "answers"))
    )


def manifests_in(folder: Path, unreadable: list[Diagnostic] | None = None) -> Iterator[Path]:
    """The vendor manifests in a folder: what is called `*.vendor.yaml`, and what lies in a folder `vendors`.

    Raises:
        InvalidInput: as above.
    """
    found = _files_and_above(folder, unreadable)
    return (path for path, above in found if _is_named(path, "vendor") or "vendors" in above)


def documents_in(folder: Path, unreadable: list[Diagnostic] | None = None) -> Iterator[Path]:
    """All files of a folder found by name: purchases, vendors, answers, inventory, organisation, policies.

    Raises:
        InvalidInput: as above.
    """
    for path, above in _files_and_above(folder, unreadable):
        by_folder = above & {"purchases", "requests", "vendors", "policies"}
        if by_folder or path.stem in NAMES or any(_is_named(path, kind) for kind in NAMED):
            yield path


def vendors_in(folder: Path) -> Iterator[Path]:
    """The vendor manifests of a folder: `vendors/**` and `*.vendor.yaml` beside them."""
    yield from files_in(folder / "vendors")
    if is_folder(folder):
        yield from sorted(path for path in folder.iterdir() if _is_named(path, "vendor") and is_file(path))


def policies_in(folder: Path) -> Iterator[Path]:
    """All files of a folder of policies."""
    return files_in(folder)


def own_files_in(folder: Path) -> Iterator[Path]:
    """All files of a folder that came with the package, which some installers fill with links to elsewhere."""
    return iter(sorted(Path(name) for name in _walk(str(folder), None, None)))


def levels(path: Path, here: Path) -> list[Path]:
    """The folders in which what belongs to a file is looked for: its own, then those above.

    Up to the top of the repository it lies in, or to the working folder where that is higher or there is none: the
    answer must not depend on the folder one asks from.
    """
    folder, working = resolved(path).parent, here.resolve()
    parents = [folder, *folder.parents]
    tops = [found for found in parents if found == working or exists(found / REPOSITORY)]
    if not tops:
        return [path.parent]
    return [_short(found, working) for found in parents[: parents.index(tops[-1]) + 1]]


def of_its_folder(path: Path) -> Path:
    """A path with the same levels, the same for all files of a folder: most are asked for together with others."""
    return path if _is(Path.is_symlink, path) else path.parent / "file"


def nearest(name: str, folders: Iterable[Path]) -> Path | None:
    """The nearest file of that name, whatever its suffix, or folder of that name."""
    for folder in folders:
        for candidate in (folder / name, *(folder / f"{name}{suffix}" for suffix in SUFFIXES)):
            if exists(candidate) and (is_folder(candidate) == (name not in NAMES)):
                return candidate
    return None


def files_in(folder: Path, unreadable: list[Diagnostic] | None = None) -> Iterator[Path]:
    """All files of a folder and the folders in it that may be documents.

    Hidden ones are passed over, and so are links to something hidden or outside the repository or working folder: what
    is wrong with a file is shown with lines of it, and whoever made the link need not be allowed to read them.

    Raises:
        InvalidInput: a folder in it cannot be read, and there is no list of what is unreadable to say so in.
    """
    if not is_folder(folder):
        return iter(())
    top = levels(folder / "file", Path.cwd())[-1].resolve()
    return iter(sorted(Path(name) for name in _walk(str(folder), top, unreadable)))


def _walk(folder: str, top: Path | None, unreadable: list[Diagnostic] | None) -> Iterator[str]:
    for entry in _entries(folder, unreadable):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, top, unreadable)
        elif entry.name.endswith(SUFFIXES) and _is_open(entry, top):
            yield entry.path


def _entries(folder: str, unreadable: list[Diagnostic] | None) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError as error:
        problem = _refused(Path(folder), "folder", error)
        if unreadable is None:
            raise InvalidInput([problem]) from None
        unreadable.append(problem)
        return []


def _is_open(entry: os.DirEntry[str], top: Path | None) -> bool:
    """Whether this is a file, and no link to one that is hidden or not below the top, if there is one."""
    try:
        if top is None or not entry.is_symlink() or not entry.is_file():
            return entry.is_file()
    except OSError:
        return False
    target = Path(entry.path).resolve()
    return target.is_relative_to(top) and not any(part.startswith(".") for part in target.relative_to(top).parts)


def _short(folder: Path, working: Path) -> Path:
    """As the user would write it, from the working folder."""
    return folder.relative_to(working) if folder.is_relative_to(working) else Path(os.path.relpath(folder, working))


def _files_and_above(searched: Path, unreadable: list[Diagnostic] | None) -> Iterator[tuple[Path, set[str]]]:
    """The files of a folder, each with the names of the folders it lies in."""
    found: dict[Path, set[str]] = {}
    for path in files_in(searched, unreadable):
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
    try:
        return [other.name for other in path.parent.iterdir()]
    except OSError:
        return []


def _refused(path: Path, what: str, error: OSError) -> Diagnostic:
    reason = (error.strerror or str(error)).lower()
    return _unreadable(path, f"the {what} cannot be read: {reason}", "look at its permissions")


def _unreadable(path: Path, message: str, hint: str) -> Diagnostic:
    return Diagnostic("PG100", "error", message, name=str(path), hint=hint)


def is_file(word: str | os.PathLike[str]) -> bool:
    """Whether a word is the name of a file; one that no file can have is none."""
    return _is(Path.is_file, word)


def is_folder(word: str | os.PathLike[str]) -> bool:
    """Whether a word is the name of a folder; one that no folder can have is none."""
    return _is(Path.is_dir, word)


def exists(word: str | os.PathLike[str]) -> bool:
    """Whether a word is the name of a file or folder that is there; one that none can have is not."""
    return bool(word) and _is(Path.exists, word)


def resolved(path: Path) -> Path:
    """The path without links; of links that lead in a circle, which nobody can read, as it is written."""
    try:
        return path.resolve()
    except RuntimeError:
        return path.absolute()


def _is(question: Callable[[Path], bool], word: str | os.PathLike[str]) -> bool:
    """The answer for a path; no for names that are too long and for what lies in a folder nobody may enter."""
    try:
        return question(Path(word))
    except (OSError, ValueError):
        return False
