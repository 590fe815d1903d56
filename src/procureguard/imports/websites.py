"""Websites: which of them belong to one vendor."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from procureguard.stack.manifest import VendorManifest
from procureguard.stack.names import endings_of

Resolve: TypeAlias = Callable[[str], VendorManifest | None]
"""The manifest that a word names by its id, an alias or a domain it lists."""

Vendor: TypeAlias = tuple[str, str]
"""Whose a website is: a manifest and its id, or a host."""


def vendors_of(hosts: Iterable[str], resolve: Resolve) -> Mapping[str, Vendor]:
    """Whose each host is: that of the manifest that lists it, else of the shortest of the hosts at or above it."""
    every = frozenset(hosts)
    return {host: _vendor(host, every, resolve) for host in every}


def _vendor(host: str, every: frozenset[str], resolve: Resolve) -> Vendor:
    manifest = resolve(host)
    if manifest is not None:
        return "manifest", manifest.identity
    return "host", [ending for ending in endings_of(host) if ending in every][-1]
