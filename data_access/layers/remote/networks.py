"""Which addresses may be asked at all: those of the networks that the installation allows, resolved once and pinned."""

import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from data_access.layers.failures import Unusable

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
RESOLVE_S = 3.0
_NAT64 = IPv6Network("64:ff9b::/96")
_CLOSED = "0.0.0.0/8 169.254.0.0/16 192.0.0.0/24 100.100.100.200/32 fe80::/10 fd00:ec2::/32 ::/128"
_NEVER = tuple(map(ip_network, _CLOSED.split()))
"""Link-local addresses and those under which clouds hand out their machines' secrets: no setting opens them."""
_RESOLVERS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="resolve")


def read_networks(written: str) -> tuple[Network, ...]:
    """`10.0.0.0/8, 192.168.3.7` as networks. Raises ValueError for what is none."""
    return tuple(ip_network(part.strip()) for part in written.split(",") if part.strip())


def pinned_address(host: str, port: int, allowed: Sequence[Network]) -> str:
    """The address to connect to, looked up once: a name that answers differently a moment later changes nothing.

    Raises Unusable: `unreachable` for a name that does not resolve, `refused_address` for one that leads elsewhere.
    """
    found = _resolved(host, port)
    fit = next((one for one in found if is_allowed(one, allowed)), None)
    if fit is None:
        raise Unusable("refused_address", f"{host} is outside of the allowed networks")
    return str(fit)


def is_allowed(address: Address, allowed: Sequence[Network]) -> bool:
    """Every form of an IPv4 address inside an IPv6 one counts as that IPv4 address."""
    inner = _inner(address)
    if inner.is_multicast or inner.is_unspecified or any(_holds(network, inner) for network in _NEVER):
        return False
    return any(_holds(network, inner) for network in allowed)


def _inner(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else address)


def _holds(network: Network, address: Address) -> bool:
    return network.version == address.version and address in network


def _resolved(host: str, port: int) -> list[Address]:
    answer = _RESOLVERS.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        rows = answer.result(timeout=RESOLVE_S)
    except (OSError, UnicodeError, NotInTime) as error:
        raise Unusable("unreachable", f"{host[:80]} does not resolve") from error
    return [ip_address(str(row[4][0]).split("%")[0]) for row in rows]
