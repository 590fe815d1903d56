from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procureguard.fetch.addresses import addresses_of, is_public

PUBLIC = ["8.8.8.8", "1.1.1.1", "93.184.216.34", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1", "11.0.0.1"]
PUBLIC_6 = ["2606:4700:4700::1111", "2a00:1450:4001::1", "2001:4860:4860::8888", "2003::1"]

REFUSED = {
    "this machine": ["127.0.0.1", "127.255.255.254", "::1"],
    "no machine": ["0.0.0.0", "0.1.2.3", "::", "255.255.255.255"],  # noqa: S104 - refused, not listened on
    "private": ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1"],
    "the nearest": ["169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%1", "fec0::1"],
    "shared by a provider's customers": ["100.64.0.1", "100.127.255.255"],
    "many": ["224.0.0.1", "239.1.1.1", "ff02::1", "ff0e::1"],
    "reserved": ["192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "240.0.0.1", "4000::1"],
    "documentation": ["2001:db8::1", "3fff::1"],
    "another one, written as IPv6": [
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::808:808",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2002:808:808::1",
        "2001::1",
    ],
    "relays and tunnels": ["192.88.99.1", "2001:20::1", "5f00::1", "100::1"],
}


@pytest.mark.parametrize("address", [*PUBLIC, *PUBLIC_6])
def test_machines_of_the_internet_may_be_asked(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", [address for addresses in REFUSED.values() for address in addresses])
def test_all_others_may_not(address: str) -> None:
    assert not is_public(ip_address(address))


INSIDE = [
    IPv4Network(name)
    for name in ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
]
CARRIERS = [IPv6Network(name) for name in ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "::ffff:0:0:0/96")]


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_is_public_when_it_is_written_as_ipv6(address: IPv4Address) -> None:
    assert not any(is_public(IPv6Address(int(network.network_address) + int(address))) for network in CARRIERS)
    assert not is_public(IPv6Address((0x2002 << 112) + (int(address) << 80)))


@given(st.sampled_from(INSIDE), st.data())
def test_no_address_of_an_inner_network_is_public(network: IPv4Network, data: st.DataObject) -> None:
    assert not is_public(data.draw(st.ip_addresses(network=network)))


@given(st.ip_addresses())
def test_what_is_public_is_so_by_the_library_too(address: IPv4Address | IPv6Address) -> None:
    assert not is_public(address) or (address.is_global and not address.is_multicast)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1"])
def test_an_address_is_what_the_system_makes_of_it_however_it_is_written(host: str) -> None:
    try:
        found = addresses_of(host, 443)
    except OSError:  # a system that does not read such names asks nobody
        return
    assert not any(is_public(address) for address in found)


def test_a_name_leads_to_all_its_addresses() -> None:
    assert all(address.is_loopback for address in addresses_of("localhost", 443))
    with pytest.raises((OSError, UnicodeError)):
        addresses_of("a" * 300, 443)
