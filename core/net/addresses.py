"""Tell addresses of the public internet from all others.

`ipaddress` alone is no filter: `is_global` is true for multicast, and for IPv6 addresses
that only wrap a private IPv4 one, which gateways on the way may unwrap (64:ff9b::7f00:1,
2002:7f00:1::, ::127.0.0.1 were all called global by Python 3.11).
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_COMPATIBLE: Final = IPv6Network("::/96")


def is_public(address: str) -> bool:
    """Return whether `address`, and any IPv4 address inside it, is global unicast."""
    try:
        outer = ip_address(address)
    except ValueError:
        return False
    if isinstance(outer, IPv4Address):
        return _public_v4(outer)
    wrapped = _wrapped(outer)
    if wrapped:
        return all(_public_v4(inner) for inner in wrapped)
    return outer in _GLOBAL_UNICAST and outer.is_global and not outer.is_reserved


def is_loopback(address: str) -> bool:
    """Return whether `address` is this machine."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _public_v4(address: IPv4Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _wrapped(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """Return the IPv4 addresses that a gateway would find in `address`."""
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    if address in _NAT64 or address in _COMPATIBLE:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return ()
