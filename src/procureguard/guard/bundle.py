"""A policy set as one file that is the same wherever it is made: an archive with a manifest."""

import hashlib
import json
import re
import struct
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import NamedTuple, NoReturn

from procureguard.guard.files import SUFFIXES
from procureguard.source.diagnostic import Diagnostic, InvalidInput
from procureguard.source.read import MAXIMUM_BYTES
from procureguard.source.text import shown

MANIFEST = ".manifest"
"""The file of an archive that says what else is in it."""

FORMAT = 1
MOST_FILES = 2_000
MOST_PACKED_BYTES = 8 * MAXIMUM_BYTES
"""What an archive may have as it is fetched."""

MOST_BYTES = 32 * MAXIMUM_BYTES
"""What a policy set may have unpacked, headers of the archive included."""

_GZIP_HEAD = bytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
"""No name, no time, and no system that it was made on."""

_STORED_BLOCK = 0xFFFF
_GZIP = 16 + zlib.MAX_WBITS
_UNUSUAL = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")
_DAMAGED = (tarfile.TarError, OSError, EOFError, ValueError, OverflowError, LookupError, RecursionError, struct.error)
"""What reading an archive may raise that somebody has tampered with."""

ASK_FOR_ANOTHER = "it was not made by `procureguard policy bundle`, or changed afterwards: ask whoever publishes it"


class Bundle(NamedTuple):
    """The files of a policy set, by their paths within it."""

    files: Mapping[str, bytes]

    @property
    def revision(self) -> str:
        """The SHA-256 digest of all names and contents, however they are packed."""
        return hashlib.sha256(json.dumps(self._digests(), sort_keys=True).encode()).hexdigest()

    @property
    def manifest(self) -> bytes:
        """What the archive says of itself."""
        stated = {"format": FORMAT, "revision": self.revision, "files": self._digests()}
        return (json.dumps(stated, indent=1, sort_keys=True) + "\n").encode()

    def _digests(self) -> dict[str, str]:
        return {path: hashlib.sha256(content).hexdigest() for path, content in self.files.items()}


def written_bundle(bundle: Bundle) -> bytes:
    """The archive of a policy set, a `.tar.gz` that any other program can open.

    It is not compressed: how small a text becomes depends on the version of the compressor, and so would the digest.
    """
    archive = BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path, content in [(MANIFEST, bundle.manifest), *sorted(bundle.files.items())]:
            entry = tarfile.TarInfo(path)
            entry.size = len(content)
            tar.addfile(entry, BytesIO(content))
    return _stored(archive.getvalue())


def read_bundle(name: str, content: bytes) -> Bundle:
    """The policy set in an archive; everything is looked at before anything is believed.

    Raises:
        InvalidInput: it is no archive, or holds what no policy set holds.
    """
    unpacked = _unpacked(name, content)
    try:
        with tarfile.open(fileobj=BytesIO(unpacked), mode="r:") as tar:
            files = dict(_entries(name, tar))
    except _DAMAGED as error:
        _refuse(name, f"this is no sound archive: {type(error).__name__}")
    manifest = files.pop(MANIFEST, None)
    bundle = Bundle(files)
    if manifest != bundle.manifest:
        _refuse(name, "the archive has no manifest" if manifest is None else "the manifest does not fit the files")
    return bundle


def _stored(content: bytes) -> bytes:
    """The content as gzip has it, uncompressed (RFC 1951, 3.2.4; RFC 1952)."""
    parts = [_GZIP_HEAD]
    for start in range(0, len(content), _STORED_BLOCK):
        block = content[start : start + _STORED_BLOCK]
        last = start + _STORED_BLOCK >= len(content)
        parts += [struct.pack("<BHH", last, len(block), len(block) ^ 0xFFFF), block]
    return b"".join([*parts, struct.pack("<LL", zlib.crc32(content), len(content))])


def _unpacked(name: str, content: bytes) -> bytes:
    """What is compressed, which may be much more than it seems."""
    opened = zlib.decompressobj(_GZIP)
    try:
        unpacked = opened.decompress(content, MOST_BYTES + 1)
    except zlib.error:
        _refuse(name, "this is no archive of the kind `.tar.gz`")
    if len(unpacked) > MOST_BYTES:
        _refuse(name, f"the archive holds more than {MOST_BYTES:,} bytes")
    if not opened.eof or opened.unused_data:
        _refuse(name, "the archive does not end where it should")
    return unpacked


def _entries(name: str, tar: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    """The files of an archive with their paths."""
    known: set[str] = set()
    for entry in tar:
        path = entry.name
        if len(known) > MOST_FILES:
            _refuse(name, f"the archive holds more than {MOST_FILES:,} files")
        if entry.type not in {tarfile.REGTYPE, tarfile.AREGTYPE} or entry.issparse():
            _refuse(name, f"{shown(path)} is a link, a folder or something else that is no file")
        if path != MANIFEST and not _is_policy_file(path):
            _refuse(name, f"{shown(path)} is no name that a policy file can have")
        if entry.size > MAXIMUM_BYTES:
            _refuse(name, f"{shown(path)} has {entry.size:,} bytes; at most {MAXIMUM_BYTES:,} are read")
        if path in known:
            _refuse(name, f"the archive holds {shown(path)} twice")
        known.add(path)
        content = tar.extractfile(entry)
        assert content is not None
        yield path, content.read()


def _is_policy_file(path: str) -> bool:
    """Whether a path leads downwards to a file that a folder of policies may hold, by any system's reading of it."""
    parts = path.split("/")
    return path.endswith(SUFFIXES) and not _UNUSUAL.search(path) and all(part[:1] not in {"", "."} for part in parts)


def _refuse(name: str, message: str) -> NoReturn:
    raise InvalidInput([Diagnostic("PG323", "error", message, name=name, hint=ASK_FOR_ANOTHER)])
