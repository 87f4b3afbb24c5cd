"""The addresses under which this machine can be reached now; a laptop changes networks, or switches a hotspot on."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator

import ifaddr

FRESH_SECONDS = 1.0
INNER = ("docker", "br-", "veth", "virbr", "vmnet", "vbox", "tun", "tap", "wg", "utun", "zt", "tailscale")
"""Interfaces whose addresses a phone in the room can hardly reach: offered last."""


class Network:
    """Interfaces, re-read at most once a second."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._read_at = -FRESH_SECONDS
        self._all: frozenset[str] = frozenset()
        self._best: tuple[str, ...] = ()

    def hosts(self) -> frozenset[str]:
        """Every name of this machine that a Host header may carry, without port: v6 in brackets."""
        self._refresh()
        return self._all

    def addresses(self) -> list[str]:
        """v4 addresses for phones in the room, the likeliest first; without loopback and link-local."""
        self._refresh()
        return list(self._best)

    def _refresh(self) -> None:
        now = self._clock()
        if now - self._read_at < FRESH_SECONDS:
            return
        self._read_at = now
        found = list(_interfaces())
        self._all = frozenset(
            {"localhost", "127.0.0.1", "[::1]", *_own_names(), *(_as_host(address) for _, address in found)}
        )
        outward = _outward()
        ranked = sorted(
            {(_rank(name, address, outward), str(address)) for name, address in found if _reachable(address)}
        )
        self._best = tuple(address for _, address in ranked)


def _interfaces() -> Iterator[tuple[str, ipaddress.IPv4Address | ipaddress.IPv6Address]]:
    for adapter in ifaddr.get_adapters():
        for ip in adapter.ips:
            text = ip.ip if isinstance(ip.ip, str) else ip.ip[0]
            yield adapter.nice_name.lower(), ipaddress.ip_address(text.partition("%")[0])


def _own_names() -> set[str]:
    name = socket.gethostname().lower().partition(".")[0]
    return {f"{name}.local"} if name else set()


def _as_host(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    return str(address) if address.version == 4 else f"[{address}]"


def _reachable(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.version == 4 and not address.is_loopback and not address.is_link_local


def _rank(name: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address, outward: str | None) -> int:
    if name.startswith(INNER):
        return 3
    if str(address) == outward:
        return 0
    return 1 if address.is_private else 2


def _outward() -> str | None:
    """The address of the interface that leads out. Connecting a UDP socket sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


network = Network()


def addresses() -> list[str]:
    """v4 addresses of this machine for phones in the room, the likeliest first."""
    return network.addresses()
