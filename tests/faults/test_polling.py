"""Phones without a websocket: the same gate for what comes up, the same promise for what goes down."""

from __future__ import annotations

import json

import pytest

from tests.raw_socket import RawSocket
from tests.tiny_phones import ANA, Polling
from tests.tiny_server import Server


def test_a_polling_phone_is_caught_up_and_told_the_newest(edge: Server) -> None:
    ana = Polling(edge)
    assert ana.ask("POST", f"40/phone,{json.dumps(ANA)}".encode())[0] == 200
    assert '"v":1' in ana.get()
    edge.call("show", v=2, times=50, size=1000)
    told = ana.get()
    assert '"v":51' in told
    assert told.count("swap") == 1
    assert ana.ask("POST", b"1")[0] == 200


@pytest.mark.parametrize(
    "body", [b"", b"x", b"4" + b"[" * 15000, b"42[1]", b"\xff", b"x" * 16_385, b"d=4%5B", b"3\x1e42{}", b"b4AAA"]
)
def test_a_malformed_body_ends_a_polling_phone(edge: Server, body: bytes) -> None:
    ana = Polling(edge)
    assert ana.ask("POST", f"40/phone,{json.dumps(ANA)}".encode())[0] == 200
    assert ana.ask("POST", body)[0] == 400
    edge.wait("here", [0])


def test_an_event_in_a_polling_body_is_dropped(edge: Server) -> None:
    ana = Polling(edge)
    assert ana.ask("POST", f'40/phone,{json.dumps(ANA)}\x1e42/phone,["disconnect"]'.encode())[0] == 200
    assert ana.ask("POST", b'42/phone,["x",NaN]')[0] == 200
    assert edge.call("here") == [1]
    assert ana.ask("POST", b"1")[0] == 200


def test_a_phone_may_go_from_polling_to_a_websocket(edge: Server) -> None:
    ana = Polling(edge)
    ana.ask("POST", f"40/phone,{json.dumps(ANA)}".encode())
    ana.get()
    with RawSocket(edge.url, handshake=False) as socket:
        status, _ = socket.handshake(query=f"&sid={ana.sid}")
        assert status == 101
        socket.say("2probe")
        assert socket.hear() == "3probe"
        socket.say("5")
        ana.get()
        edge.call("show", v=2)
        assert socket.event()[1]["v"] == 2
        assert ana.ask("GET")[0] == 400
    edge.wait("here", [0])


def test_a_phone_that_fails_to_change_transport_goes_on_as_before(edge: Server) -> None:
    ana = Polling(edge)
    ana.ask("POST", f"40/phone,{json.dumps(ANA)}".encode())
    with RawSocket(edge.url, handshake=False) as socket:
        assert socket.handshake(query=f"&sid={ana.sid}")[0] == 101
        socket.say("2probe")
        socket.hear()
    ana.get()
    edge.call("show", v=2)
    assert '"v":2' in ana.get()
    assert ana.ask("POST", b"1")[0] == 200
