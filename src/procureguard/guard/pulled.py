"""Policy sets that were fetched: kept by their digests, so that each is what somebody has looked at, or nothing."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from procureguard.guard.bundle import MOST_PACKED_BYTES, Bundle, read_bundle
from procureguard.guard.cache import LOCATION, Cache, user_cache
from procureguard.guard.writing import put
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.stack.policy_source import PolicySource

if TYPE_CHECKING:
    from procureguard.fetch.download import Limits

FOLDER = "packs"
"""The folder in the cache; what lies there serves every version of procureguard."""


class Pulled(NamedTuple):
    """A policy set that is here now; `fresh` if it was not before."""

    bundle: Bundle
    fresh: bool


def pulled_bundle(source: PolicySource, cache: Cache) -> Bundle:
    """The policy set of a source as it was fetched; nothing is fetched now.

    Raises:
        InvalidInput: it was never fetched, or is damaged.
    """
    content = _kept(source, cache)
    if content is None:
        hint = "run `procureguard policy pull`"
        raise InvalidInput([Diagnostic("PG321", "error", _missing(source, cache), name=source.name, hint=hint)])
    return read_bundle(source.name, content)


def pull(source: PolicySource, cache: Cache, limits: "Limits | None" = None, *, allow_private: bool = False) -> Pulled:
    """Fetches the policy set of a source, unless it is here; what was fetched before stays in any case.

    Raises:
        InvalidInput: it cannot or must not be fetched, is not what the digest promises, or cannot be kept.
    """
    content = _kept(source, cache)
    if content is not None:
        return Pulled(read_bundle(source.name, content), fresh=False)
    place = _place(source, cache)
    if place is None:
        raise _unkept(source, "there is no cache to keep the policies in")
    from procureguard.fetch.download import Limits, fetch, refused  # noqa: PLC0415 - the only run that opens a connection

    content = fetch(source.address, limits or Limits(MOST_PACKED_BYTES), allow_private=allow_private)
    found = hashlib.sha256(content).hexdigest()
    if found != source.digest:
        message = f"the file is another one: its digest is {found}, and {source.digest} is asked for"
        raise refused(source.address, message, "ask whoever publishes it which of the two is right")
    bundle = read_bundle(source.name, content)
    _keep(source, place, content)
    return Pulled(bundle, fresh=True)


def _kept(source: PolicySource, cache: Cache) -> bytes | None:
    """The archive of a source, if it is here and has not changed since."""
    place = _place(source, cache)
    try:
        content = place.read_bytes() if place is not None else b""
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == source.digest else None


def _keep(source: PolicySource, place: Path, content: bytes) -> None:
    """Keeps an archive in one step: whoever looks sees all of it or nothing."""
    try:
        place.parent.mkdir(mode=0o700, exist_ok=True)
        put(place, content)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise _unkept(source, f"the policies cannot be kept: {reason}") from None


def _place(source: PolicySource, cache: Cache) -> Path | None:
    return None if cache.folder is None else cache.folder / FOLDER / f"{source.digest}.tar.gz"


def _missing(source: PolicySource, cache: Cache) -> str:
    """Why a policy set is not here."""
    place = _place(source, cache)
    if place is None:
        return "there is no cache that holds the policies"
    return "the policies that were fetched are damaged" if place.exists() else "the policies have not been fetched yet"


def _unkept(source: PolicySource, message: str) -> InvalidInput:
    hint = f"set {LOCATION} to a folder of your own"
    return InvalidInput([Diagnostic("PG322", "error", message, name=source.name, hint=hint)])


def cache_for(cache: Cache | None) -> Cache:
    """The cache that is given, or else the user's: what is known by its digest is the same wherever it lies."""
    return user_cache()[0] if cache is None or cache.folder is None else cache
