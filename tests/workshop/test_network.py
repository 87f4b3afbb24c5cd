"""The addresses that a phone in the room can reach."""

from __future__ import annotations

import ipaddress
from typing import Any

import pytest

from workshop.network import Network

IPS: dict[str, str] = {
    "lo": "127.0.0.1",
    "docker0": "172.17.0.1",
    "wlan0": "192.168.1.20",
    "eth0": "10.0.0.5",
    "zt7": "10.9.9.9",
    "ap0": "169.254.3.3",
    "eth1": "2001:db8::5",
    "wan": "203.0.113.9",
}


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    def interfaces() -> Any:
        return iter([(name, ipaddress.ip_address(text)) for name, text in IPS.items()])

    monkeypatch.setattr("workshop.network._interfaces", interfaces)
    monkeypatch.setattr("workshop.network._outward", lambda: "192.168.1.20")
    return Network()


def test_the_way_out_comes_first_then_the_room_then_the_rest_of_the_world_and_containers_last(network: Network) -> None:
    assert network.addresses() == ["192.168.1.20", "10.0.0.5", "203.0.113.9", "10.9.9.9", "172.17.0.1"]


def test_every_address_is_a_host_that_may_be_asked_for(network: Network) -> None:
    assert set(IPS.values()) - {"2001:db8::5"} <= network.hosts()
    assert {"[2001:db8::5]", "[::1]", "localhost"} <= network.hosts()


def test_interfaces_are_read_once_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = []
    monkeypatch.setattr("workshop.network._interfaces", lambda: iter(reads.append(1) or []))
    now = [100.0]
    network = Network(lambda: now[0])
    for _ in range(50):
        network.hosts()
        now[0] += 0.1
    assert len(reads) in (5, 6)


def test_without_any_network_there_is_still_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop.network._interfaces", lambda: iter([]))
    monkeypatch.setattr("workshop.network._outward", lambda: None)
    assert Network().addresses() == []
    assert "localhost" in Network().hosts()


def test_the_real_interfaces_can_be_read() -> None:
    assert "127.0.0.1" in Network().hosts()
