"""Which machines may be asked: those that the whole internet can reach, unless the user says otherwise."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address

PUBLIC_IPV6 = IPv6Network("2000::/3")
"""All that has been given out for machines; what lies outside stands for something else, IPv4 addresses among it."""

NOT_PUBLIC = tuple(
    ip_network(written)
    for written in (
        "100.64.0.0/10",  # shared by the customers of a provider (RFC 6598)
        "192.0.0.0/24",  # protocol assignments (RFC 6890)
        "192.88.99.0/24",  # relays from IPv6 to IPv4 (RFC 7526)
        "2001::/23",  # protocol assignments, among them tunnels to IPv4 (RFC 2928, 4380)
        "2001:db8::/32",  # documentation (RFC 3849)
        "2002::/16",  # carries an IPv4 address, which may be any (RFC 3056)
        "3fff::/20",  # documentation (RFC 9637)
    )
)
"""What older versions of Python take for public."""


def is_public(address: Address) -> bool:
    """Whether an address belongs to one machine that the whole internet can reach."""
    if address.is_multicast or not address.is_global:
        return False
    if isinstance(address, IPv6Address) and address not in PUBLIC_IPV6:
        return False
    return not any(address in network for network in NOT_PUBLIC if network.version == address.version)


def addresses_of(host: str, port: int) -> tuple[Address, ...]:
    """The addresses of a host, the one to try first at the front; however its name is written.

    Raises:
        OSError: there is no such host, or nobody can say where it is.
        UnicodeError: the name is longer than a name can be.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(ip_address(entry[4][0]) for entry in found))
