"""What took long to make, kept between runs in a folder that only the user can write.

An entry is trusted because nobody else can write it, checked because a disk can fail, and found by everything its
content depends on. Whatever is wrong with an entry, it is as if it were not there.
"""

import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from procureguard.guard.writing import put
from procureguard.source.shipped import shipped
from procureguard.version import __version__

FORMAT = b"procureguard-2\n"
DIGEST_BYTES = 32
LOCATION = "PROCUREGUARD_CACHE"
"""The environment variable that names another folder; empty for no cache at all."""


T = TypeVar("T")


class Cache:
    """Bytes by key in a folder, or nowhere; getting and putting never fail."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, key: str, unpack: Callable[[bytes], T]) -> T | None:
        """What the bytes put under a key unpack to, or None."""
        if self.folder is None:
            return None
        try:
            return unpack(_whole((self.folder / _name(key)).read_bytes()))
        except (OSError, ValueError, EOFError, TypeError, KeyError, IndexError):
            return None

    def put(self, key: str, content: bytes) -> None:
        """Keeps bytes under a key; whoever reads meanwhile sees all of them or nothing."""
        if self.folder is None:
            return
        try:
            put(self.folder / _name(key), FORMAT + hashlib.sha256(content).digest() + content)
        except OSError:
            return


NO_CACHE = Cache(None)


def _whole(entry: bytes) -> bytes:
    """What an entry keeps.

    Raises:
        ValueError: it is not an entry of this cache, or damaged.
    """
    head = len(FORMAT) + DIGEST_BYTES
    if entry[: len(FORMAT)] != FORMAT or hashlib.sha256(entry[head:]).digest() != entry[len(FORMAT) : head]:
        raise ValueError("not an entry of this cache, or damaged")
    return entry[head:]


def user_cache() -> tuple[Cache, str | None]:
    """The cache of the user, and why it is not used if it is not."""
    folder = _location()
    if folder is None:
        return NO_CACHE, None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        reason = _unsafe(folder)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
    return (NO_CACHE, f"the cache {folder} is not used: {reason}") if reason else (Cache(folder), None)


def _location() -> Path | None:
    named = os.environ.get(LOCATION)
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "procureguard"
    except RuntimeError:
        return None


def _unsafe(folder: Path) -> str | None:
    """Why a folder must not be trusted; on Windows the user's own folders are private by default."""
    if sys.platform == "win32":
        return None
    found = folder.stat()
    if found.st_uid != os.geteuid():
        return "it belongs to somebody else"
    return "others can write to it" if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) else None


def _name(key: str) -> str:
    """A file name from everything that the content depends on: the policies, this program, and Python."""
    return hashlib.sha256(f"{key}{__version__}{sys.implementation.cache_tag}{_program_files()}".encode()).hexdigest()


@lru_cache(1)
def _program_files() -> str:
    """When and how this program and its data were written: a checkout changes without changing its version.

    Asked once in a run, for what runs and what it has read are not replaced either.
    """
    folders = (Path(__file__).parents[1], shipped("schemas"))
    return repr([sorted(_stamps(str(folder), "")) for folder in folders])


def _stamps(folder: str, within: str) -> Iterator[tuple[str, int, int]]:
    """Every file below a folder, but what Python compiled, with its time in nanoseconds and its size in bytes."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{within}/{entry.name}"
            if entry.is_file():
                state = entry.stat()
                yield name, state.st_mtime_ns, state.st_size
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _stamps(entry.path, name)
