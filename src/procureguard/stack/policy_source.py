"""Where policies come from that are kept elsewhere: an address, and the digest of what must lie there."""

import hashlib
import re
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

from procureguard.source.text import shown

DIGEST = re.compile(r"[0-9a-f]{64}")
ADDRESS = re.compile(r"[!#-;=?-\[\]_a-z~]+")
"""What may stand in an address: printable ASCII without quotes, angle brackets, backslash and braces."""

LOOPBACK_NAMES = frozenset({"localhost", "::1"})
_LOOPBACK_ADDRESS = re.compile(r"127(\.[0-9]{1,3}){3}")
SCHEMES = frozenset({"https", "http"})
_SHORT = 8

WRITE_A_SOURCE = "write `https://…#sha256=…`, the line that `procureguard policy bundle` prints"


class Wrong(NamedTuple):
    """Why a text is no source of policies, and what to write."""

    message: str
    hint: str


class PolicySource(NamedTuple):
    """An address without its fragment, and the SHA-256 digest of the pack that lies there, in hexadecimal."""

    address: str
    digest: str

    @property
    def name(self) -> str:
        """What people call the pack: its file and the beginning of its digest, as in `house.tar.gz@1f3a9c2b`."""
        parts = urlsplit(self.address)
        return f"{parts.path.rpartition('/')[2] or parts.hostname}@{self.digest[:_SHORT]}"

    @property
    def text(self) -> str:
        """The source as a file names it."""
        return f"{self.address}#sha256={self.digest}"


def read_source(text: str) -> PolicySource | Wrong:
    """The source that a text names."""
    address, mark, fragment = text.partition("#")
    if wrong := wrong_address(address):
        return wrong
    if not mark:
        return Wrong("the address has no digest", "add `#sha256=` and what `procureguard policy bundle` prints")
    if not fragment.startswith("sha256=") or not DIGEST.fullmatch(fragment.removeprefix("sha256=")):
        hint = "write `sha256=` and 64 of the characters 0-9 and a-f, as `procureguard policy bundle` prints them"
        return Wrong(f"{shown(fragment)} is no digest", hint)
    return PolicySource(address, fragment.removeprefix("sha256="))


def source_to_be(file: str, content: bytes) -> str:
    """The source of a pack, but for where it will be published."""
    return f"https://…/{quote(file)}#sha256={hashlib.sha256(content).hexdigest()}"


def wrong_address(address: str) -> Wrong | None:
    """Why nothing may be fetched from an address, or None; which machine it leads to is another question."""
    parts = _split(address)
    if parts is None or not parts.hostname or parts.scheme not in SCHEMES:
        return Wrong(f"{shown(address)} is no address of policies", WRITE_A_SOURCE)
    if parts.username is not None or parts.password is not None:
        hint = "publish the policies where they can be read without"
        return Wrong("an address must not hold a user name or password", hint)
    if parts.scheme != "https" and not names_this_machine(parts.hostname):
        return Wrong(f"policies are fetched over https, not {parts.scheme}", "write `https://`")
    return None


def names_this_machine(host: str) -> bool:
    """Whether a host is this machine by its very name."""
    return host in LOOPBACK_NAMES or _LOOPBACK_ADDRESS.fullmatch(host) is not None


def _split(address: str) -> SplitResult | None:
    """The parts of an address; None where it has characters that no address has, or a port that is none."""
    try:
        parts = urlsplit(address)
        sound = ADDRESS.fullmatch(address) is not None and parts.port != 0
    except ValueError:
        return None
    return parts if sound else None
