"""Compiled policy sets kept between runs, in a folder that only the user can write.

An entry is trusted because nobody else can write it, checked because a disk can fail, and found by everything its
content depends on. Whatever is wrong with an entry, it is as if it were not there.
"""

import hashlib
import marshal
import os
import stat
import sys
from datetime import date
from pathlib import Path
from typing import Any

from procureguard.compile.program import Program
from procureguard.facts.fact import Place
from procureguard.policy.model import Effect, Pack, Policy, PolicySet, Turn
from procureguard.version import __version__

FORMAT = b"procureguard-1\n"
DIGEST_BYTES = 32
LOCATION = "PROCUREGUARD_CACHE"
"""The environment variable that names another folder; empty for no cache at all."""


class Cache:
    """Programs by key in a folder, or nowhere; getting and putting never fail."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, key: str) -> Program | None:
        """The program put under a key, or None."""
        if self.folder is None:
            return None
        try:
            content = (self.folder / _name(key)).read_bytes()
            return _unpacked(content)
        except (OSError, ValueError, EOFError, TypeError, KeyError, IndexError):
            return None

    def put(self, key: str, program: Program) -> None:
        """Keeps a program under a key; whoever reads meanwhile sees all of it or nothing."""
        if self.folder is None:
            return
        import tempfile  # noqa: PLC0415 - a cached program is not written again

        try:
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as scratch:
                scratch.write(_packed(program))
            Path(scratch.name).replace(self.folder / _name(key))
        except OSError:
            return


NO_CACHE = Cache(None)


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


def _program_files() -> str:
    """When and how this program was written: a checkout changes without changing its version."""
    package = Path(__file__).parents[1]
    return repr(sorted(entry for folder in [str(package), *_folders(package)] for entry in _stamps(folder)))


def _folders(package: Path) -> list[str]:
    return [entry.path for entry in os.scandir(package) if entry.is_dir()]


def _stamps(folder: str) -> list[tuple[str, int, int]]:
    found = [(entry.name, entry.stat()) for entry in os.scandir(folder) if entry.is_file()]
    return [(name, state.st_mtime_ns, state.st_size) for name, state in found]


def _packed(program: Program) -> bytes:
    policies = program.policies
    content = marshal.dumps(
        {
            "policies": [_row(policy) for policy in policies.policies],
            "packs": {identity: _row(pack) for identity, pack in policies.packs.items()},
            "roots": dict(policies.roots),
            "digest": policies.digest,
            "slots": program.slots,
            "tiers": program.tiers,
            "code": program.code,
            "patterns": dict(program.patterns),
        }
    )
    return FORMAT + hashlib.sha256(content).digest() + content


def _unpacked(content: bytes) -> Program:
    head = len(FORMAT) + DIGEST_BYTES
    if content[: len(FORMAT)] != FORMAT or hashlib.sha256(content[head:]).digest() != content[len(FORMAT) : head]:
        raise ValueError("not an entry of this cache, or damaged")
    data: dict[str, Any] = marshal.loads(content[head:])  # noqa: S302 - the folder is the user's own, the digest is right
    policies = PolicySet(
        tuple(_policy(row) for row in data["policies"]),
        {identity: _pack(row) for identity, row in data["packs"].items()},
        data["roots"],
        data["digest"],
    )
    return Program.of(policies, data["slots"], data["tiers"], data["code"], data["patterns"])


def _row(thing: Policy | Pack) -> dict[str, Any]:
    return {name: _plain(value) for name, value in thing._asdict().items()}


def _plain(value: Any) -> Any:  # noqa: ANN401 - what the fields of policies and packs hold
    match value:
        case Effect():
            return int(value)
        case date():
            return value.toordinal()
        case Place():
            return (value.role, value.document, value.pointer, value.line, value.column)
        case Turn():
            return (value.fact, value.field, value.days)
        case tuple():
            return tuple(_plain(item) for item in value)
        case _:
            return value


def _policy(row: dict[str, Any]) -> Policy:
    return Policy(
        **{
            **row,
            "effect": Effect(row["effect"]),
            "effective_from": _day(row["effective_from"]),
            "effective_to": _day(row["effective_to"]),
            "turns": tuple(Turn(*turn) for turn in row["turns"]),
            "place": Place(*row["place"]),
        }
    )


def _pack(row: dict[str, Any]) -> Pack:
    return Pack(**{**row, "agreed_on": _day(row["agreed_on"]), "review_by": _day(row["review_by"])})


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)
